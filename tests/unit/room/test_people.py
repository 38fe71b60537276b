"""Names, tokens, codes, and the clock."""

from __future__ import annotations

import json
import stat

import pytest

from sim.errors import UsageError
from sim.room.clock import StepClock
from sim.room.names import LONGEST, clean_name
from sim.room.seat_book import MOST_WALLS, SeatBook, book_of, forget


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada", "Ada"),
        ("  Ada \t Byron ", "Ada Byron"),
        ("Zoë", "Zoë"),
        ("李华", "李华"),
        ("Ａｄａ", "Ada"),
        ("a\u202egnp", "agnp"),
        ("a\u200bb\x00c\x1b", "abc"),
        ("x" * 99, "x" * LONGEST),
        ("e" + "\u0317" * 40, "e" + "\u0317" * 2),
        ("😀", ""),
        (None, ""),
        (5, ""),
    ],
)
def test_a_name_is_short_and_visible(text, name):
    assert clean_name(text) == name


def test_a_seat_is_held_by_token_and_found_again_by_code(tmp_path):
    book = SeatBook(tmp_path / "room.people.json")
    token, code = book.admit("p1", "Ada")
    again = SeatBook(book.path)
    assert again.person_with(token) == "p1"
    assert again.person_with(token + "x") is None
    assert again.person_by_code(f" {code.lower()} ") == "p1"
    assert again.person_by_code(7) is None
    assert again.entries["p1"].name == "Ada"
    assert again.room_code == book.room_code
    other = again.token_for("p1")
    assert again.person_with(token) == again.person_with(other) == "p1"


def test_a_number_that_is_given_again_has_new_tokens(tmp_path):
    book = SeatBook(tmp_path / "room.people.json")
    lost, _ = book.admit("p1", "Ada")
    kept, _ = book.admit("p2", "Bo")
    again = SeatBook(book.path)
    again.keep({"p2"})
    assert (again.person_with(lost), again.person_with(kept)) == (None, "p2")
    new, _ = again.admit("p1", "Cy")
    assert (again.person_with(lost), again.person_with(new)) == (None, "p1")
    newer, _ = again.admit("p1", "Di")
    assert (again.person_with(new), again.person_with(newer)) == (None, "p1")


def test_a_token_is_not_written_down_and_the_file_is_private(tmp_path):
    book = SeatBook(tmp_path / "room.people.json")
    token, _ = book.admit("p1", "")
    teacher = book.teacher_token()
    written = book.path.read_text()
    assert token not in written
    assert teacher not in written
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600
    assert book.is_teacher(teacher)
    assert not book.is_teacher(token)
    book.teacher_token()
    assert not book.is_teacher(teacher)


def test_every_change_is_written_down_at_once(tmp_path):
    book = SeatBook(tmp_path / "room.people.json")
    book.admit("p1", "Ada")
    teacher = book.teacher_token()
    assert SeatBook(book.path).is_teacher(teacher)
    wall = book.wall_token()
    assert SeatBook(book.path).is_wall(wall)
    book.rename("p1", "Bo")
    assert SeatBook(book.path).entries["p1"].name == "Bo"


def test_of_many_walls_the_last_few_stay_valid(tmp_path):
    book = SeatBook(tmp_path / "room.people.json")
    book.teacher_token()
    walls = [book.wall_token() for _ in range(MOST_WALLS + 1)]
    assert [book.is_wall(wall) for wall in walls] == [False] + [True] * MOST_WALLS


def test_forgetting_deletes_the_names(tmp_path):
    log = tmp_path / "room.jsonl"
    SeatBook(book_of(log)).admit("p1", "Ada")
    assert forget(log)
    assert not list(tmp_path.iterdir())
    assert not forget(log)


@pytest.mark.parametrize("content", ["", "{}", "[]", json.dumps({"room_code": 1, "teacher": 2})])
def test_a_damaged_file_of_people_is_reported(content, tmp_path):
    path = tmp_path / "room.people.json"
    path.write_text(content)
    with pytest.raises(UsageError, match="cannot be read"):
        SeatBook(path)


class Time:
    """A clock for tests."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_step_has_its_time():
    time = Time()
    clock = StepClock(60, time, time)
    assert clock.left() is None
    clock.begin()
    time.now += 50
    assert clock.left() == 10
    clock.extend(30)
    assert clock.left() == 40
    clock.pause()
    time.now += 500
    assert (clock.left(), clock.is_due) == (40, False)
    clock.resume()
    time.now += 40
    assert (clock.left(), clock.is_due) == (0, True)


def test_the_rest_is_short_once_all_have_sent():
    time = Time()
    clock = StepClock(None, time, time)
    clock.begin()
    clock.extend(30)
    assert clock.left() is None
    clock.hurry()
    time.now += 4
    clock.hurry()
    assert clock.left() == 6
    clock.stop()
    assert clock.left() is None


def test_a_sleep_moves_the_deadline_and_pauses():
    time = Time()
    clock = StepClock(60, time, time)
    clock.begin()
    time.now += 1
    assert clock.tick() is None
    time.now += 1_000
    assert clock.tick() == 1_000
    assert (clock.paused, clock.left()) == (True, 59)
    clock.resume()
    assert clock.left() == 59


def test_a_sleep_in_which_the_clock_stands_still_is_seen_by_the_time_of_day():
    time, day = Time(), Time()
    clock = StepClock(60, time, day)
    clock.begin()
    for seconds in (1, 5):
        time.now += 1
        day.now += 1 + seconds
        assert clock.tick() is None
    time.now += 1
    day.now += 1_000
    assert clock.tick() == 1_000
    assert (clock.paused, clock.left()) == (True, 58)
    clock.resume()
    time.now += 1
    day.now -= 3_600
    assert clock.tick() is None


def test_a_new_step_of_a_paused_clock_waits():
    time = Time()
    clock = StepClock(60, time, time)
    clock.pause()
    clock.begin()
    time.now += 30
    assert clock.left() == 60
