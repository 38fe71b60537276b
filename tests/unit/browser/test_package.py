"""The document of a scenario for the browser engine, and the files of an export."""

from __future__ import annotations

import base64
import json
import zlib

import numpy as np
import pytest

from sim.browser import export, scenario_document
from sim.browser.assets import ASSETS, ENGINE, MODULE, built, module_sources_digest
from sim.browser.layout import ROWS
from sim.errors import UsageError
from sim.model.build import build
from sim.model.state import PARAMETERS
from sim.scenario.load import load
from tests.scenarios import ALIVE, tiny

ARRAYS = ("base", "draws", "nodes", "surface")


@pytest.fixture(scope="module")
def document():
    return scenario_document(load(ALIVE))


def test_the_arrays_are_those_of_the_engines(document):
    setup = build(load(ALIVE))
    for name in ARRAYS:
        data = base64.b64decode(document["arrays"][name])
        assert data == np.ascontiguousarray(getattr(setup, name)).tobytes()
        assert document["sizes"][name] == [len(data), zlib.crc32(data)]


def test_it_is_json_without_numbers_that_json_lacks(document):
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_each_parameter_is_at_its_address(document):
    scenario = load(ALIVE)
    row = np.frombuffer(base64.b64decode(document["arrays"]["base"]), np.float64)
    assert "setting.clarity" in document["parameters"]
    for path, (address, low, high, _) in document["parameters"].items():
        assert row[address] == scenario[path].mean
        assert low <= row[address] <= high


def test_what_only_python_computes_cannot_be_set(document):
    assert "constants.concentration" not in document["parameters"]
    assert not any(path.endswith((".role", ".watches")) for path in document["parameters"])


def test_what_is_read_at_the_start_cannot_be_set(document):
    assert not any(path.endswith((".start", ".backs")) for path in document["parameters"])
    assert any(path.endswith(".pledge") for path in document["parameters"])


def test_thresholds_stay_below_reaches(document):
    lines = load(ALIVE).red_lines
    assert len(document["ascending"]) == len(lines) > 0
    for threshold, reach in document["ascending"]:
        assert {threshold, reach} <= document["parameters"].keys()
        assert threshold.removesuffix("threshold") == reach.removesuffix("reach")


def test_the_layout_covers_each_row_without_gaps(document):
    for name, row in ROWS.items():
        table = document["layout"][name]
        sizes = {"u1": 1, "i1": 1, "u2": 2, "i4": 4, "i8": 8, "u8": 8, "f8": 8}
        end = 0
        for offset, kind, length in table["fields"].values():
            assert offset == end
            end += sizes[kind] * max(1, length)
        assert end == table["size"] == row.itemsize


def test_arrays_of_a_told_month_are_as_long_as_the_scenario_needs(document):
    scenario = load(ALIVE)
    assert document["used"]["rung"] == len(scenario.states)
    assert document["used"]["event_month"] == len(scenario.events)
    assert document["used"]["line_month"] == len(scenario.red_lines)
    assert "option_worth" not in document["used"]


def test_export_writes_what_a_page_needs(tmp_path):
    module, engine, document, script = export(tiny(), tmp_path / "page")
    assert module.read_bytes() == MODULE.read_bytes()
    assert engine.read_bytes() == ENGINE.read_bytes()
    assert json.loads(document.read_text(encoding="utf-8")) == scenario_document(tiny())
    assert document.read_text(encoding="utf-8") in script.read_text(encoding="utf-8")


def test_export_refuses_a_name(tmp_path):
    with pytest.raises(UsageError, match="is not a loaded scenario"):
        export("tiny", tmp_path)


def test_the_module_is_built_from_todays_sources():
    assert built()["sources"] == module_sources_digest(), "the model has changed since: make wasm"
    assert module_sources_digest().encode() in MODULE.read_bytes()[-1000:]


def test_the_assets_are_in_the_package():
    names = {file.name for file in ASSETS.iterdir()}
    assert names == {"engine.js", "thinline.json", "thinline.wasm"}


def test_a_row_of_parameters_is_whole_words():
    assert PARAMETERS.itemsize % 8 == 0
