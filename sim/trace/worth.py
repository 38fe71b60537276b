"""Why the challenger challenges in one of two runs: its utility in the told months."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sim.enums import Challenge
from sim.formatting import join_and
from sim.scenario.scenario import Scenario
from sim.trace.events import Option, TracedMonth
from sim.trace.formatting import (
    challenger_of,
    format_distinct_pair,
    format_level,
    format_utility,
    protege_of,
)

# {here} is the run in which the challenge is made, and {one} its number. Of a term of the utility
# the first phrase speaks for the challenge there, the second against it.
WORTH: dict[str, Any] = {
    "only": "A {action} is possible only {here}.",
    "unexposed": "A {action} is possible only {here}: {there} nobody is exposed to it.",
    "worth": "A {action} is worth more to {challenger} {here} (utility {one}, {there} {other})",
    "grievance": [
        "{when} {challenger} had more grievance over crossed red lines, which a {action} would "
        "relieve ({one}, {there} {other})",
        "{when} {challenger} had less grievance over crossed red lines ({one}, {there} {other})",
    ],
    "seen": ", with more of the force seen in {protege} (footprint {one}, {there} {other})",
    "answer": [
        "{challenger} expects an answer less often ({one}, {there} {other})",
        "{challenger} expects an answer more often ({one}, {there} {other})",
    ],
    "when": ["at the start", "at the end of month {month}"],
    "links": [": ", ", although "],
    "untold": ", by terms that are not told here",
}
# Terms that differ by less are not named.
LEAST_DIFFERENCE = 0.05
MonthPair = tuple[TracedMonth, TracedMonth]
Numbers = tuple[str, str]
Where = tuple[str, str]
ScenarioPair = tuple[Scenario, Scenario]
Say = Callable[[str, Numbers], str]


def describe_worth(
    pair: MonthPair, before: MonthPair, scenarios: ScenarioPair, where: Where
) -> Iterator[str]:
    """Why a challenge is worth more in the run that has it, in a sentence.

    Two terms of its utility are named where they differ: the grievance that it would relieve, as it
    was at the end of the month ``before``, and the chance of an answer. Others, such as ambition,
    fear and sanctions, are not told in a month. Nothing is said if the challenge is not worth more
    where it is made.
    """
    action = max(map(_ordered, pair))
    if _ordered(pair[0]) is not action:
        pair, before, where = pair[::-1], before[::-1], where[::-1]
        scenarios = scenarios[::-1]
    one, other = (_option(month, action) for month in pair)
    if one is None or other is None or one.worth is None:
        return
    words = {
        "action": action.label,
        "challenger": challenger_of(scenarios[0]),
        "protege": protege_of(scenarios[0]),
        "here": where[0],
        "there": where[1],
        "when": WORTH["when"][before[0].number > 0].format(month=before[0].number),
    }

    def say(template: str, numbers: Numbers = ("", "")) -> str:
        return template.format(**words, one=numbers[0], other=numbers[1])

    if other.worth is None:
        # A challenger without capability can challenge in no way.
        others = [each for each in pair[1].options if each.action not in (Challenge.HOLD, action)]
        can_challenge = any(each.worth is not None for each in others)
        yield say(WORTH["unexposed" if can_challenge else "only"])
        return
    utilities = format_utility(one.worth), format_utility(other.worth)
    if one.worth < other.worth or utilities[0] == utilities[1]:
        return
    terms = list(_answer(one, other, say))
    if relieves(action, scenarios[0]):
        terms = [*_grievance(before, say), *terms]
    sides = [[said for speaks, said in terms if speaks is side] for side in (True, False)]
    linked = [
        f"{link}{join_and(side)}" for link, side in zip(WORTH["links"], sides, strict=True) if side
    ]
    untold = "" if sides[0] else WORTH["untold"]
    yield f"{say(WORTH['worth'], utilities)}{untold}{''.join(linked)}."


def relieves(action: Challenge, scenario: Scenario) -> bool:
    """Whether success of a challenge relieves the challenger's grievance."""
    return scenario[f"ladders.challenge.{action.word}.relief"].mean > 0.0


def _grievance(before: MonthPair, say: Say) -> Iterator[tuple[bool, str]]:
    one, other = (month.grievance for month in before)
    if abs(one - other) < LEAST_DIFFERENCE:
        return
    told = say(WORTH["grievance"][one < other], (format_level(one), format_level(other)))
    seen = [month.footprint for month in before]
    if one > other and seen[0] - seen[1] >= LEAST_DIFFERENCE:
        told += say(WORTH["seen"], (format_level(seen[0]), format_level(seen[1])))
    yield one > other, told


def _answer(one: Option, other: Option, say: Say) -> Iterator[tuple[bool, str]]:
    if abs(one.answer - other.answer) >= LEAST_DIFFERENCE:
        rarer, numbers = one.answer < other.answer, format_distinct_pair(one.answer, other.answer)
        yield rarer, say(WORTH["answer"][not rarer], numbers)


def _ordered(month: TracedMonth) -> Challenge:
    crisis = month.crisis
    return crisis.action if crisis and crisis.ordered else Challenge.HOLD


def _option(month: TracedMonth, action: Challenge) -> Option | None:
    return next((option for option in month.options if option.action is action), None)
