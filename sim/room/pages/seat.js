// A seat: sit down, see what the seat sees, decide, predict.
import { $, clock, draw, follow, get, h, isOffered, post, press, Refused, say } from "./room.js";
import { card, decisions, ended, everybody, situation, soFar } from "./seat_parts.js";

const KEY = "thinline-seat";
const tab = Math.random().toString(36).slice(2);
let token = location.hash.slice(1) || stored();
let stop = () => {}, hello = null, draft = {}, draftOf = null, advice = {}, adviceOf = null, now = null;

function stored() { try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; } }
function keep(value) {
  token = value;
  try { localStorage.setItem(KEY, value); } catch { /* a private window: the address keeps it */ }
  history.replaceState(null, "", `/#${value}`);
}

function only(...shown) { for (const id of ["join", "elsewhere", "game"]) $(id).hidden = !shown.includes(id); }

async function welcome() {
  hello ??= await get("/api/hello");
  only("join");
  $("title").textContent = hello.title;
  const code = new URLSearchParams(location.search).keys().next().value ?? "";
  draw($("join"), [hello, code], () => [
    h("p", {}, "Take the seat of a state, share one, or watch. The model plays the empty seats. No account, no name needed."),
    h("form", { onsubmit: (event) => { event.preventDefault(); } },
      field("Code of the room", h("input", { id: "code", value: code, autocomplete: "off", autocapitalize: "characters", maxlength: 8 })),
      seatField("Seat", "seat"),
      field("Your name (may be empty)", h("input", { id: "name", maxlength: 20, autocomplete: "off" })),
      h("button", { class: "main wide", type: "submit", onclick: press(sit) }, "Sit down")),
    h("details", {}, h("summary", {}, "I had a seat already"),
      field("Seat code", h("input", { id: "seat-code", maxlength: 4, autocomplete: "off", autocapitalize: "characters" })),
      h("button", { type: "button", onclick: press(comeBack) }, "Come back")),
  ]);
}

const field = (text, input) => h("label", { class: "field" }, h("span", {}, text), input);

// The seats to choose from: those in which most is decided, and the others on demand.
function seatField(text, id) {
  const note = (seat) => (seat.people ? ` – ${seat.people} there` : "");
  const option = (seat) => h("option", { value: seat.state }, `${seat.name} (${seat.role})${note(seat)}`);
  const rest = hello.seats.filter((seat, k) => !isOffered(seat, k));
  const list = h("select", { id }, h("option", { value: "" }, "watch only"), hello.seats.filter(isOffered).map(option));
  const showAll = (event) => { event.target.remove(); list.append(...rest.map(option)); list.focus(); };
  return [field(text, list), rest.length > 0 && h("button", { type: "button", onclick: showAll }, `All ${hello.seats.length} seats`)];
}

async function sit() {
  const body = { code: $("code").value, seat: $("seat").value || null, name: $("name").value };
  keep((await post("/api/sit", body)).token);
  await begin();
}

async function comeBack() {
  const found = await post("/api/return", { code: $("code").value, seat_code: $("seat-code").value });
  keep(found.token);
  await begin();
}

async function begin() {
  await post("/api/claim", { tab }, token);
  say("");
  stop();
  stop = follow(`/api/view?tab=${tab}`, token, show, () => { keep(""); welcome(); });
}

async function show(found) {
  if (found.elsewhere) { only("elsewhere"); stop(); return; }
  const { view } = found;
  if (!view) return;
  hello ??= await get("/api/hello");
  only("game");
  $("title").textContent = view.card ? `${view.card.name} – ${view.card.role}` : "Watching";
  now = view;
  const asked = `${view.seat} ${view.step}`;
  if (draftOf !== asked) { draft = { ...(view.sent ?? {}) }; draftOf = asked; say(""); }
  // An event changes what the adviser says in the same step.
  if (adviceOf !== view.moves) { advice = {}; adviceOf = view.moves; }
  asking();
  draw($("situation"), [view.step, view.turn, view.stage, view.month, view.incident, view.ceasefire, view.waiting], () => situation(view));
  draw($("ended"), [view.outcome, view.mine], () => ended(view));
  draw($("predict"), [view.stage, view.prediction, view.round], () => prediction(view));
  $("secret").hidden = !view.card;
  draw($("card"), [view.card, view.own], () => card(view));
  draw($("everybody"), [view.numbers, view.rungs], () => everybody(view));
  draw($("story"), view.story, () => soFar(view));
  draw($("move"), [view.seat, view.seat_code], () => moving(view));
  clock.show();
}

function asking() {
  const view = now, about = adviceOf;
  const ask = async (word) => {
    try {
      const found = await post("/api/advise", { word }, token);
      if (about === adviceOf) advice[word] = found;
    } catch (error) { say(error.message, true); }
    asking();
  };
  draw($("decide"), [view.step, view.stage, view.decisions, view.sent, view.members, advice],
    () => decisions(view, draft, () => send(view), { found: advice, ask }));
}

async function send(view) {
  const choices = {};
  for (const each of view.decisions) choices[each.word] = draft[each.word] ?? null;
  try {
    await post("/api/choose", { step: view.step, choices }, token);
    say(`Sent at ${new Date().toLocaleTimeString()}.`);
  } catch (error) { say(error instanceof Refused ? error.message : "Not sent: no connection. Try again.", true); }
}

function prediction(view) {
  const when = view.stage === "debrief" ? "after" : "before";
  if (view.stage === "playing" || view.round > 0 || !hello) return null;
  const asked = when === "before" ? "How will this run end?" : "How do most of 10,000 runs of the same start end?";
  const guess = (outcome) => press(async () => { await post("/api/predict", { when, outcome }, token); say("Your prediction is kept."); });
  return h("fieldset", {}, h("legend", {}, `Predict: ${asked}`), hello.outcomes.map((each) => h("label", { class: "option" },
    h("input", { type: "radio", name: "prediction", value: each.word, checked: view.prediction[when] === each.word, onchange: guess(each.word) }),
    h("span", {}, each.label, h("br"), h("span", { class: "soft" }, each.meaning)))));
}

function moving(view) {
  const take = async () => { await post("/api/move", { seat: $("other-seat").value || null }, token); say(""); };
  return [
    h("p", {}, "Your seat code, to come back on another device: ", h("strong", { class: "code" }, view.seat_code)),
    ...seatField("Another seat", "other-seat"),
    h("button", { type: "button", onclick: press(take) }, "Take it"),
  ];
}

$("here").addEventListener("click", press(begin));
(async () => {
  hello = await get("/api/hello").catch(() => null);
  if (!token) return welcome();
  try { await begin(); } catch { await welcome(); }
})().catch((error) => say(error.message, true));
