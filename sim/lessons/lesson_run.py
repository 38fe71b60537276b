"""A run that a lesson asks for: a scenario with its settings."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.formatting import format_value
from sim.scenario.schema import HEAD


@dataclass(frozen=True, slots=True)
class LessonRun:
    """A scenario with ``values`` by their paths, ``runs`` times with ``seed``.

    ``is_own_sample`` is true if the run is there to show the effect of its number of runs or its
    seed.
    """

    name: str
    label: str
    scenario: str
    values: Mapping[str, Any]
    runs: int
    seed: int
    is_own_sample: bool = False

    @property
    def settings(self) -> tuple[str, ...]:
        """The values as ``--set`` takes them."""
        return tuple(f"{path}={format_value(value)}" for path, value in self.values.items())

    @property
    def command(self) -> str:
        """The command that makes the run."""
        words = ["thinline", "run", self.scenario, "--runs", str(self.runs)]
        if self.seed != HEAD["seed"].default:
            words += ["--seed", str(self.seed)]
        words += [word for setting in self.settings for word in ("--set", setting)]
        return shlex.join(words)
