/* The thinline model in a browser: loads thinline.wasm, plays the runs of a scenario document, tells
   a run month by month, and lets a reader take decisions. It teaches, and forecasts nothing.

   One classic script without dependencies. It sets globalThis.thinlineEngine, in a page (also one
   opened from disk), in a Web Worker and in Node. Everything about the model is in the module and in
   the document; see docs/browser.md. */
(function thinline(root) {
  "use strict";

  const VERSION = 1; // of the document
  const KIND = "thinline_browser_scenario";
  const BLOCK = 256; // runs that are played and summed together, whoever plays them
  const MOST_RECORDS = 1000000; // runs whose records are returned at once
  const MOST_RUNS = 10000000; // runs in a tally
  const MOST_COURSES = 100000; // runs whose courses are returned at once
  const PAGE = 65536; // of WebAssembly memory, in bytes
  const FINE = [0, -2]; // what a function of the module answers if nothing went wrong
  const WAIT = 5000; // milliseconds that a worker has to start
  const CLOSED = "the pool was closed";

  const ARRAYS = {
    i1: Int8Array, u1: Uint8Array, u2: Uint16Array, i4: Int32Array, i8: BigInt64Array,
    u8: BigUint64Array, f8: Float64Array,
  };
  const READ = {
    i1: (view, at) => view.getInt8(at),
    u1: (view, at) => view.getUint8(at),
    u2: (view, at) => view.getUint16(at, true),
    i4: (view, at) => view.getInt32(at, true),
    i8: (view, at) => view.getBigInt64(at, true),
    u8: (view, at) => view.getBigUint64(at, true),
    f8: (view, at) => view.getFloat64(at, true),
  };

  function refuse(message) {
    throw new Error("thinline: " + message);
  }

  /** A wrong value as a message shows it. */
  function shown(value) {
    if (typeof value === "object" && value !== null) return "an object";
    return String(value).slice(0, 40) || "an empty text";
  }

  /** Refuse options that are no plain object, or that have others than these `names`. */
  function checkOptions(options, names, what) {
    if (!isPlain(options)) refuse(`${what}: the options must be an object with ${names.join(", ")}`);
    const other = Object.keys(options).find((name) => !names.includes(name));
    if (other === undefined) return;
    refuse(`${what}: no option "${other.slice(0, 80)}"; there are ${names.join(", ")}`);
  }

  // By its name, because an object of another frame has another prototype.
  function isPlain(value) {
    return Object.prototype.toString.call(value) === "[object Object]";
  }

  // ---------------------------------------------------------------- the module

  function compile(given) {
    const bytes = typeof given === "string" ? bytesOf(given, "module") : given;
    if (!(bytes instanceof ArrayBuffer) && !ArrayBuffer.isView(bytes)) {
      refuse("the module must be given as an ArrayBuffer, a typed array, base64 text, or compiled");
    }
    try {
      return new WebAssembly.Module(bytes);
    } catch (error) {
      return refuse(`these bytes are not the module thinline.wasm, or not all of it (${error.message})`);
    }
  }

  /** The engine of the module in `given`: bytes, their base64 text, or the compiled `module` of
      another engine. Throws an Error for any others. */
  function load(given) {
    if (typeof WebAssembly !== "object") refuse("this browser has no WebAssembly, or it is switched off");
    const module = given instanceof WebAssembly.Module ? given : compile(given);
    const [section] = WebAssembly.Module.customSections(module, "thinline");
    if (!section) refuse("this is a WebAssembly module, but not thinline.wasm");
    const identity = JSON.parse(String.fromCharCode(...new Uint8Array(section)));
    return Object.freeze({
      module,
      sources: identity.sources,
      open: (document, options) => open(module, identity, document, options),
    });
  }

  /** A memory of the module with the arrays of a scenario in it. */
  class Machine {
    constructor(module, sizes, document, arrays) {
      this.exports = new WebAssembly.Instance(module, {}).exports;
      this.document = document;
      const { world, record, outcome, story } = document.layout;
      this.sizes = {
        answer: 8, failure: 8, worlds: 2 * world.size, parameters: arrays.base.length,
        base: arrays.base.length, draws: arrays.draws.length, nodes: arrays.nodes.length,
        surface: arrays.surface.length, story: story.size, records: BLOCK * record.size,
        outcomes: BLOCK * outcome.size, powers: BLOCK * 8 * (document.months + 1),
        chances: sizes.chances,
      };
      this.at = {};
      let free = this.exports.__heap_base.value;
      for (const [name, size] of Object.entries(this.sizes)) {
        this.at[name] = free = Math.ceil(free / 16) * 16;
        free += size;
      }
      const { memory } = this.exports;
      const pages = Math.ceil((free - memory.buffer.byteLength) / PAGE);
      if (pages > 0) memory.grow(pages);
      for (const name of ["base", "draws", "nodes", "surface"]) this.part(name).set(arrays[name]);
      this.draws = arrays.draws.length / document.layout.draws.size;
      this.nodes = arrays.nodes.length / 16;
    }

    part(name, size = this.sizes[name]) {
      return new Uint8Array(this.exports.memory.buffer, this.at[name], size);
    }

    call(name, ...given) {
      const { answer, failure } = this.at;
      const code = this.exports["entry_" + name](answer, failure, ...given);
      if (!FINE.includes(code)) refuse(`the module stopped with code ${code}`);
      return new DataView(this.exports.memory.buffer).getInt32(answer, true);
    }

    get inputs() {
      const { parameters, base, draws, nodes, surface } = this.at;
      this.part("parameters").set(this.part("base"));
      return [parameters, base, draws, this.draws, nodes, this.nodes, surface];
    }

    play(seed, first, count) {
      const { worlds, records, outcomes, powers } = this.at;
      const { months, layout } = this.document;
      const rows = [records, outcomes, powers, months + 1];
      this.call("play", seed, BigInt(first), count, worlds, ...this.inputs, ...rows);
      return {
        first, count,
        records: this.part("records", count * layout.record.size),
        outcomes: this.part("outcomes", count * layout.outcome.size),
      };
    }

    /** The power of the force at the start and at the end of each month of runs. */
    courses(seed, first, count) {
      const { outcomes } = this.play(seed, first, count);
      const { months, layout } = this.document;
      const { buffer } = this.exports.memory;
      return Array.from(column(outcomes, layout.outcome, "month"), (last, k) =>
        new Float64Array(buffer, this.at.powers + 8 * (months + 1) * k, last + 1).slice());
    }
  }

  // -------------------------------------------------------------- the document

  function bytesOf(given, name) {
    if (ArrayBuffer.isView(given)) {
      return new Uint8Array(given.buffer, given.byteOffset, given.byteLength).slice();
    }
    let letters;
    try {
      letters = root.atob(given);
    } catch {
      refuse(`the ${name} in base64 cannot be read`);
    }
    const bytes = new Uint8Array(letters.length);
    for (let k = 0; k < letters.length; k += 1) bytes[k] = letters.charCodeAt(k);
    return bytes;
  }

  const CRC = new Uint32Array(256).map((_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    return rest;
  });

  function checksum(bytes) {
    let rest = 0xffffffff;
    for (const byte of bytes) rest = (rest >>> 8) ^ CRC[(rest ^ byte) & 255];
    return (rest ^ 0xffffffff) >>> 0;
  }

  const BLOCKS = [
    "sizes", "arrays", "layout", "parameters", "used", "words", "decisions", "measures",
    "flags", "shares_of_events", "limits", "states", "phases", "ascending",
  ];

  const OTHERS = ["surface", "chances"]; // that are not rows

  function checkHead(document, { sources, sizes }) {
    const given = document !== null && typeof document === "object";
    if (!given || document.kind !== KIND) {
      refuse("the document must be a browser scenario, as sim.browser writes it, parsed from JSON");
    }
    if (document.version !== VERSION) {
      refuse(`the document has version ${document.version}, this engine.js reads ${VERSION}`);
    }
    if (document.engine !== sources) {
      refuse("the document and the module are of different versions: export both together");
    }
    for (const name of BLOCKS) {
      if (document[name] === null || typeof document[name] !== "object") {
        refuse(`the document has no ${name}`);
      }
    }
    for (const [name, size] of Object.entries(sizes)) {
      if (!OTHERS.includes(name) && document.layout[name]?.size !== size) {
        refuse(`the document's layout of ${name} is not that of the module`);
      }
    }
  }

  function readArrays(document, sizes) {
    const unit = { base: sizes.parameters, draws: sizes.draws, nodes: 16, surface: sizes.surface };
    const arrays = {};
    for (const name of Object.keys(unit)) {
      const bytes = bytesOf(document.arrays[name], name);
      const [size, sum] = document.sizes[name] ?? [];
      if (bytes.length !== size || size % unit[name]) {
        refuse(`the document's ${name} have ${bytes.length} bytes instead of ${size}`);
      }
      if (checksum(bytes) !== sum) refuse(`the document's ${name} are damaged`);
      arrays[name] = bytes;
    }
    if (arrays.base.length !== unit.base || arrays.surface.length !== unit.surface) {
      refuse("the document's arrays do not fit the module");
    }
    const [offset] = document.layout.parameters.fields.months;
    const months = new DataView(arrays.base.buffer).getBigInt64(offset, true);
    if (Number(months) !== document.months) {
      refuse(`the document has ${document.months} months, and its base has ${months}`);
    }
    return arrays;
  }

  const arraysByDocument = new WeakMap(); // each is read and checked once

  function arraysOf(document, sizes) {
    if (!arraysByDocument.has(document)) arraysByDocument.set(document, readArrays(document, sizes));
    return arraysByDocument.get(document);
  }

  function checkValue(document, path, value) {
    if (!Object.hasOwn(document.parameters, path)) {
      refuse(`the scenario has no parameter "${String(path).slice(0, 80)}" that can be set here`);
    }
    const [address, low, high, whole] = document.parameters[path];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      refuse(`${path}: ${shown(value)} is not a finite number`);
    }
    if (value < low || value > high) refuse(`${path}: ${value} is not from ${low} to ${high}`);
    if (whole && !Number.isInteger(value)) refuse(`${path}: ${value} is not a whole number`);
    return address;
  }

  /** The arrays with values in the base row; a parameter that is set is no longer drawn. */
  function enter(document, arrays, set) {
    const base = arrays.base.slice();
    const row = new DataView(base.buffer);
    const { size, fields } = document.layout.draws;
    const fixed = new Set();
    for (const [path, value] of Object.entries(set)) {
      const address = checkValue(document, path, value);
      row.setFloat64(8 * address, value, true);
      fixed.add(BigInt(address));
    }
    const view = new DataView(arrays.draws.buffer);
    const kept = [];
    for (let at = 0; at < arrays.draws.length; at += size) {
      const address = view.getBigInt64(at + fields.address[0], true);
      if (!fixed.has(address)) kept.push(arrays.draws.subarray(at, at + size));
    }
    const draws = new Uint8Array(kept.length * size);
    kept.forEach((bytes, k) => draws.set(bytes, k * size));
    return { ...arrays, base, draws };
  }

  /** Refuse values of which one must stay below another, and does not. */
  function checkOrder(document, base) {
    const row = new DataView(base.buffer);
    const value = (path) => row.getFloat64(8 * document.parameters[path][0], true);
    for (const [low, high] of document.ascending) {
      if (value(low) < value(high)) continue;
      refuse(`${low}: ${value(low)} is not below ${high}, ${value(high)}`);
    }
  }

  function open(module, identity, document, options = {}) {
    checkHead(document, identity);
    checkOptions(options, ["set"], "open");
    const { set = {} } = options;
    if (!isPlain(set)) refuse("set must be an object: {path: number}");
    const arrays = enter(document, arraysOf(document, identity.sizes), set);
    checkOrder(document, arrays.base);
    return new Model(module, identity.sizes, document, arrays);
  }

  // ------------------------------------------------------------------ the model

  function whole(name, value, low, high) {
    const isText = typeof value === "string" && /^[0-9]+$/.test(value);
    if (!isText && typeof value !== "bigint" && !Number.isInteger(value)) {
      refuse(`${name}: ${shown(value)} is not a whole number`);
    }
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      refuse(`${name}: ${value} is not exact as a number: give a BigInt or a text`);
    }
    const number = BigInt(value);
    if (number < BigInt(low) || number > BigInt(high)) {
      refuse(`${name}: ${shown(number)} is not from ${low} to ${high}`);
    }
    return number;
  }

  /** A scenario that can be played. Made by `engine.open`. */
  class Model {
    constructor(module, sizes, document, arrays) {
      this.document = document;
      this._arrays = arrays;
      this._build = () => new Machine(module, sizes, document, arrays);
    }

    // Where workers play, the main thread needs none.
    get _machine() {
      return (this._built ??= this._build());
    }

    /** The value of a parameter, or its mean if it is drawn. */
    value(path) {
      if (!Object.hasOwn(this.document.parameters, path)) refuse(`no parameter "${path}"`);
      const [address] = this.document.parameters[path];
      return new DataView(this._arrays.base.buffer).getFloat64(8 * address, true);
    }

    // `names` are those of the first run and of the number of runs where they were given.
    _asked(seed, first, count, most, names = ["first", "count"]) {
      const { seed: highest, run } = this.document.limits;
      const key = whole("seed", seed, 0, highest);
      const many = Number(whole(names[1], count, 0, most));
      const start = Number(whole(names[0], first, 0, run));
      if (many) whole("last run", start + many - 1, 0, run);
      return [key, start, many];
    }

    /** The records of runs `first` to `first + count - 1`. */
    play(seed, first, count) {
      const [key, start, many] = this._asked(seed, first, count, MOST_RECORDS);
      const layout = this.document.layout.record;
      const bytes = new Uint8Array(many * layout.size);
      for (const [at, runs] of blocks(many)) {
        bytes.set(this._machine.play(key, start + at, runs).records, at * layout.size);
      }
      return { records: { bytes, count: many, column: (name) => column(bytes, layout, name) } };
    }

    /** Counts and sums over the same runs: see docs/browser.md. */
    tally(seed, first, count) {
      const [key, start, many] = this._asked(seed, first, count, MOST_RUNS);
      const whole = new Tally(this.document, key, start, many);
      for (const [at, runs] of blocks(many)) whole.add(this._block(key, start + at, runs));
      return whole;
    }

    _block(key, first, count) {
      return summed(this.document, this._machine.play(key, first, count));
    }

    /** The power of the force in runs: of each an array, from the start to its last month. */
    courses(seed, first, count) {
      const [key, start, many] = this._asked(seed, first, count, MOST_COURSES);
      return [...blocks(many)].flatMap(([at, runs]) => this._machine.courses(key, start + at, runs));
    }

    /** A run as told: a row of facts for the start and for each month. */
    tell(seed, run) {
      const session = this.session(seed, run);
      const months = [session.view()];
      while (!session.over) months.push(session.month());
      return months;
    }

    /** A run in which decisions can be dictated. */
    session(seed, run) {
      const [key, number] = this._asked(seed, run, 1, 1, ["run", "count"]);
      return new Session(this._build(), key, number);
    }
  }

  function* blocks(count) {
    for (let at = 0; at < count; at += BLOCK) yield [at, Math.min(BLOCK, count - at)];
  }

  function column(bytes, layout, name) {
    if (!Object.hasOwn(layout.fields, name)) refuse(`a record has no column "${name}"`);
    const [offset, kind] = layout.fields[name];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const read = READ[kind];
    const values = new ARRAYS[kind](bytes.length / layout.size);
    for (let k = 0; k < values.length; k += 1) values[k] = read(view, k * layout.size + offset);
    return values;
  }

  // ------------------------------------------------------------------ the tally

  /** A block of runs as sums, and their outcomes; what a worker sends. */
  function summed(document, played) {
    const { measures, shares_of_events: parts, layout } = document;
    const columns = {};
    const of = (name) => (columns[name] ??= column(played.records, layout.record, name));
    const sums = [];
    const squares = [];
    for (const names of Object.values(measures)) {
      const values = names.map(of);
      let sum = 0;
      let square = 0;
      for (let k = 0; k < played.count; k += 1) {
        let value = 0;
        for (const one of values) value += one[k];
        sum += value;
        square += value * value;
      }
      sums.push(sum);
      squares.push(square);
    }
    const products = Object.values(parts).map(([part, all]) => {
      const [some, every] = [of(part), of(all)];
      return some.reduce((total, value, k) => total + value * every[k], 0);
    });
    const { first, count, outcomes } = played;
    return { first, count, outcomes: outcomes.slice(), sums, squares, products };
  }

  /** Counts and sums over runs. Blocks are added in the order of their runs. */
  class Tally {
    constructor(document, seed, first, count) {
      const { words, months, layout } = document;
      this.seed = String(seed);
      this.first = first;
      this.runs = 0;
      this.endings = new Array(words.outcome.length).fill(0);
      this.triggers = new Array(words.trigger.length).fill(0);
      this.failed = 0;
      this.escalated = 0;
      this.sums = Object.fromEntries(Object.keys(document.measures).map((name) => [name, 0]));
      this.squares = { ...this.sums };
      this.products = Object.fromEntries(
        Object.keys(document.shares_of_events).map((name) => [name, 0]),
      );
      this.months = Array.from({ length: months + 1 }, () => this.endings.slice());
      this.perRun = new Uint8Array(count);
      this.perRunTrigger = new Uint8Array(count);
      this.perRunFailed = new Uint8Array(count);
      this.perRunEscalated = new Uint8Array(count);
      this.perRunMonth = new Uint16Array(count);
      this.words = { outcome: words.outcome, trigger: words.trigger };
      this.flags = document.flags;
      this.sharesOfEvents = document.shares_of_events;
      hide(this, "_layout", layout.outcome);
    }

    add(block) {
      const of = (name) => column(block.outcomes, this._layout, name);
      const [ending, trigger, failed, escalated, month] =
        ["ending", "trigger", "failed", "escalated", "month"].map(of);
      const at = block.first - this.first;
      this.perRun.set(ending, at);
      this.perRunTrigger.set(trigger, at);
      this.perRunFailed.set(failed, at);
      this.perRunEscalated.set(escalated, at);
      this.perRunMonth.set(month, at);
      for (let k = 0; k < block.count; k += 1) {
        this.endings[ending[k]] += 1;
        this.triggers[trigger[k]] += 1;
        this.failed += failed[k];
        this.escalated += escalated[k];
        this.months[month[k]][ending[k]] += 1;
      }
      Object.keys(this.sums).forEach((name, k) => {
        this.sums[name] += block.sums[k];
        this.squares[name] += block.squares[k];
      });
      Object.keys(this.products).forEach((name, k) => {
        this.products[name] += block.products[k];
      });
      this.runs += block.count;
    }
  }

  function hide(object, name, value) {
    Object.defineProperty(object, name, { value, enumerable: false });
  }

  // ----------------------------------------------------------------- the story

  /** A run, phase by phase. */
  class Session {
    constructor(machine, seed, run) {
      this._machine = machine;
      this._phase = 0;
      this._begun = false; // whether the month has begun
      this._dictated = [];
      const { worlds, story } = machine.at;
      machine.call("begin", seed, BigInt(run), worlds, ...machine.inputs, story);
    }

    get _document() {
      return this._machine.document;
    }

    /** Whether the run has ended. */
    get over() {
      const [offset] = this._document.layout.story.fields.over;
      return this._machine.part("story")[offset] === 1;
    }

    /** The facts of the last month; in the middle of a month, those known so far. */
    view() {
      const { layout, used } = this._document;
      const bytes = this._machine.part("story");
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      const row = {};
      for (const [name, [offset, kind, length]] of Object.entries(layout.story.fields)) {
        const read = (k) => Number(READ[kind](view, offset + 8 * k));
        row[name] = length ? Array.from({ length: used[name] ?? length }, (_, k) => read(k)) : read(0);
      }
      return row;
    }

    /** The record of the run so far, as an object. */
    record() {
      const { worlds, parameters, records } = this._machine.at;
      const { record } = this._document.layout;
      this._machine.call("record", worlds, parameters, records);
      const bytes = this._machine.part("records", record.size).slice();
      const of = (name) => [name, column(bytes, record, name)[0]];
      return { bytes, ...Object.fromEntries(Object.keys(record.fields).map(of)) };
    }

    /** The decisions that states have in the next phase: those of its `options` that are not
        `possible` now are false there; `due` if the model would choose now, and `chances` with
        which it would take each option if so. */
    open() {
      if (this.over) return [];
      this._begin();
      const found = [];
      for (const word of this._document.phases[this._phase]) {
        const { number, options } = this._document.decisions[word];
        this._document.states.forEach((name, state) => {
          const answer = this._opened(number, state);
          if (!answer) return;
          const chances = this._chances(number, state, options.length);
          const possible = options.map((_, k) => this._isPossible(number, k));
          found.push({ decision: word, state, name, options, possible, due: answer === 2, chances });
        });
      }
      return found;
    }

    /** Dictate a decision of this month: for `state` (its index; null: whoever has it), `value` is
        the option or its number. It counts if the state has the decision in its phase, and the
        option is possible then. */
    dictate(slot, state, value) {
      const decisions = this._document.decisions;
      if (!Object.hasOwn(decisions, slot)) {
        refuse(`no decision "${String(slot).slice(0, 40)}": ${Object.keys(decisions).join(", ")}`);
      }
      const { number, options } = decisions[slot];
      const option = typeof value === "number" ? value : options.indexOf(value);
      if (!Number.isInteger(option) || option < 0 || option >= options.length) {
        refuse(`${slot}: ${String(value).slice(0, 40)} is not one of ${options.join(", ")}`);
      }
      const states = this._document.states.length;
      if (state !== null) whole("state", state, 0, states - 1);
      this._dictated.push({ slot, number, state, option });
    }

    /** Play the next phase; returns the facts of the month if it has ended, otherwise null. */
    phase() {
      if (this.over) refuse("the run is over");
      this._begin();
      const { phases, decisions } = this._document;
      const words = phases[this._phase];
      for (const each of this._dictated) if (words.includes(each.slot)) this._enter(each);
      const { worlds, parameters, story } = this._machine.at;
      this._machine.call("phase", decisions[words[0]].number, worlds, parameters, story);
      this._phase = (this._phase + 1) % phases.length;
      if (this._phase) return null;
      this._begun = false;
      this._dictated = [];
      return this.view();
    }

    /** Play to the end of the month; returns its facts. */
    month() {
      let told = null;
      while (told === null) told = this.phase();
      return told;
    }

    _begin() {
      if (this._begun) return;
      const { worlds, parameters, surface, story } = this._machine.at;
      this._machine.call("month", worlds, parameters, surface, story);
      this._begun = true;
    }

    _opened(number, state) {
      const { worlds, parameters } = this._machine.at;
      return this._machine.call("opened", number, state, worlds, parameters);
    }

    _isPossible(number, option) {
      const { worlds, parameters } = this._machine.at;
      return this._machine.call("possible", number, option, worlds, parameters) === 1;
    }

    _chances(number, state, count) {
      const { worlds, parameters, chances } = this._machine.at;
      this._machine.call("weighed", number, state, worlds, parameters, chances);
      const view = new DataView(this._machine.exports.memory.buffer, chances);
      return Array.from({ length: count }, (_, k) => view.getFloat64(8 * k, true));
    }

    _enter({ number, state, option }) {
      const { worlds, parameters } = this._machine.at;
      const all = this._document.states.map((_, k) => k);
      for (const one of state === null ? all : [Number(state)]) {
        this._machine.call("dictated", number, one, option, worlds, parameters);
      }
    }
  }

  // ----------------------------------------------------------------- statistics

  const Z95 = 1.959963984540054;

  function estimate(value, low, high, name) {
    const known = (number) => (Number.isFinite(number) ? number : null);
    return { [name]: known(value), low: known(low), high: known(high) };
  }

  /** A share with its Wilson interval. */
  function proportion(count, total) {
    return total === 0 ? estimate(NaN, 0, 1, "share") : wilson(count / total, total);
  }

  function wilson(p, total) {
    const shrink = 1 + (Z95 * Z95) / total;
    const centre = (p + (Z95 * Z95) / (2 * total)) / shrink;
    const spread = (p * (1 - p)) / total + (Z95 * Z95) / (4 * total * total);
    const half = (Z95 * Math.sqrt(spread)) / shrink;
    return estimate(p, p === 0 ? 0 : centre - half, p === 1 ? 1 : centre + half, "share");
  }

  /** The mean of numbers that are never negative, with Student's interval. */
  function mean(total, squares, count) {
    if (count < 2) return estimate(count ? total : NaN, 0, Infinity, "mean");
    const centre = total / count;
    const variance = Math.max(0, squares / count - centre * centre);
    const half = student(count - 1) * Math.sqrt(variance / (count - 1));
    return estimate(centre, Math.max(0, centre - half), centre + half, "mean");
  }

  /** A share of events, where a run is drawn as one. */
  function ratio(part, all, squares, count) {
    if (all <= 0 || count < 2) return proportion(Math.round(part), Math.round(all));
    const share = part / all;
    const spread = squares[0] - 2 * share * squares[1] + share * share * squares[2];
    const variance = (spread * count) / (count - 1);
    const varies = variance > 0 && share > 0 && share < 1;
    return wilson(share, varies ? (share * (1 - share) * all ** 2) / variance : all);
  }

  const students = new Map();

  /** The critical value of Student's t for a 95 % interval. */
  function student(degrees) {
    if (!students.has(degrees)) {
      students.set(degrees, degrees > 1000 ? expanded(degrees) : bisected(degrees));
    }
    return students.get(degrees);
  }

  // Abramowitz and Stegun 26.7.5; the next term is below 1e-14 here.
  function expanded(degrees) {
    const z = Z95;
    const terms = [
      (z ** 3 + z) / 4,
      (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
      (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
      (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
    ];
    return terms.reduceRight((rest, term) => (rest + term) / degrees, 0) + z;
  }

  function bisected(degrees) {
    let [low, high] = [1.9, 13];
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2;
      if (within(middle, degrees) < 0.95) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  }

  // The chance of |t| below a value: Abramowitz and Stegun 26.7.3 and 26.7.4.
  function within(value, degrees) {
    const angle = Math.atan(value / Math.sqrt(degrees));
    const square = Math.cos(angle) ** 2;
    const odd = degrees % 2;
    let term = odd ? Math.cos(angle) : 1;
    let sum = degrees > 1 ? term : 0;
    for (let k = odd ? 3 : 2; k < degrees - 1; k += 2) {
      term *= (square * (k - 1)) / k;
      sum += term;
    }
    const wave = Math.sin(angle) * sum;
    return odd ? (2 / Math.PI) * (angle + wave) : wave;
  }

  /** Shares and means with their intervals, as `thinline run --json` prints them. */
  function summary(tally) {
    const { runs, sums, squares } = tally;
    const share = (count) => proportion(count, runs);
    const shares = (words, counts) =>
      Object.fromEntries(words.map((word, k) => [word, share(counts[k])]));
    const measures = {
      failure: share(tally.failed),
      escalation: share(tally.escalated),
      war: share(tally.failed + tally.escalated),
    };
    for (const name of Object.keys(sums)) {
      const isFlag = tally.flags.includes(name);
      measures[name] = isFlag ? share(sums[name]) : mean(sums[name], squares[name], runs);
    }
    for (const [name, [part, all]] of Object.entries(tally.sharesOfEvents)) {
      const three = [squares[part], tally.products[name], squares[all]];
      measures[name] = ratio(sums[part], sums[all], three, runs);
    }
    return {
      outcomes: shares(tally.words.outcome, tally.endings),
      triggers: shares(tally.words.trigger, tally.triggers),
      measures,
    };
  }

  // ------------------------------------------------------------------- workers

  /** Answer the messages of a pool; called in a worker. */
  function serve(scope) {
    let engine;
    let document;
    let opened = { key: null, model: null };
    const answers = {
      init(message) {
        engine = load(message.module);
        document = message.document;
        answers.play({ set: {}, seed: 0n, first: 0, count: 0 }); // fails here without the memory for it
        return { kind: "ready" };
      },
      play({ job, set, seed, first, count }) {
        const key = JSON.stringify(set);
        if (opened.key !== key) opened = { key, model: engine.open(document, { set }) };
        return { kind: "block", job, block: opened.model._block(seed, first, count) };
      },
    };
    scope.onmessageerror = () => {
      scope.postMessage({ kind: "error", message: "a message cannot be read here" });
    };
    scope.onmessage = ({ data }) => {
      try {
        scope.postMessage(answers[data.kind](data));
      } catch (error) {
        scope.postMessage({ kind: "error", job: data.job, message: error.message });
      }
    };
  }

  /** Workers that play together: `pool.play({set, seed, runs, first, signal, onProgress})`. */
  class Pool {
    constructor(options) {
      checkOptions(options, ["module", "document", "workers", "source"], "pool");
      const { module, document, workers, source } = options;
      this._engine = load(module);
      this._engine.open(document);
      this._document = document;
      this._jobs = new Map();
      this._numbered = 0;
      this._workers = [];
      const cores = root.navigator?.hardwareConcurrency ?? 1;
      const many = Number(whole("workers", workers ?? Math.min(cores, 8), 0, 64));
      this._start(many, source ?? `(${thinline})(globalThis);`);
    }

    _start(many, source) {
      if (!many || typeof root.Worker !== "function" || typeof root.Blob !== "function") return;
      const text = `${source}\nglobalThis.thinlineEngine.serve(globalThis);`;
      const address = root.URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
      for (let k = 0; k < many; k += 1) {
        try {
          this._workers.push(this._hire(new Worker(address)));
        } catch {
          break; // workers are refused here: the main thread plays
        }
      }
      Promise.all(this._workers.map((one) => one.ready)).then(() => root.URL.revokeObjectURL(address));
    }

    _hire(worker) {
      const hired = { worker, alive: false, busy: 0 };
      hired.ready = new Promise((settle) => {
        const late = setTimeout(() => settle(false), WAIT);
        const done = (alive) => {
          clearTimeout(late);
          hired.alive = alive;
          settle(alive);
        };
        hired.done = done;
        worker.onerror = (event) => {
          event.preventDefault();
          done(false);
          this._fail(null, `a worker stopped: ${event.message}`);
        };
        worker.onmessage = ({ data }) => {
          if (data.kind === "ready") done(true);
          else if (data.kind === "error" && data.job === undefined) done(false);
          else this._heard(hired, data);
        };
      });
      // Compiled: workers share its code, and none compiles it again.
      const { module } = this._engine;
      worker.postMessage({ kind: "init", module, document: this._document });
      return hired;
    }

    /** The number of workers that play; 0 if the main thread does. Known once `ready`. */
    get workers() {
      return this._workers.filter((one) => one.alive).length;
    }

    /** Resolves when the workers have started, or were refused. */
    get ready() {
      return Promise.all(this._workers.map((one) => one.ready)).then(() => this);
    }

    /** The tally of `runs` runs. The result does not depend on the number of workers. */
    async play(options) {
      checkOptions(options, ["set", "seed", "runs", "first", "signal", "onProgress"], "play");
      const { set = {}, seed, runs, first = 0, signal, onProgress } = options;
      const model = this._engine.open(this._document, { set });
      const [key, start, many] = model._asked(seed, first, runs, MOST_RUNS, ["first", "runs"]);
      const goOn = () => {
        signal?.throwIfAborted();
        if (this._closed) refuse(CLOSED);
      };
      goOn();
      await this.ready;
      goOn();
      return new Promise((resolve, reject) => {
        const job = {
          number: (this._numbered += 1), set, seed: key, start, model, reject, resolve, onProgress,
          tally: new Tally(this._document, key, start, many), waiting: new Map(),
          left: blocks(many), many,
        };
        const abort = () => this._end(job, () => reject(signal.reason));
        signal?.addEventListener("abort", abort, { once: true });
        job.release = () => signal?.removeEventListener("abort", abort);
        this._jobs.set(job.number, job);
        if (!many) this._end(job, () => resolve(job.tally));
        else if (this.workers) this._hand();
        else this._alone(job);
      });
    }

    /** Stop the workers. */
    close() {
      this._closed = true;
      for (const { worker, done } of this._workers) {
        worker.terminate();
        done(false); // one that was still starting never answers
      }
      this._fail(null, CLOSED);
      this._workers = [];
    }

    _end(job, tell) {
      if (!this._jobs.delete(job.number)) return;
      job.release();
      tell();
    }

    _fail(job, message) {
      const failing = job ? [job] : [...this._jobs.values()];
      for (const one of failing) this._end(one, () => one.reject(new Error(message)));
    }

    // Two blocks a worker, so that none waits for the next.
    _hand() {
      for (const hired of this._workers) {
        while (hired.alive && hired.busy < 2 && this._send(hired)) hired.busy += 1;
      }
    }

    _send(hired) {
      for (const job of this._jobs.values()) {
        const { value, done } = job.left.next();
        if (done) continue;
        const [at, count] = value;
        const { number, set, seed, start } = job;
        hired.worker.postMessage({ kind: "play", job: number, set, seed, first: start + at, count });
        return true;
      }
      return false;
    }

    _heard(hired, data) {
      hired.busy -= 1;
      const job = this._jobs.get(data.job);
      if (job && data.kind === "error") this._fail(job, data.message);
      else if (job) this._take(job, data.block);
      this._hand();
    }

    // Blocks are added in order, so that sums do not depend on which worker was faster.
    _take(job, block) {
      job.waiting.set(block.first, block);
      let next = job.start + job.tally.runs;
      while (job.waiting.has(next)) {
        job.tally.add(job.waiting.get(next));
        job.waiting.delete(next);
        next = job.start + job.tally.runs;
      }
      if (job.tally.runs === job.many) this._end(job, () => job.resolve(job.tally));
      if (!job.onProgress) return;
      try {
        job.onProgress({ done: job.tally.runs, runs: job.many, tally: job.tally });
      } catch (error) {
        this._end(job, () => job.reject(error));
      }
    }

    _alone(job) {
      const step = () => {
        if (!this._jobs.has(job.number)) return;
        const { value, done } = job.left.next();
        if (done) return;
        try {
          this._take(job, job.model._block(job.seed, job.start + value[0], value[1]));
        } catch (error) {
          this._fail(job, error.message);
        }
        setTimeout(step, 0);
      };
      step();
    }
  }

  root.thinlineEngine = Object.freeze({
    version: VERSION, Z95, load, summary, proportion, serve, pool: (options) => new Pool(options),
  });
})(globalThis);
