"""Told runs for a page: the story, the picture, and the command that tells it again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.report.lanes import lanes
from sim.report.page import write_page
from sim.report.panels import Panel
from sim.report.reproduce import named
from sim.trace.run import Run
from sim.trace.story import READING, Story, story
from sim.vocabulary import Outcome


@dataclass(frozen=True)
class ToldRun:
    """One run on a page; ``kind`` says what it is an example of, ``because`` why it was picked."""

    name: str
    kind: str
    because: str
    story: Story
    number: int
    outcome: Outcome
    panel: Panel
    command: str


def told(run: Run, name: str, kind: str, because: str = "") -> ToldRun:
    """A run ready for a page, at the place ``name``."""
    words = ["thinline", "trace", *named(run.scenario), "--run", str(run.number)]
    command = shlex.join([*words, "--seed", str(run.seed)])
    return ToldRun(
        name, kind, because, story(run), run.number, run.outcome, lanes(run, name), command
    )


def write_told(runs: Sequence[ToldRun], path: str | Path) -> Path:
    """Write a page that tells some runs, all of one scenario, to ``path`` and return it."""
    return write_page(path, "told.html", runs=runs, reading=READING)
