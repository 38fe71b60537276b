/**
 * War over the values of a lever, with the reader's setting marked, and endings by month. Every
 * point was run; nothing between points is a number.
 */
explorer.line = (() => {
  const { html, svg, table } = explorer.dom;
  const { proportion, pairedDifference } = explorer.statistics;
  const { number, percent, shareWithInterval, count, plural, joinAnd } = explorer.text;

  /** Failure, escalation and war of a tally or of counts, as `[value, low, high]`. */
  const causes = (tally) => ({
    failure: proportion(tally.failure, tally.runs),
    escalation: proportion(tally.escalation, tally.runs),
    war: proportion(tally.failure + tally.escalation, tally.runs),
  });

  /** The curves, the undashed one first: where two coincide, the dashes of the other lie on it. */
  const curvesOf = (data, points) =>
    [...data.causes].reverse().map(({ word, dash }) => ({
      word,
      dash,
      dots: true,
      rows: points.map(({ value, tally }) => ({ x: value, share: causes(tally)[word] })),
    }));

  /** Whether one point has more war than another, by their paired runs and the critical value. */
  const hasMoreWar = (one, other, critical) => {
    let gained = 0,
      lost = 0;
    one.war.forEach((war, run) => {
      if (war && !other.war[run]) gained += 1;
      if (!war && other.war[run]) lost += 1;
    });
    return pairedDifference(gained, lost, one.war.length, critical)[1] > 0;
  };

  /**
   * The points at which war may be least, as `thinline thin-line` finds them: no other point has
   * less war by a paired interval that is simultaneous for all pairs.
   */
  const mayBeLeast = (data, points) =>
    points.filter((one) =>
      points.every(
        (other) => other === one || !hasMoreWar(one, other, data.critical[points.length]),
      ),
    );

  /** Where war is least among the points that were run, as far as the intervals allow. */
  const sentence = (data, lever, points) => {
    const share = ({ tally }) => causes(tally).war;
    const best = points.reduce((least, each) => (share(each)[0] < share(least)[0] ? each : least));
    const among = mayBeLeast(data, points);
    const runs = `${plural(best.tally.runs, "run")} at each of ${points.length} values`;
    if (among.length === points.length) {
      const shares = points.map((each) => share(each)[0]);
      const [low, high] = [Math.min(...shares), Math.max(...shares)].map((each) => percent(each));
      return (
        `${lever.name} makes no detectable difference to war here: ${low} to ${high} of the runs, ` +
        `${runs}.`
      );
    }
    const where = `${lever.inline} ${number(best.value)}`;
    return (
      `In these runs war is least at ${where}: ${shareWithInterval(share(best))}; ${runs}. ` +
      verdict(points, among, best)
    );
  };

  /** Which other values may have least war: those that may, or those that do not if they are fewer. */
  const verdict = (points, among, best) => {
    const listed = (some, word) => joinAnd(some.map(({ value }) => number(value)), word);
    const others = among.filter((each) => each !== best);
    const ruledOut = points.filter((each) => !among.includes(each));
    if (!others.length) return "All other values have more war.";
    return ruledOut.length < others.length
      ? `Only ${listed(ruledOut, "and")} can be ruled out.`
      : `These runs cannot rule out that war is least at ${listed(others, "or")}.`;
  };

  /** The points as a table. */
  const rows = (data, lever, points) =>
    table(
      `War over ${lever.inline}; shares of model runs with 95 % intervals.`,
      [
        lever.unit ? `${lever.name} (${lever.unit})` : lever.name,
        ...data.causes.map(({ label }) => label),
        "runs",
      ],
      points.map(({ value, tally }) => [
        number(value),
        ...data.causes.map(({ word }) => shareWithInterval(causes(tally)[word])),
        count(tally.runs),
      ]),
    );

  /**
   * The line over a lever.
   * @param {{value: number, tally: object}[]} points in the order of their values
   * @param {{x: number, tally: object, from?: number, to?: number}} [here] the reader's setting
   */
  const draw = (data, lever, points, here, width) =>
    explorer.charts.curves({
      width,
      label: `${sentence(data, lever, points)} The table below has every point.`,
      name: lever.unit && lever.unit !== "share" ? `${lever.name} (${lever.unit})` : lever.name,
      range: [lever.low, lever.high],
      curves: curvesOf(data, points),
      here: here && { ...here, share: causes(here.tally).war },
    });

  const sample = (label, look) =>
    html(
      "li",
      {},
      svg(
        "svg",
        { viewBox: "0 0 34 10", class: "look", "aria-hidden": "true" },
        svg("path", { ...look, d: "M1 5H33" }),
      ),
      label,
    );

  /** The key of the line: a sample of each curve, and of the range from which a lever is drawn. */
  const key = (data, lever, here) => [
    ...data.causes.map(({ word, label, dash }) =>
      sample(label, { class: `curve c-${word}`, "stroke-dasharray": dash }),
    ),
    here?.from === undefined
      ? null
      : sample(`${lever.inline} is drawn from here in each run`, { class: "drawn" }),
  ];

  const untilMonth = (months, wars) => {
    const rows = [];
    let sum = 0;
    months.forEach((row, month) => {
      sum += wars.reduce((total, k) => total + row[k], 0);
      rows.push([month, sum]);
    });
    return rows;
  };

  const warsOf = (data) => data.outcomes.map(({ war }, k) => (war ? k : -1)).filter((k) => k >= 0);

  const monthCurve = (tally, word, kinds) => ({
    word,
    dash: "",
    dots: false,
    rows: untilMonth(tally.months, kinds).map(([x, sum]) => ({
      x,
      share: proportion(sum, tally.runs),
    })),
  });

  /** Runs that have ended in war, of each kind, by month; a baseline as a ghost. */
  const drawMonths = (data, tally, pinned, width) =>
    explorer.charts.curves({
      width,
      label: describeMonths(data, tally),
      name: "month",
      range: [0, data.months],
      height: 240,
      curves: warsOf(data).map((k) => monthCurve(tally, `o${k}`, [k])),
      ghosts: pinned ? warsOf(data).map((k) => monthCurve(pinned, `o${k}`, [k])) : [],
    });

  /** War by the middle and the end of the run, in words. */
  const describeMonths = (data, tally) => {
    const all = untilMonth(tally.months, warsOf(data));
    const at = (month) => shareWithInterval(proportion(all[month][1], tally.runs));
    const middle = Math.round(data.months / 2);
    return (
      `Ended in war by month ${middle}: ${at(middle)}; by month ${data.months}: ${at(data.months)}, ` +
      `of ${plural(tally.runs, "model run")}.`
    );
  };

  /** Endings by year as a table. */
  const monthRows = (data, tally) => {
    const wars = warsOf(data);
    const sums = wars.map((k) => untilMonth(tally.months, [k]));
    const shown = Array.from({ length: data.months + 1 }, (_, k) => k).filter(
      (month) => month % 12 === 0 || month === data.months,
    );
    return table(
      "Runs that have ended in each kind of war, by month; shares with 95 % intervals.",
      ["month", ...wars.map((k) => data.outcomes[k].label)],
      shown.map((month) => [
        String(month),
        ...sums.map((rows) => shareWithInterval(proportion(rows[month][1], tally.runs))),
      ]),
    );
  };

  return { causes, draw, key, rows, sentence, drawMonths, describeMonths, monthRows };
})();
