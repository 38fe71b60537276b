"""Results of an ensemble: shares of outcomes and means of records, with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.enums import Outcome, Participation, Trigger, War, Word
from sim.errors import UsageError, json_head
from sim.formatting import format_share_ci, plural
from sim.model.outcomes import SHARES, count_flags, outcomes
from sim.model.state import Block
from sim.scenario.scenario import Scenario
from sim.statistics import (
    Estimate,
    commoner,
    mean,
    not_below_zero,
    precise_enough,
    proportion,
    ratio,
)
from sim.study_result import StudyResult, pandas
from sim.tables import estimate_to_dict, with_interval

# The recorded columns whose sum is the measure ``challenges``.
CHALLENGES = ("probes", "strikes", "mobilisations")

# The recorded columns whose means are measures.
AVERAGED = (
    "probes",
    "strikes",
    "mobilisations",
    "strikes_below_holding",
    "mobilisations_below_holding",
    "strikes_answered",
    "offensives",
    "called_off",
    "accidents",
    "successes",
    "truce",
    "truce_broken",
    "offers",
    "refused_by_challenger",
    "refused_by_protege",
    "changes",
    "unattributed",
    "threats",
    "empty_threats",
    "retaliations",
    "wrong_blames",
    "answered",
    "conceded",
    "months_under_force",
    "lines_crossed",
    "force",
    "greatest_force",
    "footprint",
    "protege",
    "position",
    "backstop",
    "tension",
    "peak_tension",
    "reputation",
    "credit",
    "casualties",
    "pledge_gap",
    "believed_ambition",
    "misjudgement",
    "month",
    *(f"at_{rung.word}" for rung in Participation),
)

# Shares of recorded events over all runs: the part and the whole.
SHARES_OF_EVENTS = {
    "below_holding_strikes": ("strikes_below_holding", "strikes"),
    "below_holding_mobilisations": ("mobilisations_below_holding", "mobilisations"),
    "answered_strikes": ("strikes_answered", "strikes"),
    "deterred_mobilisations": ("called_off", "mobilisations"),
    "terms_refused_by_challenger": ("refused_by_challenger", "offers"),
    "terms_refused_by_protege": ("refused_by_protege", "offers"),
}
# The averaged columns that are 0 or 1 in each run, so that their means are shares of runs.
RECORDED_FLAGS = ("truce", "truce_broken")
OF_SHARES = (*SHARES, *RECORDED_FLAGS, *SHARES_OF_EVENTS)

# Counts of a run, of which a share of events can be made (:class:`EventTotals`).
EVENTS = (
    "war",
    "accidents",
    "answered",
    "conceded",
    *dict.fromkeys((*CHALLENGES, *(name for pair in SHARES_OF_EVENTS.values() for name in pair))),
)


class Crossed(NamedTuple):
    """The shares of runs in which a red line was crossed: at the start, and at any time."""

    at_start: Estimate
    ever: Estimate


@dataclass(eq=False)
class EventTotals:
    """The sums over runs of the counts in :data:`EVENTS`, and of their products."""

    runs: int = 0
    sums: Any = field(default_factory=lambda: np.zeros(len(EVENTS)))
    products: Any = field(default_factory=lambda: np.zeros((len(EVENTS), len(EVENTS))))

    def add(self, records: Any) -> None:
        """Add the counts of some runs."""
        counts = np.array([records["war"] != War.NONE, *(records[n] for n in EVENTS[1:])], float)
        self.runs += len(records)
        self.sums += counts.sum(axis=1)
        self.products += counts @ counts.T

    def share(self, part: Iterable[str], whole: Iterable[str]) -> Estimate:
        """The number of the events named in ``part``, relative to those named in ``whole``.

        Events of one run depend on one another, so runs are the sampling units
        (:func:`sim.statistics.ratio`).
        """
        chosen = np.array([np.isin(EVENTS, list(names)) for names in (part, whole)], float)
        total, of = (chosen @ self.sums).tolist()
        (parts, both), (_, wholes) = (chosen @ self.products @ chosen.T).tolist()
        return ratio(total, of, (parts, both, wholes), self.runs)


@dataclass(repr=False, eq=False)
class Results(StudyResult):
    """The distribution of outcomes over ``runs`` runs of a scenario.

    Attributes
    ----------
    outcomes, triggers
        Shares of model runs with Wilson intervals.
    measures
        ``failure``, ``escalation`` and ``war`` and those in :data:`RECORDED_FLAGS` as shares of
        model runs, those in :data:`SHARES_OF_EVENTS` as shares of events in all runs, the others as
        means per run.
    events
        Sums of counts of events, of which other shares of events can be made.
    endings
        Runs by their last month and outcome, ``int64 (months + 1, outcomes)``.
    participation
        Runs not yet at war by month, state and rung, ``int64 (months + 1, states, rungs)``.
    crossings
        Runs in which each red line was crossed at the start, and at any time,
        ``int64 (2, red lines)``.
    records
        A row a run (:data:`sim.model.state.RECORD` and ``outcome``); ``None`` if not kept.
    first
        The records of the first :data:`FIRST` runs, which are always kept.
    wall, cpu
        The duration in seconds.
    """

    scenario: Scenario
    runs: int
    seed: int
    engine: str = field(compare=False)
    outcomes: dict[Outcome, Estimate]
    triggers: dict[Trigger, Estimate]
    measures: dict[str, Estimate]
    events: EventTotals
    endings: Any
    participation: Any
    crossings: Any
    first: Any
    records: Any | None = None
    wall: float = field(default=0.0, compare=False)
    cpu: float = field(default=0.0, compare=False)

    @property
    def share_width(self) -> float:
        """The width of the widest interval of an outcome's share."""
        return max(estimate.width for estimate in self.outcomes.values())

    @property
    def red_lines(self) -> dict[tuple[str, str], Crossed]:
        """The crossings of each red line, keyed by state and name of the line.

        Raises :class:`sim.errors.UsageError` for results from a folder, which does not store them.
        """
        if self.crossings is None:
            raise UsageError("crossings of red lines are not stored", "simulate the scenario again")
        at_start, ever = self.crossings.tolist()
        return {
            line: Crossed(proportion(at_start[k], self.runs), proportion(ever[k], self.runs))
            for k, line in enumerate(self.scenario.red_lines)
        }

    @property
    def label(self) -> str:
        """Scenario, runs and seed."""
        return f"{self.scenario.name}, {plural(self.runs, 'run')}, seed {self.seed}"

    @property
    def ranked(self) -> list[Outcome]:
        """The outcomes, the commonest first."""
        return sorted(self.outcomes, key=lambda outcome: -self.outcomes[outcome].value)

    @property
    def leader(self) -> Outcome | None:
        """The commonest outcome, if it is the only one or significantly commoner than the next."""
        first, second = self.ranked[:2]
        shares = self.outcomes
        is_only = shares[second].value == 0.0
        return first if is_only or commoner(shares[first], shares[second], self.runs) else None

    @property
    def sentence(self) -> str:
        """The share of war, and the commonest ending if it stands out."""
        war = format_share_ci(self.measures["war"])
        ending = "no ending stands out"
        if (first := self.leader) is not None:
            share = format_share_ci(self.outcomes[first])
            ending = f"the commonest ending is {first.label}, {share}"
        return f"War in {war} of runs of {self.scenario.name}; {ending}"

    def rows(self) -> list[dict[str, Any]]:
        """A row for each outcome and for failure, escalation and war, with their shares."""
        shares = {outcome.word: share for outcome, share in self.outcomes.items()}
        shares |= {name: self.measures[name] for name in SHARES}
        return [{"outcome": name, **with_interval("share", e)} for name, e in shares.items()]

    def to_dict(self) -> dict[str, Any]:
        """The results as plain data, as ``thinline run --json`` prints them."""
        return {
            **json_head("run", self.scenario.name, self.runs, self.seed),
            **({"overrides": list(changes)} if (changes := self.scenario.overrides) else {}),
            "engine": self.engine,
            "outcomes": {o.word: estimate_to_dict("share", e) for o, e in self.outcomes.items()},
            "triggers": {t.word: estimate_to_dict("share", e) for t, e in self.triggers.items()},
            "measures": {
                name: estimate_to_dict("share" if name in OF_SHARES else "mean", estimate)
                for name, estimate in self.measures.items()
            },
        }

    def to_frame(self) -> Any:
        """The records as a pandas frame; ``war``, ``trigger`` and ``outcome`` are categoricals.

        Raises :class:`sim.errors.UsageError` if the records were not kept.
        """
        if self.records is None:
            raise UsageError("the records were not kept", "simulate with keep_records=True")
        return categorical_words(pandas().DataFrame(self.records))


def with_outcome(records: Any) -> Any:
    """The records with an additional column ``outcome``, ``int8``."""
    described = np.dtype([*records.dtype.descr, ("outcome", "i1")])
    whole = np.empty(len(records), described)
    for name in records.dtype.names:
        whole[name] = records[name]
    whole["outcome"] = outcomes(records)
    return whole


def averaged(records: Any) -> Iterable[tuple[str, Any]]:
    """Each measure that is averaged over runs, with its value in each run."""
    chosen = sum(records[name] for name in CHALLENGES)
    yield "challenges", chosen.astype(np.float64)
    for name in AVERAGED:
        yield name, records[name].astype(np.float64)


# The recorded words: ranks in arrays, words in files and frames.
WORDED: dict[str, type[Word]] = {"outcome": Outcome, "war": War, "trigger": Trigger}


def categorical_words(frame: Any, words: Mapping[str, type[Word]] = WORDED) -> Any:
    """The frame with the columns in ``words``, ranks or words, as ordered categoricals.

    So ``frame["war"] > "none"`` works.
    """
    from pandas import Categorical

    def ordered(name: str) -> Any:
        column: Any = frame[name]
        categories: Any = words[name].words()
        if column.dtype == "category":
            return column.cat.set_categories(categories, ordered=True)
        return Categorical.from_codes(np.asarray(column), categories, ordered=True)

    return frame.assign(**{name: ordered(name) for name in words if name in frame})


# Runs that are summed together; see RunningTotals.
BATCH = 2048
# Runs whose records are always kept, for narratives of single runs.
FIRST = 2000


@dataclass
class RunningTotals:
    """Running counts and sums over records, so that memory does not grow with the runs.

    Real numbers are summed in batches of ``BATCH`` runs whatever the blocks are, so that a mean is
    the same to the last digit for every engine and block size.
    """

    scenario: Scenario
    runs: int = 0
    triggers: Any = field(default_factory=lambda: np.zeros(len(Trigger), np.int64))
    sums: dict[str, tuple[float, float]] = field(default_factory=dict)
    events: EventTotals = field(default_factory=EventTotals)
    unsummed: list[Any] = field(default_factory=list)
    first: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        months, states = self.scenario.months, len(self.scenario.states)
        self.endings = np.zeros((months + 1, len(Outcome)), np.int64)
        self.participation = np.zeros((months + 1, states, len(Participation)), np.int64)
        self.crossings = np.zeros((2, len(self.scenario.red_lines)), np.int64)

    def add(self, block: Block) -> None:
        """Add a block, whose records have an ``outcome``."""
        records = block.records
        if self.runs < FIRST:
            self.first.append(records[: FIRST - self.runs])
        self.runs += len(records)
        np.add.at(self.endings, (records["month"], records["outcome"]), 1)
        self.triggers += np.bincount(records["trigger"], minlength=len(Trigger))
        self.participation += block.participation
        self.crossings += block.crossings
        self.unsummed.append(records)
        if sum(map(len, self.unsummed)) >= BATCH:
            self._sum_batches(last=False)

    def _sum_batches(self, last: bool) -> None:
        if not self.unsummed:
            return
        waiting = np.concatenate(self.unsummed)
        whole = len(waiting) if last else len(waiting) // BATCH * BATCH
        for first in range(0, whole, BATCH):
            self._sum(waiting[first : min(first + BATCH, whole)])
        self.unsummed = [waiting[whole:]]

    def _sum(self, records: Any) -> None:
        for name, values in averaged(records):
            total, squares = self.sums.get(name, (0.0, 0.0))
            self.sums[name] = total + values.sum(), squares + (values * values).sum()
        self.events.add(records)

    @property
    def outcomes(self) -> dict[Outcome, Estimate]:
        """The share of each outcome, in order."""
        counts = self.endings.sum(axis=0)
        return {outcome: proportion(int(counts[outcome]), self.runs) for outcome in Outcome}

    def narrower_than(self, width: float) -> bool:
        """Whether every outcome's interval is narrower than ``width``."""
        return self.runs > 0 and precise_enough(list(self.outcomes.values()), width)

    def results(self, seed: int, engine: str) -> Results:
        """The results, once every run has been added."""
        self._sum_batches(last=True)
        return Results(
            scenario=self.scenario,
            runs=self.runs,
            seed=seed,
            engine=engine,
            outcomes=self.outcomes,
            triggers={t: proportion(int(self.triggers[t]), self.runs) for t in Trigger},
            measures=self._measures(),
            events=self.events,
            endings=self.endings,
            participation=self.participation,
            crossings=self.crossings,
            first=np.concatenate(self.first),
        )

    def _measures(self) -> dict[str, Estimate]:
        averages = {
            name: proportion(int(total), self.runs)
            if name in RECORDED_FLAGS
            else not_below_zero(mean(float(total), float(squares), self.runs))
            for name, (total, squares) in self.sums.items()
        }
        parts = {
            name: self.events.share([part], [whole])
            for name, (part, whole) in SHARES_OF_EVENTS.items()
        }
        counts = count_flags(self.triggers)
        shares = {name: proportion(int(count), self.runs) for name, count in counts.items()}
        return shares | averages | parts
