/**
 * One run told month by month, beside the same run with the baseline's settings.
 */
explorer.told = (() => {
  const { html, svg, picture, byId } = explorer.dom;
  const { charts } = explorer;
  const HEIGHT = 210,
    SIDE = 42,
    BOTTOM = 170,
    TOP = 32;
  // The names of two runs after a verb.
  const WHERE = ["here", "in the baseline"];
  // Each quantity has its own scale, on its side.
  const QUANTITIES = [
    ["power", "start", "power of the force"],
    ["tension", "end", "tension"],
  ];

  const curve = (months, name, across, up) =>
    charts.path(months.map((month) => [across(month.month), up(month[name])]));

  const events = (data, months, across) =>
    months
      .filter(({ action, war }) => action || war)
      .map((month) =>
        svg(
          "path",
          {
            class: month.war ? "mark war" : "mark act",
            transform: `translate(${across(month.month) - 7} ${month.war ? 18 : BOTTOM + 8}) scale(.7)`,
            d: month.war ? data.outcomes[month.ending].mark : "M10 3 18 17H2z",
          },
          svg("title", {}, `month ${month.month}: ${data.lists.actions[month.action]}`),
        ),
      );

  /** The scale of a quantity on its side of the chart, with its name above. */
  const axis = (side, title, up, ticks, width) => {
    const left = side === "start",
      at = left ? SIDE : width - SIDE;
    return [
      svg("text", { class: "you", x: left ? 0 : width, y: 14, "text-anchor": side }, title),
      svg("path", { class: "axis", d: `M${at} ${BOTTOM}V${TOP}` }),
      ...ticks.map((value) =>
        svg(
          "text",
          {
            class: "tick",
            x: left ? at - 6 : at + 6,
            y: up(value) + 4,
            "text-anchor": left ? "end" : "start",
          },
          explorer.text.number(value),
        ),
      ),
    ];
  };

  /**
   * The course of a run: power of the force and tension, each on its own scale, with challenges; a
   * twin as ghosts.
   */
  const track = (data, months, twin, label, width) => {
    const all = [...months, ...(twin ?? [])];
    const across = charts.scale(0, data.months, SIDE, width - SIDE);
    const drawn = QUANTITIES.flatMap(([name, side, title]) => {
      const most = Math.max(0.1, ...all.map((month) => month[name]));
      const ticks = charts.ticksOver(most, 3);
      const up = charts.scale(0, ticks.at(-1), BOTTOM, TOP);
      return [
        ...axis(side, title, up, ticks, width),
        twin &&
          svg("path", { class: `track ghost t-${name}`, d: curve(twin, name, across, up) }),
        svg("path", { class: `track t-${name}`, d: curve(months, name, across, up) }),
      ];
    });
    return picture(
      width,
      HEIGHT,
      label,
      svg("path", { class: "axis", d: `M${SIDE} ${BOTTOM}H${width - SIDE}` }),
      ...charts.monthTicks(data.months, across, HEIGHT - 2),
      ...drawn.filter(Boolean),
      ...events(data, months, across),
    );
  };

  /**
   * Months in which something is told, each once: what is told of it in a run, or in two runs beside
   * each other.
   * @param {{months: object[], tell: Function, who?: string}[]} runs `who` names one of two runs
   * @param {number | null} parting the month to mark
   */
  const chapters = (runs, parting, full) => {
    const last = Math.max(...runs.map(({ months }) => months.length));
    const told = ({ months, tell }, month) =>
      months[month] ? tell(months[month], months[month - 1] ?? null, full || month === parting) : [];
    const row = (month) => {
      const entries = runs.map((run, k) => {
        const sentences = told(run, month);
        return sentences.length
          ? html(
              "dd",
              { class: `run-${k}` },
              run.who && html("span", { class: "who" }, `${explorer.text.capitalise(run.who)}: `),
              sentences.map((text) => html("p", {}, text)),
            )
          : null;
      });
      return entries.some(Boolean)
        ? html(
            "div",
            { class: month === parting ? "parting" : null },
            html("dt", {}, month ? `month ${month}` : "start"),
            entries,
          )
        : null;
    };
    return html("dl", { class: "story" }, Array.from({ length: last }, (_, month) => row(month)));
  };

  const ends = (data, told) => {
    const last = told.at(-1),
      { label, meaning } = data.outcomes[last.ending];
    return `ends in month ${last.month}: ${label} (${meaning}).`;
  };
  const ending = (data, told) => explorer.text.capitalise(ends(data, told));

  const heading = (data, { name, months, who }) =>
    html(
      "div",
      {},
      html("h3", {}, who ? `${explorer.text.capitalise(who)}: ${name}` : name),
      html("p", { class: "small" }, ending(data, months)),
    );

  const partingSentence = (month) =>
    month === null
      ? "Both runs have the same actions in every month."
      : month === 0
        ? "The two runs differ from the start."
        : `The two runs are the same before month ${month}. In month ${month} they differ for the first time.`;

  /**
   * Show a run.
   * @param {{months: object[], name: string, cast: object}} here
   * @param {object | null} there the same run with the baseline
   * @param {string[]} causeWords why states move, by number
   * @param {boolean} full whether every move by choice is told
   */
  const show = (data, place, run, here, there, causeWords, full) => {
    const parting = there && explorer.parting.of(data, here.months, there.months);
    const runs = [here, there].filter(Boolean).map((each, k) => ({
      ...each,
      who: there && WHERE[k],
      tell: explorer.story.teller(data, each.cast, causeWords),
    }));
    const months = runs.map((each) => each.months);
    const why = there && explorer.parting.why(data, here.cast, months, parting, WHERE);
    const label =
      `Run ${run}: power of the force and tension by month. ` + ending(data, here.months);
    explorer.dom.show(
      place,
      html(
        "p",
        { class: "finding" },
        `Run ${explorer.text.count(run)}. `,
        there ? partingSentence(parting) : ending(data, here.months),
      ),
      why && html("p", { class: "why" }, why),
      here.cast.unnamed && html("p", { class: "small" }, here.cast.unnamed),
      track(data, here.months, there?.months, label, charts.widthOf(place)),
      html(
        "ul",
        { class: "rungs" },
        html("li", {}, html("i", { class: "sample t-power" }), "power of the force (left scale)"),
        html("li", {}, html("i", { class: "sample t-tension" }), "tension (right scale)"),
        here.months.some(({ action, war }) => action && !war) && html("li", {}, "▲ a challenge"),
        here.months.at(-1).war > 0 && html("li", {}, "mark at the top: the war"),
        there && html("li", {}, "faint: the baseline"),
      ),
      html(
        "div",
        { class: there ? "twins" : "" },
        html(
          "div",
          { class: "heads" },
          runs.map((each) => heading(data, each)),
        ),
        chapters(runs, parting, full),
      ),
      html("p", { class: "small" }, explorer.text.fill(data.telling.reading, here.cast)),
    );
  };

  /**
   * The part of the page that tells a run.
   * @param {object} runner
   * @param {() => object} current the state of the page
   * @param {() => object | null} tally the tally that is shown, to look for runs in it
   */
  const make = (data, runner, current, tally) => {
    const fold = byId("told-fold");
    let run = 0;

    const told = (settings) => ({
      months: runner.tell(settings, current().seed, run),
      name: explorer.text.capitalise(explorer.levers.describe(data, settings, current().preset)),
      cast: explorer.story.names(data, settings.preset),
    });

    const tell = () => {
      if (!fold.open) return;
      const state = current();
      const full = byId("told-full").checked;
      // A number that is being typed stays.
      if (byId("told-run") !== document.activeElement) byId("told-run").value = run;
      byId("told-problem").textContent = "";
      try {
        const there = state.pin ? told(state.pin) : null;
        show(data, byId("told"), run, told(state), there, runner.causes, full);
      } catch (error) {
        explorer.dom.refuse(byId("told"), error);
      }
    };

    const open = (number) => {
      run = number;
      if (fold.open) tell();
      else fold.open = true; // which tells
      fold.scrollIntoView({ block: "start" });
      fold.querySelector("summary").focus();
    };

    /** The next run that ends in the chosen way. */
    const next = () => {
      const wanted = byId("told-ending").value;
      const { runs, perRun } = tally();
      for (let step = 1; step <= runs; step += 1) {
        const other = (run + step) % runs;
        if (wanted === "" || perRun[other] === Number(wanted)) return open(other);
      }
      byId("told-problem").textContent = `None of these ${explorer.text.plural(runs, "run")} ends like that.`;
      return undefined;
    };

    fold.addEventListener("toggle", tell);
    byId("told-full").addEventListener("change", tell);
    byId("told-next").addEventListener("click", next);
    return { tell, open };
  };

  return { make, chapters, ends, ending };
})();
