"""The clock of a room: the time left in a step. The server decides, and sends seconds left."""

from __future__ import annotations

import time
from collections.abc import Callable

# A gap between two ticks that means that the computer slept, in seconds.
SLEPT = 5.0
# What is left when all who are present have sent their choice, in seconds.
GRACE = 10.0


class StepClock:
    """Counts down the ``seconds`` of each step; None for no limit.

    Times are of a clock that is never set back. On some systems it stands still while the computer
    sleeps, so a jump of the time of day shows a sleep too; it can also be a change of that time.
    """

    def __init__(
        self,
        seconds: float | None = None,
        now: Callable[[], float] = time.monotonic,
        of_day: Callable[[], float] = time.time,
    ) -> None:
        self.seconds = seconds
        self._now, self._of_day = now, of_day
        self._deadline: float | None = None
        self._left: float | None = None  # while paused
        self.paused = False
        self._last_tick = now(), of_day()

    def begin(self) -> None:
        """Begin a step. A paused clock stays paused."""
        self._set(self.seconds)

    def stop(self) -> None:
        """Nothing is counted down."""
        self._set(None)

    def left(self) -> float | None:
        """The seconds left, at least 0; None without a limit."""
        if self.paused:
            return self._left
        return None if self._deadline is None else max(0.0, self._deadline - self._now())

    def pause(self) -> None:
        """Stop counting."""
        if not self.paused:
            self._left, self.paused = self.left(), True

    def resume(self) -> None:
        """Count on."""
        if self.paused:
            self.paused = False
            self._set(self._left)

    def extend(self, seconds: float) -> None:
        """Add time to this step, if it has a limit."""
        left = self.left()
        if left is not None:
            self._set(left + seconds)

    def hurry(self, grace: float = GRACE) -> bool:
        """Leave no more than ``grace`` seconds; returns whether that changes anything."""
        left = self.left()
        if self.paused or (left is not None and left <= grace):
            return False
        self._set(grace)
        return True

    @property
    def is_due(self) -> bool:
        """Whether the time is up."""
        return not self.paused and self.left() == 0.0

    def tick(self) -> float | None:
        """Note that the server is awake; returns how long it slept, if it did.

        After a sleep the clock is paused, with the time left that it had before.
        """
        now, of_day = self._now(), self._of_day()
        counted, passed = now - self._last_tick[0], of_day - self._last_tick[1]
        self._last_tick = now, of_day
        if counted <= SLEPT and passed - counted <= SLEPT:
            return None
        if not self.paused and self._deadline is not None:
            self._deadline += counted
        self.pause()
        return max(counted, passed)

    def _set(self, left: float | None) -> None:
        if self.paused:
            self._left = left
        else:
            self._deadline = None if left is None else self._now() + left
