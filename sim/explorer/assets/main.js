/**
 * The page: its state, what a reader's move sets off, and `window.thinline`.
 */
explorer.main = (() => {
  const { byId, html, oncePerFrame, onWhole } = explorer.dom;
  const { state: states, view, levers } = explorer;
  const { count, plural } = explorer.text;
  const { body, documentElement: root } = document;
  const data = JSON.parse(byId("data").textContent);

  let state = states.initial(data);
  let runner = null;
  let player = null;
  let told = null;
  let predict = null;
  let written = "";

  const pinName = () => levers.describe(data, state.pin, state.preset);

  const note = (text) => {
    byId("note").textContent = text;
    byId("note").hidden = !text;
  };

  const report = ({ message }) => note(message.replace(/^thinline: /, ""));

  const tell = oncePerFrame(() => told.tell());

  /** Play and tell the settings, unless the reader is to predict them first. */
  const refresh = async () => {
    if (!player) return;
    try {
      const played = predict.phase === "ask" ? player.stop() : player.refresh();
      tell();
      await played;
    } catch (error) {
      report(error);
    }
  };

  /** Choose the number of runs; one that a link or a code brought is offered as well. */
  const showRuns = () => {
    const select = byId("runs");
    select.value = state.runs;
    if (select.selectedIndex < 0)
      select.add(new Option(count(state.runs), state.runs, true, true));
  };

  const showState = () => {
    levers.show(data, state);
    view.drawChanges(data, state.preset);
    byId("preset").value = state.preset;
    const shown = data.presets.find(({ name }) => name === state.preset) ?? data;
    byId("title").textContent = shown.title;
    byId("name").textContent = shown.name;
    document.title = `${shown.title} · thinline`;
    for (const id of ["about", "printed-about"]) byId(id).hidden = shown !== data;
    byId("seed").value = state.seed;
    showRuns();
    byId("code").textContent = states.toCode(data, state);
    byId("printed-settings").textContent =
      `Settings: ${levers.describe(data, state)}; seed ${state.seed}; ` +
      `${plural(state.runs, "run")}. Settings code: ${byId("code").textContent}`;
    byId("pin-name").textContent = state.pin ? `Baseline: ${pinName()}.` : "";
    byId("pin-sign").textContent = state.pin
      ? `A baseline is pinned: ${pinName()}. The differences from it are below the dots.`
      : "";
    byId("pin-sign").hidden = !state.pin;
    byId("unpin").hidden = !state.pin;
    byId("pinned-section").hidden = !state.pin;
    written = `#${states.toHash(data, state)}`;
    history.replaceState(null, "", written);
  };

  /** Change the state, show it, and play; what was said of an earlier wrong input goes. */
  const change = (more) => {
    state = { ...state, ...more };
    note("");
    for (const problem of document.querySelectorAll(".problem")) problem.textContent = "";
    showState();
    refresh();
  };

  /** A random position of every lever that is shown. */
  const surprise = () => {
    const position = ({ low, high, step }) =>
      low + Math.round((Math.random() * (high - low)) / step) * step;
    const shown = data.levers.filter((lever) => lever.shown);
    const set = shown.map((lever) => [lever.path, states.tidy(lever, position(lever))]);
    change({ set: Object.fromEntries(set) });
  };

  const applyCode = (event) => {
    event.preventDefault();
    const read = states.fromCode(data, byId("typed-code").value);
    if (read.state) change(read.state);
    byId("code-problem").textContent = read.note;
  };

  const fromAddress = () => {
    if (location.hash === written) return;
    const read = states.fromHash(data, location.hash);
    // A link within the page: the address keeps the settings.
    if (!read) return history.replaceState(null, "", written);
    predict.leave();
    change(read.state);
    return note(read.note);
  };

  const move = (path, value) => {
    const lever = data.levers.find((each) => each.path === path);
    change({ set: { ...state.set, [path]: states.tidy(lever, value) } });
  };

  const free = (path) => {
    const kept = Object.entries(state.set).filter(([each]) => each !== path);
    change({ set: Object.fromEntries(kept) });
  };

  /** Set a prediction against the runs, and then against the same runs without the change. */
  const judge = async (tally, finished) => {
    predict.tally(tally, null, finished);
    if (!finished || !predict.comparesWithOwn) return;
    try {
      const { seed, runs } = state;
      const own = await runner.play({ preset: "", set: {} }, { seed, runs });
      if (player.scene.tally === tally) predict.tally(tally, own, false);
    } catch (error) {
      report(error);
    }
  };

  const redraw = oncePerFrame(() => player.redraw());

  const unpin = () => {
    change({ pin: null });
    byId("pin").focus(); // the button is gone
  };

  const listen = () => {
    levers.make(data, move, free);
    const on = (id, type, call) => byId(id).addEventListener(type, call);
    on("preset", "change", ({ target }) => change({ preset: target.value }));
    onWhole("seed", data.maxSeed, (seed) => change({ seed }));
    onWhole("told-run", data.maxSeed, told.open);
    onWhole("seat-run", data.maxSeed);
    on("runs", "change", ({ target }) => change({ runs: Number(target.value) }));
    on("pin", "click", () => change({ pin: { preset: state.preset, set: { ...state.set } } }));
    on("unpin", "click", unpin);
    on("reset", "click", () => change({ preset: "", set: {} }));
    on("surprise", "click", surprise);
    on("code-form", "submit", applyCode);
    on("line-lever", "change", refresh);
    for (const id of ["sure", "numbers-fold", "months-fold"]) on(id, "toggle", redraw);
    on("chip", "click", () => {
      byId("sure").open = true;
      byId("sure").querySelector("summary").focus();
    });
    addEventListener("hashchange", fromAddress);
    addEventListener("resize", redraw);
    addEventListener("resize", tell);
  };

  const fillChoices = () => {
    byId("preset").append(
      ...data.presets.map(({ name, title }) => html("option", { value: name }, title)),
    );
    byId("line-lever").append(
      ...data.levers
        .filter(({ words }) => !words.length)
        .map(({ path, name }) => html("option", { value: path }, name)),
    );
    byId("told-ending").append(
      ...data.outcomes.map(({ label }, k) => html("option", { value: k }, label)),
    );
  };

  /** The key P, unless the reader is typing, switches to large text and back. */
  const listenForProjector = () => {
    addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey, target }) => {
      const isTyping = target.matches?.("input:not([type=range]), textarea, select");
      if (key.toLowerCase() !== "p" || ctrlKey || metaKey || altKey || isTyping) return;
      root.classList.toggle("slides");
      if (player) redraw();
    });
    root.classList.toggle("slides", location.search === "?slides");
  };

  const exercise = {
    ask: (set) => {
      body.dataset.mode = "ask";
      levers.lock(true);
      change({ preset: "", set: { ...set }, pin: null });
    },
    reveal: () => {
      body.dataset.mode = "shown";
      refresh();
    },
    done: (isRevealed) => {
      body.dataset.mode = "explore";
      levers.lock(false);
      change(isRevealed ? {} : { set: {} });
      byId("levers").focus();
    },
  };

  const beginWith = () => {
    const read = states.fromHash(data, location.hash);
    if (read) {
      state = read.state;
      note(read.note);
    }
    showState();
    if (!read && !data.lesson.default) predict.start();
    else refresh();
  };

  const load = async () => {
    const [bytes, block] = await Promise.all(
      ["engine", "documents"].map(explorer.documents.inflate),
    );
    return explorer.runner.make({ data, bytes, documentOf: explorer.documents.unpack(block) });
  };

  const fallBack = ({ message }) =>
    explorer.fallback.show(data, message.replace(/^thinline: /, ""), (tally, name) => {
      view.draw(data, { tally, name, seed: data.seed, wanted: tally.runs, pinned: null });
      explorer.dom.announce(view.headline(data, tally, name));
    });

  const start = async () => {
    fillChoices();
    listenForProjector();
    predict = explorer.predict.make(data, exercise);
    body.dataset.mode = "explore";
    try {
      runner = await load();
    } catch (error) {
      fallBack(error);
      return;
    }
    const current = () => state;
    const drawn = ({ tally, wanted }) => judge(tally, tally.runs === wanted);
    player = explorer.player.make(data, runner, current, { drawn, open: (run) => told.open(run) });
    told = explorer.told.make(data, runner, current, () => player.scene.tally);
    explorer.seat.make(data, runner, current);
    listen();
    beginWith();
  };

  const ready = start();

  /** The settings that a script asks for, once the page can play; refused if it has none such. */
  const asked = async ({ set = {}, preset = "" }) => {
    await ready;
    if (!runner) throw new Error("thinline: this browser cannot play the model here");
    explorer.runner.check(data, { preset, set });
    return { preset, set };
  };

  window.thinline = Object.freeze({
    ready,
    levers: () =>
      data.levers.map((lever) => ({
        path: lever.path,
        low: lever.low,
        high: lever.high,
        unit: lever.unit,
        value: state.set[lever.path] ?? levers.inPreset(data, lever, state.preset).value,
      })),
    play: async (wish = {}) => {
      const settings = await asked(wish);
      const { seed = state.seed, runs = state.runs } = wish;
      const tally = await runner.play(settings, { seed, runs });
      const { outcomes, measures } = thinlineEngine.summary(tally);
      return { outcomes, measures };
    },
    tell: async (wish = {}) => {
      const settings = await asked(wish);
      return runner.tell(settings, wish.seed ?? state.seed, wish.run ?? 0);
    },
    state: () => ({
      ...state,
      mode: body.dataset.mode,
      code: states.toCode(data, state),
      hash: written,
      stage: player?.stage ?? "begin",
      played: player?.scene?.tally.runs ?? 0,
      jobs: runner?.playing ?? 0,
      workers: runner?.workers ?? 0,
      note: byId("note").textContent,
      predictions: predict?.answers ?? [],
    }),
  });
})();
