// The words of the page's language stand in <script type="application/json" id="…"> blocks: one wording, the server's.

export function data(id) {
  const block = document.getElementById(id);
  return block ? JSON.parse(block.textContent) : {};
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function number(value, digits = 0) {
  return new Intl.NumberFormat(document.documentElement.lang || "en", { maximumFractionDigits: digits }).format(value);
}
