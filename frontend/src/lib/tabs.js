// Tabs after the ARIA pattern: arrows move, the panel of the chosen one is made when it is first shown.
import { el } from "./elements.js";

export function tabs(label, views) {
  const panel = el("div", { role: "tabpanel", tabindex: 0, id: "view" });
  const buttons = views.map(({ name }, index) =>
    el("button", { type: "button", role: "tab", id: `tab-${index}`, "aria-controls": "view" }, name),
  );
  const made = new Map();
  const show = (index) => {
    buttons.forEach((button, at) => {
      button.setAttribute("aria-selected", at === index);
      button.tabIndex = at === index ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `tab-${index}`);
    if (!made.has(index)) made.set(index, el("div"));
    const first = !made.get(index).hasChildNodes();
    panel.replaceChildren(made.get(index));
    if (first) views[index].draw(made.get(index));
  };
  buttons.forEach((button, index) => button.addEventListener("click", () => show(index)));
  const list = el("div", { role: "tablist", "aria-label": label, onkeydown: move }, ...buttons);
  function move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    buttons[next].focus();
    show(next);
  }
  show(0);
  return [list, panel];
}
