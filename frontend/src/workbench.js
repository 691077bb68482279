// The workbench: the form of the page becomes an editor, its answer a table, a graph, a chart or the raw text.
import { ask, cancel, freshName } from "./lib/answers.js";
import { clearMarks, editor, markProblem } from "./lib/editor.js";
import { el } from "./lib/elements.js";
import { Names } from "./lib/names.js";
import { table } from "./lib/table.js";
import { tabs } from "./lib/tabs.js";
import { data, fill, number } from "./lib/texts.js";
import { chartView, graphView } from "./lib/views.js";

const about = data("workbench-data");
const { texts } = about;
const names = new Names({ base: about.base, prefixes: about.prefixes, endpoint: about.terms });
const form = document.querySelector("#workbench");
const textarea = form.elements.query;
const output = document.querySelector("#answer");
const status = document.querySelector("#status");
const runButton = form.querySelector("[name=run]");
const cancelButton = form.querySelector("#cancel");
const examples = document.querySelector("#examples select");
const yasqe = editor(textarea, { names, terms: about.terms, texts, run });
let running = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
cancelButton.addEventListener("click", () => running?.stop());
addEventListener("pagehide", () => running?.stop());
examples?.form.addEventListener("submit", (event) => {
  if (!(examples.value in about.examples)) return;
  event.preventDefault();
  yasqe.setValue(about.examples[examples.value]);
  yasqe.focus();
});
addEventListener("popstate", () => yasqe.setValue(new URLSearchParams(location.search).get("query") ?? ""));
if (new URLSearchParams(location.search).has("run")) run();

async function run() {
  running?.stop();
  const control = new AbortController();
  const name = freshName();
  const query = yasqe.getValue();
  const started = performance.now();
  const ticking = setInterval(() => say(fill(texts.running, { seconds: since(started) })), 200);
  const mine = { stop: () => stop(control, name) };
  running = mine;
  remember(query);
  clearMarks(yasqe);
  busy(true);
  try {
    const answer = await ask(about.endpoint, query, { name, signal: control.signal });
    await names.learn(iris(answer));
    say(summary(answer));
    show(answer, query);
  } catch (error) {
    if (error.name === "AbortError") say(fill(texts.cancelled, { seconds: since(started) }));
    else fail(error);
  } finally {
    clearInterval(ticking);
    if (running === mine) {
      running = null;
      busy(false);
    }
  }
}

function stop(control, name) {
  control.abort();
  cancel(about.cancel, name).catch(() => {}); // the service that can't be reached stops it at its time limit
}

function since(started) {
  return number((performance.now() - started) / 1000, 1);
}

function say(text) {
  status.textContent = text;
}

function busy(is) {
  runButton.disabled = is;
  cancelButton.hidden = !is;
  output.setAttribute("aria-busy", is);
}

function remember(query) {
  const url = new URL(location.href);
  url.search = new URLSearchParams({ query });
  if (url.href.length < 8000 && url.search !== location.search) history.pushState(null, "", url);
}

// The service answers programs in English: where the page speaks another language, that stands below a sentence in it.
function told(error) {
  const sentence = error.line ? fill(texts.misread, error) : texts.failed;
  return sentence ? [sentence, el("br"), el("span", { class: "muted", lang: "en" }, error.message)] : [error.message];
}

function fail(error) {
  const known = "line" in error;
  say("");
  output.replaceChildren(el("p", { role: "alert", class: "problem" }, ...(known ? told(error) : [texts.unreachable])));
  if (known) markProblem(yasqe, error);
}

function summary({ form, rows, seconds }) {
  const time = number(seconds, 2);
  if (form === "ASK") return fill(texts.answered, { seconds: time });
  return fill(rows.length === 1 ? texts.row : texts.rows, { rows: number(rows.length), seconds: time });
}

function iris({ rows }) {
  return rows.flatMap((row) => row.filter((cell) => cell?.type === "uri").map((cell) => cell.value));
}

function show(answer, query) {
  if (answer.form === "ASK") {
    output.replaceChildren(el("p", { class: "boolean" }, answer.boolean ? texts.yes : texts.no));
    return;
  }
  const views = [
    { name: texts.table, draw: (place) => place.append(...table(answer, names, texts)) },
    { name: texts.graph, draw: (place) => graphView(place, answer, names, texts) },
    { name: texts.chart, draw: (place) => chartView(place, answer, names, texts, about.chart) },
    { name: texts.raw, draw: (place) => place.append(el("pre", { class: "raw", tabindex: 0 }, answer.text)) },
  ];
  output.replaceChildren(...tabs(texts.views, views), downloads(answer, query));
}

function downloads({ form }, query) {
  const offered = form === "GRAPH" ? about.graphFormats : about.rowFormats;
  const buttons = offered.map(({ name, type, extension }) =>
    el("button", { type: "button", onclick: () => save(query, type, extension) }, name),
  );
  return el("p", { class: "downloads" }, `${texts.download} `, ...buttons);
}

async function save(query, type, extension) {
  const headers = { "Content-Type": "application/sparql-query", Accept: type };
  const answer = await fetch(about.endpoint, { method: "POST", headers, body: query });
  const url = URL.createObjectURL(await answer.blob());
  el("a", { href: url, download: `answer.${extension}` }).click();
  URL.revokeObjectURL(url);
}
