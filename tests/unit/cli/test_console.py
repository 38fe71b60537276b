"""Off a terminal, how far it is is said in lines: how many runs, and how long they will take."""

from __future__ import annotations

import pytest

from sim.cli.console import progress_lines
from sim.text import format_duration, format_size


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def told(capsys):
    """A callable that plays so many runs a second for so long; what was said of them."""

    def play(total: int, a_second: int, seconds: int) -> list[str]:
        clock = Clock()
        move = progress_lines("playing", clock)
        for second in range(1, seconds + 1):
            clock.now = second
            move(min(total, second * a_second), total)
        return capsys.readouterr().err.splitlines()

    return play


def test_what_takes_long_says_how_long_before_much_of_it_is_done(told):
    assert told(36_000_000, 1000, 4) == [
        "playing: 3,000 of 36,000,000 runs, about 10.0 h to go",
    ]


def test_it_says_so_ever_more_seldom(told):
    assert len(told(1_000_000, 1, 3600)) == 11


def test_what_is_soon_done_says_nothing(told):
    assert told(9000, 1000, 9) == []


def test_getting_ready_is_not_playing(capsys):
    clock = Clock()
    move = progress_lines("playing", clock)
    for clock.now, done in ((60, 1000), (61, 2000), (63, 4000)):
        move(done, 1_000_000)
    assert capsys.readouterr().err == "playing: 4,000 of 1,000,000 runs, about 17 min to go\n"


def test_many_runs_are_counted_before_the_first(capsys):
    progress_lines("playing")(0, 2_000_000)
    assert capsys.readouterr().err == "playing: 2,000,000 runs in all\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (89, "89 s"), (720, "12 min"), (12600, "3.5 h"), (10**6, "12 days")],
)
def test_a_time_is_for_people(seconds, words):
    assert format_duration(seconds) == words


@pytest.mark.parametrize(("count", "words"), [(310_000, "310 kB"), (1.2e9, "1.2 GB")])
def test_a_size_is_for_people(count, words):
    assert format_size(count) == words
