"""A closer look at a scenario than its shares: runs told, red lines, and what it all hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.analysis.sensitivity.one_at_a_time import (
    SIZE,
    WeightEffect,
    largest_effects,
    weight_effect,
    weight_effects,
)
from sim.enums import Effect, Watch
from sim.errors import UsageError
from sim.experiments.factors import WEIGHTS
from sim.figures.sheet import Sheet
from sim.report.panels import commoner
from sim.report.trace import ToldRun, told_run
from sim.scenario.paths import parameter_at
from sim.text import (
    capitalise,
    format_change,
    format_share_ci,
    format_upper,
    join_and,
    plural,
    state_name,
)
from sim.trace.narrative_crisis import WATCHED
from sim.trace.replay import replayer
from sim.trace.select import Selection, select_run
from sim.trace.text import chance_phrase

if TYPE_CHECKING:
    from sim.analysis.sensitivity.one_at_a_time import WeightEffect
    from sim.results import Crossed, Results
    from sim.scenario.scenario import Scenario
    from sim.statistics import Estimate


# Enough to tell a weight that matters; eighteen times as many runs are played, but fewer where
# they are long.
MOST_WEIGHED = 500
MOST_MONTHS = 120_000
SHOWN = 3
HALF = 0.5
KINDS = {
    Selection.TYPICAL: "A typical run",
    Selection.NEAR_MISS: "A near miss",
    Selection.WORST: "The worst run",
}
DOES = {
    Effect.PROVOKES: "a reason to act",
    Effect.COMMITS: "conceding past it costs",
    Effect.RESTRAINS: "acting past it costs",
}


@dataclass(frozen=True)
class Closer:
    """What a closer look at ``results`` found, over ``weighed_runs`` each way of a weight."""

    results: Results
    weighed_runs: int
    answer: Conclusion
    told: list[ToldRun]
    weights: list[WeightEffect]

    @property
    def lines(self) -> dict[tuple[str, str], Crossed]:
        """How often each red line is crossed."""
        return self.results.red_lines

    @property
    def lines_found(self) -> str:
        """How many of the red lines are crossed more often than not."""
        often = sum(crossed.ever.value > HALF for crossed in self.lines.values())
        return f"{often} of {plural(len(self.lines), 'red line')} crossed in most of the runs"

    @property
    def crossings(self) -> Sheet:
        """How often each red line is crossed."""
        return Sheet(
            ("whose", "red line on", "what crossing it does", "from the start", "at some time"),
            tuple(_line_row(self.results.scenario, *found) for found in self.lines.items()),
        )

    @property
    def runs_found(self) -> str:
        """How the runs told ended."""
        ends = [f"{run.kind.lower()} ends in {run.outcome.label}" for run in self.told]
        return capitalise(join_and(ends))

    @property
    def finding(self) -> str:
        """Which assumed weight matters most, if any clearly does, and which may matter as much."""
        names = [_label(weight) for weight in largest_effects(self.weights)]
        if not names:
            return "No assumed weight that was tried clearly matters"
        others = f"; {join_and(names[1:])} cannot be told from it" if names[1:] else ""
        return f"Most hangs on {names[0]}{others}"

    @property
    def weightiest(self) -> list[str]:
        """The few that clearly matter and move war most in these runs, a sentence each."""
        clear = [weight for weight in self.weights if weight.excludes_zero]
        return [_sentence(weight) for weight in clear[:SHOWN]]

    @property
    def weighed(self) -> Sheet:
        """Every assumed weight that was tried."""
        return Sheet(
            ("weight", "what it is", "moved from", "to", "change in the share of runs in war"),
            tuple(map(_weight_row, self.weights)),
        )


def follow_up(results: Results) -> Closer:
    """Look at ``results`` more closely: tell some of the first runs, and play some under other
    weights, fewer where they are long."""
    scenario, seed = results.scenario, results.seed
    weighed = min(results.runs, MOST_WEIGHED, MOST_MONTHS // scenario.months)
    size, weights = (
        weight_effect(scenario, SIZE, weighed, seed),
        weight_effects(scenario, WEIGHTS, weighed, seed),
    )
    weights.sort(key=lambda weight: -abs(weight.war.value))
    return Closer(
        results=results,
        weighed_runs=weighed,
        answer=conclude(results, size, weights),
        told=list(_told(results)),
        weights=weights,
    )


def _told(results: Results) -> Iterator[ToldRun]:
    """The runs there are to tell among the first, each with why it was picked."""
    records = results.first
    again = replayer(results.scenario, results.seed)
    for like, kind in KINDS.items():
        try:
            number = select_run(like, records)
        except UsageError:
            continue
        yield told_run(
            again(number), like, kind, _because(like, float(records["risk"][number]), len(records))
        )


def _because(like: Selection, risk: float, runs: int) -> str:
    among = f"among {plural(runs, 'model run')}"
    if like is Selection.NEAR_MISS and not risk:
        return f"No war, and no crisis that anyone pressed: the tensest such run {among}."
    if like is Selection.NEAR_MISS:
        return (
            f"No war, although its pressed crises amounted to {chance_phrase(risk)} of one: the "
            f"greatest risk {among}."
        )
    if like is Selection.WORST:
        return f"Of the gravest wars {among}, the one with most casualties on the way (an index)."
    return f"Of those with the commonest ending {among}, the nearest to the middle."


def _line_row(scenario: Scenario, name: tuple[str, str], each: Crossed) -> tuple[str, ...]:
    state, line = name
    path = f"states.{state}.red_lines.{line}"
    watches, effect = (int(scenario[f"{path}.{word}"].mean) for word in ("watches", "effect"))
    seen, does = WATCHED[Watch(watches)], DOES[Effect(effect)]
    return state_name(state), seen, does, format_share_ci(each.at_start), format_share_ci(each.ever)


def _weight_row(weight: WeightEffect) -> tuple[str, ...]:
    return _label(weight), _meaning(weight), *_ends(weight), interval(weight.war)


def _sentence(weight: WeightEffect) -> str:
    low, high = _ends(weight)
    return (
        f"{capitalise(_label(weight))} ({_meaning(weight)}): from {low} to {high} it changes the "
        f"share of runs in war by {interval(weight.war)}."
    )


def _label(weight: WeightEffect) -> str:
    return weight.path.rpartition(".")[2].replace("_", " ")


def _meaning(weight: WeightEffect) -> str:
    return parameter_at(weight.path).meaning


def _ends(weight: WeightEffect) -> tuple[str, str]:
    return f"{weight.low:.3g}", f"{weight.high:.3g}"


DANGERS = {"failure": "failed deterrence", "escalation": "escalation"}


@dataclass(frozen=True)
class Conclusion:
    """A verdict, and the three sentences behind it."""

    verdict: str
    sentences: tuple[str, str, str]


def conclude(results: Results, size: WeightEffect, weights: Sequence[WeightEffect]) -> Conclusion:
    """The answer that ``results`` allow, with what moving the force's ``size`` and the assumed
    ``weights`` does to war (the weightiest first)."""
    verdict, side = _side(results)
    return Conclusion(verdict, (side, _push(size), _hangs(weights)))


def _side(results: Results) -> tuple[str, str]:
    """Which of the two dangers is the greater, if either is."""
    shares = {name: results.measures[name] for name in DANGERS}
    within = f"Within {plural(results.scenario.months, 'month')}"
    told = (
        f"{format_share_ci(shares['failure'])} of runs end in an attack that was chosen and "
        f"{format_share_ci(shares['escalation'])} in a war that grew"
    )
    if results.measures["war"].value == 0:
        could = format_upper(results.measures["war"])
        return "No war here, by either road", f"{within} no run ends in war, though {could} could."
    (more, high), (_, low) = sorted(shares.items(), key=lambda item: -item[1].value)
    if commoner(high, low, results.runs):
        verdict = f"The greater danger here is {DANGERS[more]}"
        return verdict, f"{within} {told}: {DANGERS[more]} is the greater danger."
    verdict = "Neither danger clearly outweighs the other"
    return verdict, f"{within} {told}: neither clearly outweighs the other."


def _push(size: WeightEffect) -> str:
    """Whether more force would help."""
    if size.high == size.low:
        return "There is no force whose size could be moved."
    if not size.excludes_zero:
        return (
            f"Whether more force or less would be safer cannot be told: {_moved(size)} changes the "
            f"share of runs in war by {interval(size.war)}."
        )
    safer = "less" if size.war.value > 0 else "more"
    return (
        f"From here {safer} force would be safer: {_moved(size)} changes the share of runs in war "
        f"by {interval(size.war)}."
    )


def _moved(size: WeightEffect) -> str:
    return f"a force of {size.high:.3g} times the pledge instead of {size.low:.3g}"


def _hangs(weights: Sequence[WeightEffect]) -> str:
    """The assumed weight that moves war most, if any does."""
    leading = largest_effects(weights)
    tried = plural(len(weights), "assumed weight")
    if not leading:
        return f"None of {tried} tried, moved by a fifth, makes a difference that could be told."
    first, *others = leading
    name, meaning = _weight_name(first), parameter_at(first.path).meaning
    also = f"; {join_and([_weight_name(each) for each in others])} may do as much" if others else ""
    return (
        f"Of {tried} tried, most hangs on {name} ({meaning}): from "
        f"{first.low:.3g} to {first.high:.3g} it changes the share of runs in war by "
        f"{interval(first.war)}{also}."
    )


def _weight_name(weight: WeightEffect) -> str:
    return weight.path.rpartition(".")[2].replace("_", " ")


def interval(difference: Estimate) -> str:
    """A difference of shares in points, with its 95 % interval."""
    return format_change(difference, " percentage points")
