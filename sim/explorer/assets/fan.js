/**
 * A quantity by month over many runs, as a band with its median, and the reader's own run in it.
 */
explorer.fan = (() => {
  const { svg, picture } = explorer.dom;
  const { charts } = explorer;
  const LEFT = 40;

  /**
   * The middle eight tenths and the median by month, over the courses that reach the month; a month
   * that none reaches has no row.
   */
  const of = (courses, months) =>
    Array.from({ length: months + 1 }, (_, month) => {
      const values = courses
        .filter((course) => course.length > month)
        .map((course) => course[month])
        .sort((a, b) => a - b);
      const at = (share) => values[Math.min(values.length - 1, Math.floor(share * values.length))];
      return { month, runs: values.length, low: at(0.1), middle: at(0.5), high: at(0.9) };
    }).filter((row) => row.runs);

  /** A fan with the reader's own run. */
  const draw = (data, rows, own, label, width) => {
    const across = charts.scale(0, data.months, LEFT, width - 18);
    const most = Math.max(0.1, ...rows.map(({ high }) => high), ...own);
    const ticks = charts.ticksOver(most, 3);
    const up = charts.scale(0, ticks.at(-1), 150, 12);
    const line = (key) => rows.map((row) => [across(row.month), up(row[key])]);
    return picture(
      width,
      180,
      label,
      svg("path", {
        class: "band t-band",
        d: `${charts.path([...line("high"), ...line("low").reverse()])}Z`,
      }),
      ...ticks.flatMap((y) => [
        svg("path", { class: "rule", d: `M${LEFT} ${up(y)}H${width - 18}` }),
        svg(
          "text",
          { class: "tick", x: LEFT - 6, y: up(y) + 4, "text-anchor": "end" },
          explorer.text.number(y),
        ),
      ]),
      svg("path", { class: "track ghost t-power", d: charts.path(line("middle")) }),
      svg("path", {
        class: "track you-path",
        d: charts.path(own.map((value, month) => [across(month), up(value)])),
      }),
      svg("path", { class: "axis", d: `M${LEFT} 150H${width - 18}` }),
      ...charts.monthTicks(data.months, across, 172),
    );
  };

  return { of, draw };
})();
