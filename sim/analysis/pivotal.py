"""Which state the outcome hangs on: each of them leaves the coalition in turn, on the same luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.analysis.compare import Comparison, paired
from sim.analysis.paired import Difference, Pair
from sim.enums import Participation
from sim.errors import UsageError, json_head
from sim.experiments.simulate import Progress
from sim.experiments.variants import LEAVING_NOTE, participants, without_state
from sim.results import SHARES, estimate_to_dict
from sim.scenario.scenario import Scenario
from sim.statistics import best_subset
from sim.text import describe_change, format_change, join_and, plural, state_name

# So many that cannot be told from the weightiest are named, more are counted.
NAMED = 5


@dataclass(frozen=True)
class Leaver:
    """A state, and what its leaving does to the runs: by ``failure``, ``escalation``, ``war``."""

    state: str
    pair: Pair

    @property
    def differences(self) -> Mapping[str, Difference]:
        """The differences, in shares of the runs."""
        return {what: self.pair.differences[what] for what in SHARES}

    @property
    def war(self) -> Difference:
        """What its leaving does to war."""
        return self.pair.differences["war"]


@dataclass(frozen=True)
class Pivotal:
    """The states of a scenario by what their leaving does to war, the weightiest first."""

    comparison: Comparison
    leavers: tuple[Leaver, ...]

    @property
    def scenario(self) -> str:
        """The scenario they take part in."""
        return self.comparison.baseline

    @property
    def runs(self) -> int:
        """How many runs there are of each."""
        return self.comparison.runs

    @property
    def seed(self) -> int:
        """Whose luck."""
        return self.comparison.seed

    @property
    def width(self) -> float:
        """The width of the widest interval of a difference."""
        return self.comparison.width

    @property
    def idle(self) -> bool:
        """Whether it is all the same who leaves, as nobody goes beyond political support."""
        baseline = self.comparison.results[self.scenario]
        beyond = baseline.participation[:, :, Participation.LOGISTICS :].any()
        return not beyond and not any(leaver.pair.changed for leaver in self.leavers)

    @property
    def first(self) -> list[Leaver]:
        """Those that most hangs on: the weightiest that is clear, and all that the intervals cannot
        tell from it; none if no state's leaving makes a clear difference."""
        return [self.leavers[k] for k in best_subset([each.war.share for each in self.leavers])]

    @property
    def sentence(self) -> str:
        """Which state most hangs on, as far as the numbers can tell."""
        first, runs = self.first, plural(self.runs, "model run")
        if self.idle:
            return (
                f"In {self.scenario} nobody can be missed: in none of {runs} does a state go "
                "beyond political support, and nobody's leaving changes how one ends."
            )
        if not first:
            return f"In {self.scenario} no single state's leaving {self._unclear(runs)}."
        name, *rest = [state_name(leaver.state) for leaver in first]
        named = join_and(rest) if len(rest) <= NAMED else f"{len(rest)} other states"
        also = f"; {named} cannot be told from it by {runs}" if rest else ""
        war = describe_change(first[0].war.share, f" of {runs}")
        return f"In {self.scenario} most hangs on {name}: without it, war comes in {war}{also}."

    def _unclear(self, runs: str) -> str:
        """What no state's leaving does, as far as the runs can tell."""
        top = self.leavers[0]
        if not top.war.share.value:
            return f"changes how often war comes in {runs}"
        return (
            f"makes a difference to war that {runs} could show; largest is "
            f"{state_name(top.state)}: {format_change(top.war.share, ' points')}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The states as plain data, as ``thinline compare --pivotal --json`` prints them."""
        baseline = self.comparison.shares[self.scenario]
        return {
            **json_head("pivotal", self.scenario, self.runs, self.seed),
            "baseline": self.scenario,
            "leaving": LEAVING_NOTE,
            "shares": {what: estimate_to_dict("share", baseline[what]) for what in SHARES},
            "differences": [
                {"state": leaver.state, "outcome": what, **each.to_dict()}
                for leaver in self.leavers
                for what, each in leaver.differences.items()
            ],
            "n_comparisons": self.comparison.n_comparisons,
            "pivotal": [leaver.state for leaver in self.first],
            "idle": self.idle,
            "sentence": self.sentence,
        }


def pivotal(
    scenario: Scenario,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    until_ci: float | None = None,
    progress: Progress | None = None,
) -> Pivotal:
    """Let each guarantor of ``scenario`` that takes part leave in turn, on the same luck.

    The arguments are those of :func:`sim.compare`; the intervals hold for all states at once, so
    that the weightiest may be picked out. Raises :class:`sim.errors.UsageError` where
    nobody takes part.
    """
    without = {state: without_state(scenario, state) for state in participants(scenario)}
    if not without:
        raise UsageError(f"nobody takes part in {scenario.name}", "choose one with a coalition")
    named = {scenario.name: scenario} | {_without(s): there for s, there in without.items()}
    found = paired(named, runs, seed, jobs, until_ci, progress, n_comparisons=len(without))
    leavers = [Leaver(s, pair) for s, pair in zip(without, found.pairs, strict=True)]
    return Pivotal(found, tuple(sorted(leavers, key=lambda each: -abs(each.war.share.value))))


def _without(state: str) -> str:
    return f"without {state}"
