// The wall: the story, who is waited for, the debrief. No secrets, no controls.
import { $, chapters, draw, follow, get, h, heading, ladder, numbers, percent, say, table, wide } from "./room.js";

const token = location.hash.slice(1);
const LATEST = 5;

function show({ view }) {
  if (!view) return;
  const blank = Boolean(view.blank);
  for (const id of ["head", "debrief", "story", "ladder", "join"]) $(id).hidden = blank;
  if (blank) return;
  document.body.classList.toggle("playing", view.stage !== "lobby");
  $("title").textContent = view.title;
  const round = view.debrief ? view.round : 0;
  draw($("head"), [heading(view), view.incident, view.waiting, view.taken, view.outcome], () => now(view));
  draw($("debrief"), [view.debrief, view.predictions, view.round], () => (view.round ? debrief(view) : null));
  draw($("story"), [view.story, view.stage, round], () => (round > 1 ? null : story(view)));
  draw($("ladder"), [view.rungs, view.numbers, round, view.stage, view.taken], () => (round || view.stage === "lobby" ? null : places(view)));
  draw($("join"), [view.code, view.names, view.predictions, round, view.stage], () => (round ? null : joining(view)));
}

function now(view) {
  const waiting = view.waiting.length ? `Waiting for ${view.waiting.join(", ")}` : "";
  return [
    h("p", { class: "big" }, heading(view)),
    view.incident && h("p", { class: "alarm", role: "status" }, view.incident),
    h("p", { role: "status" }, view.outcome ? `How it ended: ${view.outcome.label}` : waiting || (view.taken.length ? `Taken: ${view.taken.join(", ")}. The model plays the rest.` : "The model plays all seats.")),
  ];
}

function story(view) {
  const told = view.stage === "debrief" ? view.story : view.story.slice(-LATEST);
  return told.length ? [h("h2", {}, "What happened"), ...chapters(told)] : null;
}

const places = (view) => [h("h2", {}, "Who takes part how far"), ladder(view.rungs, 6, view.taken), h("h2", {}, "Where it stands"), numbers(view)];

function joining(view) {
  const place = h("div", { class: "join" });
  get("/api/qr", token).then(({ address, svg }) => place.replaceChildren(
    h("div", {}, h("p", {}, "Join: ", h("strong", {}, address.split("/?")[0].replace(/^https?:\/\//, ""))),
      h("p", {}, "Code ", h("strong", { class: "code big" }, view.code))),
    h("img", { class: "qr", alt: `QR code of ${address}`, src: `data:image/svg+xml,${encodeURIComponent(svg)}` }),
  )).catch((error) => say(error.message, true));
  return [place, view.names.length > 0 && h("p", { class: "soft" }, view.names.join(" · ")), poll(view.predictions.before, "Predictions so far")];
}

function poll(counts, title) {
  const rows = Object.entries(counts);
  return rows.length ? h("div", {}, h("h2", {}, title), table(rows.map(([label, count]) => [label, "●".repeat(Math.min(count, 40)) + ` ${count}`]), "words")) : null;
}

function debrief(view) {
  const found = view.debrief;
  if (!found?.what) return h("p", {}, "The runs for the comparison are being computed.");
  const parts = [round("1. What happened", h("p", { class: "big" }, found.what.ending))];
  if (found.usual) parts.unshift(usual(found.usual, view.predictions));
  if (found.why) parts.unshift(why(found.why));
  if (found.limits) parts.unshift(limits(found.limits));
  return parts;
}

const round = (title, ...content) => h("div", {}, h("h2", {}, title), content);

function usual(found, predictions) {
  const said = (label, when) => (predictions[when][label] ? `${when} the game ${"●".repeat(Math.min(40, predictions[when][label]))} ${predictions[when][label]}` : "");
  const row = (each) => {
    const fill = wide(h("div", { class: "fill" }), each.share);
    fill.style.setProperty("background", each.colour);
    const dots = ["before", "after"].map((when) => said(each.label, when)).filter(Boolean).join(" · ");
    return h("div", { class: each.ours ? "outcome ours" : "outcome" }, h("span", { class: "label" }, each.label, each.ours && " (this class)"),
      h("div", { class: "track" }, fill), h("span", {}, each.text), dots && h("span", { class: "dots" }, `predicted: ${dots}`));
  };
  return round(`2. How usual was it? ${found.runs.toLocaleString("en")} runs of the same start, played by the model`,
    ...found.outcomes.map(row), found.longer > 0 && h("p", {}, `This run ended in month ${found.month}; ${percent(found.longer)} of the runs go on longer.`));
}

function why(found) {
  return round("3. Why", h("p", {}, found.course),
    h("h3", {}, `Choices that the model makes with a chance below ${percent(found.seldom)}`),
    found.unusual.length ? table(found.unusual.map((each) => [`${each.state}, month ${each.month}: ${each.option}`, `model ${percent(each.chance)}`])) : h("p", {}, "None."),
    h("h3", {}, "The same random numbers, one seat left to the model"),
    table(found.without.map((each) => [`If ${each.if}`, `${each.outcome}, month ${each.month}`]), "words"),
    h("h3", {}, "What each seat alone knew"),
    table(Object.entries(found.own).map(([state, own]) => [state, own.map((each) => `${each.name}: ${each.value}`).join("; ")]), "words"));
}

function limits(found) {
  return round("4. Where is the model wrong?", found.leaves_out && h("p", {}, `It leaves out: ${found.leaves_out}`),
    h("ul", {}, [...found.limits, ...found.questions].map((each) => h("li", {}, each))));
}

follow("/api/wall", token, show, () => say("Open the wall from the console: this link is not valid any more.", true));
