/**
 * Small charts as SVG: scales, ticks, axes, curves with bands. Colours come from the style sheet.
 */
explorer.charts = (() => {
  const { svg, picture } = explorer.dom;
  const MOST_WIDE = 760,
    LEAST_WIDE = 280;
  const MARGIN = { left: 50, right: 18, top: 14, bottom: 44 };

  /** The width at which a chart in this place is drawn, so that its text keeps its size. */
  const widthOf = (place) => Math.min(MOST_WIDE, Math.max(LEAST_WIDE, place.clientWidth || 640));

  /** A function from values between `low` and `high` to positions between `start` and `end`. */
  const scale = (low, high, start, end) => (value) =>
    start + ((value - low) / (high - low || 1)) * (end - start);

  /** Round values from `low` to `high`, about `count` of them. */
  const ticks = (low, high, count = 5) => {
    const rough = (high - low) / count || 1,
      power = 10 ** Math.floor(Math.log10(rough));
    const step = power * [1, 2, 5, 10].find((m) => m * power >= rough * 0.999);
    const first = Math.ceil(low / step - 1e-9);
    const many = Math.floor(high / step + 1e-9) - first + 1;
    return Array.from({ length: many }, (_, k) => Number(((first + k) * step).toFixed(9)));
  };

  /** Round values from 0 to the first that is not below `high`. */
  const ticksOver = (high, count) => {
    const found = ticks(0, high, count),
      step = found[1] - found[0];
    return found.at(-1) >= high ? found : [...found, Number((found.at(-1) + step).toFixed(9))];
  };

  /** The path through points `[x, y]`. */
  const path = (points) =>
    points.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

  const axis = (frame, across, up, xs, ys, name, say) => [
    ...ys.map((y) => svg("path", { class: "rule", d: `M${frame.left} ${up(y)}H${frame.right}` })),
    ...ys.map((y) =>
      svg("text", { class: "tick", x: frame.left - 7, y: up(y) + 4, "text-anchor": "end" }, say(y)),
    ),
    ...xs.map((x) =>
      svg(
        "text",
        { class: "tick", x: across(x), y: frame.bottom + 18, "text-anchor": "middle" },
        explorer.text.number(x),
      ),
    ),
    svg(
      "text",
      {
        class: "tick",
        x: (frame.left + frame.right) / 2,
        y: frame.bottom + 37,
        "text-anchor": "middle",
      },
      name,
    ),
  ];

  const series = ({ word, dash, rows, dots }, across, up) => {
    const at = (k) => rows.map((row) => [across(row.x), up(row.share[k])]);
    return [
      svg("path", { class: `band c-${word}`, d: `${path([...at(2), ...at(1).reverse()])}Z` }),
      svg("path", { class: `curve c-${word}`, "stroke-dasharray": dash, d: path(at(0)) }),
      ...(dots
        ? at(0).map(([x, y]) => svg("circle", { class: `point c-${word}`, cx: x, cy: y, r: 3.5 }))
        : []),
    ];
  };

  /**
   * Curves of shares with bands, over a number.
   * @param {object} chart
   * @param {string} chart.label the text alternative
   * @param {string} chart.name what stands below the axis
   * @param {[number, number]} chart.range of the axis
   * @param {object[]} chart.curves each with `word`, `dash`, `dots` and `rows` of `{x, share}`
   * @param {object[]} [chart.ghosts] curves without bands, behind the others
   * @param {{x: number, from?: number, to?: number, share: number[]}} [chart.here] a marked point
   * @param {number} chart.width in pixels, see {@link widthOf}
   */
  const curves = ({
    label,
    name,
    range,
    curves: drawn,
    ghosts = [],
    here,
    width,
    height = 300,
  }) => {
    const frame = {
      left: MARGIN.left,
      right: width - MARGIN.right,
      bottom: height - MARGIN.bottom,
    };
    const shares = [...drawn, ...ghosts].flatMap(({ rows }) => rows.map(({ share }) => share[2]));
    const top = Math.min(1, Math.max(0.05, ...shares, here ? here.share[2] : 0));
    const ys = ticks(0, top, 4),
      across = scale(...range, frame.left, frame.right);
    const up = scale(0, Math.max(top, ys.at(-1)), frame.bottom, MARGIN.top);
    return picture(
      width,
      height,
      label,
      ...axis(frame, across, up, ticks(...range), ys, name, (y) =>
        explorer.text.percent(y, top < 0.1 ? 1 : 0),
      ),
      ...ghosts.map(({ word, rows }) =>
        svg("path", {
          class: `ghost c-${word}`,
          d: path(rows.map(({ x, share }) => [across(x), up(share[0])])),
        }),
      ),
      ...drawn.flatMap((curve) => series(curve, across, up)),
      ...(here ? marker(here, across, up, frame) : []),
    );
  };

  /** The reader's own setting: a ring at its share, its interval, the range it is drawn from. */
  const marker = ({ x, from, to, share }, across, up, frame) => {
    const at = across(x),
      right = at > (frame.left + frame.right) / 2;
    return [
      from === undefined
        ? null
        : svg("path", {
            class: "drawn",
            d: `M${across(from)} ${frame.bottom - 3}H${across(to)}`,
          }),
      svg("path", {
        class: "here",
        d: `M${at} ${frame.bottom}V${up(share[2])}M${at} ${up(share[1])}V${up(share[2])}`,
      }),
      svg("circle", { class: "ring", cx: at, cy: up(share[0]), r: 7 }),
      svg(
        "text",
        {
          class: "you",
          x: at + (right ? -12 : 12),
          y: Math.max(up(share[0]) - 12, MARGIN.top + 8),
          "text-anchor": right ? "end" : "start",
        },
        "you are here",
      ),
    ].filter(Boolean);
  };

  /** The months below a chart; the last one says that they are months. */
  const monthTicks = (months, across, y) =>
    ticks(0, months).map((month, k, all) => {
      const last = k === all.length - 1;
      const shown = last ? `month ${month}` : String(month);
      return svg(
        "text",
        { class: "tick", x: across(month), y, "text-anchor": last ? "end" : "middle" },
        shown,
      );
    });

  const signed = (x, most) => explorer.text.signed(100 * x, most < 0.05 ? 1 : 0);

  /**
   * Rows of a value with its interval on a common scale around zero.
   * @param {{label: string, interval: number[], word?: string}[]} rows
   */
  const intervals = (rows, label, width) => {
    const step = 30,
      height = rows.length * step + 34,
      names = Math.min(250, width * 0.45);
    const most = Math.max(0.01, ...rows.flatMap(({ interval }) => interval.map(Math.abs)));
    const across = scale(-most, most, names, width - 20);
    return picture(
      width,
      height,
      label,
      svg("path", { class: "axis", d: `M${across(0)} 4V${height - 26}` }),
      ...rows.flatMap(({ label: name, interval: [value, low, high] }, k) => [
        svg("text", { class: "name", x: 0, y: k * step + 21 }, name),
        svg("path", { class: "whisker", d: `M${across(low)} ${k * step + 16}H${across(high)}` }),
        svg("circle", { class: "value", cx: across(value), cy: k * step + 16, r: 5 }),
      ]),
      ...ticks(-most, most, 5).map((x) =>
        svg(
          "text",
          { class: "tick", x: across(x), y: height - 8, "text-anchor": "middle" },
          signed(x, most),
        ),
      ),
    );
  };

  return { scale, ticks, ticksOver, monthTicks, path, curves, intervals, widthOf };
})();
