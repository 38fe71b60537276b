"""A closer look at a scenario than its shares: runs told, red lines, and what it all hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.experiments.run import simulate
from sim.experiments.weights import SIZE, WEIGHTS, Hinge, hinge, hinges
from sim.figures.sheet import Sheet
from sim.figures.wording import hedged, place_name, plural, sentence, several
from sim.report.answer import Answer, answer, interval
from sim.report.told import ToldRun, told
from sim.scenario.paths import parameter_at
from sim.trace.crossed import Crossed, crossed
from sim.trace.pick import Like, pick
from sim.trace.replay import replayer
from sim.trace.told_lines import SEEN
from sim.trace.wording import chance
from sim.vocabulary import Effect, Watch

if TYPE_CHECKING:
    from sim.results import Results
    from sim.scenario.model import Scenario

MOST_RUNS = 2000
# Enough to tell a weight that matters; eighteen times as many runs are played.
MOST_WEIGHED = 500
MOST_MONTHS = 60 * MOST_RUNS
SHOWN = 3
HALF = 0.5
KINDS = {
    Like.TYPICAL: "A typical run",
    Like.NEAR_MISS: "A near miss",
    Like.WORST: "The worst run",
}
DOES = {
    Effect.PROVOKES: "a reason to act",
    Effect.COMMITS: "conceding past it costs",
    Effect.RESTRAINS: "acting past it costs",
}


@dataclass(frozen=True)
class Closer:
    """What a closer look found, over ``runs`` runs on the luck of the results, and ``weighed_runs``
    each way of a weight."""

    runs: int
    weighed_runs: int
    answer: Answer
    told: list[ToldRun]
    lines: list[Crossed]
    weights: list[Hinge]
    scenario: Scenario

    @property
    def lines_found(self) -> str:
        """How many of the red lines are crossed more often than not."""
        often = sum(line.ever.value > HALF for line in self.lines)
        return f"{often} of {plural(len(self.lines), 'red line')} crossed in most of the runs"

    @property
    def crossings(self) -> Sheet:
        """How often each red line is crossed."""
        return Sheet(
            ("whose", "red line on", "what crossing it does", "from the start", "at some time"),
            tuple(_line_row(self.scenario, line) for line in self.lines),
        )

    @property
    def runs_found(self) -> str:
        """How the runs told ended."""
        ends = [f"{run.kind.lower()} ends in {run.outcome.label}" for run in self.told]
        return sentence(several(ends))

    @property
    def finding(self) -> str:
        """Which assumed weights matter most, of those that clearly matter."""
        if not self.weightiest:
            return "No assumed weight that was tried clearly matters"
        return f"Most hangs on {several([_name(weight) for weight in self._clear])}"

    @property
    def weightiest(self) -> list[str]:
        """The few that matter most, a sentence each."""
        return [_sentence(weight) for weight in self._clear]

    @property
    def _clear(self) -> list[Hinge]:
        return [weight for weight in self.weights if weight.is_clear][:SHOWN]

    @property
    def weighed(self) -> Sheet:
        """Every assumed weight that was tried."""
        return Sheet(
            ("weight", "what it is", "moved from", "to", "change in the share of runs in war"),
            tuple(map(_weight_row, self.weights)),
        )


def look_closer(results: Results) -> Closer:
    """Look at ``results``' scenario more closely, over at most ``MOST_RUNS`` of its runs, or fewer
    long ones."""
    scenario, seed = results.scenario, results.seed
    runs = min(results.runs, MOST_RUNS, MOST_MONTHS // scenario.months)
    weighed = min(runs, MOST_WEIGHED)
    size, weights = hinge(scenario, SIZE, weighed, seed), hinges(scenario, WEIGHTS, weighed, seed)
    weights.sort(key=lambda weight: -abs(weight.war.value))
    return Closer(
        runs=runs,
        weighed_runs=weighed,
        answer=answer(results, size, weights),
        told=list(_told(scenario, seed, runs)),
        lines=crossed(scenario, seed, runs),
        weights=weights,
        scenario=scenario,
    )


def _told(scenario: Scenario, seed: int, runs: int) -> Iterator[ToldRun]:
    """The runs there are to tell, each with why it was picked."""
    again, records = replayer(scenario, seed), simulate(scenario, runs, seed).records
    assert records is not None
    for like, kind in KINDS.items():
        try:
            number = pick(like, records)
        except UsageError:
            continue
        yield told(again(number), like, kind, _because(like, float(records["risk"][number]), runs))


def _because(like: Like, risk: float, runs: int) -> str:
    among = f"among {plural(runs, 'model run')}"
    if like is Like.NEAR_MISS and not risk:
        return f"No war, and no crisis that anyone pressed: the tensest such run {among}."
    if like is Like.NEAR_MISS:
        return (
            f"No war, although its pressed crises amounted to {chance(risk)} of one: the greatest "
            f"risk {among}."
        )
    if like is Like.WORST:
        return f"Of the gravest wars {among}, the one with most casualties on the way (an index)."
    return f"Of those with the commonest ending {among}, the nearest to the middle."


def _line_row(scenario: Scenario, each: Crossed) -> tuple[str, ...]:
    path = f"states.{each.state}.red_lines.{each.line}"
    watches, effect = (int(scenario[f"{path}.{word}"].mean) for word in ("watches", "effect"))
    seen, does = SEEN[Watch(watches)], DOES[Effect(effect)]
    return place_name(each.state), seen, does, hedged(each.at_start), hedged(each.ever)


def _weight_row(weight: Hinge) -> tuple[str, ...]:
    return _name(weight), _meaning(weight), *_ends(weight), interval(weight.war)


def _sentence(weight: Hinge) -> str:
    low, high = _ends(weight)
    return (
        f"{sentence(_name(weight))} ({_meaning(weight)}): from {low} to {high} it changes the "
        f"share of runs in war by {interval(weight.war)}."
    )


def _name(weight: Hinge) -> str:
    return weight.path.rpartition(".")[2].replace("_", " ")


def _meaning(weight: Hinge) -> str:
    return parameter_at(weight.path).meaning


def _ends(weight: Hinge) -> tuple[str, str]:
    return f"{weight.low:.3g}", f"{weight.high:.3g}"
