"""A room and its log: what happened is replayed exactly; what is not possible changes nothing."""

from __future__ import annotations

import errno
import json
from copy import deepcopy
from typing import Any

import pytest

from sim.engines.mesa_model import ThinLineModel
from sim.errors import UsageError
from sim.experiments.storage.files import CannotStore
from sim.experiments.storage.lock import FolderLocked
from sim.room.log import begin, line_of, read, resume
from sim.room.room import Room
from tests.unit.room.rooms import EVERYTHING, SEATS, close, play_at_random, room_of

PREDICT = {"event": "predict", "person": "p1", "outcome": "limited_war"}


def test_a_room_that_nobody_joins_is_the_run_of_the_ensemble():
    room = room_of()
    while not room.game.is_over:
        close(room)
    mesa = ThinLineModel(EVERYTHING, 2)
    while mesa.running:
        mesa.step()
    assert room.game.run.traced.record.tobytes() == mesa.record.tobytes()


def test_a_log_replays_to_the_same_room(tmp_path):
    room = room_of(*SEATS, "france", None)
    log = begin(room, tmp_path / "room.jsonl")
    told = len(room.events)
    play_at_random(room, steps=3)
    room.apply({"event": "undo"})
    room.apply({"event": "inject", "happening": {"set": {"setting.clarity": 0.9}}})
    play_at_random(room, seed=2)
    room.apply({"event": "predict", "person": "p5", "when": "after", "outcome": "limited_war"})
    room.apply({"event": "reveal", "round": 2})
    for event in room.events[told:]:
        log.append(event)
    log.close()
    again = read(tmp_path / "room.jsonl")
    assert again.game.run.digest == room.game.run.digest
    assert list(map(line_of, again.events)) == list(map(line_of, room.events))
    assert again.people == room.people
    assert again.game.played == room.game.played


def test_choices_of_an_open_step_are_resumed_and_a_cut_line_is_left_out(tmp_path):
    path = tmp_path / "room.jsonl"
    room = room_of("france")
    begin(room, path).close()
    choices = {"target": "ground"}
    event = room.apply({"event": "choose", "person": "p1", "step": 0, "choices": choices})
    with path.open("ab") as file:
        file.write(line_of(event) + b'{"event":"clo')
    again, log = resume(path)
    assert again.people["p1"].choices == choices
    log.append(again.apply({"event": "close", "step": 0}))
    log.close()
    assert read(path).game.played == again.game.played


class Disk:
    """A file on a disk that takes a few bytes at a time, and ``left`` bytes in all."""

    def __init__(self, file: Any, left: int) -> None:
        self.file, self.left = file, left

    def write(self, data: Any) -> int:
        taken = min(7, self.left, len(data))
        if not taken:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.left -= taken
        return self.file.write(data[:taken])

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


def test_an_event_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "room.jsonl"
    room = room_of("france")
    log = begin(room, path)
    before = path.read_bytes()
    event = room.apply({"event": "adviser", "on": False})
    disk: Any = Disk(log._file, 20)
    log._file = disk
    with pytest.raises(CannotStore, match="No space left"):
        log.append(event)
    assert path.read_bytes() == before
    disk.left = 10_000
    log.append(event)
    assert path.read_bytes() == before + line_of(event)
    log.close()


def test_any_event_can_be_taken_back():
    room = room_of("france", "russia")
    play_at_random(room, steps=2)
    assert room.game.step
    close_now = {"event": "close", "step": room.game.step.number}
    choose: dict[str, Any] = {**close_now, "event": "choose", "person": "p1", "choices": {}}
    for event in (choose, close_now, {"event": "finish"}, {"event": "undo"}):
        before = (list(room.events), room.game.run.digest, deepcopy(room.people), room.moves)
        room.apply(event)
        room.take_back()
        assert (room.events, room.game.run.digest, room.people, room.moves) == before


def test_an_edited_log_is_refused(tmp_path):
    room = room_of(*SEATS)
    path = tmp_path / "room.jsonl"
    play_at_random(room, steps=2)
    begin(room, path).close()
    lines = path.read_bytes().splitlines()
    k, event = next(
        (k, json.loads(line)) for k, line in enumerate(lines) if b'"event":"close"' in line
    )
    path.write_bytes(b"\n".join([*lines[:k], json.dumps({**event, "digest": "0"}).encode(), b""]))
    with pytest.raises(UsageError, match="leads elsewhere"):
        read(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"5\n", b"{}\n", b"not json\n", b'{"kind":"room","definition":{"extends":"x"}}\n'],
)
def test_what_is_no_log_is_refused(content, tmp_path):
    path = tmp_path / "room.jsonl"
    path.write_bytes(content)
    with pytest.raises(UsageError) as error:
        read(path)
    assert error.value.remedy


def test_equal_events_are_equal_lines():
    assert line_of({"event": "close", "step": 0}) == line_of({"step": 0, "event": "close"})


def test_a_log_is_not_overwritten(tmp_path):
    path = tmp_path / "room.jsonl"
    begin(room_of(), path).close()
    with pytest.raises(UsageError, match="exists"):
        begin(room_of(), path)


def test_a_log_is_of_one_room_at_a_time(tmp_path):
    path = tmp_path / "room.jsonl"
    room = room_of()
    log = begin(room, path)
    with path.open("ab") as file:
        file.write(b'{"event":"clo')
    before = path.read_bytes()
    with pytest.raises(FolderLocked, match=r"room\.jsonl is in use by process"):
        resume(path)
    with pytest.raises(FolderLocked):
        begin(room, path)
    assert path.read_bytes() == before
    log.close()
    resume(path)[1].close()
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_log_is_not_made(tmp_path):
    with pytest.raises(UsageError, match="cannot read"):
        resume(tmp_path / "room.jsonl")
    assert not list(tmp_path.iterdir())


def test_a_shared_seat_follows_its_majority_and_in_a_tie_the_first():
    room = room_of("france", "france", "france")
    choose = {"event": "choose", "step": 0}
    for person, rung in (("p1", "none"), ("p2", "ground")):
        room.apply({**choose, "person": person, "choices": {"target": rung}})
    assert room.decided() == {"france": {"target": "none"}}
    room.apply({**choose, "person": "p3", "choices": {"target": "ground"}})
    assert room.decided() == {"france": {"target": "ground"}}
    room.apply({**choose, "person": "p2", "choices": {"target": None}})
    room.apply({**choose, "person": "p3", "choices": {"target": None}})
    assert room.decided() == {}


@pytest.mark.parametrize(
    "event",
    [
        {"event": "close", "step": 1},
        {"event": "undo"},
        {"event": "inject", "happening": {"set": {"setting.clarity": 0.9}}},
        {"event": "finish"},
    ],
    ids=lambda event: event["event"],
)
def test_a_choice_is_gone_once_something_else_has_happened(event):
    room = room_of("france")
    close(room)
    room.apply({"event": "choose", "person": "p1", "step": 1, "choices": {"target": "ground"}})
    room.apply(event)
    assert room.people["p1"].choices is None
    assert room.decided() == {}


def test_a_move_is_what_may_have_changed_the_game():
    room = room_of("france")
    assert room.moves == 1
    room.apply({"event": "choose", "person": "p1", "step": 0, "choices": {}})
    assert room.moves == 1
    close(room)
    assert room.moves == 2


def test_the_room_waits_for_seats_with_something_to_decide():
    room = room_of("france", "poland", "ukraine", None)
    assert room.waiting_for() == ("france", "poland")
    event = {"event": "choose", "person": "p1", "step": 0, "choices": {}}
    room.apply(event)
    assert room.waiting_for() == ("poland",)


def test_a_step_waits_for_everybody_present_who_shares_a_seat():
    room = room_of("france", "france", "ukraine", None)
    assert not room.have_sent(["p4"])
    assert not room.have_sent(["p3"])  # the others are away
    room.apply({"event": "choose", "person": "p1", "step": 0, "choices": {}})
    assert not room.have_sent(["p1", "p2", "p3"])
    assert room.have_sent(["p1", "p3", "p4"])
    room.apply({"event": "choose", "person": "p2", "step": 0, "choices": {}})
    assert room.have_sent(["p1", "p2", "p3"])
    assert room_of("ukraine").have_sent(["p1"])  # nobody has anything to decide


def test_a_full_room_takes_nobody_else_but_lets_people_move(monkeypatch):
    monkeypatch.setattr("sim.room.room.MOST_PEOPLE", 2)
    room = room_of("france", None)
    with pytest.raises(UsageError, match="2 people are in the room"):
        room.apply({"event": "sit", "person": "p3", "seat": None})
    room.apply({"event": "sit", "person": "p2", "seat": "poland"})
    assert [person.seat for person in room.people.values()] == ["france", "poland"]


def test_a_late_joiner_takes_a_seat_that_the_model_played():
    room = room_of("france")
    close(room)
    room.apply({"event": "sit", "person": "p2", "seat": None})
    room.apply({"event": "sit", "person": "p2", "seat": "russia"})
    assert room.taken == {"france", "russia"}
    assert "russia" in room.waiting_for()


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({"event": "dance"}, "is no event"),
        ({}, "is no event"),
        ({"event": "sit", "person": "p9", "seat": "france"}, "not the next person"),
        ({"event": "sit", "person": "p3", "seat": "narnia"}, "no seat"),
        ({"event": "sit"}, "incomplete"),
        ({"event": "choose", "person": "p1", "step": 5, "choices": {}}, "step is closed"),
        ({"event": "choose", "person": "p1", "step": 0, "choices": 5}, "incomplete"),
        ({"event": "choose", "person": "p1", "step": 0, "choices": {"target": []}}, "is no target"),
        ({"event": "choose", "person": "p1", "step": 0, "choices": {"x": "y"}}, "has no 'x'"),
        ({"event": "choose", "person": "p2", "step": 0, "choices": {}}, "observer"),
        ({"event": "choose", "person": "p7", "step": 0, "choices": {}}, "nobody of this number"),
        ({"event": "close", "step": 3}, "step is closed"),
        ({"event": "reveal", "round": 1}, "not over"),
        ({"event": "predict", "person": "p1", "when": "now", "outcome": "x"}, "no prediction"),
        (PREDICT | {"when": "before"}, "has begun"),
        (PREDICT | {"when": "after"}, "not over"),
        ({"event": "adviser", "on": "no"}, "on or off"),
        ({"event": "inject", "happening": {"set": {}}}, "sets nothing"),
        ({"event": "inject", "happening": 5}, "incomplete"),
        ({"event": "undo"}, "no turn to undo"),
    ],
)
def test_what_is_not_possible_is_refused_and_changes_nothing(event, message):
    room = room_of("france", None)
    before = (list(room.events), room.game.run.digest, dict(room.people))
    with pytest.raises(Exception, match=message):
        room.apply(event)
    assert (room.events, room.game.run.digest, room.people) == before


def test_nothing_is_chosen_before_the_beginning():
    room = Room(EVERYTHING)
    room.apply({"event": "sit", "person": "p1", "seat": "france"})
    with pytest.raises(UsageError, match="not begun"):
        room.apply({"event": "choose", "person": "p1", "step": 0, "choices": {}})


def test_the_model_can_play_the_rest():
    room = room_of("france")
    room.apply({"event": "finish"})
    assert room.game.is_over
    room.apply({"event": "reveal", "round": 4})
    wrong: tuple[Any, ...] = (5, True, 1.0, [], "1")
    for number in wrong:
        with pytest.raises(UsageError, match="no round"):
            room.apply({"event": "reveal", "round": number})
    room.apply({"event": "undo"})
    assert room.round == 0


def test_predictions_are_made_before_the_game_and_after_it():
    room = Room(EVERYTHING, 2)
    room.apply({"event": "sit", "person": "p1", "seat": "france"})
    room.apply(PREDICT | {"when": "before"})
    room.apply({"event": "start"})
    room.apply({"event": "finish"})
    room.apply(PREDICT | {"when": "after"})
    assert set(room.people["p1"].predictions) == {"before", "after"}
    room.apply({"event": "reveal", "round": 1})
    with pytest.raises(UsageError, match="already shown"):
        room.apply(PREDICT | {"when": "after"})
