// A seat: sit down, see what the seat sees, decide, predict.
import { $, change, clock, draw, follow, get, h, memory, offered, post, press, roomCode, say, sayWhy } from "./room.js";
import { card, decisions, ended, everybody, situation, soFar } from "./seat_parts.js";

const kept = memory("localStorage", "thinline-seat");
// What is picked and not sent, so that it is there after the page was loaded again.
const picked = memory("sessionStorage", "thinline-picked");
const tab = Math.random().toString(36).slice(2);
let token = location.hash.slice(1) || kept.get() || "";
let stop = () => {}, hello = null, draft = {}, draftOf = null, advice = {}, adviceOf = null, now = null, resent = false, known = "null", mine = "";

function keep(value) {
  token = value;
  kept.set(value);
  history.replaceState(null, "", `/#${value}`);
}

function only(...shown) { for (const id of ["join", "elsewhere", "game"]) $(id).hidden = !shown.includes(id); }

async function welcome() {
  hello = await get("/api/hello");
  only("join");
  $("title").textContent = hello.title;
  draw($("join"), hello, () => [
    h("p", {}, "Take the seat of a state, share one, or watch. The model plays the empty seats. No account, no name needed."),
    h("form", { onsubmit: (event) => { event.preventDefault(); } },
      field("Code of the room", h("input", { id: "code", value: roomCode, autocomplete: "off", autocapitalize: "characters", maxlength: 8 })),
      seatField("Seat", "seat"),
      field("Your name (may be empty)", h("input", { id: "name", maxlength: 20, autocomplete: "off" })),
      h("button", { class: "main wide", type: "submit", onclick: press(sit) }, "Sit down")),
    h("details", {}, h("summary", {}, "I had a seat already"),
      field("Seat code", h("input", { id: "seat-code", maxlength: 4, autocomplete: "off", autocapitalize: "characters" })),
      h("button", { type: "button", onclick: press(comeBack) }, "Come back")),
  ]);
}

const field = (text, input) => h("label", { class: "field" }, h("span", {}, text), input);

// The seats to choose from: those in which most is decided, and the others on demand. Picked is what was
// picked before the list was drawn again, at first one's `own`.
function seatField(text, id, own = null) {
  const before = $(id), picked = before?.dataset.own === String(own) ? before.value : own;
  const note = (seat) => (seat.people ? ` – ${seat.people} there` : "");
  const option = (seat) => h("option", { value: seat.state, selected: seat.state === picked }, `${seat.name} (${seat.role})${note(seat)}`);
  const [first, rest] = offered(hello.seats, picked);
  const list = h("select", { id, "data-own": String(own) }, h("option", { value: "" }, "watch only"), first.map(option));
  const showAll = (event) => { event.target.remove(); list.append(...rest.map(option)); list.focus(); };
  return [field(text, list), rest.length > 0 && h("button", { type: "button", onclick: showAll }, `All ${hello.seats.length} seats`)];
}

async function sit() {
  const body = { code: $("code").value, seat: $("seat").value || null, name: $("name").value };
  keep((await post("/api/sit", body)).token);
  await resume();
}

async function comeBack() {
  const found = await post("/api/return", { code: $("code").value, seat_code: $("seat-code").value });
  keep(found.token);
  await resume();
}

// Play here. Only a token that the room does not know means that there is no seat: whatever else is in the
// way may pass, and whoever sat down again meanwhile would be in the room twice.
async function resume() {
  try { await post("/api/claim", { tab }, token); } catch (error) {
    if (error.status === 401) return leave();
    only();
    say(`Your seat is asked for again in a moment: ${error.message}`, true);
    return void setTimeout(resume, 2_000);
  }
  say("");
  stop();
  stop = follow(`/api/view?tab=${tab}`, token, show, leave);
}

async function leave() {
  keep("");
  await welcome().then(() => say("This room does not know your seat: it was opened anew. Sit down.", true), sayWhy);
}

async function show(found) {
  if (found.elsewhere) { only("elsewhere"); stop(); return; }
  const { view } = found;
  if (!view) return;
  hello ??= await get("/api/hello"); // the outcomes and seats to choose from
  only("game");
  $("title").textContent = view.card ? `${view.card.name} – ${view.card.role}` : "Watching";
  now = view;
  const asked = `${token} ${view.seat} ${view.step}`;
  if (draftOf !== asked) {
    draft = { ...(view.sent ?? {}), ...(draftOf ? {} : pickedFor(asked)) };
    draftOf = asked;
    say("");
  }
  // What another tab or device has sent is picked here as well.
  const sent = JSON.stringify(view.sent ?? null);
  if (sent !== known && sent !== mine && view.sent) draft = { ...view.sent };
  known = sent;
  if (view.resend && !resent) say("There is news, and what you sent before it does not count: look, and send again.", true);
  resent = view.resend;
  // An event changes what the adviser says in the same step.
  if (adviceOf !== view.moves) { advice = {}; adviceOf = view.moves; }
  asking();
  draw($("situation"), [view.step, view.turn, view.stage, view.month, view.incident, view.ceasefire, view.waiting, view.news, view.rung], () => situation(view));
  draw($("ended"), [view.outcome, view.mine], () => ended(view));
  draw($("predict"), [view.stage, view.prediction, view.round], () => prediction(view));
  $("secret").hidden = !view.card;
  draw($("card"), [view.card, view.own], () => card(view));
  draw($("everybody"), [view.numbers, view.rungs], () => everybody(view));
  draw($("story"), [view.story, view.stage], () => soFar(view));
  move();
  clock.show();
}

// What was picked for this step before the page was loaded.
function pickedFor(asked) {
  const found = JSON.parse(picked.get() ?? "{}");
  return found.asked === asked ? found.draft : {};
}
$("decide").addEventListener("change", () => picked.set(JSON.stringify({ asked: draftOf, draft })));

function asking() {
  const view = now, about = adviceOf;
  const ask = async (word) => {
    const found = await post("/api/advise", { word }, token, 60_000);
    if (about === adviceOf) advice[word] = found;
    asking();
  };
  draw($("decide"), [view.seat, view.step, view.stage, view.decisions, view.sent, view.members, view.resend, advice],
    () => decisions(view, draft, () => send(view), { found: advice, ask }));
}

async function send(view) {
  const choices = {};
  for (const each of view.decisions) choices[each.word] = draft[each.word] ?? null;
  mine = JSON.stringify(choices);
  await post("/api/choose", { step: view.step, choices }, token);
  say(`Sent at ${new Date().toLocaleTimeString()}.`);
}

function prediction(view) {
  const when = view.stage === "debrief" ? "after" : "before";
  if (view.stage === "playing" || view.round > 0) return null;
  const asked = when === "before" ? "How will this run end?" : "How do most of 10,000 runs of the same start end?";
  const guess = (outcome) => change(async () => { await post("/api/predict", { when, outcome }, token); say("Your prediction is kept."); });
  return h("fieldset", {}, h("legend", {}, `Predict: ${asked}`), hello.outcomes.map((each) => h("label", { class: "option" },
    h("input", { type: "radio", name: "prediction", value: each.word, checked: view.prediction[when] === each.word, onchange: guess(each.word) }),
    h("span", {}, each.label, h("br"), h("span", { class: "soft" }, each.meaning)))));
}

function move() {
  const { seat, seat_code } = now;
  const take = async () => {
    const other = $("other-seat").value || null;
    // Who sits down where they sit loses what they have sent.
    if (other === seat) throw new Error("This is your seat: choose another one.");
    await post("/api/move", { seat: other }, token);
    say("");
    await lookAround();
  };
  draw($("move"), [seat, seat_code, hello.seats], () => [
    h("p", {}, "Your seat code, to come back on another device: ", h("strong", { class: "code" }, seat_code)),
    ...seatField("Another seat", "other-seat", seat),
    h("button", { type: "button", onclick: press(take) }, "Take it"),
  ]);
}

// See who sits where now.
async function lookAround() { hello = await get("/api/hello"); move(); }

$("other").addEventListener("toggle", () => { if ($("other").open) lookAround().catch(sayWhy); });
$("here").addEventListener("click", press(resume));
(token ? resume() : welcome()).catch(sayWhy);
