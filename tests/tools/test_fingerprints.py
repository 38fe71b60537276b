"""No number of a shipped scenario moves unless someone meant it to."""

from __future__ import annotations

import pytest

from sim.resources import scenario_names
from tools.docgen import fingerprints


@pytest.mark.parametrize("name", scenario_names())
def test_the_model_still_gives_what_is_on_file(name):
    found, kept = fingerprints.fingerprint(name), fingerprints.kept(name)
    assert {**found, "digest": ""} == {**kept, "digest": ""}, (
        "numbers moved: if that was meant, say so in CHANGELOG.md and run `make reference`"
    )
    assert found["digest"] == kept["digest"], (
        "no number moved; the scenario or the list of parameters changed: run `make reference`"
    )


def test_there_is_no_fingerprint_of_a_scenario_that_is_gone():
    kept = {file.stem for file in fingerprints.FOLDER.glob("*.json")}
    assert kept == set(scenario_names())


def test_a_moved_number_shows(monkeypatch):
    monkeypatch.setattr(fingerprints, "RUNS", fingerprints.RUNS - 1)
    assert fingerprints.fingerprint("no_force") != fingerprints.kept("no_force")
