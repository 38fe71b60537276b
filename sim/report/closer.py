"""A closer look at a scenario than its shares: runs told, red lines, and what it all hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import UsageError
from sim.experiments.weights import SIZE, WEIGHTS, Hinge, foremost_of, hinge, hinges
from sim.figures.sheet import Sheet
from sim.figures.wording import hedged, place_name, plural, sentence, several
from sim.report.answer import Answer, answer, interval
from sim.report.told import ToldRun, told
from sim.scenario.paths import parameter_at
from sim.trace.pick import Like, pick
from sim.trace.replay import replayer
from sim.trace.told_lines import SEEN
from sim.trace.wording import chance
from sim.vocabulary import Effect, Watch

if TYPE_CHECKING:
    from sim.results import Crossed, Results
    from sim.scenario.model import Scenario

# Enough to tell a weight that matters; eighteen times as many runs are played, but fewer where
# they are long.
MOST_WEIGHED = 500
MOST_MONTHS = 120_000
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
    """What a closer look at ``results`` found, over ``weighed_runs`` each way of a weight."""

    results: Results
    weighed_runs: int
    answer: Answer
    told: list[ToldRun]
    weights: list[Hinge]

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
        return sentence(several(ends))

    @property
    def finding(self) -> str:
        """Which assumed weight matters most, if any clearly does, and which may matter as much."""
        names = [_name(weight) for weight in foremost_of(self.weights)]
        if not names:
            return "No assumed weight that was tried clearly matters"
        others = f"; {several(names[1:])} cannot be told from it" if names[1:] else ""
        return f"Most hangs on {names[0]}{others}"

    @property
    def weightiest(self) -> list[str]:
        """The few that clearly matter and move war most in these runs, a sentence each."""
        clear = [weight for weight in self.weights if weight.is_clear]
        return [_sentence(weight) for weight in clear[:SHOWN]]

    @property
    def weighed(self) -> Sheet:
        """Every assumed weight that was tried."""
        return Sheet(
            ("weight", "what it is", "moved from", "to", "change in the share of runs in war"),
            tuple(map(_weight_row, self.weights)),
        )


def look_closer(results: Results) -> Closer:
    """Look at ``results`` more closely: tell some of the first runs, and play some under other
    weights, fewer where they are long."""
    scenario, seed = results.scenario, results.seed
    weighed = min(results.runs, MOST_WEIGHED, MOST_MONTHS // scenario.months)
    size, weights = hinge(scenario, SIZE, weighed, seed), hinges(scenario, WEIGHTS, weighed, seed)
    weights.sort(key=lambda weight: -abs(weight.war.value))
    return Closer(
        results=results,
        weighed_runs=weighed,
        answer=answer(results, size, weights),
        told=list(_told(results)),
        weights=weights,
    )


def _told(results: Results) -> Iterator[ToldRun]:
    """The runs there are to tell among the first, each with why it was picked."""
    records = results.first
    again = replayer(results.scenario, results.seed)
    for like, kind in KINDS.items():
        try:
            number = pick(like, records)
        except UsageError:
            continue
        yield told(
            again(number), like, kind, _because(like, float(records["risk"][number]), len(records))
        )


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


def _line_row(scenario: Scenario, name: tuple[str, str], each: Crossed) -> tuple[str, ...]:
    state, line = name
    path = f"states.{state}.red_lines.{line}"
    watches, effect = (int(scenario[f"{path}.{word}"].mean) for word in ("watches", "effect"))
    seen, does = SEEN[Watch(watches)], DOES[Effect(effect)]
    return place_name(state), seen, does, hedged(each.at_start), hedged(each.ever)


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
