/**
 * A quantity by month over many told runs, as a band with its median, and the reader's own run in it.
 */
explorer.fan = (() => {
  const { svg, picture } = explorer.dom;
  const { charts } = explorer;

  /** The middle eight tenths and the median of a quantity by month, over told runs. */
  const of = (runs, name, months) =>
    Array.from({ length: months + 1 }, (_, month) => {
      const values = runs
        .map((told) => told[Math.min(month, told.length - 1)][name])
        .sort((a, b) => a - b);
      const at = (share) => values[Math.min(values.length - 1, Math.floor(share * values.length))];
      return { month, low: at(0.1), middle: at(0.5), high: at(0.9) };
    });

  /** A fan with the reader's own run. */
  const draw = (data, rows, own, name, label, width) => {
    const across = charts.scale(0, data.months, 12, width - 18);
    const up = charts.scale(
      0,
      Math.max(0.1, ...rows.map(({ high }) => high), ...own.map((m) => m[name])),
      150,
      12,
    );
    const line = (key) => rows.map((row) => [across(row.month), up(row[key])]);
    return picture(
      width,
      180,
      label,
      svg("path", {
        class: "band t-band",
        d: `${charts.path([...line("high"), ...line("low").reverse()])}Z`,
      }),
      svg("path", { class: "track ghost t-power", d: charts.path(line("middle")) }),
      svg("path", {
        class: "track you-path",
        d: charts.path(own.map((m) => [across(m.month), up(m[name])])),
      }),
      svg("path", { class: "axis", d: `M12 150H${width - 18}` }),
      ...charts
        .ticks(0, data.months)
        .map((x) =>
          svg("text", { class: "tick", x: across(x), y: 172, "text-anchor": "middle" }, String(x)),
        ),
    );
  };

  return { of, draw };
})();
