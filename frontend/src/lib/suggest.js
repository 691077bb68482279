// Suggestions under a search box while one types: a combobox with a listbox (ARIA Authoring Practices, "Combobox").
import { el } from "./elements.js";

const PAUSE = 120; // milliseconds without a key before the service is asked

export function suggestions(input) {
  return new Suggestions(input);
}

class Suggestions {
  #active = -1;
  #control = null;
  #timer = 0;

  constructor(input) {
    this.input = input;
    const label = input.labels[0]?.textContent;
    this.list = el("ul", { id: "suggestions", role: "listbox", class: "suggestions", "aria-label": label, hidden: true });
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.#later());
    input.addEventListener("blur", () => this.#open([]));
    input.addEventListener("keydown", (event) => this.#key(event));
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    this.#control?.abort();
    this.#control = new AbortController();
    const text = this.input.value.trim();
    if (!text) return this.#open([]);
    const address = `${this.input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
    try {
      const answer = await fetch(address, { signal: this.#control.signal });
      if (answer.ok) this.#open((await answer.json()).suggestions.filter(({ path }) => path));
    } catch (error) {
      if (error.name !== "AbortError") this.#open([]);
    }
  }

  #open(found) {
    this.#active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map(option));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", found.length > 0);
  }

  #key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#move(step);
    else if (event.key === "Escape" && !this.list.hidden) this.#open([]);
    else if (event.key === "Enter" && this.#active >= 0) location.assign(this.list.children[this.#active].dataset.path);
    else return;
    event.preventDefault();
  }

  #move(step) {
    const items = [...this.list.children];
    if (!items.length) return;
    items[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = this.#active < 0 && step < 0 ? items.length - 1 : (this.#active + step + items.length) % items.length;
    items[this.#active].setAttribute("aria-selected", "true");
    items[this.#active].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", items[this.#active].id);
  }
}

function option({ label, kind, path }, at) {
  const words = [el("span", {}, label), el("span", { class: "muted" }, kind)];
  const item = el("li", { role: "option", id: `suggestion-${at}`, "aria-selected": "false", "data-path": path }, ...words);
  item.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  item.addEventListener("click", () => location.assign(path));
  return item;
}
