"""Told and played runs of the browser engine in a real browser."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from sim.scenario.load import load
from sim.trace.interactive import play
from sim.trace.replay import replay
from tests.scenarios import ALIVE
from tests.strategies import scenarios
from tests.unit.browser.plain_story import RUNS, SEED, Facts
from tests.web.engine_page import EnginePage, write_page

EVERYONE_DECIDES = pytest.param("everyone_decides", marks=pytest.mark.deep)
# Everything happens in the first (tests/unit/browser/test_story.py).
NAMES = (
    ALIVE,
    EVERYONE_DECIDES,
    *(
        pytest.param(name, marks=pytest.mark.deep)
        for name in ("reassurance_force", "moscow_threatens", "kyiv_retaliates")
    ),
)


@pytest.fixture(scope="module")
def engine(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EnginePage]:
    page = browser.new_page()
    page.goto(write_page(tmp_path_factory.mktemp("told") / "engine.html"))
    yield EnginePage(page)
    page.close()


def tell(engine: EnginePage, seed: int, run: int) -> list[dict[str, Any]]:
    months: list[dict[str, Any]] = engine.ask("model.tell(...given)", [seed, run])
    for month in months:
        worths = month["option_worth"]
        month["option_worth"] = [float("-inf") if each == "never" else each for each in worths]
    return months


@pytest.mark.parametrize("name", NAMES)
def test_a_told_run_is_the_replayed_run_to_the_last_bit(engine, name):
    scenario = load(name)
    engine.enter(scenario)
    for run in RUNS if name == ALIVE else range(10):
        Facts(tell(engine, SEED, run), replay(scenario, run, SEED)).hold()


@pytest.mark.parametrize("name", NAMES)
def test_the_course_of_a_run_is_that_of_the_told_run(engine, name):
    engine.enter(load(name))
    courses = engine.ask("model.courses(2025, 7, 300)")  # more than one block
    assert len(courses) == 300
    for k in (0, 1, 255, 256, 299):
        assert courses[k] == [month["power"] for month in tell(engine, 2025, 7 + k)]


@pytest.mark.deep
@settings(max_examples=50)
@given(scenario=scenarios())
def test_on_any_scenario(engine, scenario):
    engine.enter(scenario)
    Facts(tell(engine, 1, 4), replay(scenario, 4, 1)).hold()


@pytest.mark.parametrize("name", [EVERYONE_DECIDES, ALIVE, "no_force"])
def test_a_run_phase_by_phase_has_the_decisions_of_a_played_run(engine, name):
    scenario = load(name)
    engine.enter(scenario)
    engine.page.evaluate("() => { globalThis.session = model.session(6, 2); }")
    played = play(scenario, run=2, seed=6)
    while not played.is_over:
        opened = engine.ask("session.open()")
        if not opened:
            engine.page.evaluate("() => { session.phase(); }")
            continue
        here = [
            (each["decision"], each["name"], tuple(each["options"]), each["due"]) for each in opened
        ]
        there = [(each.decision.word, each.state, each.options, each.due) for each in played.open]
        assert here == there
        for each, one in zip(opened, played.open, strict=True):
            impossible = played.impossible(one)
            assert each["possible"] == [option not in impossible for option in one.options]
            chances = list(played.chances(each["name"]).values())
            assert each["chances"] == pytest.approx(chances, rel=1e-12, abs=1e-300)
        engine.page.evaluate("() => { session.phase(); }")
        played.advance()
    while not engine.ask("session.over"):
        engine.page.evaluate("() => { session.phase(); }")
    record = engine.page.evaluate("() => text(session.record().bytes)")
    engine.page.evaluate("() => { globalThis.other = model.play(6, 2, 1).records.bytes; }")
    assert record == engine.page.evaluate("() => text(other)")


def test_dictated_decisions_lead_where_they_lead_in_python(engine):
    """The challenger mobilises and presses in month 2, and a guarantor goes home."""
    scenario = load(ALIVE)
    guarantor = next(s for s in scenario.states if scenario.role(s).word == "guarantor")
    wanted = {"challenge": "mobilisation", "press": "press", "target": "none"}
    played = play(scenario, run=1, seed=6)
    while not played.is_over:
        if played.month == 2:
            for each in played.open:
                if each.decision.word != "target" or each.state == guarantor:
                    option = wanted.get(each.decision.word)
                    if option:
                        played.decide(each.state, option)
        played.advance()
    engine.enter(scenario)
    record = engine.page.evaluate(
        """([guarantor, wanted]) => {
          const session = model.session(6, 1);
          session.month();
          const state = scenario.states.indexOf(guarantor);
          for (const [slot, option] of Object.entries(wanted)) {
            session.dictate(slot, slot === "target" ? state : null, option);
          }
          while (!session.over) session.month();
          return text(session.record().bytes);
        }""",
        [guarantor, wanted],
    )
    assert base64.b64decode(record) == played.traced.record.tobytes()


def test_a_decision_of_a_state_that_has_none_does_not_count(engine):
    """A partner or the challenger has no participation to decide on."""
    scenario = load(ALIVE)
    engine.enter(scenario)
    plain, dictated = engine.ask("""[false, true].map((dictate) => {
      const session = model.session(6, 1);
      while (!session.over) {
        if (dictate) session.dictate("target", scenario.roles.indexOf("challenger"), "ground");
        if (dictate) session.dictate("answer", scenario.roles.indexOf("protege"), "defy");
        session.month();
      }
      return session.record().bytes;
    })""")
    assert plain == dictated


def test_a_strike_on_a_force_that_does_not_stand_does_not_count(engine):
    engine.enter(load("no_force"))
    plain, dictated = engine.ask("""[false, true].map((dictate) => {
      const session = model.session(6, 1);
      while (!session.over) {
        if (dictate) session.dictate("challenge", null, "strike");
        session.month();
      }
      return session.record().bytes;
    })""")
    assert plain == dictated
