"""Scenario files that are wrong in one way each: what is said of them, and on which line."""

from __future__ import annotations

from typing import NamedTuple

CAST = """\
scenario: wrong
states:
  russia: {role: challenger, capability: 1}
  ukraine: {role: protege, capability: 0.4}
  poland: {capability: 0.3, pledge: ground}
"""
AFTER = CAST.count("\n") + 1


class Wrong(NamedTuple):
    """One wrong file; ``remedy`` and ``message`` are parts of what is said."""

    name: str
    text: str
    line: int
    message: str
    remedy: str


def of(name: str, more: str, message: str, remedy: str, line: int = 0) -> Wrong:
    """A wrong file: the cast and ``more``; ``line`` counts from the first line of ``more``."""
    return Wrong(name, CAST + more, AFTER + line, message, remedy)


def state(name: str, says: str, message: str, remedy: str) -> Wrong:
    """A wrong file in which one more guarantor says something."""
    text = f"{CAST}  france: {{capability: 0.2, {says}}}\n"
    return Wrong(name, text, AFTER, message, remedy)


def event(name: str, says: str, message: str, remedy: str) -> Wrong:
    """A wrong file with one event."""
    return of(name, f"events:\n  - {says}\n", message, remedy, line=1)


def line(name: str, who: str, says: str, message: str, remedy: str) -> Wrong:
    """A wrong file in which a state draws a red line."""
    text = CAST.replace(f"{who}: {{", f"{who}: {{red_lines: {{red: {{{says}}}}}, ")
    return Wrong(name, text, 3 + ["russia", "ukraine", "poland"].index(who), message, remedy)


UNREADABLE = [
    Wrong("empty file", "", 1, "the file is empty", "scenario: NAME"),
    Wrong("only a comment", "# nothing\n", 1, "the file is empty", "scenario: NAME"),
    Wrong("only a document mark", "---\n", 1, "the file is empty", "scenario: NAME"),
    Wrong("a list", "- a\n- b\n", 1, "a list where a mapping", "scenario: NAME"),
    Wrong("a word", "hello\n", 1, "'hello' where a mapping", "scenario: NAME"),
    Wrong("a tab", "scenario: wrong\nsetting:\n\tclarity: 0.5\n", 3, "a tab", "spaces"),
    Wrong("two documents", "scenario: a\n---\nscenario: b\n", 2, "second document", "one scenario"),
    Wrong(
        "an open bracket",
        "scenario: wrong\nsetting: {clarity: 0.5\n",
        3,
        "not readable",
        "brackets",
    ),
    Wrong("a bad indent", "scenario: wrong\n   months: 3\n", 2, "not readable", "indentation"),
    Wrong("an open quote", "scenario: 'wrong\n", 2, "not readable", "quotes"),
    Wrong("an unprintable character", "scenario: wrong\ntitle: a\x07b\n", 2, "U+0007", "remove it"),
    Wrong(
        "too deep", "scenario: wrong\ninfo: " + "[" * 30 + "]" * 30 + "\n", 2, "levels deep", "deep"
    ),
    Wrong(
        "an unknown alias",
        "scenario: wrong\ntitle: *here\n",
        2,
        "alias of nothing",
        "write the value",
    ),
    Wrong(
        "an alias of itself", "scenario: wrong\ninfo: &a [*a]\n", 2, "alias of nothing", "write the"
    ),
    Wrong(
        "too many aliases",
        "scenario: &a wrong\ninfo: [" + "*a," * 101 + "]\n",
        2,
        "100 aliases",
        "group",
    ),
    Wrong(
        "a billion laughs",
        "scenario: wrong\na: &a [x,x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{b}: &{b} [" + f"*{a}," * 9 + "]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
        ),
        7,
        "more than 100000 values",
        "so large",
    ),
]

YAML_HABITS = [
    of("a tag", "months: !!int 12\n", "a tag", "without a tag"),
    of("a merge key", "setting:\n  <<: {clarity: 0.5}\n", "merge key", "extends", line=1),
    of("a duplicate key", "months: 3\nmonths: 4\n", "duplicate key 'months'", "line 6", line=1),
    of("a duplicate below", "setting: {clarity: 0.5, clarity: 0.6}\n", "duplicate key", "keep one"),
    of("a list as a key", "setting:\n  ? [a]\n  : 1\n", "a list as a key", "single word", line=1),
    of("a mapping as a key", "setting: {{a: 1}: 1}\n", "a mapping as a key", "single word"),
    of(
        "yes for true",
        "setting: {ceasefire: yes}\n",
        "'yes' is neither true nor false",
        "write true",
    ),
    of("off for false", "setting: {ceasefire: off}\n", "'off' is neither", "write false"),
    of("1 for true", "setting: {ceasefire: 1}\n", "1 is neither", "true or false"),
    of(
        "a quoted number",
        "setting: {clarity: '0.5'}\n",
        "'0.5' is not a number",
        "without quotes: 0.5",
    ),
    of(
        "a quoted flag",
        'setting: {ceasefire: "true"}\n',
        "'true' is neither",
        "without quotes: true",
    ),
    of(
        "not a number",
        "setting: {clarity: .nan}\n",
        ".nan is not a finite number",
        "a share from 0 to 1",
    ),
    of("infinity", "constants: {precision: .inf}\n", ".inf is not a finite", "from 0 to 1000000"),
    of("overflow", "constants: {precision: 1e999}\n", "1e999 is not a finite", "from 0 to"),
    of("a huge whole number", f"seed: {'9' * 60}\n", "is above", "a whole number"),
]

HEADS = [
    Wrong(
        "no name", "months: 3\n" + CAST.split("\n", 1)[1], 1, "has no name", "add 'scenario: NAME'"
    ),
    Wrong(
        "a bad name", CAST.replace("wrong", "Wrong-1"), 1, "not a name for a scenario", "lower-case"
    ),
    Wrong("a list as a name", CAST.replace("wrong", "[a]"), 1, "not a name", "lower-case"),
    of(
        "an unknown block",
        "seting: {clarity: 0.5}\n",
        "unknown key 'seting'",
        "did you mean 'setting'?",
    ),
    of("a word for months", "months: many\n", "months: 'many' is not a number", "from 1 to 600"),
    of("half a month", "months: 2.5\n", "months: 2.5 is not a whole number", "from 1 to 600"),
    of("no months", "months: 0\n", "months: 0 is below 1", "a whole number of months"),
    of("too many months", "months: 601\n", "months: 601 is above 600", "from 1 to 600"),
    of("no runs", "runs: 0\n", "runs: 0 is below 1", "a whole number of runs"),
    of("a negative seed", "seed: -1\n", "seed: -1 is below 0", "a whole number"),
    of("a drawn seed", "seed: {uniform: [1, 2]}\n", "seed: not to be drawn", "a whole number"),
    of("months as a list", "months: [12]\n", "a list where a value", "from 1 to 600"),
    of("months empty", "months:\n", "months: nothing is written", "from 1 to 600"),
    of("an empty title", "title:\n", "title: nothing is written", "write a sentence"),
    of("a title of keys", "title: {a: b}\n", "title: a mapping where text", "write a sentence"),
    of("extends nothing", "extends:\n", "extends: nothing", "name one scenario"),
    of("extends a list", "extends: [a, b]\n", "extends: a list", "name one scenario"),
    of(
        "an unknown parent",
        "extends: rooster\n",
        "no scenario named 'rooster'",
        "did you mean 'roster'?",
    ),
    of("an unknown file", "extends: ./nowhere.yaml\n", "no scenario named", "one of"),
]

VALUES = [
    of("too clear", "setting: {clarity: 1.4}\n", "clarity: 1.4 is above 1", "a share from 0 to 1"),
    of("less than nothing", "setting:\n  consent: -0.1\n", "-0.1 is below 0", "a share", line=1),
    of(
        "a word for a share",
        "setting: {clarity: high}\n",
        "clarity: 'high' is not a number",
        "a share",
    ),
    of(
        "a flag for a share",
        "setting: {clarity: true}\n",
        "clarity: true is not a number",
        "a share",
    ),
    of("per cent", "setting: {clarity: 60%}\n", "'60%' is not a number", "write a share: 0.6"),
    of("a list for a share", "setting: {clarity: [0.1, 0.2]}\n", "a list where a value", "a share"),
    of(
        "nothing for a share",
        "setting: {clarity: }\n",
        "clarity: nothing is written",
        "a share",
    ),
    of("an unknown setting", "setting: {clarty: 0.5}\n", "'clarty' in setting", "'clarity'?"),
    of("a setting in a list", "setting: [clarity]\n", "setting is a list", "write keys and values"),
    of(
        "an empty setting",
        "setting:\nmonths: 3\n",
        "setting is empty",
        "write keys and values",
    ),
    of(
        "an unknown constant",
        "constants: {precison: 5}\n",
        "'precison' in constants",
        "'precision'?",
    ),
    of("an unknown ladder", "ladders: {particpation: {}}\n", "in ladders", "'participation'?"),
    of("an unknown rung", "ladders: {participation: {land: {}}}\n", "unknown key 'land'", "one of"),
    of("an unknown action", "ladders: {challenge: {hold: {}}}\n", "unknown key 'hold'", "one of"),
    of(
        "an unknown column",
        "ladders: {challenge: {probe: {gian: 1}}}\n",
        "unknown key 'gian' in ladders.challenge.probe",
        "did you mean 'gain'?",
    ),
    of(
        "a column out of range",
        "ladders:\n  challenge:\n    strike: {violence: 9}\n",
        "violence: 9 is above 5",
        "in utility, from 0 to 5",
        line=2,
    ),
]


def clarity(name: str, law: str, message: str, remedy: str) -> Wrong:
    """A wrong file in which a setting follows a wrong law."""
    return of(name, f"setting: {{clarity: {law}}}\n", message, remedy)


LAWS = [
    clarity("an empty law", "{}", "clarity: no value", "add 'fixed: …'"),
    clarity("a reason without a value", "{why: so}", "clarity: no value", "add 'fixed: …'"),
    clarity("an unknown law", "{normal: [0, 1]}", "unknown key 'normal'", "did you mean"),
    clarity("two laws", "{fixed: 0.5, uniform: [0, 1]}", "more than one law", "keep one"),
    clarity("a uniform of one", "{uniform: [0.5]}", "uniform takes a list of 2", "[low, high]"),
    clarity("a uniform of no list", "{uniform: 0.5}", "uniform takes a list", "[low, high]"),
    clarity("a uniform reversed", "{uniform: [0.7, 0.3]}", "does not ascend", "[low, high]"),
    clarity("a uniform too wide", "{uniform: [0.7, 1.3]}", "1.3 is above 1", "a share"),
    clarity("a uniform of words", "{uniform: [low, high]}", "'low' is not a number", "a share"),
    clarity("a triangle of two", "{triangular: [0, 1]}", "a list of 3", "[low, mode, high]"),
    clarity("a mode outside", "{triangular: [0, 1, 0.5]}", "does not ascend", "[low, mode, high]"),
    clarity("a beta at the edge", "{beta: [1, 12]}", "leaves it no room", "use a number"),
    clarity("a beta too spread", "{beta: [0.5, 0]}", "a concentration of 0", "from 0.1"),
    clarity("a beta of one", "{beta: 0.5}", "beta takes a list of 2", "[mean, concentration]"),
    clarity("a normal of sd 0", "{truncated_normal: [0.5, 0]}", "an sd of 0", "[mean, sd]"),
    clarity("a normal outside", "{truncated_normal: [2, 1]}", "2 is above 1", "a share"),
    clarity("a choice of one word", "{choice: 0.5}", "a choice among 0.5", "[a, b]"),
    clarity("a choice of nothing", "{choice: []}", "a choice among a list", "[a, b]"),
    clarity("a choice twice", "{choice: [0.5, 0.5]}", "names a value twice", "weight"),
    clarity("a choice outside", "{choice: [0.5, 5]}", "5 is above 1", "a share"),
    clarity("a weight of a word", "{choice: {0.5: much}}", "'much' is not a number", "weight"),
    clarity("no weight at all", "{choice: {0.5: 0, 0.6: 0}}", "cannot be shared", "above 0"),
    clarity("a negative weight", "{choice: {0.5: -1, 0.6: 2}}", "cannot be shared", "from 0"),
    clarity("a shift too far", "{shift: 2}", "wider than the range", "from -1 to 1"),
    clarity("a shift of a word", "{shift: up}", "'up' is not a number", "an amount"),
    clarity("a source of keys", "{fixed: 0.5, source: {a: b}}", "source: a mapping", "sentence"),
    clarity("no source", "{fixed: 0.5, source: }", "source: nothing is written", "leave it out"),
    clarity("no reason", "{fixed: 0.5, why: }", "why: nothing is written", "leave it out"),
    clarity("sources of nothing", "{fixed: 0.5, source: []}", "source: a list", "[first, second]"),
    of(
        "a drawn flag", "setting: {ceasefire: {uniform: [0, 1]}}\n", "no uniform", "fixed or choice"
    ),
    of("a shifted flag", "setting: {ceasefire: {shift: 1}}\n", "no shift", "fixed or choice"),
    of(
        "a drawn constant",
        "constants: {concentration: {uniform: [1, 2]}}\n",
        "not to be drawn",
        "from 0.1",
    ),
]

STATES = [
    state("an unknown key", "reslove: 0.5", "unknown key 'reslove' in states.france", "'resolve'?"),
    state(
        "an unknown word", "pledge: grund", "pledge: 'grund' is not one", "did you mean 'ground'?"
    ),
    state("a number for a word", "pledge: 5", "pledge: 5 is not one", "one of none, political"),
    state("a drawn role", "role: {choice: [partner, guarantor]}", "not to be drawn", "one of"),
    state("an unknown role", "role: ally", "role: 'ally' is not one", "one of challenger"),
    state("a drawn word out of list", "pledge: {choice: {land: 1}}", "'land' is not one", "one of"),
    state(
        "a start above the pledge", "start: ground, pledge: political", "starts at ground", "raise"
    ),
    state(
        "a start above no pledge", "start: political", "above its pledge, none", "lower the start"
    ),
    state(
        "an ambitious guarantor",
        "ambition: 0.5",
        "ambition is for a challenger",
        "role: challenger",
    ),
    state("a fearful guarantor", "fear: 0.5", "fear is for a challenger", "leave it out"),
    state("a relieving guarantor", "sanctions_relief: 0.5", "is for a partner", "role: partner"),
    state("a pledging partner", "role: partner, pledge: ground", "is for a guarantor", "leave it"),
    state(
        "a partner with terms", "role: partner, requires: {consent: 1}", "requires.consent", "leave"
    ),
    state("a second challenger", "role: challenger", "second challenger", "another role"),
    state("a second protégé", "role: protege", "second protégé", "another role"),
    state("an unknown condition", "requires: {concent: 1}", "'concent'", "did you mean 'consent'?"),
    state("conditions in a list", "requires: [ceasefire]", "requires is a list", "keys and values"),
    state(
        "a condition on no one", "requires: {others: -1}", "-1 is below 0", "states from 0 to 128"
    ),
    state(
        "half a state", "requires: {others: 1.5}", "1.5 is not a whole", "a whole number of states"
    ),
    state("red lines in a list", "red_lines: [a]", "red_lines is a list", "name of a red line"),
    state(
        "a red line's bad name", "red_lines: {Red: {}}", "not a name for a red line", "lower-case"
    ),
    state("a red line of a word", "red_lines: {red: deep}", "is 'deep', not a mapping", "keys and"),
    of("a state taken out", "  italy:\n", "states.italy is empty", "set 'pledge: none'"),
    of("a state that is null", "  italy: null\n", "states.italy is empty", "set 'pledge: none'"),
    of("a state of a word", "  italy: ready\n", "is 'ready', not a mapping", "keys and values"),
    of("a state's bad name", "  New Zealand: {}\n", "not a name for a state", "lower-case"),
    of("a slip in a name", "  polnad: {resolve: 0.5}\n", "new state, 'polnad'", "mean 'poland'?"),
    Wrong("states in a list", "scenario: wrong\nstates: [a]\n", 2, "states is a list", "a state"),
    Wrong("no states", "scenario: wrong\n", 1, "no state is the challenger", "role: challenger"),
    Wrong(
        "no protégé", CAST.replace("protege", "partner"), 1, "no state is the protégé", "protege"
    ),
    Wrong(
        "a slip in a role",
        CAST.replace("protege", "protegee"),
        4,
        "'protegee' is not",
        "'protege'?",
    ),
    Wrong(
        "too many states",
        CAST + "".join(f"  s{n}: {{capability: 0}}\n" for n in range(126)),
        1,
        "129 states",
        "at most 128",
    ),
]

RED_LINES = [
    line("a guarantor provoked", "poland", "watches: footprint", "effect provokes", "commits or"),
    line("a protégé's line", "ukraine", "effect: commits", "draws no red lines", "leave it out"),
    line("a challenger committed", "russia", "effect: commits", "effect commits", "provokes or"),
    line(
        "provoked by a strike",
        "russia",
        "watches: offensive",
        "cannot watch offensive",
        "footprint or",
    ),
    line(
        "restrained by arms",
        "poland",
        "effect: restrains, watches: long_range_arms",
        "cannot watch",
        "or direct",
    ),
    line(
        "committed to a sight",
        "poland",
        "effect: commits",
        "cannot watch footprint",
        "strike_on_force or",
    ),
    line(
        "an unknown sight", "russia", "watches: foot_print", "not one of its words", "'footprint'?"
    ),
    line("an unknown key", "russia", "sevrity: 1", "unknown key 'sevrity'", "'severity'?"),
    line(
        "a drawn effect",
        "russia",
        "effect: {choice: [provokes, commits]}",
        "not to be drawn",
        "one of",
    ),
    line(
        "reversed",
        "russia",
        "threshold: 2, reach: 1",
        "threshold, 2, is not below",
        "raise the reach",
    ),
    line(
        "reversed in the mean",
        "russia",
        "threshold: {uniform: [1, 3]}, reach: 2",
        "not below",
        "lower",
    ),
    line("no flag", "russia", "backed: perhaps", "neither true nor false", "true or false"),
    Wrong(
        "too many red lines",
        CAST.replace(
            "capability: 1}",
            "capability: 1, red_lines: {" + ", ".join(f"r{n}: {{}}" for n in range(257)) + "}}",
        ),
        1,
        "257 red lines",
        "at most 256",
    ),
]

GROUPS = [
    of(
        "no members",
        "groups: {baltic: {resolve: 0.5}}\n",
        "'baltic' has no members",
        "members: [...]",
    ),
    of(
        "members of a word",
        "groups: {baltic: {members: estonia}}\n",
        "members: 'estonia'",
        "write [",
    ),
    of("members of nothing", "groups: {baltic: {members: []}}\n", "members: a list", "write ["),
    of(
        "a member's bad name",
        "groups: {baltic: {members: [Estonia]}}\n",
        "not a name",
        "lower-case",
    ),
    of(
        "an unknown key",
        "groups: {all: {members: [poland], reslove: 1}}\n",
        "in groups.all",
        "'resolve'?",
    ),
    of(
        "a bad value",
        "groups:\n  all: {members: [poland], resolve: 2}\n",
        "2 is above 1",
        "a share",
        line=1,
    ),
    of("groups in a list", "groups: [a]\n", "groups is a list", "the name of a group"),
    of("a group of a word", "groups: {a: b}\n", "groups.a is 'b'", "keys and values"),
    of(
        "a group's bad name",
        "groups: {A-1: {members: [poland]}}\n",
        "name for a group",
        "lower-case",
    ),
    of(
        "a role's value",
        "groups: {all: {members: [poland, russia], candour: 1}}\n",
        "candour is for",
        "leave",
    ),
    of(
        "two groups at odds",
        "groups:\n  a: {members: [poland], resolve: 0.1}\n  b: {members: [poland], resolve: 0.2}\n",
        "poland gets resolve from two groups",
        "under states.poland",
        line=2,
    ),
    of(
        "a slip of a member", "groups: {all: {members: [polland]}}\n", "'polland'", "mean 'poland'?"
    ),
]

EVENTS = [
    of("events in a mapping", "events: {month: 3}\n", "events is a mapping", "write '- {month"),
    event("a word", "soon", "an event is 'soon'", "write {month"),
    event("no date", "{set: {setting.consent: 1}}", "neither a month nor a when", "month: 12"),
    event(
        "two dates",
        "{month: 1, when: first strike, set: {setting.consent: 1}}",
        "both",
        "month >= 12",
    ),
    event("an unknown key", "{mont: 3, month: 3, set: {setting.consent: 1}}", "'mont'", "'month'?"),
    event(
        "a month too late",
        "{month: 601, set: {setting.consent: 1}}",
        "601 is above",
        "from 0 to 600",
    ),
    event(
        "half a month", "{month: 1.5, set: {setting.consent: 1}}", "not a whole number", "months"
    ),
    event(
        "no occasion",
        "{when: whenever, set: {setting.consent: 1}}",
        "is no occasion",
        "first strike",
    ),
    event(
        "an odd rung",
        "{when: 3 states at sea, set: {setting.consent: 1}}",
        "no occasion",
        "at ground",
    ),
    event(
        "no rung", "{when: 3 states at none, set: {setting.consent: 1}}", "no occasion", "at ground"
    ),
    event(
        "no states", "{when: 0 states at ground, set: {setting.consent: 1}}", "from 1 to", "ground"
    ),
    event(
        "a month alone", "{when: month >= 3, set: {setting.consent: 1}}", "no occasion", "and first"
    ),
    event(
        "month 999",
        "{when: month >= 999 and first probe, set: {setting.consent: 1}}",
        "beyond 600",
        "one",
    ),
    event(
        "a large force",
        "{when: force below 1000, set: {setting.consent: 1}}",
        "from 0 to 100",
        "one of",
    ),
    event(
        "when of a list",
        "{when: [first strike], set: {setting.consent: 1}}",
        "a list is no",
        "one of",
    ),
    event("nothing set", "{month: 3}", "sets nothing", "add 'set:"),
    event("an empty set", "{month: 3, set: {}}", "sets nothing", "add 'set:"),
    event("a set in a list", "{month: 3, set: [a]}", "sets nothing", "add 'set:"),
    event("an unknown setting", "{month: 3, set: {setting.conset: 1}}", "'conset'", "'consent'?"),
    event("a bare name", "{month: 3, set: {consent: 1}}", "'consent'", "'setting.consent'?"),
    event("a block", "{month: 3, set: {setting: 1}}", "is a block", "go on with"),
    event(
        "an unknown state", "{month: 3, set: {states.polland.resolve: 1}}", "'polland'", "'poland'?"
    ),
    event(
        "an unknown group",
        "{month: 3, set: {groups.all.resolve: 1}}",
        "'all' in groups",
        "leave it",
    ),
    event(
        "an unknown line",
        "{month: 3, set: {states.russia.red_lines.x.severity: 1}}",
        "'x'",
        "leave it",
    ),
    event(
        "an unknown value", "{month: 3, set: {states.poland.reslove: 1}}", "'reslove'", "'resolve'?"
    ),
    event("a bad value", "{month: 3, set: {setting.consent: 2}}", "2 is above 1", "a share"),
    event(
        "a shift",
        "{month: 3, set: {setting.consent: {shift: 0.1}}}",
        "nothing to start",
        "new value",
    ),
    event("a role", "{month: 3, set: {states.poland.role: partner}}", "read once", "leave it out"),
    event("a start", "{month: 3, set: {states.poland.start: none}}", "read once", "set pledge"),
    event(
        "a constant",
        "{month: 3, set: {constants.lead: 2}}",
        "cannot set constants.lead",
        "setting.…",
    ),
    event("months", "{month: 3, set: {months: 2}}", "cannot set months", "setting.…"),
    event(
        "a pledge of Moscow",
        "{month: 3, set: {states.russia.pledge: none}}",
        "is for a guarantor",
        "leave",
    ),
    event(
        "no reason", "{month: 3, set: {setting.consent: 1}, why: }", "why: nothing", "leave it out"
    ),
    of(
        "too many events",
        "events:\n" + "  - {month: 3, set: {setting.consent: 1}}\n" * 65,
        "65 events",
        "at most 64",
    )._replace(line=1),
]

INFO = [
    of("info of a word", "info: words\n", "info is 'words'", "keys: what_is_it"),
    of("an unknown part", "info: {what_it_is: a}\n", "'what_it_is' in info", "'what_is_it'?"),
    of("an empty part", "info:\n  debrief:\n", "debrief: nothing", "write a sentence", line=1),
    of("a part of keys", "info: {debrief: {a: b}}\n", "debrief: a mapping", "write a sentence"),
    of(
        "sources of a word",
        "info: {sources: all}\n",
        "sources: 'all' where a list",
        "[first, second]",
    ),
    of("a list of keys", "info: {debrief: [{a: b}]}\n", "debrief: a mapping", "write a sentence"),
]

WRONG_FILES = [
    *UNREADABLE,
    *YAML_HABITS,
    *HEADS,
    *VALUES,
    *LAWS,
    *STATES,
    *RED_LINES,
    *GROUPS,
    *EVENTS,
    *INFO,
]
