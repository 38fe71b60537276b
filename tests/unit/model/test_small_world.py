"""No number of a small world in which everything happens moves unless someone meant it to."""

from __future__ import annotations

import pytest

from sim.enums import Trigger, War
from tests import first_edition, small_world


@pytest.mark.parametrize("block", range(small_world.BLOCKS))
def test_the_small_world_still_gives_what_is_on_file(block):
    numbers, kept = small_world.numbers(block), small_world.kept()[block]
    assert [name for name in numbers if numbers[name] != kept.get(name)] == [], (
        "numbers moved: if that was meant, run `make reference`"
    )


@pytest.mark.parametrize("block", range(small_world.BLOCKS))
def test_switched_off_the_mechanisms_change_no_draw_and_no_number(block):
    numbers = small_world.numbers(block, *first_edition.SETTINGS)
    before = first_edition.kept()[block]
    assert [name for name in before if numbers[name] != before[name]] == []


def test_everything_happens_in_it():
    kept = small_world.kept()

    def seen(field: str) -> list[int]:
        return [value for block in kept for value in block[field]]

    for happened in ("probes", "strikes", "mobilisations", "accidents", "unattributed", "conceded"):
        assert sum(seen(happened)) > 0, happened
    assert set(seen("war")) == set(War)
    assert set(seen("trigger")) == set(Trigger)
