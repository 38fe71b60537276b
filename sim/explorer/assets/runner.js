/**
 * Plays settings in workers, one job at a time: a new job ends the one before it. Tallies are kept,
 * those that were asked for last the longest.
 */
explorer.runner = (() => {
  const MOST_WORKERS = 4,
    MOST_POOLS = 2,
    MOST_KEPT = 60,
    SLICE = 250;

  /** Settings of levers as settings of parameters: a lever of a group moves all its members. */
  const expand = (data, set) =>
    Object.fromEntries(
      data.levers
        .filter(({ path }) => path in set)
        .flatMap(({ path, targets }) => targets.map((target) => [target, set[path]])),
    );

  const refuse = (message) => {
    throw new Error(`thinline: ${message}`);
  };

  /** Refuse settings that the levers and presets of the page do not have, as the engine does. */
  const check = (data, { preset, set }) => {
    if (preset !== "" && !data.presets.some(({ name }) => name === preset))
      refuse(`no scenario "${String(preset).slice(0, 80)}" here`);
    if (set === null || typeof set !== "object") refuse("set must be an object: {path: number}");
    for (const [path, value] of Object.entries(set)) {
      const lever = data.levers.find((each) => each.path === path);
      if (!lever)
        refuse(`the scenario has no parameter "${path.slice(0, 80)}" that can be set here`);
      if (!Number.isFinite(value))
        refuse(`${path}: ${String(value).slice(0, 40)} is not a finite number`);
      if (value < lever.low || value > lever.high)
        refuse(`${path}: ${value} is not from ${lever.low} to ${lever.high}`);
    }
  };

  /** Keep at most so many entries of a map, the newest. */
  const trim = (map, most) => {
    for (const key of map.keys()) {
      if (map.size <= most) return;
      map.delete(key);
    }
  };

  /**
   * A runner for the scenarios of the page.
   * @param {{data: object, bytes: Uint8Array, documentOf: (k: number) => object}} parts
   */
  const make = ({ data, bytes, documentOf }) => {
    const engine = thinlineEngine.load(bytes);
    const documents = new Map(),
      pools = new Map(),
      kept = new Map(),
      joined = new Map();
    let playing = 0,
      job = new AbortController();

    const documentFor = (preset) => {
      const place = data.presets.findIndex(({ name }) => name === preset) + 1;
      if (!documents.has(preset)) documents.set(preset, documentOf(place));
      trim(documents, MOST_POOLS + 1);
      return documents.get(preset);
    };

    /** The pool of a preset with the number of its jobs, the one used last at the end. */
    const poolFor = (preset) => {
      const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
      const workers = Math.min(cores, MOST_WORKERS);
      const held = pools.get(preset) ?? {
        pool: thinlineEngine.pool({
          module: engine.module,
          document: documentFor(preset),
          workers,
        }),
        jobs: 0,
      };
      pools.delete(preset);
      pools.set(preset, held);
      return held;
    };

    /** Close the oldest pools that are too many, but none that still has a job. */
    const closeIdle = () => {
      for (const [preset, { pool, jobs }] of pools) {
        if (pools.size <= MOST_POOLS) return;
        if (jobs) continue;
        pools.delete(preset);
        pool.close();
      }
    };

    const keep = (name, found) => {
      kept.delete(name);
      kept.set(name, found);
      trim(kept, MOST_KEPT);
    };

    /**
     * The tally of settings.
     * @param {{preset: string, set: object}} settings
     * @param {{seed: number, runs: number, signal?: AbortSignal}} how also `onProgress`, which is
     * called with the tally so far
     */
    const play = async (settings, how) => {
      const name = `${explorer.state.key(data, settings)}|${how.seed}|${how.runs}`;
      const found = kept.get(name) ?? (how.signal ? playAnew(settings, how) : join(name, settings, how));
      const tally = await found;
      keep(name, tally);
      return tally;
    };

    /** Calls without a signal, which cannot be aborted, share a job while it is played. */
    const join = (name, settings, how) => {
      if (!joined.has(name))
        joined.set(
          name,
          playAnew(settings, how).finally(() => joined.delete(name)),
        );
      return joined.get(name);
    };

    const playAnew = async (settings, { seed, runs, signal, onProgress }) => {
      const held = poolFor(settings.preset);
      playing += 1;
      held.jobs += 1;
      closeIdle();
      try {
        return await held.pool.play({
          set: expand(data, settings.set),
          seed,
          runs,
          signal,
          onProgress: onProgress && (({ tally }) => onProgress(tally)),
        });
      } finally {
        playing -= 1;
        held.jobs -= 1;
        closeIdle();
      }
    };

    const modelFor = ({ preset, set }) =>
      engine.open(documentFor(preset), { set: expand(data, set) });

    /** A run as told, month by month. */
    const tell = (settings, seed, run) => modelFor(settings).tell(seed, run);

    /** The power of the force by month in the first runs, played in slices to keep the page alive;
        null if `going` says at a slice that it is not asked for any more. */
    const courses = async (settings, seed, runs, going) => {
      const model = modelFor(settings);
      const found = [];
      while (found.length < runs) {
        found.push(...model.courses(seed, found.length, Math.min(SLICE, runs - found.length)));
        await new Promise((resolve) => {
          setTimeout(resolve, 0);
        });
        if (!going()) return null;
      }
      return found;
    };

    /** A run in which decisions can be taken. */
    const session = (settings, seed, run) => modelFor(settings).session(seed, run);

    /** End the job in hand and begin another; a job that was ended is silent. */
    const restart = async (work) => {
      job.abort();
      job = new AbortController();
      const { signal } = job;
      try {
        await work(signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    };

    // Module and document that do not fit each other are refused before anything is asked of them.
    engine.open(documentFor(""));

    return {
      play,
      tell,
      courses,
      session,
      restart,
      causes: documentFor("").words.cause,
      get playing() {
        return playing;
      },
      get workers() {
        return [...pools.values()].reduce((sum, { pool }) => sum + pool.workers, 0);
      },
    };
  };

  return { make, check };
})();
