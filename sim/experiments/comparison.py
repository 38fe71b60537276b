"""What a comparison found: each scenario's shares, and what it does to the baseline's runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.errors import SCHEMA_VERSION
from sim.experiments.pairing import WHAT, Difference, Move, Pairing, widest
from sim.figures.wording import plural, points, several, signed
from sim.results import SHARES, Results, plain
from sim.statistics import Estimate
from sim.vocabulary import Outcome


@dataclass(frozen=True)
class Pair:
    """What becomes of the ``baseline``'s runs in another scenario, on the same luck.

    ``differences`` are in shares of the runs, by the words of :data:`WHAT`; ``measures`` are means
    of the differences run by run; ``endings`` counts, ``int64 (7, 7)``, the runs by their ending
    in the baseline (rows) and here; ``moves`` are those that changed, the commonest first. The
    intervals are of ``at_once`` that hold together, one for each scenario.
    """

    scenario: str
    baseline: str
    runs: int
    differences: Mapping[str, Difference]
    measures: Mapping[str, Estimate]
    endings: Any
    moves: Sequence[Move]
    at_once: int = 1

    @classmethod
    def of(cls, scenario: str, baseline: str, counted: Pairing, at_once: int = 1) -> Pair:
        """What the counts amount to; for ``at_once`` see :func:`sim.statistics.change`."""
        differences, measures = counted.differences(at_once), counted.measures(at_once)
        found = differences, measures, counted.endings, counted.moves()
        return cls(scenario, baseline, counted.runs, *found, at_once)

    @property
    def changed(self) -> int:
        """How many runs ended in another way."""
        return sum(move.runs for move in self.moves)

    @property
    def sentence(self) -> str:
        """What it does to war, as far as the numbers can tell."""
        return f"Compared with {self.baseline}, {self.scenario} {self._does()}."

    def _does(self) -> str:
        runs = plural(self.runs, "model run")
        war = self.differences["war"]
        if not self.changed:
            return f"ends not one of {runs} in another way"
        if war.is_clear:
            return f"has war in {points(war.share, f' of {runs}')}{self._roads()}"
        unclear = f"makes no difference to war that {runs} could show: "
        return unclear + signed(war.share, " points") + self._otherwise()

    def _roads(self) -> str:
        """The two roads to war, where one is clearly taken more often and the other less."""
        failure, escalation = (self.differences[road] for road in ("failure", "escalation"))
        opposed = failure.share.value * escalation.share.value < 0
        if not (opposed and failure.is_clear and escalation.is_clear):
            return ""
        failed, escalated = points(failure.share), points(escalation.share)
        return f": deterrence fails in {failed}, escalation comes in {escalated}"

    @property
    def stands_out(self) -> tuple[Outcome, ...]:
        """The endings whose change is clear even as the largest of seven, the largest first."""
        many = self.at_once * len(Outcome)
        clear = [o for o in Outcome if self.differences[o.word].among(many).is_clear]
        return tuple(sorted(clear, key=lambda o: -abs(self.differences[o.word].share.value)))

    def _otherwise(self) -> str:
        """The ending that changes most, of those that stand out."""
        if not self.stands_out:
            return ""
        most = self.stands_out[0]
        told = points(self.differences[most.word].share)
        return f"; {most.label} comes in {told}, which is clear even as the largest of seven"


@dataclass(frozen=True)
class Comparison:
    """Two or more scenarios on the luck of ``seed``, run by run.

    ``results`` has each scenario's own results under its name, the baseline first, without
    records; ``pairs`` one entry for each of the others. The intervals of their differences are of
    ``at_once`` that hold together.
    """

    results: Mapping[str, Results]
    pairs: Sequence[Pair]
    runs: int
    seed: int
    at_once: int = 1

    @property
    def baseline(self) -> str:
        """The name of the scenario that the others are compared with."""
        return next(iter(self.results))

    @property
    def width(self) -> float:
        """The width of the widest interval of a difference."""
        return max(widest(pair.differences) for pair in self.pairs)

    @property
    def sentence(self) -> str:
        """What each scenario does to war, in words."""
        return " ".join(pair.sentence for pair in self.pairs)

    @cached_property
    def shares(self) -> dict[str, dict[str, Estimate]]:
        """By scenario, the share of its runs for each word of :data:`WHAT`."""
        return {name: _shares(results) for name, results in self.results.items()}

    @property
    def notes(self) -> list[str]:
        """What a reader has to know before comparing."""
        alike: dict[int, list[str]] = {}
        for name, results in self.results.items():
            alike.setdefault(results.scenario.months, []).append(name)
        if len(alike) == 1:
            return []
        told = [f"{plural(months, 'month')} in {several(names)}" for months, names in alike.items()]
        return [f"the horizons differ, {'; '.join(told)}: the longer, the more can happen"]

    def document(self) -> dict[str, Any]:
        """The comparison as plain data, as ``thinline compare --json`` prints it."""
        return {
            "schema_version": SCHEMA_VERSION,
            "baseline": self.baseline,
            "differences": [
                {
                    "scenario": pair.scenario,
                    "outcome": what,
                    **plain("difference", each.share),
                    "clear": each.is_clear,
                }
                for pair in self.pairs
                for what, each in pair.differences.items()
            ],
            "at_once": self.at_once,
            "stands_out": {p.scenario: [o.word for o in p.stands_out] for p in self.pairs},
            "runs": self.runs,
            "seed": self.seed,
            "months": {name: results.scenario.months for name, results in self.results.items()},
            "shares": {
                name: {what: plain("share", share) for what, share in shares.items()}
                for name, shares in self.shares.items()
            },
            "measures": {pair.scenario: _measures(pair) for pair in self.pairs},
            "variance_reduction": {pair.scenario: _reductions(pair) for pair in self.pairs},
            "transitions": [each for pair in self.pairs for each in _transitions(pair)],
            "sentence": self.sentence,
            "notes": self.notes,
        }

    def frame(self) -> Any:
        """A pandas frame with a row for each scenario and each word of :data:`WHAT`.

        The columns of differences are empty for the baseline.
        """
        import pandas

        apart = {pair.scenario: pair.differences for pair in self.pairs}
        rows = [
            _row(name, what, share, apart.get(name, {}).get(what))
            for name, shares in self.shares.items()
            for what, share in shares.items()
        ]
        return pandas.DataFrame(rows)


def _shares(results: Results) -> dict[str, Estimate]:
    endings = {outcome.word: share for outcome, share in results.outcomes.items()}
    shares = endings | {name: results.measures[name] for name in SHARES}
    return {what: shares[what] for what in WHAT}


def _measures(pair: Pair) -> dict[str, Any]:
    return {name: plain("difference", more) for name, more in pair.measures.items()}


def _reductions(pair: Pair) -> dict[str, float | None]:
    return {what: each.variance_reduction for what, each in pair.differences.items()}


def _transitions(pair: Pair) -> list[dict[str, Any]]:
    return [
        {
            "scenario": pair.scenario,
            "from": move.before.word,
            "to": move.after.word,
            "runs": move.runs,
            "examples": list(move.examples),
        }
        for move in pair.moves
    ]


def _row(name: str, what: str, share: Estimate, apart: Difference | None) -> dict[str, Any]:
    row = {"scenario": name, "outcome": what, "share": share.value}
    row |= {"share_low": share.low, "share_high": share.high}
    if apart is None:
        return row
    value, low, high = apart.share
    row |= {"difference": value, "low": low, "high": high}
    row |= {"gained": apart.gained, "lost": apart.lost}
    return row | {"variance_reduction": apart.variance_reduction}
