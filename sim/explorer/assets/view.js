/**
 * The pictures of the page, drawn from a scene: the settings in words, a tally, and what belongs to
 * it. Every share stands with its interval, number of runs and seed.
 */
explorer.view = (() => {
  const { html, byId, table } = explorer.dom;
  const { proportion } = explorer.statistics;
  const { count, halfWidth, number, plural, shareAlone, shareWithInterval, unbroken } = explorer.text;
  const { widthOf } = explorer.charts;
  const SIZES = [100, 500, 2000, 10000];

  const warOf = (tally) => proportion(tally.failed + tally.escalated, tally.runs);

  /** The headline: how often war comes, by which road, and the most frequent ending. */
  const headline = (data, tally, name) => {
    const share = (runs) => shareWithInterval(proportion(runs, tally.runs));
    const most = tally.endings.indexOf(Math.max(...tally.endings));
    const [failure, escalation] = data.causes;
    return (
      `With ${name}, war comes in ${shareWithInterval(warOf(tally))} of the model’s runs: ` +
      `${failure.label} in ${share(tally.failed)}, ${escalation.label} in ${share(tally.escalated)}. ` +
      `Most often: ${data.outcomes[most].label}, ${share(tally.endings[most])}.`
    );
  };

  const sure = (data, tally, seed) => {
    const war = warOf(tally);
    const rows = SIZES.map((runs) => {
      const interval = proportion(Math.round(war[0] * runs), runs);
      return [count(runs), `${explorer.text.interval(interval)} %`, halfWidth(interval)];
    });
    return [
      html(
        "p",
        {},
        `Each run draws its random numbers anew. ${count(tally.runs)} runs were played, with seed ` +
          `${seed}; ${shareAlone(war)} of them end in war. Another seed would give a slightly different share. The ` +
          `interval ${explorer.text.interval(war)} % is Wilson’s: made in this way, 95 of 100 intervals contain the ` +
          "share that endless runs would give.",
      ),
      table(
        "The interval narrows with the square root of the number of runs: four times the runs halve it.",
        ["runs", "interval of such a share", "half of it"],
        rows,
      ),
      html(
        "p",
        {},
        "The interval measures only the chance in the model’s random numbers. It does not say how well the model " +
          "describes the world. The weights are invented; other reasonable weights move the shares by more than " +
          "any interval here, and more runs do not change that.",
      ),
    ];
  };

  /** A share of the runs and its interval, as two cells. */
  const shareCells = (runs, tally) => {
    const share = proportion(runs, tally.runs);
    return [shareAlone(share), `${explorer.text.interval(share)} %`];
  };

  const endings = (data, tally) =>
    table(
      `Endings of ${plural(tally.runs, "model run")}.`,
      ["ending", "runs", "share", "95 % interval"],
      data.outcomes.map(({ label }, k) => [
        label,
        count(tally.endings[k]),
        ...shareCells(tally.endings[k], tally),
      ]),
    );

  /** What else a class reads off the runs, as `thinline run --json` has it. */
  const measures = (data, tally) => {
    const found = thinlineEngine.summary(tally).measures;
    return table(
      "Other measures: shares of model runs, and means per run.",
      ["measure", "share or mean per run", "95 % interval", "unit"],
      data.measures.map(({ name, label, unit, is_share }) => {
        const { share, mean, low, high } = found[name];
        if (is_share) return [label, ...shareCells(Math.round(share * tally.runs), tally), unit];
        // A single run has no interval, and neither has what never happened.
        const ends = high > low ? `${number(low, 3)} to ${number(high, 3)}` : "none";
        return [label, number(mean, 3), ends, unit];
      }),
    );
  };

  /** Runs that end in war, by cause and ending. */
  const roads = (data, tally) => {
    const wars = data.outcomes.map(({ war }, k) => (war ? k : -1)).filter((k) => k >= 0);
    const perRun = { failure: tally.perRunFailed, escalation: tally.perRunEscalated };
    const many = (word, ending) =>
      perRun[word].reduce((sum, has, run) => sum + (has && tally.perRun[run] === ending), 0);
    return table(
      "Wars by cause and ending, in runs.",
      ["cause", ...wars.map((k) => data.outcomes[k].label)],
      data.causes
        .filter(({ word }) => word in perRun)
        .map(({ word, label }) => [label, ...wars.map((k) => count(many(word, k)))]),
    );
  };

  const fillNumbers = (data, tally) =>
    explorer.dom.show(
      byId("numbers"),
      endings(data, tally),
      roads(data, tally),
      measures(data, tally),
    );

  /**
   * Draw a tally.
   * @param {object} scene `tally`, `name` (the settings in words), `seed`, `wanted` (runs) and
   * `pinned` (the tally of the baseline, or null)
   */
  const draw = (data, { tally, name, seed, wanted, pinned }) => {
    if (!tally.runs) return;
    byId("headline").textContent = unbroken(headline(data, tally, name));
    byId("chip").textContent =
      `${halfWidth(warOf(tally))} · ${plural(tally.runs, "run")} · seed ${seed}`;
    byId("progress").value = tally.runs / wanted;
    explorer.dom.show(byId("waffle"), explorer.waffle.draw(data, tally));
    explorer.dom.show(byId("key"), explorer.waffle.key(data, tally, pinned));
    drawStrip(data, tally);
    if (byId("sure").open) explorer.dom.show(byId("sure-text"), sure(data, tally, seed));
    if (byId("numbers-fold").open) fillNumbers(data, tally);
    // Without the engine only the scenario as it is comes with its months.
    byId("months-section").hidden = !tally.months;
    if (tally.months) drawMonths(data, tally, pinned);
  };

  /** A line that stays in sight on a small screen, while the levers are moved. */
  const drawStrip = (data, tally) =>
    explorer.dom.show(
      byId("strip"),
      html("span", {}, `War ${shareWithInterval(warOf(tally))} of ${plural(tally.runs, "run")}`),
      html(
        "span",
        { class: "bar-of-all" },
        tally.endings.map((runs, k) => html("i", { class: `o${k}`, style: `flex-grow:${runs}` })),
      ),
    );

  const drawMonths = (data, tally, pinned) => {
    explorer.dom.show(
      byId("months"),
      explorer.line.drawMonths(data, tally, pinned, widthOf(byId("months"))),
    );
    byId("months-text").textContent =
      explorer.line.describeMonths(data, tally) + (pinned ? " Dotted: the baseline." : "");
    if (byId("months-fold").open)
      explorer.dom.show(byId("months-table"), explorer.line.monthRows(data, tally));
  };

  /** Which runs the line has, until it is finished and then. */
  const runsOfLine = ({ points, runs, isLast }) => {
    const each = points[0].tally.runs;
    if (!isLast) return ` First look with ${plural(each, "run")} at each value; being refined.`;
    return each < runs
      ? ` The line has the first ${count(each)} of the ${plural(runs, "run")}, so that by chance it may differ from the headline.`
      : "";
  };

  /** Draw the line over a lever, with the reader's setting. */
  const drawLine = (data, line) => {
    const { lever, points, here } = line;
    byId("line").classList.remove("earlier");
    explorer.dom.show(
      byId("line"),
      explorer.line.draw(data, lever, points, here, widthOf(byId("line"))),
    );
    explorer.dom.show(byId("line-key"), explorer.line.key(data, lever, here));
    byId("line-text").textContent =
      explorer.line.sentence(data, lever, points) +
      (here
        ? ` You are here: ${shareWithInterval(explorer.line.causes(here.tally).war)} war, ` +
          `${plural(here.tally.runs, "run")}${here.from === undefined ? "" : `, ${lever.inline} drawn anew in each run`}.`
        : "") +
      runsOfLine(line);
    explorer.dom.show(byId("line-table"), explorer.line.rows(data, lever, points));
  };

  /** Say that the line in sight is that of other settings, until that of the reader's is played. */
  const awaitLine = (whose) => {
    byId("line").classList.add("earlier");
    byId("line-text").textContent =
      `The line for your settings is not yet played. The pale one is that of ${whose}.`;
  };

  /** What a preset changes, in words. */
  const drawChanges = (data, preset) => {
    const found = data.presets.find(({ name }) => name === preset);
    explorer.dom.show(
      byId("changes"),
      found
        ? [
            html("p", {}, `“${found.title}”. Compared with “${data.title}”:`),
            html("ul", {}, found.changes.map((text) => html("li", {}, text))),
          ]
        : [],
    );
  };

  return { draw, drawLine, awaitLine, drawChanges, headline };
})();
