/**
 * Play one state's seat in a run: the reader decides for it, the model for all others.
 */
explorer.seat = (() => {
  const { html, byId } = explorer.dom;
  const { level } = explorer.story;
  const { count, plural } = explorer.text;
  const { charts } = explorer;
  const RUNS = 1000;
  // The two sides can be chosen first.
  const SEATS = ["challenger", "protege", "guarantor"];

  /**
   * The seat.
   * @param {object} runner
   * @param {() => {preset: string, set: object, seed: number}} current the settings of the page
   */
  const make = (data, runner, current) => {
    let game = null;

    /** Do a reader's move, and report what goes wrong in it. */
    const attempt = async (move) => {
      try {
        await move();
      } catch (error) {
        explorer.dom.refuse(byId("seat-board"), error);
      }
    };

    const seats = () =>
      explorer.story
        .names(data, current().preset)
        .states.map((state, index) => ({ ...state, index }))
        .filter(({ role }) => role !== "partner")
        .sort((a, b) => SEATS.indexOf(a.role) - SEATS.indexOf(b.role));

    const fillSeats = () => {
      byId("seat-unnamed").textContent = explorer.story.names(data, current().preset).unnamed;
      explorer.dom.show(
        byId("seat-state"),
        seats().map(({ label, index, role }) =>
          html(
            "option",
            { value: index },
            role === "guarantor" ? label : `${label} (${role.replace("protege", "protégé")})`,
          ),
        ),
      );
    };

    const mine = () => game.session.open().find(({ state }) => state === game.seat.index);

    const begin = () => {
      const settings = current(),
        run = Number(byId("seat-run").value);
      const seat = seats().find(({ index }) => index === Number(byId("seat-state").value));
      const session = runner.session(settings, settings.seed, run);
      game = { settings, run, seat, session, months: [session.view()], asked: 0, taken: 0, left: 0 };
      return goOn(false);
    };

    const play = () => {
      const told = game.session.phase();
      if (told) game.months.push(told);
    };

    /** To the next decision of the seat that is the reader's to take. */
    const goOn = (step = true) => {
      if (step) play();
      const due = byId("seat-due").checked;
      for (let open = game.session.over ? null : mine(); !game.session.over; open = mine()) {
        if (open && (open.due || !due)) return showTurn(open);
        play();
      }
      return showEnd();
    };

    const decide = (choice) => {
      const open = mine();
      if (choice === null) game.left += 1;
      else {
        game.session.dictate(open.decision, game.seat.index, choice);
        game.taken += 1;
      }
      game.asked = game.months.length;
      return goOn();
    };

    const showTurn = (open) => {
      const cast = explorer.story.names(data, game.settings.preset);
      explorer.turn.show(data, byId("seat-board"), cast, game, game.session.view(), open, (choice) =>
        attempt(() => decide(choice)),
      );
    };

    /** The same run as the model plays it, beside the reader's. */
    const without = ({ settings, run, months, taken, left, seat }) => {
      if (!taken)
        return left ? "This is the model’s own run." : data.seat.idle[seat.role === "protege" ? 1 : 0];
      const twin = runner.tell(settings, settings.seed, run);
      const parting = explorer.parting.of(data, months, twin);
      if (parting === null)
        return "Without your decisions the same run has the same actions in every month.";
      const why = explorer.parting.why(
        data,
        explorer.story.names(data, settings.preset),
        [months, twin],
        parting,
        ["in your run", "in the model’s"],
        false,
      );
      return (
        `Without your decisions the same run ${explorer.told.ends(data, twin)} ` +
        `The two differ first in month ${parting}. ${why}`
      );
    };

    const showEnd = async () => {
      const { settings, months } = game,
        own = game;
      explorer.dom.show(
        byId("seat-board"),
        html("p", { class: "finding" }, explorer.told.ending(data, months)),
      );
      const ending = data.outcomes[months.at(-1).ending];
      const tally = await runner.play(settings, { seed: settings.seed, runs: RUNS });
      // Another game may have begun meanwhile: the board is that game's.
      if (game !== own) return;
      const alike = explorer.statistics.proportion(tally.endings[months.at(-1).ending], RUNS);
      const sentence =
        `${explorer.told.ending(data, months)} ` +
        `You took ${plural(own.taken, "decision")} and left ${count(own.left)} to the model. ` +
        `Of ${count(RUNS)} model runs of the same settings ${explorer.text.shareWithInterval(alike)} end like this.`;
      const chart = html("div", {});
      explorer.dom.show(
        byId("seat-board"),
        html("h3", { tabindex: -1 }, `${own.seat.label}: the run is over`),
        html("p", { class: "finding" }, sentence),
        html("p", {}, without(own)),
        html(
          "div",
          { class: "beside" },
          explorer.waffle.draw(data, tally),
          html("ul", { class: "key" }, explorer.waffle.key(data, tally, null, months.at(-1).ending)),
        ),
        chart,
        reasons(own),
        html(
          "p",
          {},
          `Your ending: ${ending.label}. One run is luck as much as choice: play the same run again and decide otherwise.`,
        ),
      );
      byId("seat-board").querySelector("h3").focus();
      explorer.dom.announce(sentence);
      const courses = await runner.courses(settings, settings.seed, RUNS, () => game === own);
      if (courses) showFan(chart, courses, months);
    };

    /** The whole run with the utilities, chances and reasons that were hidden while playing. */
    const reasons = ({ settings, months }) => {
      const cast = explorer.story.names(data, settings.preset);
      const tell = explorer.story.teller(data, cast, runner.causes);
      return html(
        "details",
        {},
        html("summary", {}, "Why the states acted"),
        explorer.told.chapters([{ months, tell }], null, true),
        html("p", { class: "small" }, explorer.text.fill(data.telling.reading, cast)),
      );
    };

    const showFan = (chart, courses, months) => {
      const rows = explorer.fan.of(courses, data.months),
        last = months.length - 1,
        then = rows.find(({ month }) => month === last);
      const own = `Power of the force, by month. In month ${last}, the last of your run, it is ${level(months[last].power)}.`;
      const label = then
        ? `${own} Of ${count(RUNS)} model runs ${count(then.runs)} reach that month; there ` +
          `their median is ${level(then.middle)}, and eight tenths lie between ${level(then.low)} and ` +
          `${level(then.high)}.`
        : `${own} None of ${count(RUNS)} model runs reaches that month.`;
      const key =
        "The thick line is your run. The dotted line is the median of the model runs that reach " +
        "a month, and the band holds eight tenths of them.";
      explorer.dom.show(
        chart,
        html("p", { class: "small" }, label),
        html("p", { class: "small" }, key),
        explorer.fan.draw(data, rows, months.map(({ power }) => power), label, charts.widthOf(chart)),
      );
    };

    byId("seat-begin").addEventListener("click", () => attempt(begin));
    fillSeats();
  };

  return { make };
})();
