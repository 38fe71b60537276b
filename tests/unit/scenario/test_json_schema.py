from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings

from sim import resources
from sim.errors import ScenarioError
from sim.scenario.constants import CONSTANTS
from sim.scenario.json_schema import json_schema
from sim.scenario.load import load, load_text
from sim.scenario.scenario import Scenario
from sim.scenario.schema import RED_LINE, REQUIRES, SETTING, STATE
from tests.scenarios import COVERING_FIRST, TINY
from tests.strategies import documents, scenarios
from tests.unit.scenario.wrong_files import all_wrong_files, wrong_files

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
SHIPPED = [*resources.scenario_names()]
# libyaml's loader, which is several times faster, where there is one.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(text: str) -> Any:
    """The tree of a YAML text."""
    return yaml.load(text, LOADER)


def as_json(tree: Any) -> Any:
    """What an editor makes of a YAML tree: keys are text."""
    if isinstance(tree, dict):
        return {
            str(k).lower() if isinstance(k, bool) else str(k): as_json(v) for k, v in tree.items()
        }
    return [as_json(item) for item in tree] if isinstance(tree, list) else tree


def complaints(tree: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(as_json(tree))]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.skipif(not SHIPPED, reason="no scenario is shipped yet")
def test_the_shipped_copy_is_current() -> None:
    copy = resources.scenario_file(SHIPPED[0]).with_name("scenario.schema.json")
    current = json.loads(copy.read_text(encoding="utf-8")) == SCHEMA
    assert current, "renew it: python -m tools.docgen parameters"


def test_the_module_prints_it() -> None:
    command = [sys.executable, "-m", "sim.scenario.json_schema"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(printed) == SCHEMA


@pytest.mark.parametrize("name", SHIPPED)
def test_it_accepts_every_shipped_scenario(name: str) -> None:
    text = resources.scenario_file(name).read_text(encoding="utf-8")
    assert complaints(read(text)) == []


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_it_accepts_a_shipped_scenario_written_in_full(name: str) -> None:
    assert complaints(load(name).to_dict()) == []


def test_it_accepts_the_roster() -> None:
    text = resources.seed_file("roster").read_text(encoding="utf-8")
    assert complaints(read(text)) == []


@settings(max_examples=25)
@given(documents())
def test_it_accepts_whatever_loads(document: dict[str, Any]) -> None:
    assert complaints(document) == []


@settings(max_examples=15)
@given(scenarios())
def test_it_accepts_whatever_is_written(scenario: Scenario) -> None:
    assert complaints(scenario.to_dict()) == []


READABLE = [wrong for wrong in all_wrong_files() if wrong not in wrong_files("unreadable")]


def refused(text: str) -> bool:
    try:
        tree = read(text)
    except yaml.YAMLError:
        return True
    return bool(complaints(tree))


@pytest.mark.parametrize(
    "text",
    [
        "seting: {}",
        "setting: {clarity: 1.4}",
        "setting: {clarity: high}",
        "setting: {clarity: {uniform: [0.5]}}",
        "setting: {clarity: {fixed: 0.5, uniform: [0, 1]}}",
        "setting: {clarity: {}}",
        "setting: {ceasefire: 1}",
        "setting: {ceasefire: {uniform: [0, 1]}}",
        "months: 0",
        "months: 2.5",
        "states: {poland: {pledge: grund}}",
        "states: {poland: {pledge: {choice: {land: 1}}}}",
        "states: {poland: {reslove: 0.5}}",
        "states: {Poland: {}}",
        "states: {poland: }",
        "states: {russia: {red_lines: {red: {watches: foot}}}}",
        "groups: {all: {members: poland}}",
        "events: [{set: {setting.consent: 1}}]",
        "events: [{month: 1, when: first strike, set: {setting.consent: 1}}]",
        "events: [{when: whenever, set: {setting.consent: 1}}]",
        "events: [{month: 3, set: {setting.conset: 1}}]",
        "events: [{month: 3, set: {states.poland.role: partner}}]",
        "events: [{month: 3, set: {states.poland.resolve: 3}}]",
        "events: [{month: 3, set: {}}]",
        "events: [{month: 3, set: {setting.consent: {shift: 0.1}}}]",
        "events: [{month: 3, set: {states.poland.resolve: {shift: 0.1}}}]",
        "events: [{when: 0 states at ground, set: {setting.consent: 1}}]",
        "setting: {clarity: {truncated_normal: [0.5, 5000]}}",
        "setting: {clarity: {truncated_normal: [0.5, 1.0e-10]}}",
        "setting: {clarity: {beta: [0, 5]}}",
        "setting: {clarity: {beta: [1, 5]}}",
        "setting: {clarity: {beta: [0.5, 0.01]}}",
        "info: {debreif: a}",
        "info: {sources: all}",
        "ladders: {challenge: {hold: {}}}",
    ],
)
def test_it_refuses_what_a_reader_of_the_page_could(text: str) -> None:
    assert complaints({"scenario": "wrong"}) == []
    assert complaints({"scenario": "wrong", **read(text)})


@pytest.mark.parametrize(
    "text",
    [
        "setting: {clarity: {truncated_normal: [0, 1000]}}",
        "setting: {clarity: {beta: [0.5, 0.1]}}",
        "setting: {clarity: {shift: -1}}",
        "events: [{month: 3, set: {setting.consent: {uniform: [0, 1], shift: 0.1}}}]",
        "events: [{when: 10 states at ground, set: {setting.consent: 1}}]",
    ],
)
def test_it_accepts_the_limits_of_the_loader(text: str) -> None:
    assert complaints({"scenario": "right", **read(text)}) == []
    assert load_text(f"{TINY}{text}\n")


def test_it_refuses_most_of_the_wrong_files() -> None:
    assert sum(refused(wrong.text) for wrong in READABLE) > 0.7 * len(READABLE)


def test_whatever_it_refuses_the_loader_refuses() -> None:
    for wrong in READABLE:
        if refused(wrong.text):
            with pytest.raises(ScenarioError):
                load_text(wrong.text)


@pytest.mark.parametrize(
    ("table", "where"),
    [
        (SETTING, SCHEMA["properties"]["setting"]),
        (CONSTANTS, SCHEMA["properties"]["constants"]),
        (STATE, SCHEMA["definitions"]["state"]),
        (STATE, SCHEMA["definitions"]["group"]),
        (REQUIRES, SCHEMA["definitions"]["state"]["properties"]["requires"]),
        (RED_LINE, SCHEMA["definitions"]["red line"]),
    ],
    ids=["setting", "constants", "state", "group", "requires", "red_line"],
)
def test_every_parameter_is_explained(table: dict[str, Any], where: dict[str, Any]) -> None:
    for name, parameter in table.items():
        said = where["properties"][name]["description"]
        assert parameter.about in said
        assert parameter.range_text in said
        assert "default" in said
        assert parameter.source in said


def test_the_tiny_scenario_is_fine() -> None:
    assert complaints(read(TINY)) == []
