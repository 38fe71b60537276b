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

// Draw a part again only if what it shows has changed: focus and open folds stay as they are.
const drawn = new WeakMap();
export function draw(place, input, build) {
  const key = JSON.stringify(input) ?? "";
  if (drawn.get(place) === key) return;
  place.replaceChildren(...[build(input)].flat().filter(Boolean));
  drawn.set(place, key);
}

export class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw new Refused(response.status, [body.error, body.remedy].filter(Boolean).join(": ") || "refused");
}

const authorised = (token) => (token ? { authorization: `Bearer ${token}` } : {});

export async function get(path, token, signal) {
  return answer(await fetch(path, { headers: authorised(token), signal, cache: "no-store" }));
}

export async function post(path, body, token) {
  const signal = AbortSignal.timeout ? AbortSignal.timeout(10_000) : undefined;
  const headers = { "content-type": "application/json", ...authorised(token) };
  return answer(await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal }));
}

// Ask for the next view for ever. A request that says nothing for 30 s is given up; when the page is
// seen again, or the network goes or is back, the next one begins at once.
export function follow(path, token, show, refused) {
  let seq = 0, wait = 500, request = null, stopped = false, wake = () => {};
  const again = () => { wait = 500; request?.abort(); wake(); };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
  for (const event of ["pageshow", "online", "offline"]) window.addEventListener(event, again);
  (async () => {
    while (!stopped) {
      request = new AbortController();
      const limit = setTimeout(() => request.abort(), 30_000);
      try {
        const sign = path.includes("?") ? "&" : "?";
        const found = await get(`${path}${sign}after=${seq}`, token, request.signal);
        clock.set(found);
        await show(found);
        // What could not be shown is asked for again.
        seq = found.seq ?? seq;
        wait = 500;
        connected(true);
      } catch (error) {
        if (error instanceof Refused && error.status === 401) { stopped = true; refused?.(error); break; }
        connected(false);
        const pause = wait * (0.75 + Math.random() / 2);
        wait = Math.min(8_000, wait * 2);
        await new Promise((done) => { wake = done; setTimeout(done, pause); });
      } finally { clearTimeout(limit); }
    }
  })();
  return () => { stopped = true; request?.abort(); };
}

function connected(is) {
  const place = $("connection");
  if (!place) return;
  place.className = is ? "status dot" : "status dot away";
  place.textContent = is ? "connected" : "no connection: stay on this Wi-Fi, trying again";
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

// Run what a button does; it cannot be pressed twice meanwhile.
export const press = (work) => async (event) => {
  const button = event.currentTarget ?? event.target;
  event.preventDefault?.();
  button.disabled = true;
  try { await work(event); } catch (error) { say(error.message, true); } finally { button.disabled = false; }
};

export const percent = (share) => `${Math.round(100 * share)}\u00a0%`;

// A style of an element, set where the policy of the page allows it.
export function wide(element, share) {
  element.style.setProperty("width", `${(100 * share).toFixed(1)}%`);
  return element;
}

export function heading(view) {
  if (view.stage === "lobby") return "Before the first turn";
  if (view.stage === "debrief") return "The run is over";
  const first = (view.turn - 1) * view.months_a_turn + 1;
  const last = Math.min(view.months, first + view.months_a_turn - 1);
  const months = first === last ? `month ${first}` : `months ${first}–${last}`;
  return `Turn ${view.turn} of ${view.turns} · ${months}${view.is_plan ? "" : ` · now month ${view.month}: a reaction to ${view.reaction}`}`;
}

// Of the seats, of which the first to fill come first, those to show at once: the rest is folded.
const FIRST = 12;
export const isOffered = (seat, k) => k < FIRST || seat.people > 0;

export function table(rows, kind = "") {
  const body = h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, k) => (
    k ? h("td", {}, cell) : h("th", { scope: "row" }, cell))))));
  return h("table", { class: kind }, body);
}

export const numbers = (view) => table(view.numbers.map((each) => [each.name, each.value.toFixed(2)]));

export const chapters = (story) => story.slice().reverse().map((each) => h("p", {}, h("strong", {}, `Month ${each.month}. `), each.text));

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
