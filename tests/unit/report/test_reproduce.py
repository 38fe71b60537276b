"""The command that repeats a run says all that was set, the horizon too."""

from __future__ import annotations

import shlex

import pytest

from sim.experiments.simulate import simulate
from sim.report.reproduce import command
from sim.scenario.load import load

SET = ["setting.clarity=0.9", "states.germany.pledge=ground"]


# Numbers with many digits, and a reason with a comma.
EXACT = [
    "setting.regeneration=0.0123456",
    "constants.precision=2000",
    "events=[{name: later, month: 9, set: {setting.clarity: 0.123456}, why: 'one, then two'}]",
]


@pytest.mark.parametrize("overrides", [[], SET, [*SET, "months=7"], ["months=60"], EXACT])
def test_the_command_asks_for_the_same_scenario(overrides):
    results = simulate(load("reassurance_force", overrides), runs=20, seed=3)
    words = shlex.split(command(results))
    assert words[:3] == ["thinline", "run", "reassurance_force"]
    said = [words[k + 1] for k, word in enumerate(words) if word == "--set"]
    assert load("reassurance_force", said).digest == results.scenario.digest
    assert ("months=7" in said) == ("months=7" in overrides)


def test_a_file_that_has_gone_since_is_named_all_the_same(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("scenario: mine\nextends: no_force\ntitle: Mine\n")
    results = simulate(load(file), runs=5)
    file.unlink()
    assert str(file) in command(results)
