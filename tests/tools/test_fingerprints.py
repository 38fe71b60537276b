"""No number of a shipped scenario moves unless someone meant it to."""

from __future__ import annotations

import re

import pytest

from sim.resources import scenario_names
from tools.docgen import fingerprints


@pytest.mark.parametrize("name", scenario_names())
def test_the_model_still_gives_what_is_on_file(name):
    found, kept = fingerprints.fingerprint(name), fingerprints.kept(name)
    difference = fingerprints.difference(found, kept)
    assert not difference, difference
    assert found == kept


def test_there_is_no_fingerprint_of_a_scenario_that_is_gone():
    kept = {file.stem for file in fingerprints.FOLDER.glob("*.json")}
    assert kept == set(scenario_names())


MEAN = {"mean": 0.5, "low": 0.4, "high": 0.6}
KEPT = {"digest": "a", "records": "b", "war": 0.5, "measures": {"strikes": MEAN}}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "^$"),
        ({"digest": "c"}, "^no number moved; the scenario or the list of parameters changed"),
        ({"records": "c"}, "^no mean moved, and the records differ: if a column was added"),
        ({"records": "c", "war": 0.4}, "^numbers moved"),
        ({"measures": {"strikes": {**MEAN, "low": 0.3}, "more": MEAN}}, "^numbers moved"),
        (
            {"records": "c", "measures": {"strikes": MEAN, "more": MEAN}},
            "^no common number moved; columns added: more: run `make reference`$",
        ),
        (
            {"records": "c", "measures": {"more": MEAN, "others": MEAN}},
            "^no common number moved; columns added: more, others; removed: strikes: run",
        ),
    ],
)
def test_a_difference_is_told_with_what_to_do(changed, said):
    assert re.search(said, fingerprints.difference({**KEPT, **changed}, KEPT))


def test_a_moved_number_shows(monkeypatch):
    monkeypatch.setattr(fingerprints, "RUNS", fingerprints.RUNS - 1)
    assert fingerprints.fingerprint("no_force") != fingerprints.kept("no_force")
