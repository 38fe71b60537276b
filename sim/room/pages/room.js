// What all pages of a room share: elements, requests, the loop that asks for the next view, the clock.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  const shown = children.flat().filter((child) => child != null && child !== false);
  // A number and its per cent stay in one line.
  element.append(...shown.map((child) => (typeof child === "string" ? child.replaceAll(" %", "\u00a0%") : child)));
  return element;
}

export const $ = (id) => document.getElementById(id);

// Draw a part again only if what it shows has changed: focus and open folds stay as they are. What had
// the focus in a part that is drawn again keeps it; if it is gone, the part has it.
const drawn = new WeakMap();
export function draw(place, input, build) {
  const key = JSON.stringify(input) ?? "";
  later.delete(place);
  if (drawn.get(place) === key) return;
  if (place.contains(openList)) { later.set(place, () => draw(place, input, build)); return; }
  const focused = place.contains(document.activeElement) ? document.activeElement : place;
  place.replaceChildren(...[build(input)].flat().filter(Boolean));
  drawn.set(place, key);
  if (focused === place) return;
  const same = [...place.querySelectorAll(FOCUSABLE)].find((each) => knownBy(each) === knownBy(focused));
  if (!same) place.tabIndex = -1;
  (same ?? place).focus({ preventScroll: true });
}
const FOCUSABLE = "button, input, select, summary, a, [tabindex]";
// A list from which somebody may be picking stays as it is; its part is drawn when it is closed.
let openList = null;
const later = new Map();
const opens = ({ target }) => { if (target.tagName === "SELECT") openList = target; };
function closes() {
  if (!openList) return;
  openList = null;
  // After a click that closed it has reached what was clicked.
  setTimeout(() => { for (const again of [...later.values()]) again(); }, 200);
}
const OPENING = ["Enter", " ", "F4", "ArrowDown", "ArrowUp"];
document.addEventListener("pointerdown", (event) => { if (event.target === openList) closes(); else opens(event); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closes(); else if (OPENING.includes(event.key)) opens(event); });
for (const name of ["change", "focusout"]) document.addEventListener(name, closes);

// By what a control is known when it is drawn again; `data-as` is for those whose text changes or is not theirs alone.
const knownBy = (each) => each.dataset.as ?? `${each.tagName} ${each.id || (each.name ? `${each.name} ${each.value}` : each.textContent)}`;

// The server's refusal, or with status 0 that it could not be reached.
export class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

// The answer to a request, read as `read`.
export async function request(path, { token, read = "json", ...options } = {}) {
  const lost = () => { throw new Refused(0, options.method ? "Not sent: no connection. Try again." : "No connection. Try again."); };
  const headers = { ...options.headers, ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(path, { cache: "no-store", ...options, headers }).catch(lost);
  if (response.ok) return response[read]().catch(lost);
  const body = await response.json().catch(() => ({}));
  throw new Refused(response.status, [body.error, body.remedy].filter(Boolean).join(": ") || "refused");
}

export const get = (path, token, signal) => request(path, { token, signal });

export function post(path, body, token, milliseconds = 10_000) {
  const headers = { "content-type": "application/json" };
  return request(path, { method: "POST", token, headers, body: JSON.stringify(body), signal: AbortSignal.timeout?.(milliseconds) });
}

// Ask for the next view for ever. A request that says nothing for 30 s is given up; when the page is
// seen again, or the network goes or is back, the next one begins at once.
export function follow(path, token, show, refused) {
  let seq = 0, wait = 500, asked = null, stopped = false, hurried = false, wake = () => {};
  const again = () => { wait = 500; hurried = true; asked?.abort(); wake(); };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
  for (const event of ["pageshow", "online", "offline"]) window.addEventListener(event, again);
  (async () => {
    while (!stopped) {
      asked = new AbortController();
      hurried = false;
      const limit = setTimeout(() => asked.abort(), 30_000);
      try {
        const sign = path.includes("?") ? "&" : "?";
        const found = await get(`${path}${sign}after=${seq}`, token, asked.signal);
        clock.set(found);
        await show(found);
        // What could not be shown is asked for again.
        seq = found.seq ?? seq;
        wait = 500;
        connection(CONNECTED);
      } catch (error) {
        if (stopped) break;
        if (error.status === 401) { stopped = true; refused(error); break; }
        seq = 0; // the next answer comes at once
        if (hurried) continue;
        if (!(error instanceof Refused)) console.error(error);
        connection(error instanceof Refused ? LOST : FAULTY);
        const pause = wait * (0.75 + Math.random() / 2);
        wait = Math.min(8_000, wait * 2);
        await new Promise((done) => { wake = done; setTimeout(done, pause); });
      } finally { clearTimeout(limit); }
    }
  })();
  return () => { stopped = true; asked?.abort(); };
}

const CONNECTED = "connected", LOST = "no connection: stay on this Wi-Fi, trying again", FAULTY = "this page has a fault: reload it";
function connection(text) {
  const place = $("connection");
  place.className = text === CONNECTED ? "status dot" : "status dot away";
  place.textContent = text;
}

// The server sends the seconds left, so the clock of this device does not matter.
export const clock = {
  left: null, paused: false, at: 0,
  set({ left, paused }) { Object.assign(this, { left, paused, at: performance.now() }); this.show(); },
  show() {
    const place = $("time");
    if (!place) return;
    const passed = this.paused ? 0 : (performance.now() - this.at) / 1000;
    const left = this.left == null ? null : Math.max(0, Math.round(this.left - passed));
    place.textContent = left == null ? (this.paused ? "paused" : "")
      : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}${this.paused ? " paused" : ""}`;
  },
};
setInterval(() => clock.show(), 500);

export function say(text, isError = false) {
  const place = $("said");
  place.textContent = text;
  place.className = isError ? "alarm" : "soft";
}

export const sayWhy = (error) => say(error.message, true);

// Run what a button or a form does; it cannot be pressed twice meanwhile. It is not disabled, because it
// would lose the focus.
export const press = (work) => async (event) => {
  const { currentTarget: pressed } = event;
  event.preventDefault();
  if (pressed.ariaDisabled) return;
  pressed.ariaDisabled = "true";
  try { await work(event); } catch (error) { sayWhy(error); } finally { pressed.ariaDisabled = null; }
};

// Run what a choice among options does, one choice after the other.
let changes = Promise.resolve();
export const change = (work) => (event) => { changes = changes.then(() => work(event)).catch(sayWhy); };

// A chance as `format_chance` of sim/formatting.py writes it: in whole per cent, near 0 and 1 with one decimal.
export function percent(share) {
  const digits = share === 0 || share === 1 || (share >= 0.1 && share <= 0.9) ? 0 : 1, scale = 10 ** digits;
  const text = (Math.round(Number((100 * share * scale).toFixed(8))) / scale).toFixed(digits);
  if (share > 0 && Number(text) === 0) return "<0.1\u00a0%";
  if (share < 1 && Number(text) === 100) return ">99.9\u00a0%";
  return `${text}\u00a0%`;
}

// The code of the room, if the address with which the page was opened has it.
export const roomCode = new URLSearchParams(location.search).keys().next().value ?? "";

// What the browser keeps for a page, where it may: in a private window it may not.
export const memory = (store, key) => ({
  get() { try { return window[store].getItem(key); } catch { return null; } },
  set(value) { try { window[store].setItem(key, value); } catch { /* the page goes on without */ } },
});

// A style of an element, set where the policy of the page allows it.
export function wide(element, share) {
  element.style.setProperty("width", `${(100 * share).toFixed(1)}%`);
  return element;
}

// The events that are to happen.
export const news = (view) => view.news.map((each) => h("p", { class: "alarm", role: "status" }, h("strong", {}, `From month ${each.month}. `), each.text));

export const fighting = (view) => (view.ceasefire ? "A ceasefire holds." : "The fighting goes on.");

export function heading(view) {
  if (view.stage === "lobby") return "Before the first turn";
  if (view.stage === "debrief") return "The run is over";
  const first = (view.turn - 1) * view.months_a_turn + 1;
  const last = Math.min(view.months, first + view.months_a_turn - 1);
  const months = first === last ? `month ${first}` : `months ${first}–${last}`;
  return `Turn ${view.turn} of ${view.turns} · ${months}${view.is_plan ? "" : ` · now month ${view.month}: a reaction to ${view.reaction}`}`;
}

// Of the seats, of which the first to fill come first, those to show at once, and the rest, which is folded.
const FIRST = 12;
export function offered(seats, own) {
  const isShown = (seat, k) => k < FIRST || seat.people > 0 || seat.state === own;
  return [seats.filter(isShown), seats.filter((seat, k) => !isShown(seat, k))];
}

export function table(rows, kind = "") {
  const body = h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, k) => (
    k ? h("td", {}, cell) : h("th", { scope: "row" }, cell))))));
  return h("table", { class: kind }, body);
}

export const numbers = (view) => table(view.numbers.map((each) => [each.name, each.value.toFixed(2)]));

// Months of the story, the last one first unless all of them are told `inOrder`.
export const chapters = (story, inOrder = false) => (inOrder ? story : story.slice().reverse()).map((each) => h("p", {}, h("strong", {}, `Month ${each.month}. `), each.text));

// Who is on which rung: those in `first` before the others, and no more than `most` by name.
export function ladder(rungs, most = 99, first = []) {
  const rank = (name) => (first.includes(name) ? 0 : 1);
  const text = ({ names, numbered }) => {
    const shown = [...names].sort((a, b) => rank(a) - rank(b)).slice(0, most);
    const more = names.length + numbered - shown.length;
    return [...shown, ...(more ? [`${more} more`] : [])].join(", ") || "–";
  };
  return h("dl", { class: "ladder" }, rungs.flatMap((each) => [h("dt", {}, each.rung), h("dd", {}, text(each))]));
}
