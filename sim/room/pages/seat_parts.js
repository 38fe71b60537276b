// The parts of a seat's page, also used by the hot seat.
import { chapters, fighting, h, heading, ladder, news, numbers, percent, press, table, wide } from "./room.js";

export function situation(view) {
  return [
    h("h2", {}, heading(view)),
    view.incident && h("p", { class: "alarm", role: "status" }, view.incident),
    ...news(view),
    view.about && h("p", {}, view.about),
    view.terms && h("p", { class: "alarm", role: "status" }, view.terms),
    view.stage !== "debrief" && h("p", { class: "soft" }, fighting(view), view.rung && ` The part of your state so far: ${view.rung}.`),
    view.waiting.length > 0 && h("p", { class: "soft" }, `Waiting for ${view.waiting.join(", ")}.`),
  ];
}

// The decisions as a form. `draft` keeps what is picked, so that drawing again loses nothing; `adviser`
// has what was asked, by decision, and asks.
export function decisions(view, draft, send, adviser) {
  if (!view.decisions?.length) {
    return view.stage === "playing" ? h("p", {}, view.seat ? `Nothing to decide now. ${view.idle ?? ""}` : "You are watching.") : null;
  }
  const status = h("p", { role: "status" });
  const tell = () => { [status.className, status.textContent] = state(view, draft); };
  tell();
  return h("form", { onsubmit: press(send), onchange: tell },
    view.decisions.map((each) => question(each, draft, adviser)),
    h("button", { class: "main wide", type: "submit", "data-as": "send" }, view.sent ? "Send the change" : "Send"),
    status,
    view.members > 1 && h("p", { class: "soft" }, `${view.members} people share this seat: the majority decides, in a tie the first to sit down.`));
}

// Whether something else is picked than was sent.
const isChanged = (view, draft) => Boolean(view.sent) && view.decisions.some(({ word }) => (draft[word] ?? null) !== (view.sent[word] ?? null));

// What counts of what is picked, as a kind of text and a text.
function state(view, draft) {
  if (isChanged(view, draft)) return ["alarm", "Changed, and not sent: what you sent before counts."];
  if (view.sent) return ["sent", "Sent ✓ – you can change it until the turn closes."];
  const left = "Without it the model decides for you.";
  return view.resend ? ["alarm", `The news came after you had sent: send again. ${left}`] : ["soft", `Nothing sent yet. ${left}`];
}

function question(decision, draft, adviser) {
  const pick = (option) => () => { draft[decision.word] = option; };
  const who = decision.due ? "model" : "if reviewed";
  const option = (word, text, chance) => h("label", { class: "option" },
    h("input", { type: "radio", name: decision.word, value: word ?? "", checked: (draft[decision.word] ?? null) === word, onchange: pick(word) }),
    h("span", {}, text),
    chance != null && h("span", { class: "chance" }, `${who} ${percent(chance)}`),
    chance != null && wide(h("span", { class: "bar", "aria-hidden": "true" }), chance * 0.8));
  return h("fieldset", {}, h("legend", {}, decision.question),
    decision.note && h("p", { class: "soft" }, decision.note),
    decision.options.map((each) => option(each.word, each.text, each.chance)),
    decision.closed.map((each) => h("p", { class: "soft" }, `Not possible now: ${each.text}, because ${each.why}.`)),
    option(null, "leave it to the model"),
    adviser && decision.advice && advice(decision.word, adviser));
}

export function card(view) {
  if (!view.card) return null;
  const { card: own } = view;
  return [
    h("h3", {}, "Only you know"), table(view.own.map((each) => [each.name, typeof each.value === "number" ? each.value.toFixed(2) : each.value]), "words"),
    list("What you can decide", own.can),
    list("What your state says in public", own.positions.map((each) => `${each.says} (${each.source})`)),
    list("What everybody knows of your state", own.shows),
    h("p", { class: "soft" }, own.warning),
  ].flat().filter(Boolean);
}

function advice(word, adviser) {
  const found = adviser.found[word], as = `advice ${word}`;
  if (!found) return h("button", { type: "button", "data-as": as, onclick: press(() => adviser.ask(word)) }, "Ask the adviser");
  const rows = found.options.map((each) => h("tr", {}, h("th", { scope: "row" }, each.text), each.shares.map((share) => h("td", {}, percent(share)))));
  return h("div", { class: "sideways", tabindex: 0, role: "group", "aria-label": "What the adviser says", "data-as": as }, h("p", { class: "soft" }, `${found.runs} runs go on from here, with what your state knows; the model decides everything else, your own later choices too. They end with a force standing, with none, with a new attack that the coalition does not fight, or in a war with it:`),
    h("table", { class: "advice" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "if you"), found.groups.map((each) => h("th", { scope: "col" }, each)))), h("tbody", {}, rows)));
}

const list = (title, items) => (items.length ? [h("h3", {}, title), h("ul", {}, items.map((each) => h("li", {}, each)))] : null);

export const everybody = (view) => [numbers(view), h("h3", {}, "Who takes part how far"), ladder(view.rungs)];

export const soFar = (view) => (view.story.length ? chapters(view.story, view.stage === "debrief") : [h("p", {}, "Nothing yet.")]);

export function ended(view) {
  if (view.stage !== "debrief" || !view.outcome) return null;
  const mine = view.mine ?? [];
  return [
    h("p", { class: "time" }, `How it ended: ${view.outcome.label}`), h("p", {}, view.outcome.meaning),
    mine.length > 0 && [h("h3", {}, "Your choices, and how often the model would have made them at that time"),
      table(mine.map((each) => [`Month ${each.month}: ${each.option}`, each.chance == null ? "no review due" : percent(each.chance)]))],
    h("p", { class: "soft" }, "One path is one draw. Look at the wall: how usual was it?"),
  ].flat().filter(Boolean);
}
