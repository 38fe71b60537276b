/**
 * Plays the page's settings and draws them as the runs come in: first the runs, then the pinned
 * baseline, then the line over a lever.
 */
explorer.player = (() => {
  const { byId, oncePerFrame } = explorer.dom;
  const { view, levers } = explorer;

  /**
   * Runs at each value of the line, never more than the reader asks for: coarse first, then at more
   * values, then with more runs.
   */
  const lineStages = (runs) => {
    const [few, many] = [400, 2000].map((most) => Math.min(most, runs));
    const stages = [["grid", few], ["finer", few]];
    return many > few ? [...stages, ["finer", many]] : stages;
  };

  /** A tally in the form of counts of the causes of war. */
  const counts = (tally) => ({
    runs: tally.runs,
    failure: tally.failed,
    escalation: tally.escalated,
  });

  /** A point of the line: its value, its counts, and which of its runs ended in war. */
  const point = (value, tally) => ({
    value,
    tally: counts(tally),
    war: Array.from(
      { length: tally.runs },
      (_, run) => Boolean(tally.perRunFailed[run]) || Boolean(tally.perRunEscalated[run]),
    ),
  });

  /** The reader's setting on the line; none if the members of a group differ, or if the scenario's
   * own value is outside of the lever. */
  const here = (data, lever, state, tally) => {
    const own = levers.inPreset(data, lever, state.preset);
    const fixed = state.set[lever.path];
    const x = fixed ?? own.value;
    if (x === null || x < lever.low || x > lever.high) return undefined;
    const isDrawn = fixed === undefined && own.drawn;
    const from = isDrawn ? Math.max(own.span[0], lever.low) : undefined;
    const to = isDrawn ? Math.min(own.span[1], lever.high) : undefined;
    return { x, from, to, tally: counts(tally) };
  };

  /**
   * A player.
   * @param {object} runner
   * @param {() => object} current the state of the page
   * @param {{drawn: (scene: object) => void, open: (run: number) => void}} page what the page does
   * with a drawn tally, and with a run that the reader picks
   */
  const make = (data, runner, current, page) => {
    let scene = null;
    let line = null;
    let isEarlier = false; // whether the line is that of the settings before
    let stage = "begin";

    const draw = oncePerFrame((found) => {
      scene = found;
      view.draw(data, found);
      page.drawn(found);
    });

    const playLine = async (state, tally, signal) => {
      const lever = data.levers.find(({ path }) => path === byId("line-lever").value);
      const stages = lineStages(state.runs);
      for (const each of stages) {
        const [grid, runs] = each;
        const points = [];
        for (const value of lever[grid]) {
          const settings = { ...state, set: { ...state.set, [lever.path]: value } };
          const found = await runner.play(settings, { seed: state.seed, runs, signal });
          signal.throwIfAborted();
          points.push(point(value, found));
        }
        line = {
          lever,
          points,
          here: here(data, lever, state, tally),
          runs: state.runs,
          isLast: each === stages.at(-1),
        };
        isEarlier = false;
        view.drawLine(data, line);
      }
    };

    const playPinned = async ({ preset, pin, seed, runs }, tally, signal) => {
      const pinned = await runner.play(pin, { seed, runs, signal });
      signal.throwIfAborted();
      const found = explorer.pinned.compare(data, pinned, tally);
      const name = levers.describe(data, pin, preset);
      explorer.pinned.show(data, byId("pinned"), name, found, page.open);
      byId("pinned").classList.remove("earlier");
      return pinned;
    };

    /** Whether the line of the poster, over the first lever, is that of these settings. */
    const isPoster = ({ preset, set, seed }) =>
      !preset &&
      !Object.keys(set).length &&
      seed === data.seed &&
      !byId("line-lever").selectedIndex;

    const playAll = async (state, signal) => {
      isEarlier = true;
      byId("pinned").classList.add("earlier");
      if (!byId("pinned").firstChild) byId("pinned").textContent = "Not yet played.";
      if (line) view.awaitLine("the settings before");
      else if (!isPoster(state)) view.awaitLine(`“${data.title}” as it is`);
      const { seed, runs } = state;
      const name = levers.describe(data, state);
      const show = (tally, pinned) => draw({ tally, name, seed, wanted: runs, pinned });
      stage = "runs";
      const onProgress = (some) => show(some, null);
      const tally = await runner.play(state, { seed, runs, signal, onProgress });
      show(tally, null);
      explorer.dom.announce(view.headline(data, tally, name));
      if (state.pin) show(tally, await playPinned(state, tally, signal));
      signal.throwIfAborted();
      stage = "line";
      await playLine(state, tally, signal);
      stage = "done";
    };

    /** Draw again what depends on the width of the window. */
    const redraw = () => {
      if (scene) view.draw(data, scene);
      if (line && !isEarlier) view.drawLine(data, line);
    };

    return {
      /** End the job in hand. */
      stop: () => {
        stage = "begin";
        return runner.restart(async () => {});
      },
      /** Play and draw the current state; what was being played ends. */
      refresh: () =>
        runner
          .restart((signal) => playAll(current(), signal))
          .catch((error) => {
            stage = "failed";
            throw error;
          }),
      redraw,
      get scene() {
        return scene;
      },
      get stage() {
        return stage;
      },
    };
  };

  return { make };
})();
