// The hot seat: one screen is passed from seat to seat. It speaks the same protocol as the phones.
import { $, draw, follow, get, h, isOffered, post, press, say } from "./room.js";
import { card, decisions, ended, everybody, situation, soFar } from "./seat_parts.js";

const KEY = "thinline-hot";
const tab = "hot-seat";
const code = new URLSearchParams(location.search).keys().next().value ?? "";
let players = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
const views = new Map();
let open = null, draft = {};

async function welcome() {
  const { seats } = await get("/api/hello");
  const box = (seat) => h("label", { class: "option" }, h("input", { type: "checkbox", value: seat.state }), h("span", {}, `${seat.name} (${seat.role})`));
  draw($("choose"), seats, () => [
    h("p", {}, "One screen for all: tick the seats that are played here. The screen is passed on, and each seat sees its own card only. The model plays the other seats."),
    h("form", { onsubmit: (event) => event.preventDefault() },
      h("label", { class: "field" }, h("span", {}, "Code of the room"), h("input", { id: "code", value: code, maxlength: 8 })),
      h("fieldset", {}, h("legend", {}, "Seats"), seats.filter(isOffered).map(box),
        h("details", {}, h("summary", {}, "Other seats"), seats.filter((seat, k) => !isOffered(seat, k)).map(box))),
      h("button", { class: "main wide", type: "submit", onclick: press(sit) }, "Sit down")),
  ]);
}

async function sit() {
  const ticked = [...document.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value);
  for (const seat of ticked) {
    const { token } = await post("/api/sit", { code: $("code").value, seat, name: "" });
    players.push({ seat, token });
  }
  sessionStorage.setItem(KEY, JSON.stringify(players));
  begin();
}

function begin() {
  if (!players.length) { welcome(); return; }
  $("choose").hidden = true;
  // One request waits, for the first seat. The others are asked when it changes, and now and then, so
  // that they do not count as away: a browser keeps six requests open at most.
  const others = async () => {
    for (const each of players.slice(1)) views.set(each.seat, (await get(`/api/view?after=0&tab=${tab}`, each.token)).view);
  };
  setInterval(() => others().then(show).catch(() => {}), 8_000);
  follow(`/api/view?tab=${tab}`, players[0].token, async ({ view }) => {
    if (!view) return;
    views.set(players[0].seat, view);
    await others();
    show();
  }, () => { sessionStorage.removeItem(KEY); players = []; welcome(); });
}

function show() {
  const first = views.get(players[0].seat);
  if (!first) return;
  // A seat may be moved on the console, or taken over on a phone.
  const here = players.filter(({ seat }) => views.get(seat)?.card);
  const still = here.filter(({ seat }) => { const view = views.get(seat); return view.decisions?.length && !view.sent; });
  if (open && views.get(open.seat)?.step !== open.step) close();
  $("cover").hidden = Boolean(open);
  draw($("cover"), [first.step, first.stage, first.story, first.waiting, first.outcome, still.map((each) => each.seat), here.length], () => [
    ...situation(first).filter(Boolean),
    ended({ ...first, mine: [] }),
    still.length ? h("p", {}, "Pass the screen to one of:") : h("p", {}, first.stage === "lobby" ? "The game has not begun. Look at your card meanwhile." : "All seats here are done."),
    here.length < players.length && h("p", { class: "soft" }, "A seat of this screen is played elsewhere now."),
    h("div", { class: "row" }, (still.length ? still : here).map((each) => h("button", { class: still.length ? "main" : "", type: "button", onclick: () => reveal(each) }, views.get(each.seat).card.name))),
    h("h2", {}, "What everybody sees"), ...everybody(first), h("h2", {}, "The story so far"), ...soFar(first)].flat().filter(Boolean));
  seat();
}

function reveal(player) { open = { ...player, step: views.get(player.seat).step }; draft = { ...(views.get(player.seat).sent ?? {}) }; show(); scrollTo(0, 0); }
function close() { open = null; draw($("seat"), null, () => null); }

function seat() {
  if (!open) { draw($("seat"), null, () => null); return; }
  const view = views.get(open.seat);
  draw($("seat"), [open.seat, view.decisions, view.sent, view.own], () => [
    h("h2", {}, `${view.card.name} – ${view.card.role}`), ...situation(view).filter(Boolean),
    decisions(view, draft, () => send(view)), ...card(view),
    h("button", { class: "wide", type: "button", onclick: () => { close(); show(); } }, "Hide this card and pass the screen on"),
  ]);
}

async function send(view) {
  const choices = Object.fromEntries(view.decisions.map((each) => [each.word, draft[each.word] ?? null]));
  try { await post("/api/choose", { step: view.step, choices }, open.token); say(""); close(); show(); } catch (error) { say(error.message, true); }
}

begin();
