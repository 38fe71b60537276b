"""The question put to one scenario: where is the line, which way is it, what does it hang on?

Three sentences and a title, each only as sure as its intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiments.weights import foremost_of
from sim.figures.wording import hedged, most, plural, several, signed
from sim.report.headline import commoner
from sim.scenario.paths import parameter_at

if TYPE_CHECKING:
    from sim.experiments.weights import Hinge
    from sim.results import Results
    from sim.statistics import Estimate

DANGERS = {"failure": "failed deterrence", "escalation": "escalation"}


@dataclass(frozen=True)
class Answer:
    """A verdict, and the three sentences behind it."""

    verdict: str
    sentences: tuple[str, str, str]


def answer(results: Results, size: Hinge, weights: Sequence[Hinge]) -> Answer:
    """The answer that ``results`` allow, with what moving the force's ``size`` and the assumed
    ``weights`` does to war (the weightiest first)."""
    verdict, side = _side(results)
    return Answer(verdict, (side, _push(size), _hangs(weights)))


def _side(results: Results) -> tuple[str, str]:
    """Which of the two dangers is the greater, if either is."""
    shares = {name: results.measures[name] for name in DANGERS}
    within = f"Within {plural(results.scenario.months, 'month')}"
    told = (
        f"{hedged(shares['failure'])} of runs end in an attack that was chosen and "
        f"{hedged(shares['escalation'])} in a war that grew"
    )
    if results.measures["war"].value == 0:
        could = most(results.measures["war"])
        return "No war here, by either road", f"{within} no run ends in war, though {could} could."
    (more, high), (_, low) = sorted(shares.items(), key=lambda item: -item[1].value)
    if commoner(high, low, results.runs):
        verdict = f"The greater danger here is {DANGERS[more]}"
        return verdict, f"{within} {told}: {DANGERS[more]} is the greater danger."
    verdict = "Neither danger clearly outweighs the other"
    return verdict, f"{within} {told}: neither clearly outweighs the other."


def _push(size: Hinge) -> str:
    """Whether more force would help."""
    if size.high == size.low:
        return "There is no force whose size could be moved."
    if not size.is_clear:
        return (
            f"Whether more force or less would be safer cannot be told: {_moved(size)} changes the "
            f"share of runs in war by {interval(size.war)}."
        )
    safer = "less" if size.war.value > 0 else "more"
    return (
        f"From here {safer} force would be safer: {_moved(size)} changes the share of runs in war "
        f"by {interval(size.war)}."
    )


def _moved(size: Hinge) -> str:
    return f"a force of {size.high:.3g} times the pledge instead of {size.low:.3g}"


def _hangs(weights: Sequence[Hinge]) -> str:
    """The assumed weight that moves war most, if any does."""
    leading = foremost_of(weights)
    tried = plural(len(weights), "assumed weight")
    if not leading:
        return f"None of {tried} tried, moved by a fifth, makes a difference that could be told."
    first, *others = leading
    name, meaning = _name(first), parameter_at(first.path).meaning
    also = f"; {several([_name(each) for each in others])} may do as much" if others else ""
    return (
        f"Of {tried} tried, most hangs on {name} ({meaning}): from "
        f"{first.low:.3g} to {first.high:.3g} it changes the share of runs in war by "
        f"{interval(first.war)}{also}."
    )


def _name(weight: Hinge) -> str:
    return weight.path.rpartition(".")[2].replace("_", " ")


def interval(difference: Estimate) -> str:
    """A difference of shares in points, with its 95 % interval."""
    return signed(difference, " percentage points")
