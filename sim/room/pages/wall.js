// The wall: the story, who is waited for, the debrief. No secrets, no controls.
import { $, chapters, draw, fighting, follow, get, h, heading, ladder, news, numbers, percent, say, table, wide } from "./room.js";

const token = location.hash.slice(1);
const LATEST = 5;
let invitation = null;

async function show({ view }) {
  if (!view) return;
  const blank = Boolean(view.blank);
  for (const id of ["head", "debrief", "story", "ladder", "join"]) $(id).hidden = blank;
  if (blank) return;
  document.body.classList.toggle("playing", view.stage !== "lobby");
  document.body.classList.toggle("over", view.stage === "debrief");
  $("title").textContent = view.title;
  const round = view.debrief ? view.round : 0;
  draw($("head"), [heading(view), view.about, view.terms, view.ceasefire, view.incident, view.news, view.waiting, view.taken, view.outcome], () => now(view));
  draw($("debrief"), [view.debrief, view.predictions, view.round], () => (view.round ? debrief(view) : null));
  draw($("story"), [view.story, view.stage, round], () => (round > 1 ? null : story(view)));
  draw($("ladder"), [view.rungs, view.numbers, view.stage, view.taken], () => (view.stage === "playing" ? places(view) : null));
  draw($("joined"), [view.names, view.predictions, round], () => (round ? null : joined(view)));
  // The QR code has a place of its own, so that it stays while people join.
  invitation ??= await get("/api/qr", token);
  draw($("code"), [view.code, round], () => (round ? null : code(view.code, invitation)));
}

function now(view) {
  const waiting = view.waiting.length ? `${fighting(view)} Waiting for ${view.waiting.join(", ")}.` : "";
  return [
    h("p", { class: "big" }, heading(view)),
    view.about && h("p", {}, `${view.about} ${fighting(view)}`),
    view.incident && h("p", { class: "alarm", role: "status" }, view.incident),
    view.terms && h("p", { class: "alarm", role: "status" }, view.terms),
    ...news(view),
    h("p", { role: "status" }, view.outcome ? `How it ended: ${view.outcome.label}` : waiting || (view.taken.length ? `Taken: ${view.taken.join(", ")}. The model plays the rest.` : "The model plays all seats.")),
  ];
}

function story(view) {
  const isOver = view.stage === "debrief", told = isOver ? view.story : view.story.slice(-LATEST);
  return told.length ? [!view.round && h("h2", {}, "What happened"), h("div", { class: isOver ? "long" : "" }, chapters(told, isOver))] : null;
}

const places = (view) => [h("h2", {}, "Who takes part how far"), ladder(view.rungs, 6, view.taken), h("h2", {}, "Where it stands"), numbers(view)];

const code = (letters, { address, svg }) => [
  h("div", {}, h("p", {}, "Join: ", h("strong", {}, address.split("/?")[0].replace(/^https?:\/\//, ""))),
    h("p", {}, "Code ", h("strong", { class: "code big" }, letters))),
  h("img", { class: "qr", alt: `QR code of ${address}`, src: `data:image/svg+xml,${encodeURIComponent(svg)}` }),
];

const joined = (view) => [view.names.length > 0 && h("p", { class: "soft" }, view.names.join(" · ")), poll(view.predictions.before, "Predictions so far")];

function poll(counts, title) {
  const rows = Object.entries(counts);
  return rows.length ? h("div", {}, h("h2", {}, title), table(rows.map(([label, count]) => [label, "●".repeat(Math.min(count, 40)) + ` ${count}`]), "words")) : null;
}

function debrief(view) {
  const found = view.debrief;
  if (!found?.what) return h("p", {}, "The runs for the comparison are being computed.");
  if (found.limits) return limits(found.limits);
  if (found.why) return why(found.why);
  if (found.usual) return usual(found.usual, view.predictions);
  return round("1. What happened", h("p", { class: "big" }, found.what.ending));
}

const round = (title, ...content) => h("div", {}, h("h2", {}, title), content);

const sideBySide = (...parts) => h("div", { class: "columns" }, parts.map((content) => h("div", {}, content)));

function usual(found, predictions) {
  const said = (label, when) => (predictions[when][label] ? `${when} the game ${"●".repeat(Math.min(40, predictions[when][label]))} ${predictions[when][label]}` : "");
  const row = (each) => {
    const fill = wide(h("div", { class: "fill" }), each.share);
    fill.style.setProperty("background", each.colour);
    const guessed = ["before", "after"].map((when) => said(each.label, when)).filter(Boolean).join(" · ");
    const others = found.rooms.filter((room) => room.outcome === each.label).map((room) => room.letter);
    const dots = [others.length && `ended so: ${others.length > 1 ? "rooms" : "room"} ${others.join(", ")}`, guessed && `predicted: ${guessed}`].filter(Boolean).join(" · ");
    return h("div", { class: each.ours ? "outcome ours" : "outcome" }, h("span", { class: "label" }, each.label, each.ours && " (this class)"),
      h("div", { class: "track" }, fill), h("span", {}, each.text), dots && h("span", { class: "dots" }, dots));
  };
  return round(`2. How usual was it? ${found.runs.toLocaleString("en")} runs of the same start, played by the model`,
    sideBySide([h("h3", {}, "How it ended"), ...found.outcomes.map(row)],
      [h("h3", {}, "Its course among those of the runs"), ...found.course.map(course),
        h("p", { class: "soft" }, `The bar holds the middle ${percent(0.8)} of the runs, with a line at half of them. ▲ is this class${found.rooms.length ? ", a letter an earlier room" : ""}.`)]));
}

function course(each) {
  // A mark at either end still lies within the track.
  const at = (value) => (each.most > each.least ? 0.04 + 0.92 * (value - each.least) / (each.most - each.least) : 0.5);
  const number = (value) => value.toFixed(each.digits);
  const place = (element, share) => { element.style.setProperty("left", `${(100 * share).toFixed(1)}%`); return element; };
  const near = new Map(); // letters that would lie on each other stand side by side
  for (const [letter, value] of Object.entries(each.rooms)) {
    const share = Math.round(40 * at(value)) / 40;
    near.set(share, (near.get(share) ?? "") + letter);
  }
  const others = Object.entries(each.rooms).map(([letter, value]) => `${letter} ${number(value)}`).join(", ");
  return h("div", { class: "outcome course" }, h("span", { class: "label" }, each.label),
    h("div", { class: "track", "aria-hidden": "true" }, place(wide(h("span", { class: "band" }), at(each.high) - at(each.low)), at(each.low)),
      place(h("span", { class: "middle" }), at(each.middle)), [...near].map(([share, letters]) => place(h("span", { class: "mark" }, letters), share)),
      place(h("span", { class: "mark own" }, "▲"), at(each.ours))),
    h("span", {}, `this class ${number(each.ours)}`),
    h("span", { class: "dots" }, `runs: median ${number(each.middle)}, middle ${percent(0.8)} from ${number(each.low)} to ${number(each.high)}${others && ` · earlier rooms: ${others}`}`));
}

function why(found) {
  const unusual = found.unusual.map((each) => [`${each.state}, month ${each.month}: ${each.option}`, each.chance == null ? "model: no review due" : `model ${percent(each.chance)}`]);
  return round("3. Why", h("p", {}, found.course),
    sideBySide(
      [h("h3", {}, `Choices that the model makes with a chance below ${percent(found.seldom)}`), unusual.length ? table(unusual) : h("p", {}, "None."),
        h("h3", {}, "The same random numbers, one seat left to the model"),
        table(found.without.map((each) => [`If ${each.if}`, `${each.outcome}, month ${each.month}`]), "words")],
      [h("h3", {}, "What each seat alone knew"),
        table(Object.entries(found.own).map(([state, own]) => [state, own.map((each) => `${each.name}: ${each.value}`).join("; ")]), "names")]));
}

function limits(found) {
  return round("4. Where is the model wrong?", found.leaves_out && h("p", {}, `It leaves out: ${found.leaves_out}`),
    h("ul", {}, [...found.limits, ...found.questions].map((each) => h("li", {}, each))));
}

follow("/api/wall", token, show, () => say("Open the wall from the console: this link is not valid any more.", true));
