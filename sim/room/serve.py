"""Open a room at an address, until it is stopped."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from socket import socket
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from sim.explorer.page import make_explorer, render_explorer
from sim.room.bots import seat_bots
from sim.room.clock import StepClock
from sim.room.course import course
from sim.room.debrief import RUNS
from sim.room.earlier import EarlierRoom
from sim.room.host import Host
from sim.room.log import Log
from sim.room.network import LOOPBACK, host_name, listen, own_addresses, public_address
from sim.room.rehearsal import rehearse
from sim.room.room import Room
from sim.room.seat_book import SeatBook, book_of
from sim.room.server import application
from sim.scenario.scenario import Scenario

# Requests at once: every page of a class, with room to spare.
MOST_AT_ONCE = 2_000
# Runs of the explorer's first picture; the page itself plays as many as one wants.
EXPLORER_RUNS = 1_000


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of an open room: of the console and the wall, with their tokens, and where
    people join, the most likely address first."""

    console: str
    wall: str
    join: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class RoomAddress:
    """Where a room is opened: on this computer alone or in the local network, the port (0 takes a
    free one), and the address under which others reach it, if that is a proxy's."""

    lan: bool = False
    port: int = 0
    address: str | None = None


class Listening:
    """A place at which something is served.

    Attributes
    ----------
    listening, port
        The socket, and the port that it has.
    addresses
        Where others find it, the most likely address first.
    hosts
        The names with ports under which browsers may ask for it.
    """

    def __init__(self, place: RoomAddress) -> None:
        address = None if place.address is None else public_address(place.address)
        self.listening = listen("0.0.0.0" if place.lan else LOOPBACK, place.port)
        self.port = int(self.listening.getsockname()[1])
        self.here = f"http://{host_name(LOOPBACK, self.port)}"
        names = own_addresses() if place.lan else [LOOPBACK]
        found = [f"http://{host_name(each, self.port)}" for each in names]
        self.addresses = (address,) if address else tuple(found)
        self.hosts = {host_name(name, self.port) for name in ("localhost", *names)}
        if address:
            self.hosts.add(urlsplit(address).netloc)


class OpenCourse(Listening):
    """The explorer of a scenario, the lessons and the check of scenario files, and their server."""

    def __init__(self, scenario: Scenario, place: RoomAddress, runs: int = EXPLORER_RUNS) -> None:
        super().__init__(place)
        self.explorer = render_explorer(make_explorer([scenario], runs=runs))

    def run(self) -> None:
        """Serve until the process is asked to stop."""
        self.server().run(sockets=[self.listening])

    def server(self) -> uvicorn.Server:
        """The server."""
        return uvicorn.Server(_settings(course(self.hosts, self.explorer)))


class OpenRoom(Listening):
    """A room and the server that it is open on.

    ``made`` gives the room and its log. It is called once the place listens, so that no log is
    made or changed for a room that cannot be open there. ``earlier`` rooms are shown in its
    debrief.
    """

    def __init__(
        self,
        made: Callable[[], tuple[Room, Log]],
        place: RoomAddress,
        seconds: float | None = None,
        earlier: Sequence[EarlierRoom] = (),
    ) -> None:
        super().__init__(place)
        self.seconds, self.earlier = seconds, earlier
        try:
            self.room, self.log = made()
        except BaseException:
            self.listening.close()
            raise
        self.book = SeatBook(book_of(self.log.path))
        self.book.keep(self.room.people)
        self.links = Links(
            f"{self.here}/teacher#{self.book.teacher_token()}",
            f"{self.here}/wall#{self.book.wall_token()}",
            self.addresses,
            self.book.room_code,
        )

    def run(self, bots: int, ready: Callable[[], None]) -> None:
        """Serve until the process is asked to stop, with so many bots; say when it is ``ready``."""
        server = self.server()
        # What the compiler leaves stays to the end. Searching all of it for garbage would stop the
        # room for a tenth of a second now and then.
        gc.collect()
        gc.freeze()
        ready()
        if bots:
            Thread(target=self._seat_bots, args=[bots], daemon=True).start()
        server.run(sockets=[self.listening])

    def _seat_bots(self, count: int) -> None:
        for bot in seat_bots(self.here, self.links.code, count):
            bot.start()

    def server(self, runs: int = RUNS) -> uvicorn.Server:
        """The server, with a debrief of so many runs."""
        rehearse(self.room.game.base)
        clock = StepClock(self.seconds)
        host = Host(self.room, self.log, self.book, clock, runs, self.earlier)

        @asynccontextmanager
        async def life(_: Any) -> Any:
            host.open()
            yield
            await host.close()

        app = application(host, self.hosts, self.addresses[0])
        app.router.lifespan_context = life
        return _Server(_settings(app), host)


def _settings(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )


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
def in_background(server: uvicorn.Server, opened: Listening) -> Iterator[None]:
    """Serve in another thread while the block runs."""
    thread = Thread(target=server.run, kwargs={"sockets": [opened.listening]}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)
