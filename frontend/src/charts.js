// The drawn chart of a question becomes one that answers to the pointer; the picture stays where it can't.
import { chart } from "./lib/chart.js";

for (const figure of document.querySelectorAll("figure[data-chart]")) {
  const picture = figure.querySelector("img");
  const canvas = document.createElement("div");
  const answer = await fetch(figure.dataset.chart);
  if (!answer.ok) continue;
  await chart(canvas, await answer.json());
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", picture.alt);
  picture.replaceWith(canvas);
}
