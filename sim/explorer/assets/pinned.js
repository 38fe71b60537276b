/**
 * A pinned baseline: paired differences of the same runs, and the runs that end differently.
 */
explorer.pinned = (() => {
  const { html, table } = explorer.dom;
  const { pairedDifference, excludesZero } = explorer.statistics;
  const { change, size, count, plural, capitalise } = explorer.text;
  const SHOWN = 8,
    MOVES = 6;

  /** What a run has or has not: each ending, then the causes of war, as functions of a run. */
  const flags = (data) => [
    ...data.outcomes.map(({ word, label }, k) => ({
      word,
      label,
      of: (tally, run) => tally.perRun[run] === k,
    })),
    ...data.causes.map(({ word, label }) => ({
      word,
      label,
      of: (tally, run) =>
        Boolean(
          (word !== "escalation" && tally.perRunFailed[run]) ||
          (word !== "failure" && tally.perRunEscalated[run]),
        ),
    })),
  ];

  /**
   * The paired differences of two tallies with the same seed, over the runs that both have.
   * @returns {{runs: number, differences: object[], moves: object[]}} the moves are sorted, the
   * most frequent first, each with the numbers of its runs
   */
  const compare = (data, before, after) => {
    const runs = Math.min(before.runs, after.runs);
    const differences = flags(data).map(({ word, label, of }) => {
      let gained = 0,
        lost = 0;
      for (let run = 0; run < runs; run += 1) {
        const was = of(before, run),
          is = of(after, run);
        if (is && !was) gained += 1;
        if (was && !is) lost += 1;
      }
      return { word, label, gained, lost, interval: pairedDifference(gained, lost, runs) };
    });
    return { runs, differences, moves: movesOf(before, after, runs) };
  };

  const movesOf = (before, after, runs) => {
    const found = new Map();
    for (let run = 0; run < runs; run += 1) {
      const from = before.perRun[run],
        to = after.perRun[run];
      if (from === to) continue;
      const name = from * 16 + to;
      if (!found.has(name)) found.set(name, { from, to, runs: [] });
      found.get(name).runs.push(run);
    }
    return [...found.values()].sort(
      (a, b) => b.runs.length - a.runs.length || a.from - b.from || a.to - b.to,
    );
  };

  /** What the change does, in a sentence: war, and how many runs end differently. */
  const sentence = (data, { runs, differences, moves }) => {
    const war = differences.find(({ word }) => word === "war");
    const changed = moves.reduce((sum, move) => sum + move.runs.length, 0);
    if (!changed) return `All ${count(runs)} runs end as they do with the baseline.`;
    const verdict = excludesZero(war.interval)
      ? `War ${war.interval[0] > 0 ? "rises" : "falls"} by ${size(war.interval)}`
      : `No difference in war that these runs can tell from none: ${change(war.interval)}`;
    return (
      `${verdict}. ${count(changed)} of ${count(runs)} runs end differently with the same ` +
      `random numbers: ${count(war.gained)} end in war only here, ${count(war.lost)} only in the baseline.`
    );
  };

  const moveItem = (data, { from, to, runs }, open) => {
    const [was, is] = [from, to].map((k) => data.outcomes[k].label);
    return html(
      "li",
      {},
      html("b", {}, plural(runs.length, "run")),
      ` from “${was}” to “${is}”: `,
      runs.slice(0, SHOWN).map((run) =>
        html(
          "button",
          {
            type: "button",
            class: "run",
            onclick: () => open(run),
            "aria-label": `Tell run ${run} in both settings`,
          },
          String(run),
        ),
      ),
      runs.length > SHOWN ? ` and ${count(runs.length - SHOWN)} more` : "",
    );
  };

  const moveList = (data, moves, open) =>
    html(
      "ul",
      { class: "moves" },
      moves.map((move) => moveItem(data, move, open)),
    );

  /**
   * Show a comparison.
   * @param {HTMLElement} place
   * @param {string} name the baseline in words
   * @param {(run: number) => void} open called with the run that the reader chooses
   */
  const show = (data, place, name, found, open) => {
    const rows = found.differences.filter(({ gained, lost }) => gained || lost);
    explorer.dom.show(
      place,
      html("p", { class: "finding" }, sentence(data, found)),
      html(
        "p",
        { class: "small" },
        `Baseline: ${name}. Differences in percentage points, ` +
          `${plural(found.runs, "pair")} of runs with the same random numbers, 95 % intervals.`,
      ),
      rows.length
        ? explorer.charts.intervals(
            rows.map(({ label, interval }) => ({ label: capitalise(label), interval })),
            rows.map(({ label, interval }) => `${label} ${change(interval)}`).join("; "),
            explorer.charts.widthOf(place),
          )
        : null,
      html(
        "details",
        {},
        html("summary", {}, "Numbers"),
        html(
          "div",
          { class: "scroll", tabindex: 0, role: "region", "aria-label": "Paired differences" },
          table(
            "Setting minus baseline, run by run.",
            ["ending", "difference", "gained", "lost"],
            found.differences.map(({ label, interval, gained, lost }) => [
              label,
              change(interval),
              count(gained),
              count(lost),
            ]),
          ),
        ),
      ),
      found.moves.length ? html("h3", {}, "Runs that end differently") : null,
      moveList(data, found.moves.slice(0, MOVES), open),
      found.moves.length > MOVES
        ? html(
            "details",
            {},
            html("summary", {}, "Rarer changes"),
            moveList(data, found.moves.slice(MOVES), open),
          )
        : null,
    );
  };

  return { compare, show, sentence };
})();
