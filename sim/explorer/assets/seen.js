/**
 * What everybody could see of a month, in sentences: no utility, no chance, no state's reasons. The
 * page's counterpart of `sim/room/public_story.py`.
 */
explorer.seen = (() => {
  const { fill, joinAnd } = explorer.text;
  const { backstopLevel } = explorer.story;

  /**
   * A teller for one scenario: a function from a month, and the month before, to its public
   * sentences. The start has none: participation and power are shown beside.
   * @returns {(now: object, before: object | null) => string[]}
   */
  const teller = (data, cast) => {
    const sentences = data.telling.seen;
    const say = (name, values = {}) =>
      fill(sentences[name], { challenger: cast.challenger, protege: cast.protege, ...values });
    const labels = (test) => cast.states.filter((_, i) => test(i)).map(({ label }) => label);

    const events = (now) =>
      cast.events
        .filter((_, k) => now.event_month[k] === now.month)
        .map(({ label, why }) => say("event", { name: label, why: why ? ` (${why})` : "" }));

    const moves = (now) =>
      data.lists.rungs
        .map((rung, k) => [
          rung,
          labels((i) => now.rung[i] === k && now.rung[i] !== now.rung_before[i]),
        ])
        .filter(([, states]) => states.length)
        .map(([rung, states]) => say("move", { states: joinAnd(states), rung }))
        .reverse();

    const talks = (now) => {
      if (!now.talks) return [];
      if (!now.challenger_accepts) return [say("no_truce")];
      return [say(now.protege_accepts ? "truce" : "one_accepts")];
    };

    const challenge = (now) => {
      if (!now.action) return [];
      if (!now.attributed) return [say("incident")];
      const defying = labels((i) => now.stand_power[i] > 0 && now.stand_defies[i]);
      const stands = now.stand_power.some((power) => power > 0)
        ? [
            say(defying.length ? "defy" : "nobody_defies", { states: joinAnd(defying) }),
            say(now.answered ? "answered" : "unanswered"),
          ]
        : [];
      const press = now.press_decided ? [say(now.carried_out ? "presses" : "backs_down")] : [];
      return [say("challenge", { action: data.lists.actions[now.action] }), ...stands, ...press];
    };

    const aftermath = (now) => [
      ...(now.retaliates ? [say("retaliates")] : []),
      ...(now.retaliates && now.blamed ? [say("blamed")] : []),
      ...(now.truce_broken ? [say("truce_broken")] : []),
    ];

    return (now, before) =>
      before
        ? [
            ...events(now),
            ...moves(now),
            ...(before.backstop === now.backstop
              ? []
              : [say("backstop", { level: backstopLevel(data, now.backstop) })]),
            ...(now.threatens ? [say("threatens")] : []),
            ...talks(now),
            ...challenge(now),
            ...aftermath(now),
          ]
        : [];
  };

  return { teller };
})();
