"""What is found wrong while a scenario is read, so that everything can be said at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.errors import Place, Problem, ScenarioError

MOST = 500


@dataclass(slots=True)
class Findings:
    """Problems so far, and the paths whose value is unknown because of one of them."""

    problems: list[Problem] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)

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

    def raise_any(self) -> None:
        """Raise ``ScenarioError`` with all of them, if there is any."""
        if self.problems:
            raise ScenarioError(self.problems)
