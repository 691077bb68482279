// An answer as a table: sorted by a click on a heading, a hundred rows at a time.
import { el } from "./elements.js";
import { fill, number } from "./texts.js";

const STEP = 100;
const NUMERIC = /#(decimal|integer|double|float|int|long|nonNegativeInteger)$/;

export function isNumeric(cell) {
  return cell?.type === "literal" && NUMERIC.test(cell.datatype ?? "");
}

export function table(answer, names, texts) {
  const body = el("tbody");
  const more = el("button", { type: "button", class: "more" });
  let rows = answer.rows;
  let shown = 0;
  const draw = () => {
    body.append(...rows.slice(shown, shown + STEP).map((row) => el("tr", {}, ...row.map((cell) => td(cell, names)))));
    shown = Math.min(shown + STEP, rows.length);
    more.hidden = shown >= rows.length;
    more.textContent = fill(texts.more, { shown: number(shown), all: number(rows.length) });
  };
  const sort = (index, descending) => {
    const sign = descending ? -1 : 1;
    rows = [...answer.rows].sort((a, b) => sign * compare(a[index], b[index], names));
    body.replaceChildren();
    shown = 0;
    draw();
  };
  more.addEventListener("click", draw);
  draw();
  const head = el("thead", {}, el("tr", {}, ...answer.variables.map((name, index) => th(name, index, sort))));
  const region = { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.table };
  return [el("div", region, el("table", { class: "results" }, head, body)), more];
}

function th(name, index, sort) {
  const button = el("button", { type: "button", class: "sort" }, name);
  const heading = el("th", { scope: "col", "aria-sort": "none" }, button);
  button.addEventListener("click", () => {
    const descending = heading.getAttribute("aria-sort") === "ascending";
    for (const other of heading.parentElement.children) other.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    sort(index, descending);
  });
  return heading;
}

function compare(a, b, names) {
  if (!a || !b) return a ? 1 : b ? -1 : 0;
  if (isNumeric(a) && isNumeric(b)) return Number(a.value) - Number(b.value);
  return text(a, names).localeCompare(text(b, names), document.documentElement.lang);
}

export function text(cell, names) {
  return cell.type === "uri" ? names.show(cell.value) : cell.value;
}

function td(cell, names) {
  if (!cell) return el("td", { class: "unbound" });
  if (cell.type === "uri") return el("td", {}, anchor(cell.value, names));
  if (isNumeric(cell)) return el("td", { class: "number" }, cell.value);
  const language = cell["xml:lang"];
  return el("td", { lang: language }, cell.value, language ? el("span", { class: "language", lang: "en" }, language) : null);
}

function anchor(iri, names) {
  const href = names.link(iri);
  return href ? el("a", { href, title: iri }, names.show(iri)) : document.createTextNode(names.show(iri));
}
