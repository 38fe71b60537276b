"""Earlier rooms beside a class in its debrief: which can be compared, and what is shown of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sim
from sim.errors import UsageError
from sim.room.debrief import COURSE, debrief, path_of
from sim.room.earlier import earlier_rooms
from sim.room.export import report_page
from sim.room.log import begin
from sim.room.room import Room
from tests.scenarios import ALIVE
from tests.unit.room.rooms import EVERYTHING, play_at_random, room_of

OTHER_SETTINGS = sim.load(ALIVE, {"setting.ceasefire": False, "months": 12})
OTHER = sim.load("troops_after_truce")


def log_of(folder: Path, name: str, run: int = 2, steps: int = 1_000) -> Room:
    """A room, played at random, whose log is in a folder under this name."""
    room = room_of("france", "russia", run=run)
    play_at_random(room, seed=run, steps=steps)
    begin(room, folder / name).close()
    return room


def test_a_folder_gives_its_finished_rooms_of_the_same_scenario(tmp_path):
    for name, run in (("b", 3), ("a", 2), ("own", 4)):
        log_of(tmp_path, f"{name}.jsonl", run)
    log_of(tmp_path, "open.jsonl", steps=2)
    begin(Room(OTHER), tmp_path / "other.jsonl").close()
    (tmp_path / "text.jsonl").write_text("no log\n")
    told: list[str] = []
    found = earlier_rooms([tmp_path], EVERYTHING, tmp_path / "own.jsonl", told.append)
    assert [(each.letter, each.log.name) for each in found] == [("A", "a.jsonl"), ("B", "b.jsonl")]
    for text, name, why in zip(
        told,
        ("open", "other", "text"),
        ("is not over", "'troops_after_truce'", "is no log"),
        strict=True,
    ):
        assert f"{name}.jsonl" in text
        assert why in text


@pytest.mark.parametrize(
    ("scenario", "message"), [(OTHER, "not this"), (OTHER_SETTINGS, "played other settings")]
)
def test_a_room_of_something_else_is_refused_without_replaying_it(
    scenario, message, tmp_path, monkeypatch
):
    monkeypatch.setattr("sim.room.earlier.read", None)
    begin(Room(EVERYTHING), tmp_path / "room.jsonl").close()
    with pytest.raises(UsageError, match=message):
        earlier_rooms([tmp_path / "room.jsonl"], scenario, None, print)
    with pytest.raises(UsageError, match="has no finished room"):
        earlier_rooms([tmp_path], scenario, None, print)


def test_a_room_that_is_not_over_and_an_edited_log_are_refused(tmp_path):
    log_of(tmp_path, "open.jsonl", steps=1)
    with pytest.raises(UsageError, match="is not over"):
        earlier_rooms([tmp_path / "open.jsonl"], EVERYTHING, None, print)
    log_of(tmp_path, "room.jsonl")
    text = (tmp_path / "room.jsonl").read_text()
    (tmp_path / "room.jsonl").write_text(text.replace('"digest":"', '"digest":"0', 1))
    with pytest.raises(UsageError, match="leads elsewhere"):
        earlier_rooms([tmp_path / "room.jsonl"], EVERYTHING, None, print)


def test_no_more_rooms_than_letters(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.room.earlier._run_of", lambda *_: None)
    logs = [tmp_path / f"{k}.jsonl" for k in range(27)]
    assert len(earlier_rooms(logs[:26], EVERYTHING, None, print)) == 26
    with pytest.raises(UsageError, match="27 rooms"):
        earlier_rooms(logs, EVERYTHING, None, print)


def test_the_debrief_shows_the_endings_and_courses_of_earlier_rooms(tmp_path):
    """By letters: neither the name of a log nor anybody's name is in it."""
    others = [log_of(tmp_path, f"anna_{run}.jsonl", run).game.run.traced for run in (3, 5)]
    room = room_of("france")
    play_at_random(room)
    earlier = earlier_rooms([tmp_path], EVERYTHING, None, print)
    found = debrief(path_of(room), 200, earlier)
    usual = found["usual"]
    assert usual["rooms"] == [
        {"letter": letter, "outcome": run.outcome.label}
        for letter, run in zip("AB", others, strict=True)
    ]
    for name, each in zip(COURSE, usual["course"], strict=True):
        assert each["rooms"] == {
            letter: run.record[name][0] for letter, run in zip("AB", others, strict=True)
        }
        assert each["ours"] == room.game.run.traced.record[name][0]
        assert each["least"] <= each["low"] <= each["middle"] <= each["high"] <= each["most"]
        assert each["least"] <= min(each["rooms"].values()) <= each["most"]
    page = report_page(room, found, [])
    assert "room A" in page
    assert "anna" not in page + json.dumps(found)


def test_an_earlier_room_needs_a_room(ask, tmp_path):
    assert "--compare" in ask("serve", "--compare", tmp_path).err
    answer = ask("serve", "--room", "--compare", tmp_path, "--log", tmp_path / "new.jsonl")
    assert "has no finished room" in answer.err
    assert not (tmp_path / "new.jsonl").exists()
