"""Exercises of an explorer: settings that are predicted before they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sim.errors import UsageError, did_you_mean, whole_within
from sim.explorer.codes import MOST_RUNS
from sim.explorer.levers import Lever
from sim.explorer.words import predicted_measures
from sim.formatting import format_number, join_and

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_STEPS = 20
# Model runs that a page begins with.
RUNS = 10_000
FILE_KEYS = ("title", "about", "runs", "measure", "steps")
STEP_KEYS = ("ask", "set", "why")
FORM = "write title:, about: and steps:, a list of {ask: TEXT, set: {PATH: NUMBER}, why: TEXT}"

# Steps of a lesson that nobody wrote: the first levers, each at one of its ends.
DEFAULT_STEPS = 3
DEFAULT_TITLE = "Predict, then see"
DEFAULT_ABOUT = (
    "Each question changes one thing in the scenario. Say what you expect, then see what the "
    "model's runs do, and write down in one line where the difference comes from."
)
DEFAULT_WHY = (
    "Move the lever in steps and watch which ending takes over; then pin a setting and look at the "
    "runs that end differently."
)


@dataclass(frozen=True)
class ExerciseQuestion:
    """A question: what it asks, the settings that it fixes, and what to look at afterwards."""

    ask: str
    set: Mapping[str, float]
    why: str

    def to_dict(self) -> dict[str, Any]:
        """The question as the page reads it."""
        return {"ask": self.ask, "set": dict(self.set), "why": self.why}


@dataclass(frozen=True)
class Exercise:
    """A title, what it is about, and questions, each answered by so many model ``runs``;
    ``is_default`` if nobody wrote it. Predicted are the runs with ``measure``, or the endings if it
    is empty."""

    title: str
    about: str
    steps: tuple[ExerciseQuestion, ...]
    runs: int = RUNS
    is_default: bool = False
    measure: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The exercise as the page reads it."""
        steps = [step.to_dict() for step in self.steps]
        return {"runs": self.runs, "steps": steps, "default": self.is_default}


def default_lesson(levers: Sequence[Lever]) -> Exercise:
    """An exercise: a question for each of the first levers, at its low or high end in turn."""
    numbers = [lever for lever in levers if lever.is_shown and not lever.factor.is_worded]
    steps = []
    for k, lever in enumerate(numbers[:DEFAULT_STEPS]):
        value = lever.factor.low if k % 2 == 0 else lever.factor.high
        ask = (
            f"Only this changes: {lever.inline_name} is {format_number(value)} in every run "
            f"({lever.factor.parameter.meaning}). In the scenario it is {lever.own}. Of 100 runs, "
            "how many end in each of these ways?"
        )
        steps.append(ExerciseQuestion(ask, {lever.path: value}, DEFAULT_WHY))
    return Exercise(DEFAULT_TITLE, DEFAULT_ABOUT, tuple(steps), is_default=True)


def read_exercise(file: str | Path, levers: Sequence[Lever]) -> Exercise:
    """The exercise in a YAML file, which readers know as a lesson.

    Raises
    ------
    sim.errors.UsageError
        If the file cannot be read, a part is missing, unknown or of another type, or a step sets
        what is no lever or lies outside its range.
    """
    try:
        found = yaml.load(Path(file).read_text(encoding="utf-8"), LOADER)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}", "check the path") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problem = str(error).replace("\n", " ")
        raise UsageError(f"{file} is not YAML: {problem:.120}", FORM) from None
    whole = _mapping(found, f"{file}", FILE_KEYS)
    steps = whole.get("steps")
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        raise UsageError(f"{file} has no list of 1 to {MOST_STEPS} steps", FORM)
    title, about = (_text(whole, key, f"{file}") for key in ("title", "about"))
    by_path = {lever.path: lever for lever in levers}
    read = [_step(step, f"{file}, step {k}", by_path) for k, step in enumerate(steps, start=1)]
    runs = whole_within(f"{file}: runs", whole.get("runs", RUNS), 1, MOST_RUNS)
    measure, known = str(whole.get("measure", "")), predicted_measures()
    if measure and measure not in known:
        message = f"{file}: '{measure[:40]}' is no share of runs that can be predicted"
        raise UsageError(message, did_you_mean(measure, known))
    return Exercise(title, about, tuple(read), runs, measure=measure)


def _step(found: Any, where: str, levers: Mapping[str, Lever]) -> ExerciseQuestion:
    step = _mapping(found, where, STEP_KEYS)
    settings = step.get("set") or {}
    if not isinstance(settings, Mapping):
        raise UsageError(f"{where}: set is no mapping of paths to numbers", FORM)
    values = {str(path): _value(str(path), raw, where, levers) for path, raw in settings.items()}
    return ExerciseQuestion(
        _text(step, "ask", where), values, _text(step, "why", where, DEFAULT_WHY)
    )


def _value(path: str, raw: Any, where: str, levers: Mapping[str, Lever]) -> float:
    if path not in levers:
        message = f"{where}: {path[:80]} is no lever of this explorer"
        raise UsageError(message, f"{did_you_mean(path, levers)}; or add --lever {path[:80]}")
    factor = levers[path].factor
    value = factor.parse(raw)
    if not factor.low <= value <= factor.high:
        ends = f"from {factor.write(factor.low)} to {factor.write(factor.high)}"
        raise UsageError(f"{where}: {path}={factor.write(value)} is outside its lever", ends)
    return value


def _mapping(found: Any, where: str, keys: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise UsageError(f"{where} is no mapping", FORM)
    if unknown := [str(key) for key in found if key not in keys]:
        raise UsageError(f"{where}: unknown key '{unknown[0][:40]}'", f"use {join_and(keys)}")
    return found


def _text(found: Mapping[str, Any], key: str, where: str, default: str | None = None) -> str:
    text = found.get(key, default)
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f"{where}: '{key}' is missing or is no text", FORM)
    return " ".join(text.split())
