"""Problems collected while a scenario is read, so that all are reported at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.errors import Place, Problem, ScenarioError

MOST = 500


@dataclass(slots=True)
class Diagnostics:
    """The problems so far.

    ``unknown`` holds the paths whose value is unknown because of a problem; ``from_command`` the
    problems that the options of a command cause in a file.
    """

    problems: list[Problem] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    from_command: set[Problem] = field(default_factory=set)

    def add(self, place: Place, message: str, remedy: str) -> None:
        """Add one problem; raises ``ScenarioError`` at the 500th."""
        self.problems.append(Problem(place, message, remedy))
        if len(self.problems) >= MOST:
            last = Problem(place, "too many problems to go on", "correct those above first")
            raise ScenarioError([*self.problems, last])

    def extend(self, error: ScenarioError) -> None:
        """Add the problems of another file."""
        self.problems += error.problems
        if error.is_by_command:
            self.from_command.update(error.problems)

    def mark_unknown(self, path: str) -> None:
        """Mark the values at and below ``path`` as unknown."""
        self.unknown.add(path)

    def lack_parent(self) -> None:
        """Mark what a parent that cannot be read leaves unknown: other states, and events."""
        for path in ("extends", "events", "states.?"):
            self.mark_unknown(path)

    def is_unknown(self, path: str) -> bool:
        """Whether ``path`` or a block above it is unknown."""
        if not self.unknown:  # as in every file without an error; asked for each parameter
            return False
        words = path.split(".")
        return any(".".join(words[: n + 1]) in self.unknown for n in range(len(words)))

    def raise_any(self) -> None:
        """Raise ``ScenarioError`` with all problems, if there are any."""
        if not self.problems:
            return
        error = ScenarioError(self.problems)
        if all(each.place.is_in_a_command or each in self.from_command for each in self.problems):
            error.blame_the_command()
        raise error
