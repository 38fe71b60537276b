"use strict";
// Draws every figure of the page from the JSON beside it, in the colours of the paper it is on.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const darkColours = JSON.parse(document.getElementById("dark-colours").textContent);
  const root = document.documentElement;
  let printing = false;

  // On a projector text is 24 pixels high instead of 13.
  const PROJECTED = 24 / 13;

  // A printed figure with its title and caption fits on a page; the rows of a much taller one would
  // overlap, and it runs over.
  const MOST_PRINTED = 720;
  const onPaper = (height) =>
    height < 1.4 * MOST_PRINTED ? Math.min(height, MOST_PRINTED) : height;

  const recolour = (part) => {
    if (typeof part === "string") return darkColours[part] ?? part;
    if (Array.isArray(part)) return part.map(recolour);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, recolour(inner)]));
  };

  // A figure with equal steps across and up is as tall as its width asks for.
  const heightFor = ({ xaxis, yaxis, margin, height }, width) => {
    if (!yaxis.scaleanchor) return printing ? onPaper(height) : height;
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
    place.style.setProperty("--height", layout.height);
  };

  // The figure by itself, with its title, caption and legend, as a picture three dots a pixel.
  const save = async (place) => {
    const { data, layout } = JSON.parse(place.nextElementSibling.textContent);
    const { title, top: t, legend: showlegend } = layout.meta;
    const margin = { ...layout.margin, t };
    const width = 700, height = heightFor(layout, width) - layout.margin.t + t;
    const figure = { data, layout: { ...layout, title, margin, showlegend, width, height } };
    const url = await Plotly.toImage(figure, { format: "png", width, height, scale: 3 });
    Object.assign(document.createElement("a"), {
      href: url, download: `${place.id.replace("-drawing", "")}.png`,
    }).click();
  };

  const places = [...document.querySelectorAll(".drawing")];
  const drawAll = () => places.forEach(draw);
  const resized = new ResizeObserver((entries) =>
    entries.map((entry) => entry.target)
      .filter((place) => Number(place.dataset.width) !== place.clientWidth)
      .forEach(draw));

  const project = (on) => {
    root.classList.toggle("slides", on);
    root.style.setProperty("--projected", on ? PROJECTED : 1);
    drawAll();
  };

  project(location.search === "?slides");
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "p" || event.ctrlKey || event.metaKey || event.altKey) return;
    project(!root.classList.contains("slides"));
  });
  document.querySelectorAll("button.save").forEach((button) =>
    button.addEventListener("click", () => save(document.getElementById(button.dataset.drawing))));
  places.forEach((place) => resized.observe(place));
  document.querySelectorAll("details").forEach((fold) =>
    fold.addEventListener("toggle", () => fold.querySelectorAll(".drawing").forEach(draw)));
  dark.addEventListener("change", drawAll);
  addEventListener("beforeprint", () => { printing = true; drawAll(); });
  addEventListener("afterprint", () => { printing = false; drawAll(); });
})();
