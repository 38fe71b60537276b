"""Open a room at an address, until it is stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from socket import socket
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import uvicorn

from sim.experiments.simulate import simulate
from sim.room.bots import seat_bots
from sim.room.clock import StepClock
from sim.room.debrief import RUNS
from sim.room.host import Host
from sim.room.log import Log
from sim.room.network import LOOPBACK, listen, own_addresses
from sim.room.room import Room
from sim.room.seat_book import SeatBook, book_of
from sim.room.server import application

# Requests at once: every page of a class, with room to spare.
MOST_AT_ONCE = 2_000
# Runs that compile everything that a debrief needs, before the room opens.
WARM_UP = 64


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of an open room: of the console and the wall, with their tokens, and where
    people join, the most likely address first."""

    console: str
    wall: str
    join: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a room is opened: on this computer alone or in the local network, the port (0 takes a
    free one), and the address under which others reach it, if that is a proxy's."""

    lan: bool = False
    port: int = 0
    address: str | None = None


class OpenRoom:
    """A room and the server that it is open on."""

    def __init__(self, room: Room, log: Log, place: Place, seconds: float | None = None) -> None:
        self.room, self.log, self.place, self.seconds = room, log, place, seconds
        self.book = SeatBook(book_of(log.path))
        self.listening = listen("0.0.0.0" if place.lan else LOOPBACK, place.port)
        self.port = int(self.listening.getsockname()[1])
        self.links = self._links()

    def run(self, bots: int = 0) -> None:
        """Serve until the process is asked to stop, with so many bots."""
        server = self.server()
        if bots:
            Thread(target=self._seat_bots, args=[bots], daemon=True).start()
        server.run(sockets=[self.listening])

    def _seat_bots(self, count: int) -> None:
        here = f"http://{LOOPBACK}:{self.port}"
        for bot in seat_bots(here, self.links.code, count):
            bot.start()

    def server(self, runs: int = RUNS) -> uvicorn.Server:
        """The server, with a debrief of so many runs."""
        simulate(self.room.game.base, WARM_UP)
        host = Host(self.room, self.log, self.book, StepClock(self.seconds), runs)

        @asynccontextmanager
        async def life(_: Any) -> Any:
            host.open()
            yield
            await host.close()

        app = application(host, self._hosts(), self.links.join[0])
        app.router.lifespan_context = life
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            limit_concurrency=MOST_AT_ONCE,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=2,
        )
        return _Server(config, host)

    def _links(self) -> Links:
        here = f"http://{LOOPBACK}:{self.port}"
        outside = (
            [f"http://{each}:{self.port}" for each in own_addresses()] if self.place.lan else []
        )
        join = [self.place.address.rstrip("/")] if self.place.address else outside or [here]
        console = f"{here}/teacher#{self.book.teacher_token()}"
        return Links(
            console, f"{here}/wall#{self.book.wall_token()}", tuple(join), self.book.room_code
        )

    def _hosts(self) -> set[str]:
        names = ["localhost", *own_addresses()] if self.place.lan else ["localhost", LOOPBACK]
        hosts = {f"{name}:{self.port}" for name in names}
        return hosts | {urlsplit(self.place.address).netloc} if self.place.address else hosts


class _Server(uvicorn.Server):
    """A server that answers those who wait for a view before it waits for them."""

    def __init__(self, config: uvicorn.Config, host: Host) -> None:
        super().__init__(config)
        self._host = host

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Stop serving."""
        self._host.release()
        await super().shutdown(sockets)


@contextmanager
def in_background(opened: OpenRoom, runs: int = RUNS) -> Iterator[uvicorn.Server]:
    """Serve a room in another thread while the block runs."""
    server = opened.server(runs)
    thread = Thread(target=server.run, kwargs={"sockets": [opened.listening]}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join(10)
