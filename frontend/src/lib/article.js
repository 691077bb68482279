// The article beside its facts: a fact that is pointed at or chosen lights up in the text, a thing lights up all of its
// words, and a click in the text finds the facts that rest on it. Offsets are code points into the text, as everywhere.
import { el } from "./elements.js";

export function article(root = document) {
  const text = root.querySelector(".article");
  const items = [...root.querySelectorAll("li[data-start]")];
  if (!text || !items.length || !CSS.highlights) return;
  const range = ranges(text);
  const spans = (lines) => lines.map(({ dataset }) => range(Number(dataset.start), Number(dataset.end)));
  const light = (name, lines) => CSS.highlights.set(name, new Highlight(...spans(lines)));
  for (const item of items) {
    for (const event of ["pointerenter", "focusin"]) item.addEventListener(event, () => light("pointed", [item]));
    for (const event of ["pointerleave", "focusout"]) item.addEventListener(event, () => light("pointed", []));
    item.querySelector("a")?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(item, event.currentTarget.href);
    });
  }
  const choose = (item, address) => {
    for (const old of text.querySelectorAll("mark.chosen")) old.classList.remove("chosen");
    for (const other of items) other.toggleAttribute("data-chosen", other === item);
    light("chosen", [item]);
    show(spans([item])[0]);
    history.replaceState(null, "", address);
  };
  text.addEventListener("click", (event) => {
    const at = offset(text, event);
    const hit = items.filter(({ dataset }) => Number(dataset.start) <= at && at < Number(dataset.end));
    for (const item of items) item.toggleAttribute("data-chosen", hit.includes(item));
    light("chosen", hit);
    hit[0]?.closest("details")?.setAttribute("open", "");
    hit[0]?.scrollIntoView({ block: "nearest" });
  });
  chooser(root.querySelector("[data-things-of]"), items, light);
}

// One choice for each thing that a fact names: its facts stay in the list, its words light up.
function chooser(place, items, light) {
  if (!place) return;
  const named = new Map();
  for (const item of items) {
    for (const [iri, label] of JSON.parse(item.dataset.things ?? "[]")) named.set(iri, label);
  }
  const byLabel = [...named].sort((a, b) => a[1].localeCompare(b[1], "zh"));
  const select = el("select", { id: "thing" }, el("option", { value: "" }, place.dataset.any), ...byLabel.map(([iri, label]) => el("option", { value: iri }, label)));
  select.addEventListener("change", () => {
    const of = (item) => JSON.parse(item.dataset.things ?? "[]").some(([iri]) => iri === select.value);
    for (const item of items) item.hidden = select.value !== "" && !of(item);
    light("thing", select.value ? items.filter(of) : []);
  });
  place.append(el("label", { for: "thing" }, place.dataset.thingsOf), " ", select);
}

function show(range) {
  const box = range.getBoundingClientRect();
  if (box.top < 80 || box.bottom > innerHeight - 40) scrollBy({ top: box.top - innerHeight / 3 });
}

// Ranges over the text nodes of the article, found by code points.
function ranges(text) {
  const nodes = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const length = [...node.data].length;
    nodes.push({ node, start: at, end: (at += length) });
  }
  const place = (offset, last) => {
    const held = nodes.find(({ start, end }) => (last ? offset <= end : offset < end) && offset >= start) ?? nodes.at(-1);
    return [held.node, [...held.node.data].slice(0, offset - held.start).join("").length];
  };
  return (start, end) => {
    const range = new Range();
    range.setStart(...place(start, false));
    range.setEnd(...place(end, true));
    return range;
  };
}

function offset(text, { clientX, clientY }) {
  const caret = document.caretPositionFromPoint?.(clientX, clientY);
  const [node, at] = caret ? [caret.offsetNode, caret.offset] : webkit(clientX, clientY);
  if (!node || !text.contains(node)) return -1;
  const before = new Range();
  before.setStart(text, 0);
  before.setEnd(node, at);
  return [...before.toString()].length;
}

function webkit(x, y) {
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : [null, 0];
}
