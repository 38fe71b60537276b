/**
 * Months of a told run as sentences: templates of the model's words, filled with its figures.
 */
explorer.story = (() => {
  const { fill, joinAnd, number, percent, plural } = explorer.text;

  /** A probability: in whole per cent, near 0 and 1 with one decimal. */
  const chance = (value) =>
    percent(value, value === 0 || value === 1 || (value >= 0.1 && value <= 0.9) ? 0 : 1);

  /** A quantity with two digits after the point at most. */
  const level = (value) => number(Number(value.toFixed(2)));

  /** A level of the backstop as a word and a number: `strong (0.6)`. */
  const backstopLevel = (data, value) => {
    const word = value
      ? data.telling.backstop_levels.find(([bound]) => value >= bound)[1]
      : "none";
    return `${word} (${number(value)})`;
  };

  /** What a success brought the challenger; `say` fills a template. */
  const gains = (now, before, say) => {
    const found = ["position", "relieved"]
      .filter((name) => now[name] > before[name])
      .map((name) => say(name, { share: chance(now[name]) }));
    return found.length ? `: ${joinAnd(found)}` : "";
  };

  /** The words that sentences need: names of the cast of a scenario. */
  const names = (data, preset) => {
    const cast = { ...data, ...(data.presets.find(({ name }) => name === preset) ?? {}) };
    const inRole = (role) => cast.states.find((state) => state.role === role)?.label ?? "";
    return { ...cast, challenger: inRole("challenger"), protege: inRole("protege") };
  };

  /**
   * A teller for one scenario: a function from a month, and the month before, to its sentences.
   * @returns {(now: object, before: object | null, full?: boolean) => string[]} without `full` no
   * moves by choice
   */
  const teller = (data, cast, causeWords) => {
    const { sentences, causes } = data.telling;
    const say = (name, values = {}) =>
      fill(sentences[name], { challenger: cast.challenger, protege: cast.protege, ...values });
    const indices = (list, test) =>
      list.map((value, k) => (test(value, k) ? k : -1)).filter((k) => k >= 0);
    const rungs = data.lists.rungs,
      actions = data.lists.actions;

    const start = (now) => {
      const guarantors = indices(cast.states, ({ role }) => role === "guarantor");
      const ladder = rungs
        .map((rung, k) => [rung, guarantors.filter((i) => now.rung[i] === k).length])
        .filter(([, many]) => many)
        .reverse()
        .map(([rung, many]) => `${many} at ${rung}`);
      const told = [plural(guarantors.length, "guarantor"), joinAnd(ladder)].filter(Boolean).join(": ");
      return [
        say("start", { ladder: told, power: level(now.power), army: level(now.army) }),
        ...lines(now),
      ];
    };

    const events = (now) =>
      indices(now.event_month, (month) => month === now.month && month >= 0).map((k) =>
        say("event", {
          name: cast.events[k]?.label ?? "",
          why: cast.events[k]?.why ? ` (${cast.events[k].why})` : "",
        }),
      );

    const byChoice = (now, i) => !now.withdrew[i] && causeWords[now.cause[i]] === "choice";

    const moves = (now, full) => {
      const moved = indices(
        now.rung,
        (rung, i) => rung !== now.rung_before[i] && (full || !byChoice(now, i)),
      );
      const groups = new Map();
      for (const i of moved) {
        const cause = now.withdrew[i] ? "withdrew" : causeWords[now.cause[i]];
        const text = say("move", {
          state: cast.states[i].label,
          before: rungs[now.rung_before[i]],
          after: rungs[now.rung[i]],
        });
        groups.set(cause, [...(groups.get(cause) ?? []), text]);
      }
      return [...groups].map(([cause, texts]) =>
        say("moves", { cause: causes[cause], moves: texts.join("; ") }),
      );
    };

    const threat = (now) => [
      ...(now.threat_weighed
        ? [
            say(now.threatens ? "threatens" : "silent", {
              chance: chance(now.threat_chance),
              worth: level(now.threat_worth),
              moves: chance(now.threat_moves),
            }),
          ]
        : []),
      ...(now.empty_threat ? [say("empty")] : []),
    ];

    const reply = (accepts) => sentences[accepts ? "accepts" : "refuses"];
    const talks = (now) => {
      if (!now.talks) return [];
      const second = now.challenger_accepts
        ? say("talks_second", {
            reply: reply(now.protege_accepts),
            truce: level(now.protege_truce),
            fighting: level(now.protege_fighting),
          })
        : "";
      return [
        say("talks", {
          power: level(now.promised_power),
          first: reply(now.challenger_accepts),
          second,
          truce: level(now.challenger_truce),
          fighting: level(now.challenger_fighting),
        }),
      ];
    };

    const options = (now) =>
      actions
        .slice(1)
        .map((action, k) => ({ action, k: k + 1 }))
        .filter(({ k }) => Number.isFinite(now.option_worth[k]))
        .map(({ action, k }) =>
          say("option", {
            action,
            worth: level(now.option_worth[k]),
            chance: chance(now.option_chance[k]),
            answer: chance(now.option_answer[k]),
          }),
        )
        .join(", ");

    const challenge = (now, before) => {
      const action = actions[now.action];
      const held = { chance: chance(now.option_chance[0]), options: options(now) };
      if (!now.action) return now.reviewed ? [say("hold", held)] : [];
      const opened = now.ordered
        ? say("opens", { action, options: options(now) })
        : say("accident", { action });
      return [
        opened,
        ...(now.attributed ? [] : [say("unattributed", { action })]),
        ...answers(now),
        ...course(now, before, action),
      ];
    };

    const answers = (now) => {
      if (!now.attributed) return [];
      const armed = indices(now.stand_power, (power) => power > 0);
      if (!armed.length) return [say("unarmed")];
      const votes = [
        ["defy", armed.filter((i) => now.stand_defies[i])],
        ["concede", armed.filter((i) => !now.stand_defies[i])],
      ].filter(([, voters]) => voters.length);
      const vote = (i) =>
        say("vote", { state: cast.states[i].label, chance: chance(now.stand_chance[i]) });
      return [
        ...votes.map(([name, voters]) => say(name, { states: voters.map(vote).join(", ") })),
        say(now.answered ? "answered" : "unanswered", {
          defying: chance(now.defying),
          quorum: chance(now.quorum),
        }),
      ];
    };

    const course = (now, before, action) => [
      ...(now.press_decided
        ? [
            say(now.carried_out ? "presses" : "backs_down", {
              action,
              chance: chance(now.press_chance),
              worth: level(now.press_worth),
              back: level(now.press_back_down),
            }),
          ]
        : []),
      ...(now.pressed ? [say("slip", { chance: chance(now.slip) })] : []),
      ...(now.pressed && !now.war ? [say("no_war")] : []),
      ...(now.success_open
        ? [
            say(now.succeeded ? "succeeds" : "fails", {
              action,
              chance: chance(now.success_chance),
              gains: gains(now, before, say),
            }),
          ]
        : []),
      ...(now.war
        ? [say("war", { war: data.lists.wars[now.war], trigger: data.lists.triggers[now.trigger] })]
        : []),
    ];

    const aftermath = (now, before) => [
      ...(now.retaliation_open
        ? [
            say(now.retaliates ? "retaliates" : "complains", {
              chance: chance(now.retaliation_chance),
              worth: level(now.retaliation_worth),
              blamed: now.blamed ? sentences.blamed : "",
            }),
          ]
        : []),
      ...(now.truce_broken ? [say("truce_broken", { chance: chance(now.breaking_chance) })] : []),
      ...(before && now.ceasefire > before.ceasefire ? [say("truce")] : []),
    ];

    /** Lines of the same name are told together. */
    const lines = (now) => {
      const owners = new Map();
      for (const k of indices(now.line_month, (month) => month === now.month)) {
        const { label, owner } = cast.lines[k];
        owners.set(label, [...(owners.get(label) ?? []), owner]);
      }
      const parts = [...owners].map(([line, states]) =>
        say("line", { line, states: joinAnd(states) }),
      );
      return parts.length ? [say("lines", { lines: parts.join("; ") })] : [];
    };

    return (now, before, full = true) => {
      if (!before) return start(now);
      const backstop =
        before.backstop !== now.backstop
          ? [
              say("backstop", {
                before: backstopLevel(data, before.backstop),
                after: backstopLevel(data, now.backstop),
              }),
            ]
          : [];
      const told = [
        ...events(now),
        ...moves(now, full),
        ...backstop,
        ...threat(now),
        ...talks(now),
        ...challenge(now, before),
        ...aftermath(now, before),
        ...lines(now),
      ];
      const close = now.action
        ? [say("levels", { power: level(now.power), tension: level(now.tension) })]
        : [];
      return [...told, ...close];
    };
  };

  return { teller, names, gains, chance, level, backstopLevel };
})();
