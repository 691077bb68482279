// The ties of the table as a graph; the one that is chosen shows its quote beside it.
import { el } from "./lib/elements.js";
import { graph } from "./lib/graph.js";
import { data, fill } from "./lib/texts.js";

const { nodes, edges, texts } = data("network-data");
const place = document.querySelector("#network");

if (place && nodes.length) {
  place.hidden = false;
  const [canvas, chosen] = place.children;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", fill(texts.graph, { nodes: nodes.length, edges: edges.length }));
  chosen.append(el("p", { class: "hint" }, texts.hint));
  canvas.after(key());
  const names = new Map(nodes.map((node) => [node.id, node.label]));
  graph(canvas, { nodes, edges }, {
    onEdge: (edge) => chosen.replaceChildren(...tie(edge, names)),
    onNode: (node) => chosen.replaceChildren(...thing(node)),
  });
}

function key() {
  const types = new Map(nodes.map(({ type, typeLabel }) => [type, typeLabel]));
  const items = [...types].map(([type, label]) => el("li", { class: `type-${type.toLowerCase()}` }, label));
  return el("ul", { class: "key" }, ...items);
}

function tie({ source, target, label, inferred, quotes }, names) {
  const said = `${names.get(source)} — ${label} → ${names.get(target)}`;
  const chip = inferred ? el("span", { class: "chip inferred" }, texts.inferred) : null;
  return [el("p", {}, el("strong", {}, said), " ", chip), ...quotes.map((quote) => el("p", {}, link(quote)))];
}

function thing({ label, typeLabel, href, amounts }) {
  const sums = amounts.map(({ indicator, written, page }) => el("li", {}, `${indicator} `, el("a", { href: page }, written)));
  return [
    el("p", {}, el("strong", {}, label), " ", el("span", { class: "chip" }, typeLabel), " ", el("a", { href }, texts.open)),
    sums.length ? el("ul", {}, ...sums) : "",
  ];
}

function link({ exact, href }) {
  return el("a", { class: "quote", href }, exact);
}
