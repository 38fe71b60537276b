"""The scripts that put told months into words, without an engine: the months are made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from sim.browser.layout import STORY
from sim.enums import War
from sim.explorer import words
from sim.explorer.page import ASSETS
from sim.explorer.telling import seat, telling
from sim.trace.divergence import SAME_NUMBER
from tests.scenarios import tiny

SCRIPTS = ("text.js", "story.js", "parting.js", "seen.js")
DATA = {
    "telling": telling(),
    "lists": words.lists(),
    "seat": seat(),
    "presets": [],
    **words.cast(tiny()),
}
PROBE = {"action": 1, "ordered": 1, "attributed": 1, "carried_out": 1}
GUARANTOR = tiny().states.index("poland")
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(browser: Any) -> Iterator[Ask]:
    """A callable that evaluates a script with the words of the explorer as ``data``."""
    page = browser.new_page()
    parts = [(ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS]
    page.add_script_tag(content="\n".join(["const explorer = {};", *parts]))

    def ask(script: str, given: Any) -> Any:
        return page.evaluate(f"([data, given]) => ({script})(data, given)", [DATA, given])

    yield ask
    page.close()


def told(**facts: Any) -> dict[str, Any]:
    """Month 1 of a told run in which nothing but these ``facts`` happens."""
    row = np.zeros(1, STORY)[0]
    month = {name: row[name].tolist() for name in STORY.names or ()}
    quiet = {"month": 1, "event_month": [-1], "line_month": [-1]}
    return month | quiet | facts


def of_guarantor(value: float) -> list[float]:
    """A fact of each state, which is 0 of all but the guarantor."""
    return [value if i == GUARANTOR else 0 for i in range(len(tiny().states))]


def differing(ask: Ask, one: dict[str, Any], other: dict[str, Any]) -> str | None:
    """What differs first in month 1 of two runs; None if they have the same actions."""
    script = """(data, [here, there]) => {
      const month = explorer.parting.of(data, here, there);
      const cast = explorer.story.names(data, "");
      return month === null
        ? null
        : explorer.parting.why(data, cast, [here, there], month, ["here", "there"]);
    }"""
    start = told(month=0)
    said: str | None = ask(script, [[start, one], [start, other]])
    return said


def test_a_probe_that_succeeds_in_one_run_only_is_a_difference(ask):
    one = told(**PROBE, success_open=1, succeeded=1, success_chance=0.6)
    assert differing(ask, one, one | {"succeeded": 0, "success_chance": 0.5}) == (
        "The probe succeeds only here. Success has a chance of 60 % here and of 50 % there. "
        f"{SAME_NUMBER}"
    )


def test_chances_are_said_to_differ_only_where_they_do(ask):
    pressed = told(**PROBE, press_decided=1, pressed=1, press_chance=0.52)
    back = pressed | {"carried_out": 0, "pressed": 0}
    said = "Russia carries the probe through only here. Carrying it through has a chance of "
    assert differing(ask, pressed, back) == f"{said}52 % here and of 52 % there."
    assert differing(ask, pressed, back | {"press_chance": 0.48}) == (
        f"{said}52 % here and of 48 % there. {SAME_NUMBER}"
    )
    moved = told(rung=of_guarantor(1), rung_before=of_guarantor(1))
    assert differing(ask, moved, moved | {"rung": of_guarantor(2)}) == (
        "Poland does not move here and moves to “logistics” there."
    )


def test_a_war_that_becomes_general_in_one_run_only(ask):
    limited = told(**PROBE, answered=1, pressed=1, war=int(War.LIMITED), slip=0.51, general=0.2)
    assert differing(ask, limited, limited | {"war": int(War.GENERAL), "general": 1}) == (
        "The war becomes general only there. Becoming general has a chance of 20 % here and of "
        f"100 % there. {SAME_NUMBER}"
    )


def seen(ask: Ask, month: dict[str, Any], role: str) -> list[str]:
    """What a seat in this role is told of a month."""
    script = """(data, [month, role]) => {
      const tell = explorer.seen.teller(data, explorer.story.names(data, ""), role);
      return tell(month, month);
    }"""
    said: list[str] = ask(script, [month, role])
    return said


@pytest.mark.parametrize("role", ["challenger", "guarantor"])
def test_an_accident_is_known_to_be_one_if_it_is_attributed(ask, role):
    accident = told(**PROBE) | {"ordered": 0}
    assert seen(ask, accident, role)[0] == "There is an accidental clash that nobody ordered."
    unseen = seen(ask, accident | {"attributed": 0}, role)[0]
    assert ("nobody can say who began it" in unseen) is (role == "guarantor")


def test_a_ceasefire_breaks_unless_a_war_ends_it(ask):
    broken = told(truce_broken=1)
    assert seen(ask, broken, "partner") == ["The ceasefire breaks; the fighting resumes."]
    assert seen(ask, broken | {"war": int(War.LIMITED)}, "partner") == []


def test_answers_that_nobody_gave_are_no_difference(ask):
    stands = {"stand_power": of_guarantor(0.3), "stand_chance": of_guarantor(0.6)}
    one = told(**PROBE, **stands, stand_defies=of_guarantor(1))
    other = one | {"stand_defies": of_guarantor(0), "stand_chance": of_guarantor(0.4)}
    assert differing(ask, one, other) == (
        "Poland votes to answer (chance of voting to answer 60 %) here and votes to give way "
        f"(chance of voting to answer 40 %) there. {SAME_NUMBER}"
    )
    alike = other | {"stand_chance": of_guarantor(0.6)}
    assert SAME_NUMBER not in str(differing(ask, one, alike))
    assert differing(ask, one | {"attributed": 0}, other | {"attributed": 0}) is None
