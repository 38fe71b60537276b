"""Which way into a room works here: the local network, a hotspot, a server, or one screen."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import RunFailed
from sim.room.network import LOOPBACK, listen, own_addresses, reaches

NETWORK = "the local network (--lan)"


@dataclass(frozen=True, slots=True)
class Way:
    """A way into a room: whether it ``works`` on this computer (None if only trying tells), what
    was found, and what to do."""

    name: str
    works: bool | None
    found: str
    remedy: str


def ways_in(port: int, lan: bool = False) -> list[Way]:
    """The ways into a room, the best first. Nothing listens beyond this computer without ``lan``.

    Whether a phone gets through, only a phone can tell: many networks keep devices apart.
    """
    return [
        _local_network(port) if lan else _not_tried(port),
        Way(
            "a hotspot of this computer or of a phone",
            None,
            "often for 8 to 10 devices only",
            "open the room with --lan while connected to it; let people share seats",
        ),
        Way(
            "a server of your department",
            None,
            "one port behind TLS",
            "see docs/room.md, On a server",
        ),
        Way(
            "hot seat: one screen",
            True,
            "it needs no network",
            "open the room without --lan, and press 'Hot seat' on the console",
        ),
    ]


def _not_tried(port: int) -> Way:
    try:
        with listen(LOOPBACK, port):
            found = "not tried; the port is free on this computer"
            return Way(NETWORK, None, found, "try it with thinline serve --check --lan")
    except RunFailed as error:
        return Way(NETWORK, False, error.message, error.remedy)


def _local_network(port: int) -> Way:
    addresses = [each for each in own_addresses() if each != LOOPBACK]
    try:
        with listen("0.0.0.0", port) as listening:
            free = int(listening.getsockname()[1])
            found = [each for each in addresses if reaches(each, free)]
    except RunFailed as error:
        return Way(NETWORK, False, error.message, error.remedy)
    if not found:
        return Way(
            NETWORK, False, "this computer has no address but its own", "connect to a network"
        )
    where = ", ".join(f"http://{each}:{free}" for each in found)
    return Way(
        NETWORK,
        True,
        f"this computer answers at {where}",
        "load the page of a room with one phone on the same Wi-Fi; if it does not load, the "
        "network or a firewall keeps devices apart",
    )
