"""Progress lines: the number of runs and the remaining time."""

from __future__ import annotations

import pytest

from sim.cli.console import progress_lines
from sim.formatting import format_duration, format_size


class Clock:
    """A clock with a settable time."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def progress(capsys):
    """A callable that simulates progress and returns the printed lines."""

    def play(total: int, a_second: int, seconds: int) -> list[str]:
        clock = Clock()
        move = progress_lines("playing", clock)
        for second in range(1, seconds + 1):
            clock.now = second
            move(min(total, second * a_second), total)
        return capsys.readouterr().err.splitlines()

    return play


def test_long_work_reports_the_remaining_time_early(progress):
    assert progress(36_000_000, 1000, 4) == [
        "playing: 3,000 of 36,000,000 runs, about 10.0 h to go",
    ]


def test_the_lines_become_rarer(progress):
    assert len(progress(1_000_000, 1, 3600)) == 11


def test_short_work_prints_nothing(progress):
    assert progress(9000, 1000, 9) == []


def test_preparation_does_not_count(capsys):
    clock = Clock()
    move = progress_lines("playing", clock)
    for clock.now, done in ((60, 1000), (61, 2000), (63, 4000)):
        move(done, 1_000_000)
    assert capsys.readouterr().err == "playing: 4,000 of 1,000,000 runs, about 17 min to go\n"


def test_a_large_total_is_printed_before_the_first_run(capsys):
    progress_lines("playing")(0, 2_000_000)
    assert capsys.readouterr().err == "playing: 2,000,000 runs in all\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (89, "89 s"), (720, "12 min"), (12600, "3.5 h"), (10**6, "12 days")],
)
def test_a_duration_is_rounded(seconds, words):
    assert format_duration(seconds) == words


@pytest.mark.parametrize(
    ("count", "words"), [(310_000, "310 kB"), (1.2e9, "1.2 GB"), (99_700, "100 kB")]
)
def test_a_size_is_rounded(count, words):
    assert format_size(count) == words
