"""Follow-up of results: narratives of single runs, red lines, effects of weights, conclusion."""

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
from sim.categories import NOUNS
from sim.choices import Selection
from sim.enums import Effect, Watch
from sim.errors import UsageError
from sim.experiments.factors import WEIGHTS
from sim.formatting import (
    capitalise,
    format_change,
    format_share_ci,
    format_upper,
    join_and,
    largest,
    name_in_words,
    name_states,
    plural,
)
from sim.report.trace import RunNarrative, run_narrative
from sim.scenario.paths import parameter_at
from sim.statistics import commoner
from sim.tables import Table
from sim.trace.formatting import chance_phrase
from sim.trace.narrative_crisis import WATCHED
from sim.trace.replay import replayer
from sim.trace.select import select_run

if TYPE_CHECKING:
    from sim.results import Crossed, Results
    from sim.scenario.scenario import Scenario
    from sim.statistics import Estimate


# Runs per weight and end, and the most months of a run times runs: eighteen times as many are
# run in all.
MOST_WEIGHED = 500
MOST_MONTHS = 120_000
SHOWN = 3
HALF = 0.5
# Of more weights with an effect as large as the largest, only the number is given.
MOST_NAMED = 2
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
class FollowUp:
    """Follow-up of ``results``, with ``weighed_runs`` runs at each end of a weight."""

    results: Results
    weighed_runs: int
    conclusion: Conclusion
    narratives: list[RunNarrative]
    weights: list[WeightEffect]

    @property
    def red_lines(self) -> dict[tuple[str, str], Crossed]:
        """How often each red line is crossed."""
        return self.results.red_lines

    @property
    def red_lines_title(self) -> str:
        """The number of red lines crossed in most runs."""
        often = sum(crossed.ever.value > HALF for crossed in self.red_lines.values())
        return f"{often} of {plural(len(self.red_lines), 'red line')} crossed in most of the runs"

    @property
    def crossings(self) -> Table:
        """How often each red line is crossed; states whose rows are equal share one."""
        owners: dict[tuple[str, ...], list[str]] = {}
        for name, crossed in self.red_lines.items():
            row = _line_row(self.results.scenario, name, crossed)
            owners.setdefault(row, []).append(name[0])
        return Table(
            ("state", "red line on", "effect of crossing it", "from the start", "at some time"),
            tuple((_owners(states), *row) for row, states in owners.items()),
        )

    @property
    def narratives_title(self) -> str:
        """The endings of the runs."""
        ends = [f"{run.kind.lower()}: {run.outcome.label}" for run in self.narratives]
        return capitalise("; ".join(ends))

    @property
    def weights_title(self) -> str:
        """The weight with the largest significant effect, and the number of those not
        distinguishable from it."""
        leading = largest_effects(self.weights)
        if not leading:
            return "None of the assumed weights has a clear effect"
        others = plural(len(leading) - 1, "other")
        also = f"; {others} may have as large an effect" if len(leading) > 1 else ""
        rank = largest(leading[0], self.weights)
        return f"The weight with the {rank} effect is {_meaning(leading[0])}{also}"

    @property
    def weightiest(self) -> list[str]:
        """A sentence for each of the largest significant effects."""
        clear = [weight for weight in self.weights if weight.excludes_zero]
        return [_sentence(weight) for weight in clear[:SHOWN]]

    @property
    def weighed(self) -> Table:
        """The effects of all assumed weights."""
        return Table(
            ("weight", "meaning", "unit", "from", "to", "change in the share of runs in war"),
            tuple(map(_weight_row, self.weights)),
        )


def follow_up(results: Results) -> FollowUp:
    """The follow-up of ``results``; it runs the scenario again with other weights."""
    scenario, seed = results.scenario, results.seed
    weighed = min(results.runs, MOST_WEIGHED, MOST_MONTHS // scenario.months)
    size, weights = (
        weight_effect(scenario, SIZE, weighed, seed),
        weight_effects(scenario, WEIGHTS, weighed, seed),
    )
    weights.sort(key=lambda weight: -abs(weight.war.value))
    return FollowUp(
        results=results,
        weighed_runs=weighed,
        conclusion=conclude(results, size, weights),
        narratives=list(_narratives(results)),
        weights=weights,
    )


def _narratives(results: Results) -> Iterator[RunNarrative]:
    """Narratives of some of the first runs, each with the reason of its selection."""
    records = results.first
    again = replayer(results.scenario, results.seed)
    for like, kind in KINDS.items():
        try:
            number = select_run(like, records)
        except UsageError:
            continue
        yield run_narrative(
            again(number), like, kind, _because(like, float(records["risk"][number]), len(records))
        )


def _because(like: Selection, risk: float, runs: int) -> str:
    among = f"among {plural(runs, 'model run')}"
    if like is Selection.NEAR_MISS and not risk:
        return f"No war, and no crisis in which a state pressed on: the tensest such run {among}."
    if like is Selection.NEAR_MISS:
        return (
            f"No war, although its crises carried {chance_phrase(risk)} of war: the greatest risk "
            f"{among}."
        )
    if like is Selection.WORST:
        return f"Of the gravest wars {among}, the one with most casualties (an index)."
    return f"Of the runs with the commonest ending {among}, the nearest to the median."


def _owners(states: list[str]) -> str:
    """The states that share a row, with their number if there are several."""
    named = join_and([name for name, _ in name_states(states)])
    return f"{plural(len(states), 'state')}: {named}" if len(states) > 1 else named


def _line_row(scenario: Scenario, name: tuple[str, str], each: Crossed) -> tuple[str, ...]:
    state, line = name
    path = f"states.{state}.red_lines.{line}"
    watches, effect = (int(scenario[f"{path}.{word}"].mean) for word in ("watches", "effect"))
    seen, does = WATCHED[Watch(watches)], DOES[Effect(effect)]
    return seen, does, format_share_ci(each.at_start), format_share_ci(each.ever)


def _weight_row(weight: WeightEffect) -> tuple[str, ...]:
    parameter, ends = parameter_at(weight.path), (f"{weight.low:.3g}", f"{weight.high:.3g}")
    return _label(weight), parameter.meaning, parameter.unit, *ends, interval(weight.war)


def _sentence(weight: WeightEffect) -> str:
    return (
        f"{capitalise(_meaning(weight))} ({_label(weight)}): {_range(weight)} it changes the share "
        f"of runs in war by {interval(weight.war)}."
    )


def _label(weight: WeightEffect) -> str:
    return name_in_words(weight.path.rpartition(".")[2])


def _meaning(weight: WeightEffect) -> str:
    """The meaning of a weight, as the subject of a sentence."""
    name, _, meaning = parameter_at(weight.path).meaning.partition(": ")
    return meaning or (name if name.startswith("how ") else f"the {name}")


def _range(weight: WeightEffect) -> str:
    """The values between which a weight is varied, with their unit."""
    unit = parameter_at(weight.path).unit
    return f"from {weight.low:.3g} to {weight.high:.3g}{f' (unit: {unit})' if unit else ''}"


DANGERS = ("failure", "escalation")


@dataclass(frozen=True)
class Conclusion:
    """A verdict and three sentences of evidence."""

    verdict: str
    sentences: tuple[str, str, str]


def conclude(results: Results, size: WeightEffect, weights: Sequence[WeightEffect]) -> Conclusion:
    """The conclusion from ``results`` and from the effects of the force's ``size`` and of the
    assumed ``weights`` on war (the largest first)."""
    verdict, side = _side(results)
    return Conclusion(verdict, (side, _size_sentence(size), _weights_sentence(weights)))


def _side(results: Results) -> tuple[str, str]:
    """Which cause of war is the commoner, if they differ significantly."""
    shares = {name: results.measures[name] for name in DANGERS}
    within = f"Within {plural(results.scenario.months, 'month')}"
    both = (
        f"{format_share_ci(shares['failure'])} of runs end in a war by a planned attack and "
        f"{format_share_ci(shares['escalation'])} in a war by escalation"
    )
    if results.measures["war"].value == 0:
        upper = f"95 % interval up to {format_upper(results.measures['war'])}"
        return (
            "No war, from either cause",
            f"{within} no run ends in war ({upper}).",
        )
    (more, high), (_, low) = sorted(shares.items(), key=lambda item: -item[1].value)
    if commoner(high, low, results.runs):
        verdict = f"The greater danger here is {NOUNS[more]}"
        return verdict, f"{within} {both}: {NOUNS[more]} is the greater danger."
    verdict = "Neither danger clearly outweighs the other"
    return verdict, f"{within} {both}: neither clearly outweighs the other."


def _size_sentence(size: WeightEffect) -> str:
    """Whether a larger force reduces war."""
    if size.high == size.low:
        return "There is no force whose size could be varied."
    grown = f"if it grows from {size.low:.2f} to {size.high:.2f} times the pledge"
    if not size.excludes_zero:
        return (
            f"No effect of the size of the force on war can be detected: {grown}, the share of "
            f"runs in war changes by {interval(size.war)}."
        )
    does = "raises" if size.war.value > 0 else "lowers"
    return (
        f"In the model a larger force {does} the share of runs in war: {grown}, the share changes "
        f"by {interval(size.war)}."
    )


def _weights_sentence(weights: Sequence[WeightEffect]) -> str:
    """The assumed weight with the largest effect on war, if any is significant."""
    leading = largest_effects(weights)
    tried = plural(len(weights), "assumed weight")
    if not leading:
        return f"None of {tried}, varied by a fifth, has a significant effect."
    first, *others = leading
    if len(others) > MOST_NAMED:
        named = plural(len(others), "other")
    else:
        named = join_and([_meaning(weight) for weight in others])
    return (
        f"Of {tried}, the one with the {largest(first, weights)} effect is {_meaning(first)}: "
        f"{_range(first)} it changes the share of runs in war by {interval(first.war)}"
        f"{f'; {named} may have as large an effect' if others else ''}."
    )


def interval(difference: Estimate) -> str:
    """A difference of shares in points, with its 95 % interval."""
    return format_change(difference, " percentage points")
