"""The canonical games rest on the model's rules: with a rule changed, its games no longer agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.theory.catalogue import CASES
from tests.theory.rule_mutations import GAMES, MUTATIONS, SEED

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def agreeing():
    """For each changed rule, the games resting on it that still give the known answer."""
    environment = {**os.environ, "THINLINE_COMPILE": "off", "PYTHONPATH": str(ROOT)}
    script = Path(__file__).with_name("rule_mutations.py")
    said = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(said.stdout)


@pytest.mark.parametrize("rule", MUTATIONS)
def test_no_game_that_rests_on_a_changed_rule_agrees(agreeing, rule):
    assert agreeing[rule] == []


def test_with_no_rule_changed_all_agree(agreeing):
    assert agreeing[""] == list(GAMES)


@pytest.mark.parametrize("game", GAMES)
def test_a_small_game_agrees(game):
    assert CASES[game].compare(GAMES[game], 300, SEED).agree


def test_every_game_rests_on_some_rule():
    assert {game for mutation in MUTATIONS.values() for game in mutation.games} == set(GAMES)
