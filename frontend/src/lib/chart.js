// Draws a Vega-Lite specification as SVG; the expressions are interpreted, since the page allows no code from strings.
import { expressionInterpreter } from "vega-interpreter";
import { mergeConfig, parse, View } from "vega";
import { compile } from "vega-lite";
import { cssValue } from "./elements.js";

export async function chart(container, specification) {
  let view = await draw(container, specification);
  document.addEventListener("themechange", async () => {
    if (!container.isConnected) return;
    view.finalize();
    container.replaceChildren();
    view = await draw(container, specification);
  });
}

async function draw(container, specification) {
  const { spec } = compile({ ...specification, config: mergeConfig(specification.config, colours()) });
  const view = new View(parse(spec, null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container,
    hover: true,
    loader: { load: refuse, sanitize: sanitize, options: {} },
  });
  await view.runAsync();
  container.querySelector("svg")?.setAttribute("focusable", "false");
  return view;
}

// A specification brings its own data: nothing is loaded, and a link may only lead to a path of this host.
async function refuse(uri) {
  throw new Error(`Nothing is loaded: ${uri}`);
}

async function sanitize(uri) {
  return uri.startsWith("/") && !uri.startsWith("//") ? { href: uri } : refuse(uri);
}

function colours() {
  const ink = cssValue("--ink", "#1d2733");
  const soft = cssValue("--line", "#d5dbe3");
  const font = cssValue("--text", "sans-serif");
  return {
    background: "transparent",
    font,
    mark: { color: cssValue("--blue", "#17506b") },
    axis: { labelColor: ink, titleColor: ink, gridColor: soft, domainColor: soft, tickColor: soft },
    legend: { labelColor: ink, titleColor: ink },
    view: { stroke: null },
  };
}
