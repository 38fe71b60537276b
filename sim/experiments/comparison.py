"""What a comparison found: each scenario's shares, and what it does to the baseline's runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.errors import head
from sim.experiments.pair import Pair
from sim.experiments.pairing import WHAT, Difference, widest
from sim.figures.wording import plural, several
from sim.results import SHARES, Results, plain
from sim.statistics import Estimate


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
            **head("comparison", list(self.results), self.runs, self.seed),
            "baseline": self.baseline,
            "differences": [
                {"scenario": pair.scenario, "outcome": what, **each.document()}
                for pair in self.pairs
                for what, each in pair.differences.items()
            ],
            "at_once": self.at_once,
            "stands_out": {p.scenario: [o.word for o in p.stands_out] for p in self.pairs},
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
