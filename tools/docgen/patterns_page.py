"""``docs/patterns.md``: the record beside the model, and a naive baseline beside both.

``python -m tools.docgen.patterns_page`` prints the page.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from sim.experiments.simulate import simulate
from sim.resources import scenario_names
from sim.results import Results
from sim.scenario.load import load
from sim.statistics import Estimate
from sim.validation.compare_patterns import Guess, guess, parting, position, rank_correlation, span
from sim.validation.contrast import Side, measured
from sim.validation.historical_record import Recorded
from sim.validation.patterns import PATTERNS, Pattern, PatternMeasure, PatternSign, ratio

RUNS, PAIRS = 4000, 10_000
MAIN = "reassurance_force"
COMMAND = "python -m tools.docgen.patterns_page"

HEAD = """# Patterns: the record beside the model

What follows sets figures from the quantitative literature beside the model's own. It is there for
orientation and for modesty. **Nothing in the model was tuned to any of it.** The weights are
invented, agreeing with one figure would not make the model right about the next, and most of the
record is about other things than the model is. Brackets hold 95 % intervals: of the count, for the
record; of the luck of the draw alone, for the model.

The model's figures are over {runs:,} runs of each of the {scenarios} shipped scenarios, the main
one being `{main}`; differences of two settings are over {pairs:,} pairs of runs on the same luck.
This page is generated: `{command}`.
"""

BASELINE = """
## Beside a naive baseline

How much does the model say that one line of arithmetic does not? The baseline asks where everyone
stands, from 0 (the challenger) to 1 (the protégé, and guarantors that pledge soldiers; the others
as far up the ladder as they pledge), and takes the mean, weighted by capability × resolve. It knows
nothing of provocation, clarity, backing or chance. On 351 issues before the European Union such a
mean came nearer to what was decided (off by 23.0 on a scale of 100) than a famous model of
bargaining did (26.8; Thomson et al. 2006), so it belongs here.

There is no record to score either against: none of these scenarios has happened. What can be said
is how far the two tell the same story. Over all scenarios the baseline and the model's share of
runs without war have a rank correlation of **{correlation:.2f}**; they part most over {parted}.
Where they part is where the model adds something, or errs.

| scenario | baseline | model: runs without war |
|---|---|---|
"""


def page(runs: int, pairs: int) -> str:
    """The whole page."""
    names = [MAIN, *(name for name in scenario_names() if name != MAIN)]
    results = [simulate(load(name), runs=runs, keep_records=False) for name in names]
    head = HEAD.format(runs=runs, scenarios=len(names), main=MAIN, pairs=pairs, command=COMMAND)
    sections = (line for pattern in PATTERNS for line in _section(pattern, results, pairs))
    return "\n".join([head, *sections]) + "\n" + _baseline([guess(one) for one in results])


def _section(pattern: Pattern, results: list[Results], pairs: int) -> Iterator[str]:
    yield f"## {pattern.question}\n"
    if pattern.recorded:
        yield "| the record | | source |\n|---|---|---|"
        yield from (f"| {one.what} | {recorded(one)} | {one.source} |" for one in pattern.recorded)
        yield ""
    if pattern.measures:
        yield "| the model | main scenario | lowest | highest |\n|---|---|---|---|"
        yield from (_measured(measure, results) for measure in pattern.measures)
        yield f"\n{_standing(pattern, results)}"
    if pattern.cut:
        yield _cut(*pattern.cut, pairs)
    if pattern.signs:
        yield "| the record | says of | the model, difference | same sign |\n|---|---|---|---|"
        yield from (_sign(sign, pairs) for sign in pattern.signs)
    yield f"\n*Why they may differ.* {' '.join(pattern.why.split())}\n"


def _measured(measure: PatternMeasure, results: list[Results]) -> str:
    found = [(measure.of(one), one.scenario.name) for one in results]
    real = [each for each in found if each[0].value == each[0].value]
    low, high = min(real), max(real)
    ends = (f"{100 * estimate.value:.1f} % (`{name}`)" for estimate, name in (low, high))
    return f"| {measure.what} | {percent(found[0][0])} | {' | '.join(ends)} |"


def _standing(pattern: Pattern, results: list[Results]) -> str:
    """Where the first measure lies: in the main scenario, and in how many of all."""
    first = pattern.measures[0]
    stands = [position(first.of(one), pattern.band) for one in results]
    low, high = (f"{100 * end:.1f}" for end in span(pattern.band))
    counts = ", ".join(f"{stands.count(each)} {each}" for each in sorted(set(stands)))
    return (
        f"*Where they differ.* The record spans {low} to {high} %. In the main scenario the share "
        f"of {first.what} lies {stands[0]}; of all {len(stands)} scenarios, {counts}."
    )


def _cut(here: Side, there: Side, pairs: int) -> str:
    left = ratio(measured(here, "war", pairs), measured(there, "war", pairs))
    fall = Estimate(1.0 - left.value, 1.0 - left.high, 1.0 - left.low)
    return (
        "| the model | |\n|---|---|\n"
        f"| cut in the share of war, `{here.written}` against `{there.written}` | {percent(fall)} |"
    )


def _sign(sign: PatternSign, pairs: int) -> str:
    found = sign.difference(pairs)
    scale, unit = (100, " points") if sign.is_share else (12, " a year")
    value, low, high = (f"{scale * number:+.2f}" for number in found)
    asked = f"{sign.source}: {'more' if sign.more else 'less'} {sign.measure}"
    return f"| {asked} | {sign.says} | {value}{unit} [{low}, {high}] | {same(found, sign.more)} |"


def same(found: Estimate, more: bool) -> str:
    """Whether a difference has the sign that the record gives."""
    if found.low <= 0.0 <= found.high:
        return "cannot be told"
    return "yes" if (found.value > 0.0) == more else "**no**"


def _baseline(guesses: list[Guess]) -> str:
    parted = ", ".join(f"`{name}`" for name in parting(guesses)[:3])
    head = BASELINE.format(correlation=rank_correlation(guesses), parted=parted)
    ordered = sorted(guesses, key=lambda one: -one.naive)
    rows = (f"| `{g.scenario}` | {g.naive:.2f} | {percent(g.model)} |" for g in ordered)
    return head + "\n".join(rows) + "\n"


def percent(estimate: Estimate) -> str:
    """A share with its interval."""
    value, low, high = (f"{100 * number:.1f}" for number in estimate)
    return f"{value} % [{low}, {high}]"


def recorded(one: Recorded) -> str:
    """A figure of the record, with its interval if it has one."""
    if one.unit != "share":
        return f"{one.value:,.0f} {one.unit}"
    if one.low is None or one.high is None:
        return f"{100 * one.value:.1f} %"
    return percent(Estimate(one.value, one.low, one.high))


def main() -> None:
    """Print the page."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs a scenario")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs of runs a difference")
    asked = parser.parse_args()
    print(page(asked.runs, asked.pairs), end="")


if __name__ == "__main__":
    main()
