from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given, settings

from sim.scenario.load import load, load_text
from sim.scenario.scenario import Scenario
from tests.scenarios import COVERING_FIRST, tiny
from tests.strategies import scenarios


def again(scenario: Scenario) -> Scenario:
    # libyaml's dumper, which is several times faster, where there is one.
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return load_text(yaml.dump(scenario.to_dict(), Dumper=dumper, allow_unicode=True))


@settings(max_examples=30)
@given(scenarios())
def test_a_written_scenario_loads_back_to_the_same(scenario: Scenario) -> None:
    for back in (again(scenario), load_text(json.dumps(scenario.to_dict(), ensure_ascii=False))):
        assert back == scenario
        assert back.digest == scenario.digest
        assert hash(back) == hash(scenario)
        assert back.to_dict() == scenario.to_dict()


@pytest.mark.parametrize("name", COVERING_FIRST)
def test_every_shipped_scenario_loads_back_to_the_same(name: str) -> None:
    scenario = load(name)
    assert again(scenario) == scenario


def test_shifts_that_add_up_to_more_than_the_range_load_back() -> None:
    drawn = "setting.clarity={uniform: [0.2, 0.4]}"
    for shift in (0.6, -0.6):
        scenario = tiny(drawn, *[f"setting.clarity={{shift: {shift}}}"] * 2)
        assert again(scenario) == scenario
        assert scenario["setting.clarity"].mean == (shift > 0)


@pytest.mark.parametrize("told", ["title", "runs", "seed"])
def test_the_digest_leaves_out_what_moves_no_number(told: str) -> None:
    document = tiny().to_dict()
    document[told] = "another" if told == "title" else 3
    other = load_text(yaml.safe_dump(document))
    assert other != tiny()
    assert other.digest == tiny().digest


def test_the_digest_leaves_out_reasons_and_the_lesson() -> None:
    document = tiny().to_dict()
    document["setting"]["clarity"] = {"fixed": 0.6, "why": "so they say", "source": "a.b"}
    document["info"] = {"debrief": "talk"}
    assert load_text(yaml.safe_dump(document)).digest == tiny().digest


@pytest.mark.parametrize(
    "override",
    ["setting.clarity=0.61", "months=13", "states.poland.pledge=air_sea", "constants.lead=2"],
)
def test_the_digest_shows_every_other_change(override: str) -> None:
    assert tiny(override).digest != tiny().digest
