// A graph of things: nodes { id, label, type, href }, edges { id, source, target, label, href, inferred }.
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { cssValue } from "./elements.js";

cytoscape.use(fcose);

const CROWDED = 120; // edges; with more, their labels only hide each other
const LEAST_ZOOM = 0.5;
const LONGEST_NAME = 30;
const NARROW = 600; // pixels
const SHAPES = {
  Enterprise: "round-rectangle",
  District: "hexagon",
  PublicBody: "hexagon",
  Project: "ellipse",
  ProjectGroup: "ellipse",
  Programme: "round-diamond",
  Park: "round-octagon",
  Product: "round-tag",
};

export function graph(container, { nodes, edges }, { onNode, onEdge } = {}) {
  withoutInlineStyle();
  const crowded = edges.length > CROWDED;
  const cy = cytoscape({
    container,
    elements: {
      nodes: nodes.map((node) => ({ data: node })),
      edges: edges.map((edge) => ({ data: edge })),
    },
    style: stylesheet(crowded),
    minZoom: 0.15,
    maxZoom: 3,
  });
  cy.one("layoutstop", () => readable(cy));
  cy.layout(layout(nodes.length, container.clientWidth < NARROW)).run();
  cy.on("tap", "node", ({ target }) => onNode?.(target.data()));
  cy.on("tap", "edge", ({ target }) => onEdge?.(target.data()));
  cy.on("mouseover", "node, edge", ({ target }) => highlight(cy, target));
  cy.on("mouseout", "node, edge", () => cy.elements().removeClass("near far"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(stylesheet(crowded)));
  document.addEventListener("themechange", () => cy.style(stylesheet(crowded)));
  return cy;
}

// Cytoscape writes a <style> of one rule unless an element with this id is there; the page's own style has the rule.
function withoutInlineStyle() {
  const id = "__________cytoscape_stylesheet";
  if (!document.getElementById(id)) document.head.append(Object.assign(document.createElement("meta"), { id }));
}

// On a phone a graph that fits is too small to read: show its middle, and let the reader move it.
function readable(cy) {
  if (cy.zoom() < LEAST_ZOOM && cy.nodes().length < 60) {
    cy.zoom(LEAST_ZOOM);
    cy.center();
  }
}

function highlight(cy, target) {
  const near = target.isEdge() ? target.union(target.connectedNodes()) : target.closedNeighborhood();
  cy.elements().addClass("far");
  near.removeClass("far").addClass("near");
}

function layout(size, narrow) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    name: "fcose",
    quality: size > 400 ? "draft" : "proof",
    randomize: true,
    animate: !still && size < 200,
    animationDuration: 400,
    nodeDimensionsIncludeLabels: true,
    nodeSeparation: narrow ? 70 : 110,
    idealEdgeLength: narrow ? 70 : 130,
    nodeRepulsion: narrow ? 4500 : 12000,
    tilingPaddingHorizontal: 10,
    packComponents: !narrow, // side by side they would not fit; else they are laid out together
    padding: 24,
  };
}

// A name may be as long as a sentence; the words beside the graph have the whole of it.
function shortened(name) {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join("")}…` : name;
}

function stylesheet(crowded) {
  const ink = cssValue("--ink", "#1d2733");
  const paper = cssValue("--paper", "#ffffff");
  const line = cssValue("--graph-line", "#7a8797");
  const node = (type) => cssValue(`--type-${type.toLowerCase()}`, "#52708f");
  return [
    {
      selector: "node",
      style: {
        label: (node) => shortened(node.data("label")),
        "font-family": cssValue("--text", "sans-serif"),
        "font-size": 12,
        color: ink,
        "text-wrap": "wrap",
        "text-overflow-wrap": "anywhere",
        "text-max-width": 110,
        "text-valign": "bottom",
        "text-margin-y": 5,
        "text-outline-color": paper,
        "text-outline-width": 3,
        "background-color": node("other"),
        width: 22,
        height: 22,
      },
    },
    ...Object.entries(SHAPES).map(([type, shape]) => ({
      selector: `node[type = "${type}"]`,
      style: { shape, "background-color": node(type) },
    })),
    {
      selector: "edge",
      style: {
        label: crowded ? "" : "data(label)",
        "font-family": cssValue("--text", "sans-serif"),
        "font-size": 10,
        color: ink,
        "text-rotation": "autorotate",
        "text-outline-color": paper,
        "text-outline-width": 3,
        "curve-style": "bezier",
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.9,
        width: 1.6,
        "line-color": line,
        "target-arrow-color": line,
      },
    },
    { selector: "edge[?inferred]", style: { "line-style": "dashed" } },
    { selector: ".far", style: { opacity: 0.18 } },
    { selector: "edge.near", style: { width: 2.6, "line-color": ink, "target-arrow-color": ink } },
    { selector: ":selected", style: { "border-width": 3, "border-color": ink } },
  ];
}
