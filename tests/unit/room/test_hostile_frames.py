"""Whatever a program sends to a room: an answer that can be read, a log that replays, no secret."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from sim.room.log import read
from tests.hostile_texts import PIECES, mutated
from tests.unit.room.open_room import Open, refused, statuses

TRIALS = int(os.environ.get("THINLINE_TRIALS", "300"))
ALLOWED = {200, 400, 401, 404, 405, 413, 429}

# What people and the teacher send when all is right; the room has reached no further than this.
FRAMES: list[tuple[str, dict[str, Any]]] = [
    ("/api/sit", {"code": "", "seat": "france", "name": "Ada"}),
    ("/api/return", {"code": "", "seat_code": "ABCD"}),
    ("/api/claim", {"tab": "one"}),
    ("/api/move", {"seat": "poland"}),
    ("/api/choose", {"step": 0, "choices": {"target": "ground", "challenge": None}}),
    ("/api/predict", {"when": "before", "outcome": "limited_war"}),
    ("/api/advise", {"word": "challenge"}),
    ("/api/console", {"command": "start"}),
    ("/api/console", {"command": "close", "step": 0}),
    ("/api/console", {"command": "undo"}),
    ("/api/console", {"command": "reveal", "round": 1}),
    ("/api/console", {"command": "adviser", "on": True}),
    ("/api/console", {"command": "sit", "person": "p1", "seat": "russia"}),
    ("/api/console", {"command": "rename", "person": "p1", "name": "Bo"}),
    ("/api/console", {"command": "seconds", "seconds": 600}),
    ("/api/console", {"command": "names", "on": False}),
    ("/api/console", {"command": "inject", "happening": {"set": {"setting.backstop": 0.1}}}),
]
VALUES: list[Any] = [
    *(None, True, -1, 0, 1, 2**63, 10**400, 0.5, "", "p1", "france", "__proto__", [], {}, [[[]]]),
    *({"target": []}, {"": None}, {"set": {}}, {"set": {"months": 9}}, {"extends": "/etc/passwd"}),
]


def hostile_body(chance: random.Random, body: dict[str, Any]) -> bytes:
    """A right body with something changed: a value, a key, or letters of its text."""
    body, kind = dict(body), chance.random()
    if kind < 0.5:
        body[chance.choice([*body, "step", "event", chance.choice(PIECES)])] = chance.choice(
            [*VALUES, chance.choice(PIECES)]
        )
    elif kind < 0.6:
        del body[chance.choice(list(body))]
    text = json.dumps(body)
    return (mutated(text, chance) if kind > 0.7 else text).encode("utf-8", "surrogatepass")


def require_readable(status: int, answer: bytes) -> None:
    """Whether it is an answer of the protocol; a refusal says why."""
    assert status in ALLOWED, (status, answer)
    if status != 200:
        said = json.loads(answer)["error"]
        assert said
        # Several problems stand one below the other.
        assert all(line.isprintable() for line in said.split("\n")), said


def test_hostile_frames_harm_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("sim.room.host.COMMANDS", "sim.room.server.JOINS", "sim.room.server.WRONG_CODES"):
        monkeypatch.setattr(limit, (1e9, 10**9))
    monkeypatch.setattr("sim.room.host.advise", lambda question: {"options": question.offered})
    with ExitStack() as stack:
        place = Open(tmp_path, stack)
        people = [place.client() for _ in range(3)]
        codes = [
            each.sit(place.code, seat)["seat_code"]
            for each, seat in zip(people, ("russia", "france", None), strict=True)
        ]
        tokens = [place.console.token, place.wall.token, *(each.token for each in people), "x", ""]
        sent = stack.enter_context(closing(HTTPConnection(place.address[7:], timeout=60)))
        found: Counter[int] = Counter()
        for number in range(TRIALS):
            chance = random.Random(number)
            path, body = chance.choice(FRAMES)
            if "code" in body:
                body = body | {"code": place.code}
            data = hostile_body(chance, body)
            is_console = path == "/api/console" and chance.random() < 0.9
            token = tokens[0] if is_console else chance.choice(tokens)
            sent.request("POST", path, data, {"authorization": f"Bearer {token}"})
            answer = sent.getresponse()
            require_readable(answer.status, answer.read())
            found[answer.status] += 1
        assert found[200] > TRIALS / 20
        assert found[400] > TRIALS / 20
        require_no_secret(place, people, codes)
        assert read(place.log).game.run.digest == place.room.game.run.digest


def require_no_secret(place: Open, people: list[Any], codes: list[str]) -> None:
    """Whether nobody's frame, and not the wall, has another's token or seat code."""
    frames = [json.dumps(each.get("/api/view")) for each in people]
    frames.append(json.dumps(place.wall.get("/api/wall")))
    secrets = [*zip((each.token for each in people), codes, strict=True)]
    for number, frame in enumerate(frames):
        for owner, (token, code) in enumerate(secrets):
            assert token not in frame
            assert owner == number or f'"{code}"' not in frame
        assert place.console.token not in frame


@pytest.mark.deep
def test_ten_thousand_joins_fill_the_room_and_harm_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack:
        place = Open(tmp_path, stack)
        client = place.client()
        join = {"code": place.code, "seat": "france", "name": "x" * 1000}
        found = Counter(statuses(10_000, lambda: client.post("/api/sit", join)))
        assert found.keys() <= {200, 400, 429}
        assert found[200] == len(place.room.people) <= 500
        place.console.command("start")
        place.console.command("close", step=0)
        assert read(place.log).game.run.digest == place.room.game.run.digest
        refused(401, lambda: place.client("x").view())
