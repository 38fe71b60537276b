"""A room whose process is killed goes on where it stood."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from sim.room.client import Client
from sim.room.log import line_of, read
from sim.room.room import Room
from tests.scenarios import ALIVE
from tests.unit.room.rooms import EVERYTHING

SETTINGS = ["--set", "setting.ceasefire=false", "--set", "months=24", "--run", "2"]


@contextmanager
def serving(*words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A server in another process, and its links."""
    command = [sys.executable, "-m", "sim", "serve", *words, "--room", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        text = ""
        while not text.endswith("}\n"):
            line = process.stdout.readline()
            assert line, process.stderr and process.stderr.read()
            text += line
        try:
            yield process, json.loads(text)
        finally:
            process.kill()


def choose(client: Client, step: int, option: str) -> None:
    client.post("/api/choose", {"step": step, "choices": {"target": option}})


@pytest.mark.deep
def test_a_killed_room_goes_on_to_the_byte(tmp_path: Path) -> None:
    log = tmp_path / "room.jsonl"
    with serving(ALIVE, *SETTINGS, "--port", "0", "--log", str(log)) as (
        process,
        links,
    ):
        address = links["join"][0]
        with (
            closing(Client(address)) as client,
            closing(Client(address, links["console"].partition("#")[2])) as console,
        ):
            token = client.sit(links["code"], "france", "Ada")["token"]
            console.command("start")
            choose(client, 0, "ground")
            console.command("close", step=0)
            choose(client, 1, "political")
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    before = log.read_bytes()
    with serving("--resume", str(log), "--port", "0") as (_, links):
        address = links["join"][0]
        with (
            closing(Client(address, token)) as client,
            closing(Client(address, links["console"].partition("#")[2])) as console,
        ):
            view = client.view()
            assert view
            assert (view["seat"], view["name"]) == ("france", "Ada")
            assert view["sent"] == {"target": "political"}
            console.command("close", step=1)
            console.command("finish")
    after = log.read_bytes()
    assert after.startswith(before)
    by_hand = Room(EVERYTHING, 2)
    for event in read(log).events[1:]:
        by_hand.apply(
            {key: event[key] for key in event if key not in ("digest", "choices")}
            | ({"choices": event["choices"]} if event["event"] == "choose" else {})
        )
    assert b"".join(map(line_of, by_hand.events)).partition(b"\n")[2] == after.partition(b"\n")[2]
