/**
 * The page: its state, what a reader's move sets off, and `window.thinline`.
 */
explorer.main = (() => {
  const { byId, html, oncePerFrame } = explorer.dom;
  const { state: states, view, levers } = explorer;
  const data = JSON.parse(byId("data").textContent);

  // Runs at each value of the line: coarse first, then at more values, then with more runs.
  const LINE_STAGES = [["grid", 400], ["finer", 400], ["finer", 2000]];

  let state = states.initial(data);
  let runner = null, predict = null, seat = null, scene = null, line = null, toldRun = 0, written = "", stage = "begin";

  const pinName = () => levers.describe(data, state.pin);
  const lineLever = () => data.levers.find(({ path }) => path === byId("line-lever").value);

  const draw = oncePerFrame((found) => { scene = found; view.draw(data, found); predict.tally(found.tally, found.tally.runs === found.wanted); });

  /** Play the current settings, then the baseline, then the line; drawn as the runs come in. */
  const refresh = () => runner.restart(async (signal) => {
    if (predict.phase === "ask") return;
    const { seed, runs: wanted } = state, settings = state;
    const name = levers.describe(data, settings);
    stage = "runs";
    const show = (tally, pinned) => draw({ tally, name, seed, wanted, pinned });
    const tally = await runner.play(settings, { seed, runs: wanted, signal, onProgress: (some) => show(some, null) });
    show(tally, null);
    tell();
    if (state.pin) await showPinned(tally, show, signal);
    signal.throwIfAborted();
    stage = "line";
    await playLine(tally, signal);
    stage = "done";
  });

  const showPinned = async (tally, show, signal) => {
    const { seed, runs } = state;
    const pinned = await runner.play(state.pin, { seed, runs, signal });
    signal.throwIfAborted();
    show(tally, pinned);
    explorer.pinned.show(data, byId("pinned"), pinName(), explorer.pinned.compare(data, pinned, tally), openRun);
  };

  const playLine = async (tally, signal) => {
    const lever = lineLever();
    for (const [grid, runs] of LINE_STAGES) {
      const points = [];
      for (const value of lever[grid]) {
        const settings = { ...state, set: { ...state.set, [lever.path]: value } };
        const found = await runner.play(settings, { seed: state.seed, runs, signal });
        signal.throwIfAborted();
        points.push({ value, tally: { ...found, runs: found.runs, failure: found.failed, escalation: found.escalated } });
      }
      line = [lever, points, here(lever, tally)];
      view.drawLine(data, ...line);
    }
  };

  const here = (lever, tally) => {
    const own = levers.inPreset(data, lever, state.preset), fixed = state.set[lever.path];
    const x = fixed ?? own.value;
    if (x === null) return undefined;
    const range = fixed === undefined && own.drawn ? { from: Math.max(own.span[0], lever.low), to: Math.min(own.span[1], lever.high) } : {};
    return { x, ...range, tally: { runs: tally.runs, failure: tally.failed, escalation: tally.escalated } };
  };

  const tell = () => {
    if (!byId("told-fold").open) return;
    const one = (settings) => ({
      months: runner.tell(settings, state.seed, toldRun), name: explorer.text.capitalise(levers.describe(data, settings)),
      cast: explorer.story.names(data, settings.preset),
    });
    byId("told-run").value = toldRun;
    explorer.told.show(data, byId("told"), toldRun, one(state), state.pin ? one(state.pin) : null, runner.causes,
      byId("told-full").checked);
  };

  const openRun = (run) => {
    toldRun = run;
    byId("told-fold").open = true;
    tell();
    byId("told-fold").scrollIntoView({ block: "start" });
    byId("told-fold").querySelector("summary").focus();
  };

  /** The next run after the told one that ends in the chosen way. */
  const nextRun = () => {
    const wanted = byId("told-ending").value, { tally } = scene;
    for (let step = 1; step <= tally.runs; step += 1) {
      const run = (toldRun + step) % tally.runs;
      if (wanted === "" || tally.perRun[run] === Number(wanted)) return openRun(run);
    }
    return explorer.dom.announce("No run of these ends like that.");
  };

  const showState = () => {
    levers.show(data, state);
    view.drawChanges(data, state.preset);
    byId("preset").value = state.preset;
    byId("seed").value = state.seed;
    byId("runs").value = state.runs;
    byId("code").textContent = states.toCode(data, state);
    byId("pin-name").textContent = state.pin ? `Baseline: ${pinName()}.` : "";
    byId("unpin").hidden = !state.pin;
    byId("pinned-section").hidden = !state.pin;
    written = `#${states.toHash(data, state)}`;
    history.replaceState(null, "", written);
  };

  /** Change the state, show it, and play. */
  const change = (more) => {
    state = { ...state, ...more };
    showState();
    if (runner) refresh();
  };

  const note = (text) => { byId("note").textContent = text; byId("note").hidden = !text; };

  const surprise = () => {
    const free = data.levers.filter(({ shown }) => shown);
    const set = Object.fromEntries(free.map((lever) => [lever.path, states.tidy(lever,
      lever.low + Math.round(Math.random() * (lever.high - lever.low) / lever.step) * lever.step)]));
    change({ set });
  };

  const applyCode = (event) => {
    event.preventDefault();
    const read = states.fromCode(data, byId("typed-code").value);
    note(read.note);
    if (read.state) change(read.state);
  };

  const fromAddress = () => {
    if (location.hash === written) return;
    const read = states.fromHash(data, location.hash);
    if (read) { note(read.note); change(read.state); }
  };

  const without = (path) => Object.fromEntries(Object.entries(state.set).filter(([each]) => each !== path));

  const number = (element, low, high, then) => element.addEventListener("change", () => {
    const value = Number(element.value);
    if (Number.isInteger(value) && value >= low && value <= high) then(value);
    else element.reportValidity();
  });

  const listen = () => {
    levers.make(data, (path, value) => change({ set: { ...state.set, [path]: states.tidy(data.levers.find((l) => l.path === path), value) } }),
      (path) => change({ set: without(path) }));
    const on = (id, type, call) => byId(id).addEventListener(type, call);
    on("preset", "change", ({ target }) => change({ preset: target.value }));
    number(byId("seed"), 0, data.maxSeed, (seed) => change({ seed }));
    on("runs", "change", ({ target }) => change({ runs: Number(target.value) }));
    on("pin", "click", () => change({ pin: { preset: state.preset, set: { ...state.set } } }));
    on("unpin", "click", () => change({ pin: null }));
    on("reset", "click", () => change({ preset: "", set: {} }));
    on("surprise", "click", surprise);
    on("code-form", "submit", applyCode);
    on("line-lever", "change", () => refresh());
    number(byId("told-run"), 0, data.maxSeed, openRun);
    on("told-next", "click", nextRun);
    for (const id of ["sure", "numbers-fold", "months-fold"]) on(id, "toggle", () => scene && view.draw(data, scene));
    on("told-fold", "toggle", tell);
    on("told-full", "change", tell);
    on("chip", "click", () => { byId("sure").open = true; byId("sure").querySelector("summary").focus(); });
    addEventListener("hashchange", fromAddress);
    addEventListener("resize", resized);
  };

  const fillChoices = () => {
    byId("preset").append(...data.presets.map(({ name, title }) => html("option", { value: name }, title)));
    byId("line-lever").append(...data.levers.filter(({ words }) => !words.length)
      .map(({ path, name }) => html("option", { value: path }, name)));
    byId("told-ending").append(...data.outcomes.map(({ label }, k) => html("option", { value: k }, label)));
  };

  const project = () => {
    addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, target }) => {
      const typing = target.matches?.("input:not([type=range]), textarea, select");
      if (key.toLowerCase() === "p" && !ctrlKey && !metaKey && !altKey && !typing) document.documentElement.classList.toggle("slides");
    });
    if (location.search === "?slides") document.documentElement.classList.add("slides");
  };

  const exercise = {
    ask: (set) => { document.body.dataset.mode = "ask"; levers.lock(true); change({ preset: "", set: { ...set }, pin: null }); },
    reveal: () => { document.body.dataset.mode = "shown"; refresh(); },
    again: () => scene && predict.tally(scene.tally, true),
    done: () => { document.body.dataset.mode = "explore"; levers.lock(false); change({}); byId("levers").focus(); },
  };

  /** Draw again what depends on the width of the window. */
  const resized = oncePerFrame(() => {
    if (scene) view.draw(data, scene);
    if (line) view.drawLine(data, ...line);
    if (scene && runner) tell();
  });

  const beginWith = () => {
    const read = states.fromHash(data, location.hash);
    if (read) { state = read.state; note(read.note); }
    showState();
    if (!read && !data.lesson.default) predict.start();
    else refresh();
  };

  const load = async () => {
    const [bytes, block] = await Promise.all(["engine", "documents"].map(explorer.documents.inflate));
    return explorer.runner.make({ data, bytes, documentOf: explorer.documents.unpack(block) });
  };

  const start = async () => {
    fillChoices();
    project();
    predict = explorer.predict.make(data, exercise);
    document.body.dataset.mode = "explore";
    try {
      runner = await load();
    } catch (error) {
      explorer.fallback.show(data, error.message.replace(/^thinline: /, ""), (tally, name) =>
        view.draw(data, { tally, name, seed: data.seed, wanted: tally.runs, pinned: null }));
      return;
    }
    listen();
    seat = explorer.seat.make(data, runner, () => state);
    byId("preset").addEventListener("change", seat.fillSeats);
    beginWith();
  };

  const ready = start();
  const settings = ({ set = {}, preset = "" } = {}) => ({ preset, set });

  window.thinline = Object.freeze({
    ready,
    levers: () => data.levers.map((lever) => ({
      path: lever.path, low: lever.low, high: lever.high, unit: lever.unit,
      value: state.set[lever.path] ?? levers.inPreset(data, lever, state.preset).value,
    })),
    play: async (asked) => {
      await ready;
      const { seed = state.seed, runs = state.runs } = asked;
      const { outcomes, measures } = thinlineEngine.summary(await runner.play(settings(asked), { seed, runs }));
      return { outcomes, measures };
    },
    tell: async (asked) => {
      await ready;
      return runner.tell(settings(asked), asked.seed ?? state.seed, asked.run ?? 0);
    },
    state: () => ({
      ...state, mode: document.body.dataset.mode, code: states.toCode(data, state), hash: written,
      stage, played: scene?.tally.runs ?? 0, jobs: runner?.playing ?? 0, workers: runner?.workers ?? 0,
      note: byId("note").textContent, predictions: predict?.answers ?? [],
    }),
  });
})();
