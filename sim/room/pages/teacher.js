// The console: the turn, the seats, events, the debrief. It shows no state's secrets.
import { $, change, chapters, draw, follow, h, heading, news, post, press, request, say } from "./room.js";

const token = location.hash.slice(1);
const command = async (name, fields = {}) => { const found = await post("/api/console", { command: name, ...fields }, token); say(""); return found; };
const button = (text, work, attributes = {}) => h("button", { type: "button", onclick: press(work), ...attributes }, text);
// The limits to choose from, with the one that holds.
const limits = (seconds) => (seconds == null || LIMITS.some(([value]) => value === String(seconds)) ? LIMITS : [...LIMITS, [String(seconds), `${seconds} s`]]);
const LIMITS = [["", "no limit"], ["30", "30 s"], ["60", "1 min"], ["90", "1½ min"], ["120", "2 min"], ["180", "3 min"], ["300", "5 min"], ["600", "10 min"]];

function show({ view, left, paused, join }) {
  if (!view) return;
  $("title").textContent = `Console – ${view.title}`;
  draw($("notice"), view.notice, () => view.notice && h("p", { class: "alarm" }, view.notice));
  draw($("controls"), [view.stage, view.step, view.waiting, view.round, view.debrief_ready, view.incident, view.news, view.outcome, paused, left == null], () => controls(view, paused, left != null));
  draw($("seats"), [view.seats, view.people, view.stage], () => seats(view));
  draw($("join"), [view.code, join, view.people.length], () => joining(view, join));
  draw($("story"), view.story, () => [h("h2", {}, "The story so far"), ...(view.story.length ? chapters(view.story.slice(-4)) : [h("p", {}, "Nothing yet.")])]);
  draw($("inject"), [view.events, view.settings, view.stage === "debrief"], () => inject(view));
  draw($("more"), [view.adviser, view.names_shown, view.blank, view.stage, view.log, view.debrief_ready, view.seconds], () => more(view));
}

const undo = () => (window.confirm("Go back a turn? What was chosen in it, and events since then, are lost.") ? command("undo") : null);

function controls(view, paused, isTimed) {
  const parts = [h("h2", { "data-step": view.step ?? "" }, heading(view)), view.incident && h("p", { class: "alarm" }, view.incident), ...news(view)];
  if (view.stage === "lobby") {
    parts.push(h("div", { class: "row" }, button("Begin the first turn", () => command("start"), { class: "main" })));
  } else if (view.stage === "playing") {
    const closing = isTimed && !paused ? "it closes when the time is up" : "close it when you like";
    const rest = view.waiting.length ? `Waiting for ${view.waiting.join(", ")}.` : `No seat has anything more to send in this step: ${closing}.`;
    parts.push(h("p", { role: "status" }, rest), h("div", { class: "row" },
      button("Close now", () => command("close", { step: view.step }), { class: "main" }),
      button(paused ? "Go on" : "Pause", () => command(paused ? "resume" : "pause"), { "data-as": "pause" }),
      button("+30 s", () => command("extend"), { disabled: !isTimed, "data-as": "extend" }),
      button("Undo a turn", undo, { disabled: view.turn === 1 && view.is_plan })));
  } else {
    parts.push(h("p", {}, view.outcome ? `How it ended: ${view.outcome.label}.` : "", view.debrief_ready ? "" : " The runs for the comparison are being computed."),
      h("p", { class: "soft" }, "First let everybody predict how most runs of the same start end; then show the rounds, which closes the predictions."),
      h("div", { class: "row" }, ["nothing yet", "1 what happened", "2 how usual", "3 why", "4 where is it wrong"].map((text, k) => (
        button(text, () => command("reveal", { round: k }), { class: view.round === k ? "main" : "", "aria-pressed": String(view.round === k), disabled: k > 0 && !view.debrief_ready })))),
      h("div", { class: "row" }, button("Undo a turn", undo)));
  }
  return parts;
}

function joining(view, join) {
  return [h("h2", {}, "Join"), h("p", {}, "Students open ", h("strong", {}, join.split("/?")[0]), " and type ", h("strong", { class: "code" }, view.code), "."),
    h("div", { class: "row" },
      button("Open the wall", async () => { const page = window.open("about:blank"); const found = await command("wall"); if (page) page.location = `/wall#${found.token}`; }),
      button("Hot seat: one screen", async () => { window.open(`/hot?${view.code}`, "_blank", "noopener"); })),
    /\/\/(127\.|localhost)/.test(join) && h("p", { class: "soft" }, "Only this computer reaches this address. For phones, join their network and start the room with --lan."),
    h("p", { class: "soft" }, "The wall has the QR code and no secrets: put it on the projector, never this page.")].filter(Boolean);
}

// What is still to come from a seat in this step.
function pending(seat, stage) {
  if (stage !== "playing") return "";
  if (!seat.asked) return " · nothing to decide";
  return seat.waiting ? " · not sent" : "";
}

function seats(view) {
  const people = (seat) => view.people.filter((each) => each.seat === seat);
  const rows = view.seats.filter((seat) => seat.people);
  const row = (name, role, who) => h("tr", {}, h("th", { scope: "row" }, name, h("br"), h("span", { class: "soft" }, role)), h("td", {}, who.map((each) => person(each, view))));
  const watching = people(null);
  return [h("h2", {}, `Seats (${view.people.length} people)`), h("table", { class: "plain" }, h("tbody", {},
    rows.map((seat) => row(seat.name, `${seat.role}${pending(seat, view.stage)}`, people(seat.state))),
    watching.length > 0 && row("Watching", "", watching))),
    h("p", { class: "soft" }, "● on the page, ○ away: the model plays a seat of which nothing is sent. All other seats are played by the model.")];
}

function person(each, view) {
  const move = (event) => command("sit", { person: each.person, seat: event.target.value || null });
  const rename = () => { const name = window.prompt("Name (may be empty)", each.name); return name === null ? null : command("rename", { person: each.person, name }); };
  const label = each.name || each.person;
  return h("div", { class: "row" },
    h("span", { class: each.present ? "dot" : "dot away" }, label, h("span", { class: "soft" }, each.present ? "" : " (away)")),
    h("span", { class: "code", title: "seat code" }, each.seat_code), each.sent && h("span", { class: "sent" }, "sent ✓"),
    button("Rename", rename, { "data-as": `rename ${each.person}` }), h("select", { "aria-label": `Move ${label}`, "data-as": `move ${each.person}`, onchange: change(move) },
      h("option", { value: "", selected: each.seat === null }, "watching"),
      view.seats.map((seat) => h("option", { value: seat.state, selected: each.seat === seat.state }, seat.name))));
}

function inject(view) {
  if (view.stage === "debrief") return null;
  const happening = () => {
    const why = $("inject-why").value.trim(), name = $("inject-event").value, path = $("inject-path").value.trim();
    const value = $("inject-value").value; // empty too where no number is typed
    if (!name && !value) throw new Error("Nothing has happened: type a number as the new value, or choose an event of the scenario.");
    const found = name ? { name } : { set: { [path]: Number(value) } };
    return why ? { ...found, why } : found;
  };
  const announce = async () => {
    await command("inject", { happening: happening() });
    for (const id of ["inject-event", "inject-value", "inject-why"]) $(id).value = "";
    say("Everybody reads the news now.");
  };
  return [
    h("h2", {}, "Let something happen"),
    label("Event of the scenario", h("select", { id: "inject-event" }, h("option", { value: "" }, "one of my own"), view.events.map((name) => h("option", { value: name }, name.replaceAll("_", " "))))),
    label("Or: parameter", h("input", { id: "inject-path", value: "setting.backstop", list: "settings", autocomplete: "off" })),
    h("datalist", { id: "settings" }, view.settings.map((path) => h("option", { value: path }))),
    label("New value", h("input", { id: "inject-value", type: "number", step: "any" })),
    label("What the news says", h("input", { id: "inject-why", maxlength: 200 })),
    h("p", { class: "soft" }, "Everybody reads the news at once. What the seats have sent in this step does not count any more."),
    button("Let it happen now", announce),
  ];
}

function more(view) {
  return [
    h("h2", {}, "Time for a step"),
    h("select", { id: "limit", "aria-label": "Time for a step", onchange: change(({ target }) => command("seconds", { seconds: target.value ? Number(target.value) : null })) },
      limits(view.seconds).map(([value, text]) => h("option", { value, selected: value === String(view.seconds ?? "") }, text))),
    h("p", { class: "soft" }, "When all who are present have sent, 10 seconds are left."),
    h("h2", {}, "Room"),
    h("div", { class: "row" },
      button(view.adviser ? "Switch the adviser off" : "Switch the adviser on", () => command("adviser", { on: !view.adviser }), { "data-as": "adviser" }),
      button(view.names_shown ? "Hide names" : "Show names", () => command("names", { on: !view.names_shown }), { "data-as": "names" }),
      button(view.blank ? "Show the wall" : "Blank the wall", () => command("blank", { on: !view.blank }), { "data-as": "blank" }),
      view.stage === "playing" && button("The model plays the rest", () => (window.confirm("End the game here? The model plays the rest.") ? command("finish") : null))),
    h("div", { class: "row" }, button("Save the choices (CSV)", () => save("csv", "choices.csv")), button("Save the report (to print)", () => save("report", "report.html"), { disabled: !view.debrief_ready }), button("Save the log (JSON lines)", () => save("jsonl", "room.jsonl"))),
    h("p", { class: "soft" }, `The log is written to ${view.log}: after a crash, thinline serve --room --resume ${view.log}`),
  ];
}

const label = (text, input) => h("label", { class: "field" }, h("span", {}, text), input);

async function save(kind, name) {
  const file = await request(`/api/export?kind=${kind}`, { token, read: "blob" });
  const link = h("a", { download: name, href: URL.createObjectURL(file) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The teacher's screen stays on where the browser allows it: on this computer it does.
async function stayAwake() { try { await navigator.wakeLock?.request("screen"); } catch { /* not allowed here */ } }
document.addEventListener("visibilitychange", () => { if (!document.hidden) stayAwake(); });
stayAwake();
follow("/api/console", token, show, () => say("This link is not valid: open the console with the link that the terminal shows.", true));
