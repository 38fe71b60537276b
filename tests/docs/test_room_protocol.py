"""The documented schema of the protocol holds for every view of a seat in a game."""

from __future__ import annotations

import json
import random
from typing import Any

import jsonschema

from sim.room.views import Views
from tests.docs.pages import text_of
from tests.unit.room.rooms import choose_at_random, close, room_of

SCHEMA = json.loads(text_of("docs/room_protocol.schema.json"))


def checker(name: str) -> Any:
    return jsonschema.Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"})


def test_every_view_of_a_seat_is_as_documented() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    room, chance, check = (
        room_of("russia", "france", "ukraine", None),
        random.Random(1),
        checker("view"),
    )
    views, seen = Views(room), set()
    while True:
        for person in room.people:
            view = views.seat(person) | {"name": "", "seat_code": "ABCD"}
            answer = {"seq": 1, "left": None, "paused": False, "view": view}
            check.validate(json.loads(json.dumps(answer)))
            seen.add(view["stage"])
        if room.game.step is None:
            break
        choose_at_random(room, chance)
        close(room)
    assert seen == {"playing", "debrief"}


def test_what_is_no_choice_is_not_valid() -> None:
    assert checker("choose").is_valid({"step": 0, "choices": {"target": None}})
    assert not checker("choose").is_valid({"step": 0, "choices": {"target": 5}})
    assert not checker("sit").is_valid({"code": "ABCDEF"})
