"""Errors with a remedy: the place, the value found, the values allowed, and what to do."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from numbers import Real
from typing import Any

from sim.formatting import visible

SCHEMA_VERSION = 1


# The place of a sweep whose scenario and factors are given in the command.
SWEEP_COMMAND = "thinline sweep"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; line and column count from 1. Without a file it is no position."""

    file: str
    line: int
    column: int

    @property
    def is_in_a_command(self) -> bool:
        """Whether it is in an option of a command; the option is then named as the file."""
        return self.file == SWEEP_COMMAND or self.file.startswith("--")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


def _line(text: str) -> str:
    """One line, in which control and invisible characters are escaped."""
    return visible(text).replace("\n", "\\n")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem of a scenario, with its place and remedy, in texts of one line.

    Control and invisible characters in them are escaped.
    """

    place: Place
    message: str
    remedy: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", replace(self.place, file=_line(self.place.file)))
        object.__setattr__(self, "message", _line(self.message))
        object.__setattr__(self, "remedy", _line(self.remedy))

    def __str__(self) -> str:
        where = f"{self.place}  " if self.place.file else ""
        return f"{where}{self.message} ({self.remedy})"

    def to_dict(self) -> dict[str, Any]:
        """The problem as plain data."""
        return {**asdict(self.place), "message": self.message, "remedy": self.remedy}


def json_head(
    kind: str,
    about: str | Sequence[str] | None = None,
    runs: int | None = None,
    seed: int | None = None,
) -> dict[str, Any]:
    """The head of every JSON document: its kind and, where given, scenarios, runs and seed."""
    key = "scenario" if isinstance(about, str) else "scenarios"
    fields = {key: about, "runs": runs, "seed": seed}
    given = {name: value for name, value in fields.items() if value is not None}
    return {"schema_version": SCHEMA_VERSION, "kind": kind, **given}


class ThinlineError(Exception):
    """Base class of all errors that users can remedy.

    Control and invisible characters in its texts are escaped.
    """

    exit_code: int = 1
    kind: str = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        self.message, self.remedy = visible(message), visible(remedy)
        super().__init__(self.message, self.remedy)

    def __str__(self) -> str:
        return f"{self.message} ({self.remedy})" if self.remedy else self.message

    def to_dict(self) -> dict[str, Any]:
        """The error as plain data, for ``--json``."""
        return {
            **json_head("error"),
            "error": self.kind,
            "exit_code": self.exit_code,
            "message": self.message,
            "remedy": self.remedy,
        }


class ThinlineWarning(UserWarning):
    """Something that does not stop the work, with a remedy."""


class RunFailed(ThinlineError):
    """A run could not be finished."""

    kind = "run_failed"


class UsageError(ThinlineError):
    """An option, argument or value is not allowed."""

    exit_code = 2
    kind = "usage"


def is_number(value: Any) -> bool:
    """Whether ``value`` is a number; a flag, a text and an array are not."""
    return isinstance(value, Real) and not isinstance(value, bool)


def whole_within(name: str, value: Any, low: int, high: int) -> int:
    """``value`` as a whole number, which may be a NumPy number or a float such as ``1e3``.

    Raises :class:`UsageError` for anything else, and for a number not from ``low`` to ``high``.
    """
    if not is_number(value) or value % 1 != 0:  # also for infinity and NaN
        raise UsageError(f"{name}: {value!r:.60} is not a whole number", f"{low:,} to {high:,}")
    if not low <= value <= high:
        raise UsageError(
            f"{name}: {int(value):,} is not from {low:,} to {high:,}", "choose another"
        )
    return int(value)


class ScenarioError(ThinlineError):
    """A scenario is not valid; ``problems`` holds every problem, in file order.

    If all of them are in the options of a command, the error counts as a usage error.
    """

    exit_code = 3
    kind = "scenario"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
        self.args = (self.problems,)
        if self.problems and all(problem.place.is_in_a_command for problem in self.problems):
            self.blame_the_command()

    @property
    def is_by_command(self) -> bool:
        """Whether the command, and no file, is wrong."""
        return self.kind == UsageError.kind

    def blame_the_command(self) -> None:
        """Count it as a usage error: the files are valid, their overrides are not."""
        self.exit_code, self.kind = UsageError.exit_code, UsageError.kind

    def to_dict(self) -> dict[str, Any]:
        """The error as plain data, with each problem."""
        problems = [problem.to_dict() for problem in self.problems]
        return {**super().to_dict(), "problems": problems}


class LessonError(ScenarioError):
    """A lesson, or a file of answers, is not valid; ``problems`` holds every problem."""

    kind = "lesson"


class MissingExtra(ThinlineError):
    """An optional dependency is not installed."""

    exit_code = 4
    kind = "missing_extra"

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the extra '{extra}'", f'python -m pip install -e ".[{extra}]"'
        )
        self.args = (extra, purpose)
        self.extra = extra

    def to_dict(self) -> dict[str, Any]:
        """The error as plain data, with the name of the extra."""
        return {**super().to_dict(), "extra": self.extra}


# A typing error is a wrong, missing, extra or swapped letter. A word may have one for each
# LETTERS letters, at least one.
LETTERS = 4
MAX_SLIPS = 3


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that ``word`` is a misspelling or a part of; ``None`` if there is none."""
    known = {option.lower(): option for option in options}
    typed = word.lower()[:80]
    for close in difflib.get_close_matches(typed, known, n=5):
        if _slips(typed, close) <= min(MAX_SLIPS, max(1, len(close) // LETTERS)):
            return known[close]
    longer = [option for option in known if len(typed) >= LETTERS and typed in option]
    return known[min(longer, key=len)] if longer else None


def _slips(word: str, other: str) -> int:
    """The number of typing errors between two words: their optimal string alignment distance."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        here = [i]
        for j, meant in enumerate(other, start=1):
            least = min(last[j] + 1, here[j - 1] + 1, last[j - 1] + (letter != meant))
            swapped = i > 1 and j > 1 and (letter, word[i - 2]) == (other[j - 2], meant)
            here.append(min(least, before[j - 2] + 1) if swapped else least)
        before, last = last, here
    return last[-1]


def _ascii(word: str) -> str:
    return word.encode("ascii", "ignore").decode().strip()


def odd_letters(word: str) -> str:
    """A clause that names the first letter that is not ASCII, as an invisible or look-alike one.

    Empty if there is none.
    """
    odd = next((letter for letter in word if not letter.isascii()), None)
    if odd is None:
        return ""
    name = unicodedata.name(odd, "no character")
    return f" – character {word.index(odd) + 1} is U+{ord(odd):04X}, {name.lower()}"


def remedy_for_key(word: str, options: Iterable[str]) -> str:
    """A remedy for an unknown key: that of a number behind a comma, or the nearest option."""
    if re.fullmatch(r"[-+]?\d*\.?\d+", word):
        return "write a decimal point instead of a comma, and several numbers as a list: [0.2, 0.5]"
    return did_you_mean(word, options)


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A remedy: the nearest option, or else all options."""
    known = sorted(set(options))
    if (key := word.partition(":")[0]) != word and key in known:
        return f"write a blank after the colon: {key}: {word.partition(':')[2][:40]}"
    if (close := nearest(word, known) or nearest(_ascii(word), known)) is not None:
        return f"did you mean '{close}'?{odd_letters(word)}"
    return (
        f"one of {', '.join(known)}{odd_letters(word)}"
        if known
        else "none are allowed here: leave it out"
    )
