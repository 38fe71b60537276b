/**
 * One turn of a seat: what its state sees, what happened since its last turn, and the question.
 */
explorer.turn = (() => {
  const { html } = explorer.dom;
  const { level, backstopLevel } = explorer.story;

  const cell = (data, name, value) => {
    if (name === "backstop") return backstopLevel(data, value);
    return name === "ceasefire" ? data.telling.flags[value] : level(value);
  };

  /** What the state sees: public facts, its own, and everybody's participation. */
  const view = (data, cast, seat, now) => {
    const rows = [...data.seat.public, ...data.seat.own[seat.role]].map(([name, label]) =>
      html("div", {}, html("dt", {}, label), html("dd", {}, cell(data, name, now[name]))),
    );
    const taking = data.seat.rungs.map((rung, k) => [
      rung,
      cast.states
        .filter(({ role }, i) => role === "guarantor" && now.rung[i] === k)
        .map(({ label }) => label),
    ]);
    return [
      html("dl", { class: "provenance" }, rows),
      seat.role === "guarantor" && html("p", {}, data.seat.standing[now.rung[seat.index]]),
      html(
        "details",
        {},
        html("summary", {}, "Who takes part"),
        html(
          "ul",
          {},
          taking
            .filter(([, names]) => names.length)
            .reverse()
            .map(([rung, names]) => html("li", {}, html("b", {}, rung), `: ${names.join(", ")}`)),
        ),
      ),
    ];
  };

  /** What happened in the months since the last turn. */
  const since = (tell, { months, asked }) => {
    if (months.length <= Math.max(1, asked)) return [];
    const news = (now, before) => (now.month < asked ? [] : tell(now, before));
    const told = explorer.told.chapters([{ months, tell: news }]);
    return [
      html("h4", {}, asked ? "Since your last decision" : "So far"),
      told.children.length ? told : html("p", {}, "Nothing to report."),
    ];
  };

  /** The question. Nothing is chosen beforehand, so that every decision is the reader's own. */
  const form = (data, open, decide) =>
    html(
      "form",
      {
        class: "decision",
        onsubmit: (event) => {
          event.preventDefault();
          const own = event.submitter?.value !== "model";
          decide(own ? Number(new FormData(event.target).get("choice")) : null);
        },
      },
      html(
        "fieldset",
        {},
        html(
          "legend",
          { tabindex: -1 },
          data.seat.questions[open.decision],
          open.due ? "" : " It is not due: left to the model, nothing changes.",
        ),
        open.options.map((option, value) => {
          const text = data.seat.options[open.decision][option];
          if (!open.possible[value])
            return html("p", { class: "small" }, data.seat.impossible.replace("{option}", text));
          const choice = html("input", { type: "radio", name: "choice", value, required: true });
          return html("label", {}, choice, text);
        }),
      ),
      html(
        "div",
        { class: "actions" },
        html("button", {}, "Decide and go on"),
        html("button", { value: "model", formnovalidate: true }, "Leave it to the model"),
      ),
    );

  /**
   * Show a turn.
   * @param {object} game the seat, its months, and the month in which it was asked last
   * @param {object} now the facts known so far
   * @param {object} open the decision
   * @param {(choice: number | null) => void} decide is called with null for the model's choice
   */
  const show = (data, place, cast, game, now, open, decide) => {
    const { seat, months } = game;
    // The reader is told what this state could see, and the reasons of states at the end only.
    const tell = explorer.seen.teller(data, cast, seat.role);
    // The news stands next to the question, which is scrolled into sight.
    const sofar = tell({ ...now, month: months.length }, months.at(-1), open.decision);
    explorer.dom.show(
      place,
      html("h3", {}, `${seat.label}, month ${months.length}`),
      ...view(data, cast, seat, now),
      ...since(tell, game),
      sofar.length > 0 && html("p", { class: "finding" }, `This month: ${sofar.join(" ")}`),
      form(data, open, decide),
    );
    place.querySelector("legend").focus();
  };

  return { show };
})();
