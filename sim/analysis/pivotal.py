"""Pivotal states: each guarantor leaves the coalition in turn, on common random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sim.analysis.compare import Comparison, compare_named
from sim.analysis.paired import Pair, PairedDifference
from sim.categories import CAUSES
from sim.enums import Participation
from sim.errors import UsageError, json_head
from sim.experiments.simulate import Progress
from sim.experiments.variants import LEAVING_NOTE, participants, without_state
from sim.formatting import describe_change, format_change, join_and, plural, state_name
from sim.model.outcomes import SHARES
from sim.scenario.scenario import Scenario, require_scenario
from sim.statistics import Estimate, best_subset
from sim.study_result import TabledResult
from sim.tables import Column, ResultTable, estimate_to_dict

# Up to this number of states that tie with the first are named; more are counted.
NAMED = 5


@dataclass(frozen=True)
class Leaver:
    """A state, and the paired comparison of the scenario without it."""

    state: str
    pair: Pair

    @property
    def differences(self) -> Mapping[str, PairedDifference]:
        """Differences of failure, escalation and war, in shares of the runs."""
        return {what: self.pair.differences[what] for what in SHARES}

    @property
    def war(self) -> PairedDifference:
        """Difference of war."""
        return self.pair.differences["war"]

    @property
    def name(self) -> str:
        """The state's name for readers."""
        return state_name(self.state)

    def share(self, cause: str) -> Estimate:
        """Difference of war or of one of its causes."""
        return self.pair.differences[cause].share


def _cause(word: str) -> Column[Leaver]:
    heading = f"{CAUSES[word].label}, points"
    return Column(word, heading, lambda leaver: leaver.share(word), format_change)


COLUMNS: tuple[Column[Leaver], ...] = (
    Column("state", "without", attrgetter("state"), state_name),
    _cause("war"),
    Column("significant", None, attrgetter("war.excludes_zero")),
    _cause("failure"),
    _cause("escalation"),
)


@dataclass(frozen=True, repr=False, eq=False)
class Pivotal(TabledResult):
    """States of a scenario by the effect of their leaving on war, the largest effect first.

    Attributes
    ----------
    comparison : Comparison
        The scenario against itself without each state.
    leavers : tuple of Leaver
        The states, sorted by the size of the difference in war.
    """

    comparison: Comparison
    leavers: tuple[Leaver, ...]

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return self.comparison.baseline

    @property
    def runs(self) -> int:
        """Runs of each variant."""
        return self.comparison.runs

    @property
    def seed(self) -> int:
        """Random seed."""
        return self.comparison.seed

    @property
    def label(self) -> str:
        """Scenario, states, runs and seed."""
        states = plural(len(self.leavers), "state")
        return f"{self.scenario}, {states}, {plural(self.runs, 'run')} each, seed {self.seed}"

    @property
    def width(self) -> float:
        """Width of the widest interval of a difference."""
        return self.comparison.width

    @property
    def idle(self) -> bool:
        """Whether no state goes beyond political support and no leaving changes an outcome."""
        baseline = self.comparison.results[self.scenario]
        beyond = baseline.participation[:, :, Participation.LOGISTICS :].any()
        return not beyond and not any(leaver.pair.changed for leaver in self.leavers)

    @property
    def moves_war(self) -> bool:
        """Whether any estimate of a difference in war is not 0; otherwise no state is the first."""
        return any(leaver.war.share.value for leaver in self.leavers)

    @property
    def first(self) -> list[Leaver]:
        """The state whose departure has the largest significant effect on war, then the states
        whose effects do not differ significantly from it; empty if no effect is significant."""
        return [self.leavers[k] for k in best_subset([each.war.share for each in self.leavers])]

    @property
    def sentence(self) -> str:
        """The pivotal state, or why there is none."""
        first, runs = self.first, plural(self.runs, "model run")
        if self.idle:
            return (
                f"In {self.scenario} no state is pivotal: in {runs} no state goes beyond political "
                "support, and no outcome changes if a state leaves."
            )
        if not self.moves_war:
            return f"In {self.scenario} no state's leaving changes the share of war in {runs}."
        if not first:
            top = self.leavers[0]
            largest = f"{state_name(top.state)}, {format_change(top.war.share, ' points')}"
            return (
                f"In {self.scenario} no single state's leaving changes war significantly in {runs};"
                f" largest difference: {largest}."
            )
        name, *rest = [state_name(leaver.state) for leaver in first]
        named = join_and(rest) if len(rest) <= NAMED else f"{len(rest)} other states"
        tied = f" (statistically tied: {named})" if rest else ""
        war = f"war occurs {describe_change(first[0].war.share)} in {runs}"
        return f"In {self.scenario} the pivotal state is {name}{tied}: without it, {war}."

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

    @property
    def result_table(self) -> ResultTable[Leaver]:
        """A row for each state: differences of war, failure and escalation."""
        return ResultTable(COLUMNS, self.leavers)


def pivotal(
    scenario: Scenario,
    runs: int | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    until_ci: float | None = None,
    progress: Progress | None = None,
) -> Pivotal:
    """Find the pivotal states: let each guarantor that takes part leave in turn.

    Parameters
    ----------
    scenario : Scenario
        The baseline.
    runs, seed, jobs, until_ci, progress
        As for :func:`sim.compare`.

    Returns
    -------
    Pivotal
        The states by the effect of their leaving on war, with intervals that are simultaneous for
        all states.

    Raises
    ------
    sim.errors.UsageError
        If no guarantor takes part, or for a number out of range.
    """
    here = participants(require_scenario(scenario))
    without = {state: without_state(scenario, state) for state in here}
    if not without:
        raise UsageError(f"nobody takes part in {scenario.name}", "choose one with a coalition")
    named = {scenario.name: scenario}
    named |= {f"without {state}": variant for state, variant in without.items()}
    found = compare_named(named, runs, seed, jobs, until_ci, progress, n_comparisons=len(without))
    leavers = [Leaver(s, pair) for s, pair in zip(without, found.pairs, strict=True)]
    return Pivotal(found, tuple(sorted(leavers, key=lambda each: -abs(each.war.share.value))))
