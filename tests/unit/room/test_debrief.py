"""The debrief: the path of the class among many runs, and what a seat changed."""

from __future__ import annotations

import csv
import io
import json
from copy import copy
from dataclasses import replace

import pytest

import sim
from sim.enums import Decision
from sim.room.debrief import debrief, path_of, play_again, unusual
from sim.room.export import COLUMNS, choices_csv, report_page
from sim.room.views import choice_view
from tests.unit.room.rooms import EVERYTHING, SEATS, play_at_random, room_of


@pytest.fixture(scope="module")
def played():
    room = room_of(*SEATS)
    play_at_random(room)
    return room


def test_a_rare_choice_is_not_said_to_have_no_chance(played):
    rare = replace(played.game.played[0], due=True, implied=False)
    rare = replace(rare, chances={**rare.chances, rare.option: 0.003144})
    room = copy(played)
    room.game = copy(played.game)
    room.game.played = [rare]
    assert choice_view(rare)["chance"] == 0.003144
    page = report_page(room, debrief(path_of(played), runs=20), [])
    assert "<td>0.3 %</td>" in page


def test_the_same_choices_give_the_same_run(played):
    path = path_of(played)
    assert play_again(path).record.tobytes() == path.traced.record.tobytes()


def test_without_any_choice_it_is_the_run_of_the_model(played):
    plain = sim.play(EVERYTHING, 2)
    plain.finish()
    again = play_again(path_of(played), leave_out=SEATS)
    assert again.record.tobytes() == plain.traced.record.tobytes()


def test_unusual_choices_are_those_of_small_chance(played):
    chance = iter((0.5, 0.02, 0.1, 0.09, 0.02))
    choices = [
        replace(each, state=f"s{k}", due=True, chances={each.option: next(chance)}, implied=False)
        for k, each in enumerate(played.game.played[:5])
    ]
    assert [each.chance for each in unusual(choices)] == [0.02, 0.02, 0.09]
    assert [each.state for each in unusual(choices, most=2)] == ["s1", "s4"]
    assert unusual([replace(each, implied=True) for each in choices]) == []
    unreviewed = [replace(each, due=False) for each in choices]
    alone = [each for each in unreviewed if each.option == "threaten"]
    assert alone
    assert unusual(unreviewed) == alone
    hold = replace(
        choices[0], decision=Decision.CHALLENGE, option="hold", due=False, chances={"hold": 0}
    )
    attack = replace(hold, option="strike", chances={"strike": 0.4})
    assert unusual([hold, choices[1], attack]) == [attack, choices[1]]


def test_the_debrief_has_four_rounds_and_is_plain_data(played):
    found = debrief(path_of(played), runs=200)
    json.dumps(found)
    usual = found["usual"]
    assert sum(row["share"] for row in usual["outcomes"]) == pytest.approx(1.0)
    assert [row["label"] for row in usual["outcomes"] if row["ours"]] == [
        played.game.run.traced.outcome.label
    ]
    without = found["why"]["without"]
    assert len(without) == 1 + len({each.state for each in played.game.played})
    assert found["why"]["own"].keys() == {"France", "Russia", "Ukraine"}
    assert found["limits"]["limits"]


def test_the_table_has_a_row_a_choice(played):
    rows = list(csv.DictReader(io.StringIO(choices_csv(played))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(played.game.played)
    assert {row["state"] for row in rows} <= set(SEATS)
