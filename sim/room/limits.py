"""Limits on what is asked of a room's server: how often, and how large."""

from __future__ import annotations

import time
from collections.abc import Callable

# Bytes of a request's body, and seconds in which it has to arrive.
MOST_BYTES = 16 * 1024
SECONDS_TO_SEND = 5.0


class Bucket:
    """Allows ``rate`` requests a second, and ``burst`` of them at once."""

    def __init__(self, rate: float, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._left, self._since = float(burst), now()

    def take(self) -> bool:
        """Whether one more request is allowed now; then it counts."""
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._since) * self._rate)
        self._since = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
