/**
 * Plays settings in workers, one job at a time: a new job ends the one before it. Tallies that were
 * played to the end are kept for a while.
 */
explorer.runner = (() => {
  const MOST_WORKERS = 4,
    MOST_POOLS = 2,
    MOST_KEPT = 60;

  /** Settings of levers as settings of parameters: a lever of a group moves all its members. */
  const expand = (data, set) =>
    Object.fromEntries(
      data.levers
        .filter(({ path }) => path in set)
        .flatMap(({ path, targets }) => targets.map((target) => [target, set[path]])),
    );

  /** Keep at most so many entries of a map, the newest. */
  const trim = (map, most, drop = () => {}) => {
    for (const [key, value] of map) {
      if (map.size <= most) return;
      map.delete(key);
      drop(value);
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
      kept = new Map();
    let playing = 0,
      job = new AbortController();

    const documentFor = (preset) => {
      const place = data.presets.findIndex(({ name }) => name === preset) + 1;
      if (!documents.has(preset)) documents.set(preset, documentOf(place));
      trim(documents, MOST_POOLS + 1);
      return documents.get(preset);
    };

    const poolFor = (preset) => {
      const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
      const pool =
        pools.get(preset) ??
        thinlineEngine.pool({
          bytes,
          document: documentFor(preset),
          workers: Math.min(cores, MOST_WORKERS),
        });
      pools.delete(preset);
      pools.set(preset, pool);
      trim(pools, MOST_POOLS, (old) => old.close());
      return pool;
    };

    /**
     * The tally of settings.
     * @param {{preset: string, set: object}} settings
     * @param {{seed: number, runs: number, signal?: AbortSignal}} how also `onProgress`, which is
     * called with the tally so far
     */
    const play = async (settings, { seed, runs, signal, onProgress }) => {
      const name = `${explorer.state.key(data, settings)}|${seed}|${runs}`;
      if (kept.has(name)) return kept.get(name);
      playing += 1;
      try {
        const tally = await poolFor(settings.preset).play({
          set: expand(data, settings.set),
          seed,
          runs,
          signal,
          onProgress: onProgress && (({ tally: some }) => onProgress(some)),
        });
        kept.set(name, tally);
        trim(kept, MOST_KEPT);
        return tally;
      } finally {
        playing -= 1;
      }
    };

    const modelFor = ({ preset, set }) =>
      engine.open(documentFor(preset), { set: expand(data, set) });

    /** A run as told, month by month. */
    const tell = (settings, seed, run) => modelFor(settings).tell(seed, run);

    /** A function that tells runs of the same settings, opened once. */
    const teller = (settings, seed) => {
      const model = modelFor(settings);
      return (run) => model.tell(seed, run);
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
      teller,
      session,
      restart,
      causes: documentFor("").words.cause,
      get playing() {
        return playing;
      },
      get workers() {
        return [...pools.values()].reduce((sum, pool) => sum + pool.workers, 0);
      },
    };
  };

  return { make, expand };
})();
