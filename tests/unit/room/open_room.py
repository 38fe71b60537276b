"""A room that is open to clients, for the tests of its server."""

from __future__ import annotations

import http.client
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from sim.room.client import Client, Refusal
from sim.room.log import Log, begin
from sim.room.room import Room
from sim.room.serve import OpenRoom, RoomAddress, in_background
from tests.unit.room.rooms import EVERYTHING


class Open:
    """An open room, with its console and its wall."""

    def __init__(
        self,
        folder: Path,
        stack: ExitStack,
        seconds: float | None = None,
        address: str | None = None,
    ) -> None:
        self.log = folder / "room.jsonl"
        self.room = Room(EVERYTHING, 2)
        server = OpenRoom(self._made, RoomAddress(address=address), seconds)
        self.address, self.code = f"http://127.0.0.1:{server.port}", server.links.code
        self._stack = stack
        stack.enter_context(in_background(server.server(runs=64), server))
        self.console = self.client(server.links.console.partition("#")[2])
        self.wall = self.client(server.links.wall.partition("#")[2])

    def _made(self) -> tuple[Room, Log]:
        return self.room, begin(self.room, self.log)

    def client(self, token: str = "") -> Client:
        """A client that is closed after the test."""
        return self._stack.enter_context(closing(Client(self.address, token)))

    def ask(
        self, method: str, path: str, body: Any = None, headers: Any = None
    ) -> tuple[int, bytes]:
        """What any program may send; returns the status and the answer."""
        with closing(http.client.HTTPConnection(self.address.removeprefix("http://"))) as sent:
            sent.request(method, path, body, headers or {})
            response = sent.getresponse()
            return response.status, response.read()


def refused(status: int, work: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        work()
    assert refusal.value.status == status
    return str(refusal.value)


def statuses(times: int, work: Any) -> list[int]:
    """The status of each of so many requests."""
    found = []
    for _ in range(times):
        try:
            work()
            found.append(200)
        except Refusal as refusal:
            found.append(refusal.status)
    return found
