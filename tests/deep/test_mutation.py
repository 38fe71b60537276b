"""Hardly anything in the model can be wrong without a test noticing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deep.mutants import mutants
from tests.deep.mutation import files

ROOT = Path(__file__).parents[2]

SOURCE = '''
def rule(a: float = 1.0) -> float:
    """A docstring is no site."""
    if a < 2 and not a == 3:
        return -min(a, 1.5)
    note(a)
    return a + True
'''


def test_mutants_of_a_source():
    assert sorted(mutant.what for mutant in mutants(SOURCE)) == [
        "1.5 to 2.5",
        "2 to 3",
        "3 to 4",
        "Add to Sub",
        "And to Or",
        "Eq to NotEq",
        "Lt to GtE",
        "Lt to LtE",
        "True to False",
        "min to max",
        "no Not",
        "no USub",
        "no note(a)",
    ]


def test_each_mutant_differs_in_one_place_and_is_python():
    sources = [mutant.source for mutant in mutants(SOURCE)]
    assert len(set(sources)) == len(sources)
    for source in sources:
        compile(source, "mutant", "exec")


def test_every_rule_and_every_stage_is_tried():
    chosen = files()
    assert "sim/rules/choice.py" in chosen
    assert "sim/stages/weigh.py" in chosen
    assert "sim/month.py" in chosen


@pytest.mark.deep
@pytest.mark.parametrize(
    ("place", "allowed"), [("sim/rules", 5.0), ("sim/stages", 10.0), ("sim/month.py", 0.0)]
)
def test_few_mutants_survive(place, allowed):
    chosen = [file for file in files() if file.startswith(place)]
    said = subprocess.run(
        [sys.executable, "-m", "tests.deep.mutation", *chosen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.search(r"survived \(([\d.]+) %\)$", said.stdout.strip())
    assert found is not None
    assert float(found[1]) <= allowed, said.stdout
