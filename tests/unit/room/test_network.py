"""Addresses under which a room is found, and what the check of the network opens."""

from __future__ import annotations

from typing import Any

import pytest

from sim.errors import UsageError
from sim.room import check
from sim.room.check import ways_in
from sim.room.network import LOOPBACK, host_name, listen, public_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://room.example.org", "https://room.example.org"),
        (" HTTPS://Room.Example.org/ ", "https://room.example.org"),
        ("http://room.example.org:8765", "http://room.example.org:8765"),
        ("http://room.example.org:80/", "http://room.example.org"),
        ("https://room.example.org:443", "https://room.example.org"),
        ("https://room.example.org:80", "https://room.example.org:80"),
        ("http://[::1]:8765", "http://[::1]:8765"),
    ],
)
def test_an_address_is_kept_as_browsers_write_it(text, address):
    assert public_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "room.example.org",
        "room.example.org:8765",
        "ftp://room.example.org",
        "https://",
        "https://room.example.org/class",
        "https://room.example.org?x",
        "https://ada@room.example.org",
        "https://room.example.org:x",
        "https://room.example.org:99999",
        "http://[::1",
    ],
)
def test_anything_else_is_no_address(text):
    with pytest.raises(UsageError, match="not the address of a room"):
        public_address(text)


def test_the_usual_port_is_left_out():
    assert host_name("192.0.2.7", 80) == "192.0.2.7"
    assert host_name("192.0.2.7", 8765) == "192.0.2.7:8765"


@pytest.mark.parametrize(("lan", "opened"), [(False, [LOOPBACK]), (True, ["0.0.0.0"])])
def test_the_check_listens_on_this_computer_only_without_lan(lan, opened, monkeypatch):
    found = []

    def noted(host: str, port: int) -> Any:
        found.append(host)
        return listen(LOOPBACK, port)

    monkeypatch.setattr(check, "listen", noted)
    ways_in(0, lan)
    assert found == opened
