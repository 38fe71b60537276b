"""The library of scenarios: complete lessons, true of the numbers they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from sim.engines import ensemble
from sim.engines.mesa_model import ThinLineModel
from sim.errors import ScenarioError
from sim.evidence import articles, claims
from sim.model.build import build
from sim.resources import scenario_names, seed_file
from sim.scenario.diff import differences
from sim.scenario.load import load
from sim.scenario.parameter import ASSUMPTION
from sim.scenario.read_file import INFO_KEYS
from sim.scenario.scenario import Scenario, Value
from tests.scenarios import COVERING
from tests.unit.doc_commands import Command, check, commands, quoted
from tests.unit.expected_contrasts import EXPECTED

FOLDER = Path(__file__).parents[2] / "scenarios"
NAMES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
STRUCTURE = {"role", "effect"}
PAIRS = 2000
# A contrast is looked at after each of these numbers of pairs, until it holds. The intervals of all
# looks hold at once, so that looking several times does not raise the error rate.
LOOKS = (PAIRS // 5, PAIRS, 5 * PAIRS)


@cache
def shipped(name: str) -> Scenario:
    """A shipped scenario, or the roster."""
    return load(seed_file(name) if name == "roster" else name)


@pytest.fixture(params=NAMES)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return shipped(request.param)


def text(scenario: Scenario, key: str) -> str:
    """What the lesson says under one key, as one text."""
    said = scenario.info[key]
    return said if isinstance(said, str) else "\n".join(said)


def own(scenario: Scenario) -> Iterator[tuple[str, Value]]:
    """Every value that the scenario's own file sets, those of its events too."""
    said = [*scenario.values.items(), *(pair for event in scenario.events for pair in event.set)]
    return ((p, v) for p, v in said if v.place and Path(v.place.file).stem == scenario.name)


def comparisons() -> list[Command]:
    """Every ``thinline compare`` that a lesson suggests, once."""
    suggested = (each for name in NAMES for each in commands(text(shipped(name), "things_to_try")))
    return sorted({each for each in suggested if each.verb == "compare"})


def compared_names(document: dict[str, Any]) -> list[str]:
    """The scenarios in a comparison's document, the baseline first."""
    others = dict.fromkeys(each["scenario"] for each in document["differences"])
    return [document["baseline"], *others]


def test_there_are_enough_to_choose_from() -> None:
    assert len(NAMES) >= 22
    assert set(NAMES) <= set(scenario_names())


def kinds(name: str) -> set[str]:
    """Kinds of parameters and events in which a scenario differs from the main one.

    Which state, and which of a state's red lines, does not matter.
    """
    found = (each.path for each in differences(shipped(name), shipped("reassurance_force")))
    return {
        re.sub(r"^states\.\w+", "states", re.sub(r"(red_lines|groups|events)\.\w+", r"\1", path))
        for path in found
    } | {path for event in shipped(name).events for path, _ in event.set}


def test_a_part_of_it_covers_every_kind_of_parameter() -> None:
    covered = set().union(*map(kinds, COVERING))
    assert {name: left for name in NAMES if (left := kinds(name) - covered)} == {}


class TestLesson:
    def test_it_is_complete(self, scenario: Scenario) -> None:
        assert set(scenario.info) == set(INFO_KEYS)
        assert all(len(text(scenario, key)) > 60 for key in INFO_KEYS)
        assert len(scenario.info["debrief"]) >= 3
        assert len(scenario.info["sources"]) >= 3
        assert scenario.title

    def test_its_sources_are_known(self, scenario: Scenario) -> None:
        known = {claim.id for claim in claims()} | {article.id for article in articles()}
        assert set(scenario.info["sources"]) <= known

    def test_every_value_of_its_own_has_a_source_and_a_reason(self, scenario: Scenario) -> None:
        known = {claim.id for claim in claims()} | {ASSUMPTION}
        values = list(own(scenario))
        assert values
        for path, value in values:
            if path.split(".")[-1] not in STRUCTURE:
                assert value.source, path
                assert set(value.source) <= known, path
                assert value.why, path

    def test_every_event_says_why(self, scenario: Scenario) -> None:
        assert all(event.why for event in scenario.events)

    def test_it_speaks_of_shares_of_runs_and_forecasts_nothing(self, scenario: Scenario) -> None:
        said = " ".join(text(scenario, key) for key in INFO_KEYS).lower()
        assert not re.findall("probab|likelihood", said)


class TestThingsToTry:
    def test_each_command_could_be_run(self, scenario: Scenario) -> None:
        suggested = commands(text(scenario, "things_to_try"))
        assert len(suggested) >= 3
        for command in suggested:
            check(command)

    def test_each_comparison_runs(self, ask: Any) -> None:
        failed = []
        for command in comparisons():
            said = ask(command.verb, *command.words, "--runs", 50, "--json")
            names = [] if said.code else compared_names(said.document)
            if names[:1] != command.names[:1] or set(names) != set(command.names):
                failed.append(f"{' '.join(command.words)}: {names} {said.err}")
        assert not failed, "\n".join(failed)

    def test_whatever_else_is_quoted_is_a_scenario(self, scenario: Scenario) -> None:
        parts = [part for key in INFO_KEYS[:3] for part in quoted(text(scenario, key))]
        assert set(parts) <= set(scenario_names())

    @pytest.mark.parametrize(
        "wrong",
        [
            "`thinline runs no_force`",
            "`thinline run no_farce`",
            "`thinline run no_force --set setting.clarrity=1`",
            "`thinline run no_force --set setting.clarity=2`",
            "`thinline compare no_force`",
            "`thinline run no_force --wishes 3`",
        ],
    )
    def test_a_wrong_command_is_noticed(self, wrong: str) -> None:
        with pytest.raises((AssertionError, ScenarioError, click.UsageError)):
            check(commands(wrong)[0])


class TestDifference:
    def test_it_says_something_its_parent_does_not(self, scenario: Scenario) -> None:
        assert scenario.parent
        assert differences(scenario, shipped(scenario.parent))

    @pytest.mark.parametrize("name", [name for name in NAMES if name != "reassurance_force"])
    def test_the_first_thing_to_notice_sets_it_apart_from_its_parent(self, name: str) -> None:
        first = EXPECTED[name][0]
        assert {first.here.scenario, first.there and first.there.scenario} == {
            name,
            shipped(name).parent,
        }

    @pytest.mark.parametrize("name", sorted(EXPECTED))
    def test_what_there_is_to_notice_is_true(self, name: str) -> None:
        astray = [
            f"{contrast.says}: {contrast.difference(LOOKS[-1])}"
            for contrast in EXPECTED[name]
            if not any(contrast.holds(contrast.difference(n, len(LOOKS))) for n in LOOKS)
        ]
        assert not astray


class TestSharedLuck:
    """Two scenarios that differ in one thing agree until it first matters."""

    def test_a_run_over_before_the_withdrawal_is_the_same_run(self) -> None:
        kept, withdrawn = played("backstop_firm"), played("backstop_withdrawn")
        early = (kept["month"] < 24) | (withdrawn["month"] < 24)
        assert early.any()
        assert kept[early].tobytes() == withdrawn[early].tobytes()
        assert kept[~early].tobytes() != withdrawn[~early].tobytes()

    def test_a_run_without_a_strike_never_sees_the_fracture(self) -> None:
        whole, broken = played("reassurance_force"), played("fracture_after_first_casualties")
        calm = (whole["strikes"] == 0) | (broken["strikes"] == 0)
        assert calm.any()
        assert whole[calm].tobytes() == broken[calm].tobytes()
        assert whole[~calm].tobytes() != broken[~calm].tobytes()

    @pytest.mark.parametrize("run", range(4))
    def test_side_by_side_they_part_in_the_month_of_the_event(self, run: int) -> None:
        kept, withdrawn = (
            ThinLineModel(shipped(n), run) for n in ("backstop_firm", "backstop_withdrawn")
        )
        while kept.running and kept.world["month"] < 23:
            assert kept.world.tobytes() == withdrawn.world.tobytes()
            kept.step()
            withdrawn.step()
        assert kept.world.tobytes() == withdrawn.world.tobytes()
        kept.step()
        withdrawn.step()
        assert (kept.world.tobytes() != withdrawn.world.tobytes()) == bool(
            kept.world["month"] == 24
        )


def played(name: str) -> Any:
    """The records of a shipped scenario."""
    return ensemble.play(build(shipped(name)), 7, 0, PAIRS).records
