/**
 * What the page shows: a preset, settings of levers, seed, runs and a pinned baseline. It is
 * written to the address and to a code that can be typed.
 */
explorer.state = (() => {
  const VERSION = 1;
  const HASH = /^#?tl(\d+);/;
  const { encode, decode, split, join } = explorer.codes;

  /** The state with which a page begins. */
  const initial = (data) => ({ preset: "", set: {}, seed: data.seed, runs: data.lesson.runs, pin: null });

  /** The value of a lever as it is kept: within its range, with at most six decimals. */
  const tidy = (lever, value) => {
    const number = Math.min(lever.high, Math.max(lever.low, Number(value)));
    return lever.whole ? Math.round(number) : Number(number.toFixed(6));
  };

  /** Settings as text, in the order of the levers: the same text for the same settings. */
  const key = (data, { preset, set }) =>
    [
      preset,
      ...data.levers.filter(({ path }) => path in set).map(({ path }) => `${path}:${set[path]}`),
    ].join("|");

  /** The state as the part of an address after `#`. */
  const toHash = (data, state) => {
    const escaped = (text) => encodeURIComponent(text).replaceAll("%3A", ":");
    const settings = (part) => key(data, part).split("|").map(escaped).join(",");
    const pin = state.pin ? `;pin=${settings(state.pin)}` : "";
    return (
      `tl${VERSION};d=${data.digest};now=${settings(state)};seed=${state.seed}` +
      `;runs=${state.runs}${pin}`
    );
  };

  const readSettings = (data, text, notes) => {
    const [preset, ...settings] = (text ?? "").split(",").map(decodeURIComponent);
    const known = preset === "" || data.presets.some(({ name }) => name === preset);
    if (!known) notes.push(`no scenario “${preset.slice(0, 60)}” here`);
    const set = {};
    for (const setting of settings) {
      const cut = setting.lastIndexOf(":"),
        path = setting.slice(0, cut),
        text = setting.slice(cut + 1);
      const lever = data.levers.find((each) => each.path === path);
      const value = Number(text);
      if (!lever || cut < 0) notes.push(`no lever “${path.slice(0, 60)}” here`);
      else if (text === "" || !Number.isFinite(value)) notes.push(`${path} has no number`);
      else if (value < lever.low || value > lever.high) notes.push(`${path} is out of its range`);
      else set[path] = tidy(lever, value);
    }
    return { preset: known ? preset : "", set };
  };

  const whole = (text, low, high, fallback) => {
    const number = text === "" ? NaN : Number(text);
    return Number.isInteger(number) && number >= low && number <= high ? number : fallback;
  };

  const OTHER =
    "It was made with another version of the scenario or of the model: the settings " +
    "are those of the link, the numbers are this page's.";

  /**
   * The state of an address, with a note on what could not be read; `null` without one.
   * @returns {{state: object, note: string} | null}
   */
  const fromHash = (data, hash) => {
    try {
      return readHash(data, decodeURI(hash), hash);
    } catch (error) {
      return {
        state: initial(data),
        note: "This link is damaged; nothing of it was used.",
      };
    }
  };

  const readHash = (data, plain, hash) => {
    const head = plain.match(HASH);
    if (!head) return null;
    if (Number(head[1]) !== VERSION) {
      const note =
        `This link has version ${head[1]}; this page reads version ${VERSION}. ` +
        "Nothing of it was used.";
      return { state: initial(data), note };
    }
    const fields = Object.fromEntries(
      hash
        .replace(/^#/, "")
        .split(";")
        .slice(1)
        .map((part) => part.split(/=(.*)/s).slice(0, 2)),
    );
    return read(data, fields);
  };

  const read = (data, fields) => {
    const notes = [],
      start = initial(data);
    const number = (name, low, high) => {
      if (fields[name] === undefined) return start[name];
      const found = whole(fields[name], low, high, null);
      if (found === null) notes.push(`${name} is out of its range`);
      return found ?? start[name];
    };
    const state = {
      ...readSettings(data, fields.now, notes),
      seed: number("seed", 0, data.maxSeed),
      runs: number("runs", 1, data.maxRuns),
      pin: fields.pin === undefined ? null : readSettings(data, fields.pin, notes),
    };
    const parts = [
      ...(notes.length ? [`Not used: ${notes.join("; ")}.`] : []),
      ...([undefined, data.digest].includes(fields.d) ? [] : [OTHER]),
    ];
    return { state, note: parts.join(" ") };
  };

  const settingNumbers = (data, { preset, set }) => {
    const chosen = data.levers
      .map((lever, k) => [k, set[lever.path]])
      .filter(([, v]) => v !== undefined);
    const place = data.presets.findIndex(({ name }) => name === preset) + 1;
    return [place, chosen.length, ...chosen.flatMap(([k, value]) => [k, ...split(value)])];
  };

  /** The next number of a code; thrown if there is none or it is out of range. */
  const taken = (numbers, low = 0, high = Number.MAX_SAFE_INTEGER) => {
    const number = whole(numbers.shift() ?? NaN, low, high, null);
    if (number === null) throw new RangeError("a number of the code is missing or out of range");
    return number;
  };

  const readNumbers = (data, numbers) => {
    const take = () => taken(numbers);
    const place = take(),
      set = {};
    for (let left = take(); left > 0; left -= 1) {
      const lever = data.levers[take()];
      set[lever.path] = tidy(lever, join([take(), take()]));
    }
    return { preset: place ? data.presets[place - 1].name : "", set };
  };

  const mark = (data) => parseInt(data.digest.slice(0, 4), 16);

  /** The numbers of which the code of a state is made. */
  const codeNumbers = (data, state) => [
    mark(data),
    ...settingNumbers(data, state),
    state.seed,
    state.runs,
    ...(state.pin ? [1, ...settingNumbers(data, state.pin)] : [0]),
  ];

  /** The state as a code that can be typed. */
  const toCode = (data, state) => encode(`TL${VERSION}`, codeNumbers(data, state));

  const PROBLEMS = {
    form: "This is not a settings code: it begins with TL and a number.",
    check: "A letter of this code is wrong or missing. Compare it again.",
  };

  /** The state of a typed code, or a note that says why there is none. */
  const fromCode = (data, text) => {
    try {
      return readCode(data, text);
    } catch (error) {
      return { note: "This code is damaged; nothing of it was used." };
    }
  };

  const readCode = (data, text) => {
    const { numbers, version, problem } = decode("TL", VERSION, text);
    if (problem === "version") {
      return { note: `This code has version ${version}; this page reads version ${VERSION}.` };
    }
    if (problem) return { note: PROBLEMS[problem] };
    const written = String(numbers);
    if (numbers.shift() !== mark(data)) {
      return { note: "This code belongs to another explorer, or to another version of this one." };
    }
    const state = {
      ...readNumbers(data, numbers),
      seed: taken(numbers, 0, data.maxSeed),
      runs: taken(numbers, 1, data.maxRuns),
    };
    state.pin = taken(numbers) ? readNumbers(data, numbers) : null;
    // No page writes a lever twice, a value outside of its lever, or numbers after the last one.
    if (String(codeNumbers(data, state)) !== written) throw new RangeError("not a page's numbers");
    return { state, note: "" };
  };

  return { initial, tidy, key, toHash, fromHash, toCode, fromCode, mark };
})();
