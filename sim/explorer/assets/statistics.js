/**
 * Intervals of shares and of paired differences, as `sim/statistics.py` computes them.
 * An interval is `[value, low, high]`.
 */
explorer.statistics = (() => {
  const { Z95 } = thinlineEngine;

  /** The share of `count` in `total` with its Wilson interval. */
  const proportion = (count, total) => {
    const { share, low, high } = thinlineEngine.proportion(count, total);
    return [share ?? NaN, low, high];
  };

  /**
   * The difference of two shares of the same runs, by Bonett and Price: `gained` runs have the
   * ending only in the second set, `lost` only in the first. With the critical value `z` of several
   * comparisons the interval is one of as many simultaneous ones.
   */
  const pairedDifference = (gained, lost, total, z = Z95) => {
    const added = 2 * (z / Z95) ** 2,
      more = total + added,
      centre = (gained - lost) / more;
    const variance = (gained + lost + added) / more - centre * centre;
    const half = z * Math.sqrt(Math.max(0, variance) / more);
    return [(gained - lost) / total, Math.max(-1, centre - half), Math.min(1, centre + half)];
  };

  /** Whether the interval of a difference excludes zero. */
  const excludesZero = ([, low, high]) => low > 0 || high < 0;

  /** Dots of a hundred for each share, by largest remainder. */
  const apportion = (shares, dots = 100) => {
    const exact = shares.map((share) => share * dots);
    const found = exact.map(Math.floor);
    const order = exact
      .map((value, k) => [value - Math.floor(value), k])
      .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    const rest = Math.round(exact.reduce((a, b) => a + b, 0)) - found.reduce((a, b) => a + b, 0);
    order.slice(0, rest).forEach(([, k]) => {
      found[k] += 1;
    });
    return found;
  };

  return { proportion, pairedDifference, excludesZero, apportion };
})();
