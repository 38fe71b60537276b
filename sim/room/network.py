"""The addresses under which a room can be reached, and which way into the room works here."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from sim.errors import RunFailed, UsageError

LOOPBACK = "127.0.0.1"
# Documentation addresses (RFC 5737): nothing is sent, the system only chooses a route.
_ELSEWHERE = ("192.0.2.1", 9)


# Browsers leave these out of an address.
USUAL_PORTS = {"http": 80, "https": 443}


def public_address(text: str) -> str:
    """An address as browsers write it: ``http(s)://host[:port]`` in lower case, without the port if
    it is the usual one.

    Raises :class:`sim.errors.UsageError` for anything else.
    """
    try:
        parts = urlsplit(text.strip().lower())
        host, port = parts.hostname, parts.port
        plain = f"{parts.scheme}://{parts.netloc}" == text.strip().lower().rstrip("/")
    except ValueError:
        host, port, plain = None, None, False
    if not plain or not host or "@" in parts.netloc or parts.scheme not in USUAL_PORTS:
        raise UsageError(
            f"{text!r:.80} is not the address of a room", "write https://room.example.org"
        )
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host_name(name, port, USUAL_PORTS[parts.scheme])}"


def host_name(name: str, port: int | None, usual: int = 80) -> str:
    """A host with its port as browsers write it: without the usual one."""
    return name if port in (None, usual) else f"{name}:{port}"


def own_addresses() -> list[str]:
    """The IPv4 addresses of this computer, that of the default route first, loopback last."""
    found = [*_routed(), *_named()]
    usable = [each for each in dict.fromkeys(found) if not ip_address(each).is_loopback]
    return [*usable, LOOPBACK]


def _routed() -> Iterable[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
            yield str(probe.getsockname()[0])
        except OSError:
            return


def _named() -> Iterable[str]:
    try:
        entries = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    return [str(entry[4][0]) for entry in entries]


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at an address; port 0 takes a free one.

    Raises :class:`sim.errors.RunFailed` if the port is taken or not allowed.
    """
    # asyncio sends at once (TCP_NODELAY) only where the protocol is named; else each answer takes
    # 40 ms longer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        raise RunFailed(
            f"cannot listen at {host}:{port}: {error.strerror}", "choose another with --port"
        ) from None
    return listening


def reaches(address: str, port: int) -> bool:
    """Whether this computer reaches itself at an address; phones may still be kept away."""
    try:
        with socket.create_connection((address, port), timeout=2.0):
            return True
    except OSError:
        return False
