"""No number of a small world in which everything happens moves unless someone meant it to."""

from __future__ import annotations

import pytest

from sim.enums import Trigger, War
from sim.scenario.load import load
from sim.scenario.schema import OFF
from tests import first_edition, small_world


@pytest.mark.parametrize("name", small_world.KEPT)
@pytest.mark.parametrize("block", range(small_world.BLOCKS))
def test_the_small_world_still_gives_what_is_on_file(block, name):
    numbers = small_world.numbers(block, *small_world.KEPT[name])
    kept = small_world.kept(name)[block]
    assert [field for field in numbers if numbers[field] != kept.get(field)] == [], (
        "numbers moved: if that was meant, run `make reference`"
    )


@pytest.mark.parametrize("block", range(small_world.BLOCKS))
def test_switched_off_the_mechanisms_change_no_draw_and_no_number(block):
    numbers = small_world.numbers(block, *first_edition.SETTINGS)
    before = first_edition.kept()[block]
    assert [name for name in before if numbers[name] != before[name]] == []


def seen(name: str, field: str) -> list[int]:
    """The numbers of all runs on file."""
    return [value for block in small_world.kept(name) for value in block[field]]


def test_everything_happens_in_it():
    name = "small_world"
    for happened in ("probes", "strikes", "mobilisations", "accidents", "unattributed", "conceded"):
        assert sum(seen(name, happened)) > 0, happened
    assert set(seen(name, "war")) == set(War)
    assert set(seen(name, "trigger")) == set(Trigger)


def test_with_every_mechanism_there_is_more_that_happens():
    name = "small_world_mechanisms"
    scenario = load(str(small_world.SCENARIO), small_world.KEPT[name])
    off = [path for path, value in OFF.items() if scenario[path].mean == value]
    assert not off, f"switch {off} on in MECHANISMS of tests/small_world.py, then: make reference"
    for happened in (
        "called_off",
        "empty_threats",
        "retaliations",
        "wrong_blames",
        "refused_by_challenger",
        "refused_by_protege",
    ):
        assert sum(seen(name, happened)) > 0, happened
    for varied in ("truce", "truce_broken"):
        assert set(seen(name, varied)) == {0, 1}, varied
    assert len(set(seen(name, "backstop"))) > 5
