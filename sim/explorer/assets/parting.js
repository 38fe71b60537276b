/**
 * Where two told runs with the same random numbers differ first, and why: the page's counterpart of
 * `sim/trace/divergence.py`.
 */
explorer.parting = (() => {
  const { fill, joinAnd } = explorer.text;
  const { chance, level, backstopLevel } = explorer.story;
  const MOST_NAMED = 3;

  /** A deed of a month; stands against a challenge that is not attributed are none. */
  const deed = (now, name) => (name === "stand_defies" && !now.attributed ? null : now[name]);

  /** The first month in which two told runs differ in actions, or that only one of them has. */
  const of = (data, here, there) => {
    const deeds = data.telling.deeds;
    const last = Math.max(here.length, there.length);
    for (let month = 0; month < last; month += 1) {
      const [one, other] = [here[month], there[month]];
      if (!one || !other) return month;
      const differs = (name) =>
        JSON.stringify(deed(one, name)) !== JSON.stringify(deed(other, name));
      if (deeds.some(differs)) return month;
    }
    return null;
  };

  /**
   * The steps of a month in the order of play: each is a function to the sentences on what differs
   * in it.
   * @param {object} cast names of states, red lines and events
   * @param {object[]} pair the month in both runs
   * @param {object[]} before the month before in both runs
   */
  const stepsOf = (data, cast, pair, before, where, chances) => {
    const words = data.telling.parting,
      { actions, rungs } = data.lists;
    const action = actions[pair.find((now) => now.action)?.action ?? 0];
    const say = (template, values) =>
      fill(template, { ...cast, action, here: where[0], there: where[1], ...values });
    /** That the random number is the same, where the chances differ as they are printed. */
    const same = (one, other) => (chances && one !== other ? [words.same] : []);
    const odds = (what, shares) => {
      const [one, other] = shares.map(chance);
      return chances ? [say(words.chance, { what, one, other }), ...same(one, other)] : [];
    };

    /** What happens in one of the runs only. */
    const only = (name, [one, other], values) =>
      Boolean(one) === Boolean(other)
        ? []
        : [say(words.only[name], { where: where[one ? 0 : 1], ...values })];
    const flag =
      (name, value = (now) => now[name]) =>
      () => {
        const found = only(name, pair.map(value));
        if (!found.length || !(name in words.chances)) return found;
        const [weighed, share, what] = words.chances[name];
        const shares = pair.map((now) => now[share]);
        return pair.every((now) => now[weighed]) ? [...found, ...odds(what, shares)] : found;
      };
    const listed = (name, field, items) => () =>
      items.flatMap(({ label }, k) =>
        only(
          name,
          pair.map((now) => now[field][k] === now.month),
          { name: label },
        ),
      );

    /** What `phrase` says of a state in each run, for states whose `key` differs. */
    const differing = (phrase, key = phrase, template = words.differ) => {
      const found = cast.states.flatMap(({ label: who }, i) => {
        const [one, other] = pair.map((now) => phrase(now, i));
        const differs = key(pair[0], i) !== key(pair[1], i);
        return differs ? [say(template, { who, one, other })] : [];
      });
      const more = found.length - MOST_NAMED;
      const named = found.slice(0, MOST_NAMED);
      if (more > 0) named.push(say(words.more[Number(more > 1)], { count: more }));
      return found.length ? [`${named.join("; ")}.`] : [];
    };

    const starts = () => differing((now, i) => rungs[now.rung[i]], undefined, words.starts);
    const moves = (withdrawals) => () =>
      differing((now, i) => {
        const moved = now.rung[i] !== now.rung_before[i];
        return moved && Boolean(now.withdrew[i]) === withdrawals
          ? say(words.moves, { rung: rungs[now.rung[i]] })
          : words.stays;
      });

    const backstop = () => {
      const [one, other] = pair.map((now) => backstopLevel(data, now.backstop));
      return one === other ? [] : [say(words.backstop, { one, other })];
    };

    const challenge = () => {
      const ordered = pair.map((now) => (now.ordered ? now.action : 0));
      const accident = only(
        "accident",
        pair.map((now) => now.action && !now.ordered),
      );
      if (ordered[0] === ordered[1]) return accident;
      const [one, other] = pair.map((now, k) => {
        if (ordered[k]) return say(words.opens, { action: actions[ordered[k]] });
        return now.reviewed ? words.holds : words.no_review;
      });
      const said = `${say(words.differ, { who: cast.challenger, one, other })}.`;
      if (!pair.every((now) => now.reviewed)) return [...accident, said];
      // The chances in both runs of what either does.
      const taken = [...new Set(ordered)];
      const [first, second] = pair.map((now) =>
        taken
          .map((k) => [k ? say(words.one, { action: actions[k] }) : words.none, now.option_chance[k]])
          .map(([what, share]) => `${what} ${chance(share)}`)
          .join(", "),
      );
      if (!chances) return [...accident, said];
      const options = say(words.options, { one: first, other: second });
      return [...accident, said, options, ...same(first, second), ...worth(ordered)];
    };

    /**
     * Why a challenge is worth more in the run that has it, as `sim/trace/worth.py` says it.
     * @param {number[]} ordered the challenges of both runs
     */
    const worth = (ordered) => {
      const action = Math.max(...ordered);
      const [k, other] = ordered[0] === action ? [0, 1] : [1, 0];
      const both = (months, value) => [value(months[k]), value(months[other])];
      const tell = (template, [one, two] = []) =>
        say(template, {
          action: actions[action],
          here: where[k],
          there: where[other],
          one,
          other: two,
          when: say(words.worth.when[Number(before[k].month > 0)], { month: before[k].month }),
        });
      const differ = ([one, two]) => Math.abs(one - two) >= words.least;

      const utilities = both(pair, (now) => now.option_worth[action]);
      if (!Number.isFinite(utilities[0])) return [];
      if (!Number.isFinite(utilities[1])) {
        const canChallenge = pair[other].option_worth.slice(1).some(Number.isFinite);
        return [tell(canChallenge ? words.worth.unexposed : words.worth.only)];
      }
      const shown = utilities.map(level);
      if (utilities[0] <= utilities[1] || shown[0] === shown[1]) return [];

      const sides = [[], []];
      const grievance = both(before, (now) => now.grievance);
      if (pair[k].option_relief[action] && differ(grievance)) {
        const against = Number(grievance[0] < grievance[1]);
        const seen = both(before, (now) => now.footprint);
        const isSeen = !against && seen[0] > seen[1] && differ(seen);
        sides[against].push(
          tell(words.worth.grievance[against], grievance.map(level)) +
            (isSeen ? tell(words.worth.seen, seen.map(level)) : ""),
        );
      }
      const answer = both(pair, (now) => now.option_answer[action]);
      if (differ(answer)) {
        const against = Number(answer[0] > answer[1]);
        sides[against].push(tell(words.worth.answer[against], answer.map(chance)));
      }
      const linked = sides.map((told, side) =>
        told.length ? words.worth.links[side] + joinAnd(told) : "",
      );
      const untold = sides[0].length ? "" : words.worth.untold;
      return [`${tell(words.worth.worth, shown)}${untold}${linked.join("")}.`];
    };

    const answers = () => {
      if (!pair.every((now) => now.attributed)) return [];
      const vote = (now, i) => (now.stand_power[i] ? now.stand_defies[i] : null);
      const phrase = (now, i) => {
        if (vote(now, i) === null) return words.unarmed;
        const share = say(words.vote_chance, { chance: chance(now.stand_chance[i]) });
        return words.votes[vote(now, i)] + (chances ? share : "");
      };
      const turned = [...cast.states.keys()].filter((i) => {
        const [one, other] = pair.map((now) => vote(now, i));
        return one !== null && other !== null && one !== other;
      });
      const shares = pair.map((now) => turned.map((i) => chance(now.stand_chance[i])).join());
      return [...differing(phrase, vote), ...same(...shares)];
    };

    if (pair[0].month === 0) return [starts, listed("line", "line_month", cast.lines)];
    return [
      listed("event", "event_month", cast.events),
      moves(false),
      backstop,
      ...["threatens", "talks", "challenger_accepts", "protege_accepts"].map((name) => flag(name)),
      challenge,
      flag("attributed"),
      answers,
      ...["answered", "carried_out", "war"].map((name) => flag(name)),
      flag("general", (now) => now.war === words.general),
      ...["succeeded", "retaliates", "blamed"].map((name) => flag(name)),
      moves(true),
      flag("truce_broken"),
      listed("line", "line_month", cast.lines),
    ];
  };

  /**
   * What differs first in a month, in sentences; nothing if one of the runs has ended before.
   * @param {object} cast names of states, red lines and events
   * @param {object[][]} runs the months of both runs
   * @param {number | null} month the month in which they part
   * @param {string[]} where names of the runs after a verb
   * @param {boolean} chances whether the chances behind it are told
   */
  const why = (data, cast, runs, month, where, chances = true) => {
    const [pair, before] = [month, month - 1].map((k) => runs.map((months) => months[k]));
    if (!pair.every(Boolean)) return "";
    for (const step of stepsOf(data, cast, pair, before, where, chances)) {
      const found = step();
      if (found.length) return found.join(" ");
    }
    return "";
  };

  return { of, why };
})();
