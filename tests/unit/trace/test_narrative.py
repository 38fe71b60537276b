"""A story matches the facts of its run: no number is invented and none is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings

from sim.enums import War
from sim.formatting import format_chance, format_number, format_percent
from sim.trace.events import Crisis, TracedMonth, TracedRun, fact_to_dict
from sim.trace.formatting import (
    MINUS,
    chance_phrase,
    format_distinct_pair,
    format_level,
    format_utility,
    list_states,
    with_article,
)
from sim.trace.narrative import Chapter, describe_month, story
from sim.trace.replay import replay
from tests.scenarios import COVERING_FIRST, tiny
from tests.strategies import scenarios
from tests.unit.trace.runs import told

QUOTED = re.compile(rf"(?<![\w])[+{MINUS}<>]?\d+(?:[.,]\d+)*(?: %)?")
NAME = re.compile(r"Pledger \d+")
CLOSER = (partial(format_percent, decimals=1), partial(format_percent, decimals=2))
WORDS: list[Callable[[float], str]] = [
    format_chance,
    format_percent,
    format_utility,
    format_level,
    format_number,
    *CLOSER,
]


def floats(fact: Any) -> Iterator[float]:
    """Every number in a fact."""
    if isinstance(fact, bool) or fact is None or isinstance(fact, str):
        return
    if isinstance(fact, int | float):
        yield float(fact)
    else:
        for inner in fact.values() if isinstance(fact, dict) else fact:
            yield from floats(inner)


def quotable(month: TracedMonth) -> set[str]:
    """Each number of a month's facts as any sentence would put it, and what can be counted."""
    facts = fact_to_dict(asdict(month))
    still = 1.0 - sum(option.chance for option in month.options)
    power = month.crisis.power if month.crisis else 0.0
    replies = [month.talks.challenger, month.talks.protege] if month.talks else []
    refused = [1.0 - reply.chance for reply in replies if reply]
    complains = [1.0 - month.retaliation.chance] if month.retaliation else []
    chances = [*floats(facts), still, power, *refused, *complains]
    said = {word(x) for x in chances for word in WORDS}
    said |= {text.lstrip("<>") for text in said}
    lists = [month.happenings, month.moves, month.crossings, month.beliefs]
    counts = {len(some) for some in lists} | set(range(len(month.rungs) + 1))
    return said | {str(count) for count in counts} | {"0"}


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_every_number_quoted_is_a_fact_of_its_month(name):
    for run in told(name):
        for chapter in story(run).chapters:
            text = NAME.sub("", chapter.text)
            known = quotable(run.months[chapter.month]) | months_named(chapter, run)
            for quoted in QUOTED.findall(text):
                assert quoted in known, f"{quoted!r} in {run.number}: {chapter.text}"


def months_named(chapter: Chapter, run: TracedRun) -> set[str]:
    """Numbers of months, and the challenger's weight."""
    horizon = {str(month.number) for month in run.months[: chapter.month + 1]}
    return horizon | {"1"}


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_nothing_that_matters_is_left_out(name):
    for run in told(name):
        chapters = {chapter.month: chapter.text for chapter in story(run).chapters}
        for month in run.months:
            if month.crisis:
                says_all(chapters[month.number], month, month.crisis)
            for option in month.options:
                assert (
                    option.worth is None or format_utility(option.worth) in chapters[month.number]
                )
            for crossing in month.crossings:
                assert "Crossed " in chapters[month.number], crossing
            for state in month.waiting:
                assert f"To go beyond {state.at.label}, " in chapters[month.number], state
            for happening in month.happenings:
                assert happening.why in chapters[month.number]


def says_all(text: str, month: TracedMonth, crisis: Crisis) -> None:
    """The numbers behind a crisis, each where the reader is told of it."""
    options = [option for option in month.options if option.action is crisis.action]
    if crisis.ordered:
        assert f"{chance_phrase(options[0].chance)} of choosing (utility" in text
    if crisis.ordered and options[0].answer:
        assert f"{chance_phrase(options[0].answer)} of an answer" in text
    defying = sum(stand.defies for stand in crisis.stands)
    some = 0 < defying < len(crisis.stands)
    if len(crisis.stands) > 1:
        every = "both" if defying == 2 else f"all {defying}"
        some_or_none = f"{defying or 'none'} of {len(crisis.stands)}"
        how_many = every if defying == len(crisis.stands) else some_or_none
        assert f"{how_many} states" in text.lower()
    power, needed = format_distinct_pair(crisis.defying, crisis.quorum)
    share = f"{power} of the fighting power (more than {needed} is needed)"
    assert (share in text) is bool(some and crisis.attributed)
    if crisis.success:
        assert f"{chance_phrase(crisis.success.chance)} of success" in text
        _, position = crisis.success.position
        assert (f"{format_chance(position)} of its aims" in text) is crisis.success.succeeded
    if month.war in (War.LIMITED, War.GENERAL):
        assert crisis.press
        assert chance_phrase(crisis.press.general) in text
    if crisis.press:
        assert f"it had {chance_phrase(crisis.press.chance)} of " in text
        certain = crisis.press.slip == 1.0
        risk = "which means war" if certain else f"{chance_phrase(crisis.press.slip)} of war"
        assert (risk in text) is (crisis.press.pressed and crisis.answered)
    assert f"Power of the force {format_level(crisis.power)}" in text
    assert f"tension {format_level(month.tension)}." in text


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_the_ending_is_the_records(name):
    for run in told(name):
        said = story(run)
        assert run.outcome.label in said.headline
        assert run.outcome.label in said.ending
        assert (f"month {run.last.number}" in said.ending) is (run.last.war is not War.NONE)
        assert str(run.number) in said.headline


@settings(max_examples=25)
@given(scenario=scenarios())
def test_any_run_can_be_told(scenario):
    run = replay(scenario, 1, 2)
    for full in (False, True):
        said = story(run, full)
        text = " ".join([said.headline, *(c.text for c in said.chapters), said.ending])
        assert "probab" not in text
        assert "nan" not in text.replace("finance", "")
        assert "  " not in text
        assert [c.month for c in said.chapters] == sorted({c.month for c in said.chapters})
    for month in run.months:
        free = [move for move in month.moves if move.cause.value == "choice"]
        told_of = (
            *(month.crisis, month.options, month.crossings, month.happenings, month.waiting),
            *(month.backing, month.threat, month.talks, month.retaliation, month.learned),
            month.truce_broken,
        )
        if not any(told_of) and len(free) == len(month.moves):
            assert describe_month(month, scenario) == ()


def test_in_full_every_month_with_a_move_has_its_chapter():
    run = replay(tiny(), 3)
    moved = {month.number for month in run.months if month.moves}
    assert moved <= {chapter.month for chapter in story(run, full=True).chapters}


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.123, "+0.12"), (-0.041, f"{MINUS}0.04"), (0.0, "0.00"), (-0.001, "0.00")],
)
def test_a_worth_has_a_sign_unless_it_is_nothing(value, text):
    assert format_utility(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.31, "a 31 % chance"),
        (0.8, "an 80 % chance"),
        (0.18, "an 18 % chance"),
        (0.0001, "less than a 0.1 % chance"),
        (0.9999, "more than a 99.9 % chance"),
    ],
)
def test_a_chance_has_its_article(share, text):
    assert chance_phrase(share) == text


@pytest.mark.parametrize("noun", ["unopposed war", "accidental clash", "offensive"])
def test_a_noun_has_its_article(noun):
    assert with_article(noun) == f"an {noun}"
    assert with_article("probe") == "a probe"


def test_shares_that_differ_are_told_apart():
    assert format_distinct_pair(0.77, 0.36) == ("77 %", "36 %")
    assert format_distinct_pair(0.8711, 0.8659) == ("87.1 %", "86.6 %")
    assert format_distinct_pair(0.87, 0.87) == ("87 %", "87 %")


def test_of_many_states_a_few_are_named_but_never_all_but_one():
    five = ["poland", "united_states", "italy", "netherlands", "france"]
    assert list_states(five) == "Poland, the United States, Italy, the Netherlands and France"
    assert list_states([*five, "spain"]).endswith("the Netherlands and 2 more")
