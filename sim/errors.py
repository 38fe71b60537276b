"""What can go wrong, as the user hears it: what was found, what is allowed, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something was written; line and column count from 1."""

    file: str
    line: int
    column: int

    @property
    def is_in_a_command(self) -> bool:
        """Whether it is among the words of a command, whose options stand for files."""
        return self.file.startswith(("--", "thinline "))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a scenario: where, what, and what to do about it."""

    place: Place
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}  {self.message} ({self.remedy})"

    def to_dict(self) -> dict[str, Any]:
        """The problem as plain data."""
        return {**asdict(self.place), "message": self.message, "remedy": self.remedy}


def json_head(
    kind: str,
    about: str | Sequence[str] | None = None,
    runs: int | None = None,
    seed: int | None = None,
) -> dict[str, Any]:
    """How every document of ``--json`` begins: what it is, and, where it is about these, the
    scenario or scenarios, how many runs, and whose luck."""
    named = "scenario" if isinstance(about, str) else "scenarios"
    found = {named: about, "runs": runs, "seed": seed}
    said = {name: value for name, value in found.items() if value is not None}
    return {"schema_version": SCHEMA_VERSION, "kind": kind, **said}


class ThinlineError(Exception):
    """Anything this program refuses to do, with what would help."""

    exit_code: int = 1
    kind: str = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

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


class RunFailed(ThinlineError):
    """A run that began could not be finished."""

    kind = "run_failed"


class UsageError(ThinlineError):
    """The command was asked for something it does not know."""

    exit_code = 2
    kind = "usage"


def check_within(name: str, value: int, low: int, high: int) -> None:
    """Raise :class:`UsageError` for a number that is not from ``low`` to ``high``."""
    if not low <= value <= high:
        raise UsageError(f"{name}: {value:,} is not from {low:,} to {high:,}", "choose another")


class ScenarioError(ThinlineError):
    """A scenario cannot be used; ``problems`` holds all that is wrong with it, in file order.

    Where all of them stand in the options of a command, it is the command that is wrong.
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
        """Whether a command is to blame, and no file."""
        return self.kind == UsageError.kind

    def blame_the_command(self) -> None:
        """Say that the files are right by themselves: it is what was put on top of them."""
        self.exit_code, self.kind = UsageError.exit_code, UsageError.kind

    def to_dict(self) -> dict[str, Any]:
        """The error as plain data, each problem apart."""
        problems = [problem.to_dict() for problem in self.problems]
        return {**super().to_dict(), "problems": problems}


class MissingExtra(ThinlineError):
    """Something was asked for that needs an optional part of the package."""

    exit_code = 4
    kind = "missing_extra"

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the extra '{extra}'", f'pip install "thinline[{extra}]"')
        self.args = (extra, purpose)
        self.extra = extra

    def to_dict(self) -> dict[str, Any]:
        """The error as plain data, with the name of the extra."""
        return {**super().to_dict(), "extra": self.extra}


# A slip is a letter wrong, missing, too many or swapped with its neighbour: so many are forgiven
# for each four letters, one at least.
LETTERS = 4
MOST_SLIPS = 3


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that ``word`` is a slip of, or else a part of, if there is one."""
    known = {option.lower(): option for option in options}
    asked = word.lower()[:80]
    for close in difflib.get_close_matches(asked, known, n=5):
        if _slips(asked, close) <= min(MOST_SLIPS, max(1, len(close) // LETTERS)):
            return known[close]
    longer = [option for option in known if len(asked) >= LETTERS and asked in option]
    return known[min(longer, key=len)] if longer else None


def _slips(word: str, other: str) -> int:
    """How many slips one word is from the other: their optimal string alignment distance."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        here = [i]
        for j, meant in enumerate(other, start=1):
            least = min(last[j] + 1, here[j - 1] + 1, last[j - 1] + (letter != meant))
            swapped = i > 1 and j > 1 and (letter, word[i - 2]) == (other[j - 2], meant)
            here.append(min(least, before[j - 2] + 1) if swapped else least)
        before, last = last, here
    return last[-1]


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A remedy: the nearest option, else all that there are."""
    known = sorted(set(options))
    close = nearest(word, known)
    if close is not None:
        return f"did you mean '{close}'?"
    return f"one of {', '.join(known)}" if known else "there are none here: leave it out"
