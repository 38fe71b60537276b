/**
 * What everybody could see of a month, in sentences: no utility, no chance, no state's reasons. The
 * page's counterpart of `sim/trace/public_story.py`.
 */
explorer.seen = (() => {
  const { fill, joinAnd } = explorer.text;
  const { backstopLevel } = explorer.story;

  /**
   * A teller for one scenario: a function from a month, and the month before, to its public
   * sentences. The start has none: participation and power are shown beside. The challenger is told
   * also what only it knows. In the middle of a month `asked` is the decision that is open.
   * @returns {(now: object, before: object | null, asked?: string | null) => string[]}
   */
  const teller = (data, cast, role) => {
    const sentences = data.telling.seen;
    const say = (name, values = {}) =>
      fill(sentences[name], { challenger: cast.challenger, protege: cast.protege, ...values });
    const labels = (test) => cast.states.filter((_, i) => test(i)).map(({ label }) => label);

    const events = (now) =>
      cast.events
        .filter((_, k) => now.event_month[k] === now.month)
        .map(({ label, why }) => say("event", { name: label, why: why ? ` (${why})` : "" }));

    const moves = (now) =>
      data.seat.rungs
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

    const challenge = (now, asked) => {
      if (!now.action) return [];
      const action = data.lists.actions[now.action];
      const own = role === "challenger";
      if (!now.attributed && !own) return [say("incident")];
      return [
        now.ordered ? say("challenge", { action }) : say("accident"),
        ...(now.attributed ? answers(now, asked) : [say("unattributed", { action })]),
        ...(now.press_decided ? [say(now.carried_out ? "presses" : "backs_down")] : []),
        ...(now.pressed && !now.war ? [say("no_war")] : []),
      ];
    };

    /** Who votes to answer, and whether that suffices; not yet to a state that is asked to vote. */
    const answers = (now, asked) => {
      if (asked === "answer") return [];
      if (!now.stand_power.some((power) => power > 0)) return [say("unarmed")];
      const defying = labels((i) => now.stand_power[i] > 0 && now.stand_defies[i]);
      return [
        say(defying.length ? "defy" : "nobody_defies", { states: joinAnd(defying) }),
        say(now.answered ? "answered" : "unanswered"),
      ];
    };

    /** What the challenge brought, which only the challenger knows. */
    const success = (now, before) =>
      role === "challenger" && now.success_open
        ? [
            say(now.succeeded ? "succeeds" : "fails", {
              action: data.lists.actions[now.action],
              gains: explorer.story.gains(now, before, say),
            }),
          ]
        : [];

    const aftermath = (now) => [
      ...(now.retaliates ? [say("retaliates")] : []),
      ...(now.retaliates && now.blamed ? [say("blamed")] : []),
      ...(now.truce_broken && !now.war ? [say("truce_broken")] : []),
    ];

    return (now, before, asked = null) =>
      before
        ? [
            ...events(now),
            ...moves(now),
            ...(before.backstop === now.backstop
              ? []
              : [say("backstop", { level: backstopLevel(data, now.backstop) })]),
            ...(now.threatens ? [say("threatens")] : []),
            ...talks(now),
            ...challenge(now, asked),
            ...success(now, before),
            ...aftermath(now),
          ]
        : [];
  };

  return { teller };
})();
