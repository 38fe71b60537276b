"""Bots that play a room through its protocol: for a rehearsal, and to measure."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from threading import Event, Thread
from typing import Any

from sim.errors import ThinlineError
from sim.room.client import Client, Refusal

# A bot leaves so many of its decisions to the model.
LEFT_TO_MODEL = 0.3


class Bot(Thread):
    """One person who chooses at random, until the run is over or the bot is stopped.

    ``pause`` is the longest time in seconds that it thinks, and ``seen`` is called with each view.

    Attributes
    ----------
    seat
        The state in whose seat it sits, or None if it watches.
    sent
        How many steps it has sent choices in.
    outcome
        The label of the outcome, once the run is over.
    failed
        The error that ended it early.
    """

    def __init__(
        self,
        address: str,
        code: str,
        seat: str | None,
        seed: int,
        pause: float = 3.0,
        seen: Callable[[dict[str, Any]], None] | None = None,
    ) -> None:
        super().__init__(daemon=True)
        self.client = Client(address)
        self.seat, self.sent = seat, 0
        self.outcome: str | None = None
        self.failed: ThinlineError | None = None
        self._chance = random.Random(seed)
        self._pause, self._seen = pause, seen
        self._stopped = Event()
        self.client.sit(code, seat, f"bot {seed + 1}")

    def stop(self) -> None:
        """Stop after the present request."""
        self._stopped.set()

    def run(self) -> None:
        """Play."""
        try:
            while not self._stopped.is_set():
                view = self.client.view()
                if view and self._seen:
                    self._seen(view)
                if view and view["stage"] == "debrief":
                    self.outcome = view["outcome"]["label"]
                    break
                if view and view.get("decisions") and view["sent"] is None:
                    self._choose(view)
        except ThinlineError as error:
            self.failed = error
        finally:
            self.client.close()

    def _choose(self, view: dict[str, Any]) -> None:
        self._stopped.wait(self._chance.uniform(0.0, self._pause))
        choices = {each["word"]: self._pick(each) for each in view["decisions"]}
        try:
            self.client.post("/api/choose", {"step": view["step"], "choices": choices})
            self.sent += 1
        except Refusal as refusal:
            if refusal.status not in (400, 429):  # too late, or too soon after the last one
                raise

    def _pick(self, decision: dict[str, Any]) -> str | None:
        if self._chance.random() < LEFT_TO_MODEL:
            return None
        word: str = self._chance.choice(decision["options"])["word"]
        return word


def seat_bots(address: str, code: str, count: int, pause: float = 3.0) -> list[Bot]:
    """So many bots on the seats that nobody has taken, the first to fill first; the others watch.

    Raises :class:`sim.errors.ThinlineError` if the room does not answer or refuses them.
    """
    with closing(Client(address)) as client:
        seats = client.get("/api/hello")["seats"]
    free: list[str | None] = [seat["state"] for seat in seats if not seat["people"]]
    taken = (free + [None] * count)[:count]
    return [Bot(address, code, seat, number, pause) for number, seat in enumerate(taken)]
