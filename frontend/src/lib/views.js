// The answer as a graph and as a chart; each loads what draws it only when it is first looked at.
import { el } from "./elements.js";
import { isNumeric, text } from "./table.js";
import { fill } from "./texts.js";

const MOST_NODES = 200;
const MOST_BARS = 60;

export async function graphView(place, answer, names, texts) {
  const { nodes, edges, cut } = network(answer, names);
  if (!edges.length) {
    place.append(el("p", { class: "hint" }, texts.noGraph));
    return;
  }
  const canvas = el("div", { class: "graph", role: "img", "aria-label": fill(texts.graphLabel, { nodes: nodes.length, edges: edges.length }) });
  place.append(canvas);
  if (cut) place.append(el("p", { class: "hint" }, fill(texts.graphCut, { nodes: MOST_NODES })));
  const { graph } = await import("./graph.js");
  graph(canvas, { nodes, edges }, { onNode: ({ href }) => href && open(href, "_blank", "noopener") });
}

// A row is an edge: its middle column names it where it has three of IRIs and the form is a graph, else the first IRI
// is tied to each further one by the name of the column.
function network({ form, variables, rows }, names) {
  const nodes = new Map();
  const edges = [];
  const add = (iri) => {
    if (!nodes.has(iri) && nodes.size < MOST_NODES) {
      nodes.set(iri, { id: iri, label: names.brief(iri), type: "other", href: names.link(iri) });
    }
    return nodes.has(iri);
  };
  let cut = false;
  const tie = (source, target, label) => {
    if (add(source) && add(target)) edges.push({ id: `e${edges.length}`, source, target, label });
    else cut = true;
  };
  for (const row of rows) {
    const things = row.flatMap((cell, at) => (cell?.type === "uri" ? [{ iri: cell.value, name: variables[at] }] : []));
    if (form === "GRAPH") {
      if (row[2]?.type === "uri" && row[0]?.type === "uri") tie(row[0].value, row[2].value, names.show(row[1].value));
      continue;
    }
    for (const other of things.slice(1)) tie(things[0].iri, other.iri, other.name);
  }
  return { nodes: [...nodes.values()], edges, cut };
}

export async function chartView(place, answer, names, texts, template) {
  const numeric = answer.variables.filter((_, at) => answer.rows.some((row) => isNumeric(row[at])));
  const named = answer.variables.filter((name) => !numeric.includes(name));
  if (!numeric.length || !answer.rows.length) {
    place.append(el("p", { class: "hint" }, texts.noChart));
    return;
  }
  const x = chooser(texts.names, named.length ? named : answer.variables);
  const y = chooser(texts.numbers, numeric);
  const canvas = el("div", { class: "chart" });
  place.append(el("p", { class: "choosers" }, x.label, y.label), canvas);
  if (answer.rows.length > MOST_BARS) place.append(el("p", { class: "hint" }, fill(texts.chartCut, { bars: MOST_BARS })));
  const { chart } = await import("./chart.js");
  const draw = () => {
    canvas.replaceChildren();
    return chart(canvas, specification(template, answer, names, x.select.value, y.select.value));
  };
  x.select.addEventListener("change", draw);
  y.select.addEventListener("change", draw);
  await draw();
}

function chooser(label, options) {
  const select = el("select", {}, ...options.map((name) => el("option", {}, name)));
  return { select, label: el("label", {}, `${label} `, select) };
}

function specification(template, { variables, rows }, names, x, y) {
  const [named, numbered] = [variables.indexOf(x), variables.indexOf(y)];
  const values = rows
    .filter((row) => row[named] && isNumeric(row[numbered]))
    .slice(0, MOST_BARS)
    .map((row, at) => ({ row: at, name: text(row[named], names), value: Number(row[numbered].value) }));
  const filled = structuredClone(template);
  filled.data = { values };
  filled.params[0].value = values.map(({ name }) => name);
  filled.encoding.x.title = y;
  filled.encoding.tooltip[0].title = x;
  filled.encoding.tooltip[1].title = y;
  return filled;
}
