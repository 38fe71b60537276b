// The hot seat: one screen is passed from seat to seat. It speaks the same protocol as the phones.
import { $, draw, follow, get, h, memory, offered, post, press, roomCode, say, sayWhy } from "./room.js";
import { card, decisions, ended, everybody, situation, soFar } from "./seat_parts.js";

const kept = memory("sessionStorage", "thinline-hot");
const tab = "hot-seat";
let players = JSON.parse(kept.get() ?? "[]");
const views = new Map();
let open = null, draft = {}, looking = 0;

async function welcome() {
  const { seats } = await get("/api/hello");
  const [first, rest] = offered(seats);
  const box = (seat) => h("label", { class: "option" }, h("input", { type: "checkbox", value: seat.state }), h("span", {}, `${seat.name} (${seat.role})`));
  draw($("choose"), seats, () => [
    h("p", {}, "One screen for all: tick the seats that are played here. The screen is passed on, and each seat sees its own card only. The model plays the other seats."),
    h("form", { onsubmit: (event) => event.preventDefault() },
      h("label", { class: "field" }, h("span", {}, "Code of the room"), h("input", { id: "code", value: roomCode, maxlength: 8 })),
      h("fieldset", {}, h("legend", {}, "Seats"), first.map(box),
        rest.length > 0 && h("details", {}, h("summary", {}, "Other seats"), rest.map(box))),
      h("button", { class: "main wide", type: "submit", onclick: press(sit) }, "Sit down")),
  ]);
  $("choose").hidden = false;
}

async function sit() {
  const ticked = [...document.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value);
  if (!ticked.length) throw new Error("Tick the seats that are played on this screen.");
  // After an error the seats that were taken before it are not taken twice.
  for (const seat of ticked.filter((each) => !players.some((player) => player.seat === each))) {
    const { token } = await post("/api/sit", { code: $("code").value, seat, name: "" });
    players.push({ seat, token });
    kept.set(JSON.stringify(players));
  }
  begin();
}

function begin() {
  if (!players.length) { welcome().catch(sayWhy); return; }
  say("");
  $("choose").hidden = true;
  // One request waits, for the first seat. The others are asked when it changes, and now and then, so
  // that they do not count as away: a browser keeps six requests open at most.
  const others = async () => {
    for (const each of players.slice(1)) views.set(each.seat, (await get(`/api/view?after=0&tab=${tab}`, each.token)).view);
  };
  looking = setInterval(() => others().then(show).catch(() => {}), 8_000);
  follow(`/api/view?tab=${tab}`, players[0].token, async ({ view, elsewhere }) => {
    if (!view && !elsewhere) return;
    views.set(players[0].seat, view);
    await others();
    show();
  }, leave);
}

// The room was opened anew: it does not know the seats of this screen.
function leave() {
  clearInterval(looking);
  players = [];
  kept.set("[]");
  views.clear();
  close();
  draw($("cover"), null, () => null);
  welcome().then(() => say("This room does not know the seats of this screen: it was opened anew. Sit down.", true), sayWhy);
}

function show() {
  const first = players.map(({ seat }) => views.get(seat)).find(Boolean);
  // A seat may be moved on the console, or taken over on a phone.
  const here = players.filter(({ seat }) => views.get(seat)?.card);
  const still = here.filter(({ seat }) => { const view = views.get(seat); return view.decisions?.length && !view.sent; });
  if (open && views.get(open.seat)?.step !== open.step) close();
  $("cover").hidden = Boolean(open);
  const elsewhere = here.length < players.length && h("p", { class: "soft" }, "A seat of this screen is played elsewhere now.");
  if (!first) { draw($("cover"), "elsewhere", () => elsewhere); return; }
  draw($("cover"), [first.step, first.stage, first.story, first.news, first.waiting, first.outcome, still.map((each) => each.seat), here.map((each) => each.seat)], () => [
    ...situation({ ...first, rung: null }).filter(Boolean),
    ended({ ...first, mine: [] }),
    still.length ? h("p", {}, "Pass the screen to one of:") : h("p", {}, first.stage === "lobby" ? "The game has not begun. Look at your card meanwhile." : "All seats here are done."),
    elsewhere,
    h("div", { class: "row" }, (still.length ? still : here).map((each) => h("button", { class: still.length ? "main" : "", type: "button", onclick: () => reveal(each) }, views.get(each.seat).card.name))),
    h("h2", {}, "What everybody sees"), ...everybody(first), h("h2", {}, "The story so far"), ...soFar(first)].flat().filter(Boolean));
  seat();
}

function reveal(player) { open = { ...player, step: views.get(player.seat).step }; draft = { ...(views.get(player.seat).sent ?? {}) }; show(); scrollTo(0, 0); }
function close() { open = null; draw($("seat"), null, () => null); }

function seat() {
  if (!open) { draw($("seat"), null, () => null); return; }
  const view = views.get(open.seat);
  draw($("seat"), [open.seat, view.decisions, view.sent, view.resend, view.own, view.news], () => [
    h("h2", {}, `${view.card.name} – ${view.card.role}`), ...situation(view).filter(Boolean),
    decisions(view, draft, () => send(view)), ...card(view),
    h("button", { class: "wide", type: "button", onclick: () => { close(); show(); } }, "Hide this card and pass the screen on"),
  ]);
}

async function send(view) {
  const choices = Object.fromEntries(view.decisions.map((each) => [each.word, draft[each.word] ?? null]));
  await post("/api/choose", { step: view.step, choices }, open.token);
  say("");
  close();
  show();
}

begin();
