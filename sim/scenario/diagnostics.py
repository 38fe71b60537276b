"""What is found wrong while a scenario is read, so that everything can be said at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.errors import Place, Problem, ScenarioError

MOST = 500


@dataclass(slots=True)
class Diagnostics:
    """Problems so far, the paths whose value is unknown because of one of them, and those in files
    that a command made."""

    problems: list[Problem] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    commanded: set[Problem] = field(default_factory=set)

    def add(self, place: Place, message: str, remedy: str) -> None:
        """Note one problem; raises ``ScenarioError`` once there are more than anyone would read."""
        self.problems.append(Problem(place, message, remedy))
        if len(self.problems) >= MOST:
            last = Problem(place, "too many problems to go on", "mend those above first")
            raise ScenarioError([*self.problems, last])

    def doubt(self, path: str) -> None:
        """Note that what stands at and below ``path`` could not be read."""
        self.doubtful.add(path)

    def is_doubtful(self, path: str) -> bool:
        """Whether ``path``, or something it stands below, could not be read."""
        words = path.split(".")
        return any(".".join(words[: n + 1]) in self.doubtful for n in range(len(words)))

    def take(self, error: ScenarioError) -> None:
        """Note the problems of another file."""
        self.problems += error.problems
        if error.is_by_command:
            self.commanded.update(error.problems)

    def raise_any(self) -> None:
        """Raise ``ScenarioError`` with all of them, if there is any."""
        if not self.problems:
            return
        error = ScenarioError(self.problems)
        if all(each.place.is_in_a_command or each in self.commanded for each in self.problems):
            error.blame_the_command()
        raise error
