"use strict";
// Draws every figure of the page from the JSON beside it, in the colours of the paper it is on.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const darkColours = JSON.parse(document.getElementById("dark-colours").textContent);
  let printing = false;

  const recolour = (part) => {
    if (typeof part === "string") return darkColours[part] ?? part;
    if (Array.isArray(part)) return part.map(recolour);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, recolour(inner)]));
  };

  // A figure with equal steps across and up is as tall as its width asks for.
  const heightFor = ({ xaxis, yaxis, margin, height }, width) => {
    if (!yaxis.scaleanchor) return height;
    const span = ([from, to]) => Math.abs(to - from);
    const across = width - margin.l - margin.r;
    return margin.t + margin.b + (across * span(yaxis.range)) / span(xaxis.range);
  };

  const draw = (place) => {
    if (place.closest("details:not([open])")) return;
    const source = JSON.parse(place.nextElementSibling.textContent);
    const figure = dark.matches && !printing ? recolour(source) : source;
    const width = printing ? Number(place.dataset.printWidth) : place.clientWidth;
    const layout = { ...figure.layout, width, height: heightFor(figure.layout, width) };
    layout.paper_bgcolor = layout.plot_bgcolor = "rgba(0,0,0,0)";
    Plotly.react(place, figure.data, layout, { displayModeBar: false });
    place.dataset.width = place.clientWidth;
  };

  const places = [...document.querySelectorAll(".drawing")];
  const drawAll = () => places.forEach(draw);
  const resized = new ResizeObserver((entries) =>
    entries.map((entry) => entry.target)
      .filter((place) => Number(place.dataset.width) !== place.clientWidth)
      .forEach(draw));

  drawAll();
  places.forEach((place) => resized.observe(place));
  document.querySelectorAll("details").forEach((fold) =>
    fold.addEventListener("toggle", () => fold.querySelectorAll(".drawing").forEach(draw)));
  dark.addEventListener("change", drawAll);
  addEventListener("beforeprint", () => { printing = true; drawAll(); });
  addEventListener("afterprint", () => { printing = false; drawAll(); });
})();
