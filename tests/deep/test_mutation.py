"""Hardly anything in the model can be wrong without a test noticing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest
import yaml

from tests.deep import mutation_report
from tests.deep.mutants import mutants
from tests.deep.mutation import GROUPS, Kept, Place, files, graft, places, sampled

ROOT = Path(__file__).parents[2]

SOURCE = '''
def rule(a: float = 1.0) -> float:
    """A docstring is no site."""
    if a < 2 and not a == 3:
        return -min(a, 1.5)
    a = a if a else 1e300
    note(a)
    w.seen = a
    if w.seen:
        w.count += 1
    return a + True
'''


def test_mutants_of_a_source():
    assert sorted(mutant.what for mutant in mutants(SOURCE)) == [
        "1 to 2",
        "1.5 to 2.5",
        "2 to 3",
        "3 to 4",
        "Add to Sub",
        "Add to Sub",
        "And to Or",
        "Eq to NotEq",
        "Lt to GtE",
        "Lt to LtE",
        "True to False",
        "branches swapped",
        "if to if not",
        "min to max",
        "no Not",
        "no USub",
        "no note(a)",
        "no w.count += 1",
        "no w.seen = a",
    ]


def test_each_mutant_differs_in_one_place_and_is_python():
    sources = [mutant.source for mutant in mutants(SOURCE)]
    assert len(set(sources)) == len(sources)
    for source in sources:
        compile(source, "mutant", "exec")


def test_every_rule_and_every_stage_is_tried():
    chosen = files()
    assert "sim/model/rules/choice.py" in chosen
    assert "sim/model/stages/footprint.py" in chosen
    assert "sim/model/schedule.py" in chosen


def test_the_files_outside_the_model_are_tried():
    chosen = files(GROUPS[1:])
    assert "sim/statistics.py" in chosen
    assert "sim/experiments/storage/run_folder.py" in chosen
    assert "sim/analysis/discovery/prim.py" in chosen
    assert "sim/rng.py" in chosen
    assert "sim/room/room.py" in chosen


def test_methods_are_mutated_and_replaced(monkeypatch):
    from sim.statistics import Estimate

    source = "class A:\n    def f(self):\n        return 1\n"
    assert [mutant.function for mutant in mutants(source)] == ["A.f"]
    width = vars(Estimate)["width"].fget
    monkeypatch.setattr(width, "__code__", width.__code__)
    place = next(p for p in places(["sim/statistics.py"]) if p.mutant.function == "Estimate.width")
    graft(place)
    assert Estimate(0.5, 0.25, 1.0).width == 1.25


def test_a_mutant_takes_the_place_of_what_is_right_wherever_it_was_imported(monkeypatch):
    from sim.model.rules import escalation

    if not isinstance(escalation.chance_of, FunctionType):
        pytest.skip("compiled functions stay what they are")
    monkeypatch.setattr(escalation.chance_of, "__code__", escalation.chance_of.__code__)
    imported = escalation.chance_of
    place = next(p for p in places(["sim/model/rules/escalation.py"]) if p.mutant.what == "no USub")
    graft(place)
    assert imported(0.0) == 0.0
    assert imported(1.0) < 0.0


def test_what_noticed_a_mutant_is_kept_until_that_test_changes(tmp_path):
    place = places(["sim/model/rules/escalation.py"])[0]
    kept = Kept(tmp_path / "killers.jsonl", GROUPS[0])
    assert kept.killer(place) is None
    kept.note(place, "tests/unit/model/test_outcomes.py::test_one")
    assert (
        Kept(tmp_path / "killers.jsonl", GROUPS[0]).killer(place)
        == "tests/unit/model/test_outcomes.py::test_one"
    )
    text = (tmp_path / "killers.jsonl").read_text()
    witness = json.loads(text)["witness"]
    (tmp_path / "killers.jsonl").write_text(text.replace(witness, "0" * len(witness)))
    assert Kept(tmp_path / "killers.jsonl", GROUPS[0]).killer(place) is None


def test_every_reason_is_that_of_a_mutant():
    there = {
        (f"{file}:{mutant.function}", mutant.text, mutant.what) for file, mutant in places(files())
    }
    said = yaml.safe_load(mutation_report.REASONS.read_text(encoding="utf-8"))
    for where, lines in said.items():
        for text, mutants_ in lines.items():
            for what, why in mutants_.items():
                assert (where, text, what) in there
                assert len(why) > 20


def test_the_page_tells_of_every_file_and_every_survivor():
    asked = places(files())
    noticed: dict[Place, str | None] = dict.fromkeys(asked, "tests/unit/model/rules/test_one.py")
    killers = noticed | {asked[0]: None}
    page = mutation_report.page(killers, asked, "0123")
    assert f"There are **{len(asked):,}** mutants" in page
    assert f"tried **{len(asked) - 1:,}** were\nnoticed, and **1**" in page
    opened = int(not mutation_report.reason(asked[0]))
    assert f"survived: {1 - opened} for a reason given below,\n{opened} open" in page
    assert all(f"| `{file}` |" in page for file in {place.file for place in asked})
    assert page.count(f"`{asked[0].mutant.text}`") == 1


def test_the_page_says_how_many_were_tried():
    some = sampled(files(), 2)
    assert len(some) == 2 * len(GROUPS)
    page = mutation_report.page(dict.fromkeys(some, "no end"), places(files()), "0123")
    assert f"There are **{len(places(files())):,}** mutants. Of **{len(some)}** that were" in page


@pytest.mark.deep
def test_few_mutants_survive_and_each_for_a_reason():
    said = subprocess.run(
        [sys.executable, "-m", "tests.deep.mutation", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(said.stdout)
    assert found["tried"] == len(places(files()))
    assert len(found["survived"]) <= 0.05 * found["tried"]
    assert [one for one in found["survived"] if not one["reason"]] == []
