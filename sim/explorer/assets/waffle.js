/**
 * A hundred dots, each one per cent of the runs, in the fixed order of the endings, and their key.
 */
explorer.waffle = (() => {
  const { html, svg, picture } = explorer.dom;
  const { shareAlone, shareWithInterval, count, percent, interval } = explorer.text;
  const COLUMNS = 10,
    CELL = 20;

  /** The mark of an ending in a square of 20 by 20. */
  const mark = (outcome, k, x = 0, y = 0) =>
    svg("path", { class: `mark o${k}`, transform: `translate(${x} ${y})`, d: outcome.mark });

  /** The shares of a tally, `[value, low, high]` in the order of the endings. */
  const shares = (data, tally) =>
    data.outcomes.map((_, k) => explorer.statistics.proportion(tally.endings[k], tally.runs));

  /** The shares in words, the largest first. */
  const describe = (data, tally) => {
    const found = shares(data, tally).map((share, k) => [share, data.outcomes[k].label]);
    const parts = found
      .filter(([share]) => share[0] > 0)
      .sort((a, b) => b[0][0] - a[0][0])
      .map(([share, label]) => `${label} ${shareWithInterval(share)}`);
    return `A hundred dots, each 1 % of ${count(tally.runs)} model runs: ${explorer.text.joinAnd(parts)}.`;
  };

  /** The picture of a tally. */
  const draw = (data, tally) => {
    const found = shares(data, tally);
    const dots = explorer.statistics.apportion(found.map(([value]) => value));
    const order = dots.flatMap((many, k) => Array(many).fill(k));
    return picture(
      COLUMNS * CELL,
      COLUMNS * CELL,
      describe(data, tally),
      ...order.map((k, place) =>
        mark(data.outcomes[k], k, (place % COLUMNS) * CELL, Math.floor(place / COLUMNS) * CELL),
      ),
    );
  };

  const place = (ticks) => (value) => `${((100 * value) / ticks.at(-1)).toFixed(2)}%`;

  const row = (outcome, k, share, ticks, pinned, own) => {
    const at = place(ticks);
    const style = `left:${at(share[1])};width:${at(share[2] - share[1])}`;
    return html(
      "li",
      {},
      svg(
        "svg",
        { class: "swatch", viewBox: "0 0 20 20", "aria-hidden": "true" },
        mark(outcome, k),
      ),
      html(
        "span",
        { class: "what" },
        html("b", {}, outcome.label, own && html("small", { class: "own" }, "your run")),
        html("span", {}, outcome.meaning),
      ),
      html(
        "span",
        { class: "share" },
        shareAlone(share),
        html("small", {}, ` ${interval(share)} %`),
      ),
      html(
        "span",
        { class: "range", "aria-hidden": "true" },
        ticks.map((tick) => html("s", { style: `left:${at(tick)}` })),
        html("i", { style }),
        html("b", { style: `left:${at(share[0])}` }),
        pinned ? html("em", { style: `left:${at(pinned[0])}`, title: "baseline" }) : null,
      ),
    );
  };

  /** The common scale of the intervals of the key. */
  const scale = (ticks) =>
    html(
      "li",
      { class: "scale", "aria-hidden": "true" },
      html(
        "span",
        {},
        ticks.map((tick) =>
          html("i", { style: `left:${place(ticks)(tick)}` }, percent(tick, 0).replace(" ", "\u00a0")),
        ),
      ),
    );

  /**
   * The key: every ending with its mark, meaning, share and interval on a common scale; a baseline
   * as a tick. The ending of one's own run, by its number, is named.
   */
  const key = (data, tally, pinned, own = null) => {
    const found = shares(data, tally),
      base = pinned && shares(data, pinned);
    const widest = Math.max(
      ...found.map((share) => share[2]),
      ...(base ?? []).map(([value]) => value),
    );
    const ticks = explorer.charts.ticksOver(widest, 4);
    return [
      ...data.outcomes.map((outcome, k) => row(outcome, k, found[k], ticks, base && base[k], k === own)),
      scale(ticks),
    ];
  };

  return { draw, key };
})();
