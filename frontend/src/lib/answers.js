// A SPARQL answer as the service gave it: its text, and as rows whatever its form.

// The name under which a query is asked is what cancels it: nobody else can guess it.
export function freshName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export async function ask(endpoint, query, { name, signal }) {
  const started = performance.now();
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/sparql-query",
      "Query-Name": name,
      Accept: "application/sparql-results+json, application/n-triples;q=0.9",
    },
    body: query,
    signal,
  });
  const text = await answer.text();
  const seconds = (performance.now() - started) / 1000;
  if (!answer.ok) throw new Problem(answer, text);
  const type = answer.headers.get("Content-Type") ?? "";
  return { text, type, seconds, ...(type.includes("json") ? solutions(JSON.parse(text)) : triples(text)) };
}

// Ends a query in the service; it may not have begun there yet, so it is told until it is found or no longer wanted.
export async function cancel(address, name, tries = 10) {
  for (let left = tries; left > 0; left -= 1) {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ name }), keepalive: true });
    if (!answer.ok || (await answer.json()).cancelled) return;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

export class Problem extends Error {
  constructor(answer, text) {
    let about = {};
    if ((answer.headers.get("Content-Type") ?? "").includes("json")) about = JSON.parse(text);
    super(about.detail ?? `${answer.status} ${answer.statusText}`);
    this.line = about.line;
    this.column = about.column;
  }
}

function solutions(json) {
  if ("boolean" in json) return { form: "ASK", boolean: json.boolean, variables: [], rows: [] };
  const { vars } = json.head;
  const rows = json.results.bindings.map((row) => vars.map((name) => row[name] ?? null));
  return { form: "SELECT", variables: vars, rows };
}

const TERM = /<((?:[^>\\]|\\.)*)>|(_:\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/gy;

// N-Triples (RDF 1.1 N-Triples §2): one triple a line.
function triples(text) {
  const rows = text
    .split("\n")
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => terms(line));
  return { form: "GRAPH", variables: ["subject", "predicate", "object"], rows };
}

function terms(line) {
  const found = [];
  TERM.lastIndex = 0;
  for (let match = TERM.exec(line); match; match = TERM.exec(line)) {
    found.push(term(match));
    while (line[TERM.lastIndex] === " ") TERM.lastIndex += 1;
  }
  return found;
}

function term([, iri, blank, literal, language, datatype]) {
  if (iri !== undefined) return { type: "uri", value: unescape(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank.slice(2) };
  return { type: "literal", value: unescape(literal), "xml:lang": language, datatype };
}

const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescape(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, one) =>
    one ? (ESCAPES[one] ?? one) : String.fromCodePoint(parseInt(short ?? long, 16)),
  );
}
