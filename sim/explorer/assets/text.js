/**
 * Numbers as text, by the rules of the package's reports: shares have one decimal, or two if their
 * interval is narrow; a share strictly between 0 and 1 never reads 0 or 100 %.
 */
explorer.text = (() => {
  const NARROW = 0.15;

  /** A number with so many decimals, halves rounded up, and a typographic minus sign. */
  const fixed = (value, decimals = 1) => {
    const scaled = Math.round(Number((Math.abs(value) * 10 ** decimals).toFixed(6)));
    const text = (scaled / 10 ** decimals).toFixed(decimals);
    return value < 0 && scaled ? `−${text}` : text;
  };

  const decimals = ([, low, high]) => (100 * (high - low) < NARROW ? 2 : 1);

  /** A share in per cent. */
  const percent = (share, places = 1) => {
    const text = fixed(100 * share, places),
      least = 10 ** -places;
    if (share > 0 && Number(text) === 0) return `<${least} %`;
    if (share < 1 && Number(text) === 100) return `>${fixed(100 - least, places)} %`;
    return `${text} %`;
  };

  /** A share alone, with the decimals of its interval: `43.1 %`. */
  const shareAlone = (share) => percent(share[0], decimals(share));

  /** A share with its interval: `43.1 % (42.2–44.1)`. */
  const shareWithInterval = (share) => `${shareAlone(share)} (${interval(share)})`;

  /** The interval of a share in per cent: `42.2–44.1`. */
  const interval = (share) =>
    [share[1], share[2]].map((end) => fixed(100 * end, decimals(share))).join("–");

  /** Half the width of an interval in points: `±1.6 points`. */
  const halfWidth = (share) => `±${fixed(50 * (share[2] - share[1]), decimals(share))} points`;

  const signed = (value, places) => {
    const text = fixed(value, places);
    return Number(text.replace("−", "-")) > 0 ? `+${text}` : text;
  };

  /** A difference of shares in points with its interval: `+8.1 points (+7.2 to +9.0)`. */
  const change = (difference) => {
    const places = decimals(difference);
    const [value, low, high] = difference.map((number) => signed(100 * number, places));
    return `${value} points (${low} to ${high})`;
  };

  /** The size of a difference in points with its interval: `8.1 points (7.2 to 9.0)`. */
  const size = ([value, low, high]) => {
    const ends = value < 0 ? [-value, -high, -low] : [value, low, high];
    const places = decimals(ends),
      [middle, from, to] = ends.map((end) => fixed(100 * end, places));
    return `${middle} points (${from} to ${to})`;
  };

  /** A whole number with separators. */
  const count = (number) => number.toLocaleString("en-GB");

  /** `1 run`, `2 runs`. */
  const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

  /** A number with up to four digits, or another number of them. */
  const number = (value, digits = 4) => {
    const rounded = Number(value.toPrecision(digits));
    return (Math.abs(rounded) < 1000 ? String(rounded) : count(Math.round(value))).replace(
      "-",
      "−",
    );
  };

  /** `a`, `a and b`, `a, b and c`; or with another word than `and`. */
  const joinAnd = (words, and = "and") =>
    words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;

  /** The text with a capital first letter. */
  const capitalise = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

  /** The text with no line break before a per cent sign. */
  const unbroken = (text) => text.replaceAll(" %", "\u00a0%");

  /** A template with its `{names}` replaced by values. */
  const fill = (template, values) =>
    template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  return {
    fixed,
    percent,
    shareAlone,
    shareWithInterval,
    interval,
    halfWidth,
    change,
    size,
    count,
    plural,
    number,
    joinAnd,
    capitalise,
    fill,
    unbroken,
    signed,
  };
})();
