// Suggestions under a search box while one types: a combobox with a listbox (ARIA Authoring Practices, "Combobox").
import { el } from "./elements.js";

const PAUSE = 120; // milliseconds without a key before the service is asked

export function suggestions(input) {
  const list = el("ul", { id: "suggestions", role: "listbox", class: "suggestions", "aria-label": input.labels[0]?.textContent, hidden: true });
  input.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }
  let control = null;
  let timer = 0;
  let active = -1;

  const open = (found) => {
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", found.length > 0);
  };
  const close = () => open([]);
  const option = ({ label, kind, path }, at) => {
    const item = el("li", { role: "option", id: `suggestion-${at}`, "aria-selected": "false" }, el("span", {}, label), el("span", { class: "muted" }, kind));
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => location.assign(path));
    item.dataset.path = path;
    return item;
  };
  const move = (step) => {
    const items = [...list.children];
    if (!items.length) return;
    items[active]?.setAttribute("aria-selected", "false");
    active = (active + step + items.length + (active < 0 && step < 0 ? 1 : 0)) % items.length;
    items[active].setAttribute("aria-selected", "true");
    items[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[active].id);
  };
  const ask = async () => {
    control?.abort();
    control = new AbortController();
    const text = input.value.trim();
    if (!text) return close();
    try {
      const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: text })}`, { signal: control.signal });
      if (answer.ok) open((await answer.json()).suggestions.filter(({ path }) => path));
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.path);
    }
  });
}
