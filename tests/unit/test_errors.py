from __future__ import annotations

import json
import pickle

import pytest

from sim.errors import (
    MissingExtra,
    Place,
    Problem,
    RunFailed,
    ScenarioError,
    ThinlineError,
    UsageError,
    did_you_mean,
    nearest,
)
from sim.experiments.measures import NAMES

FIRST = Problem(Place("a.yaml", 2, 5), "unknown key 'reslove'", "did you mean 'resolve'?")
SECOND = Problem(Place("a.yaml", 19, 14), "clarity: 1.4 is above 1", "a share from 0 to 1")
ERRORS = [
    (ThinlineError("broken", "mend it"), 1, "broken (mend it)"),
    (RunFailed("run 3 failed", "look at run 3"), 1, "run 3 failed (look at run 3)"),
    (UsageError("no verb named 'rum'"), 2, "no verb named 'rum'"),
    (
        ScenarioError([SECOND, FIRST, SECOND]),
        3,
        "a.yaml:2:5  unknown key 'reslove' (did you mean 'resolve'?)\n"
        "a.yaml:19:14  clarity: 1.4 is above 1 (a share from 0 to 1)",
    ),
    (
        MissingExtra("web", "thinline serve"),
        4,
        "thinline serve needs the extra 'web' (python -m pip install -e \".[web]\")",
    ),
]


def test_control_and_invisible_characters_are_escaped_in_every_error():
    told = "\x1b]0;x\a 0\u200b5 \u202egnp.exe\u2028"
    shown = r"\x1b]0;x\x07 0\u200b5 \u202egnp.exe\u2028"
    problem = Problem(Place("a\x1b[2J\n.yaml", 1, 1), told, told)
    assert str(problem) == rf"a\x1b[2J\n.yaml:1:1  {shown} ({shown})"
    assert UsageError(told, told).to_dict()["message"] == shown
    assert str(pickle.loads(pickle.dumps(UsageError(told, told)))) == f"{shown} ({shown})"
    assert str(ScenarioError([problem, SECOND])).splitlines() == [str(SECOND), str(problem)]


each = pytest.mark.parametrize(
    ("error", "code", "text"), ERRORS, ids=[type(error).__name__ for error, *_ in ERRORS]
)


@each
def test_an_error_says_what_is_wrong_and_what_to_do(
    error: ThinlineError, code: int, text: str
) -> None:
    assert error.exit_code == code
    assert str(error) == text


@each
def test_an_error_is_plain_data_too(error: ThinlineError, code: int, text: str) -> None:
    document = error.to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["schema_version"] == 1
    assert document["exit_code"] == code
    assert document["message"] in text


@each
def test_an_error_survives_the_way_back_from_a_worker(
    error: ThinlineError, code: int, text: str
) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == text
    assert back.to_dict() == error.to_dict()


def test_problems_come_in_the_order_of_the_file_and_once_each() -> None:
    assert ScenarioError([SECOND, FIRST, SECOND]).problems == (FIRST, SECOND)


def test_a_document_of_problems_has_a_place_for_each() -> None:
    (problem,) = ScenarioError([FIRST]).to_dict()["problems"]
    assert problem == {
        "file": "a.yaml",
        "line": 2,
        "column": 5,
        "message": "unknown key 'reslove'",
        "remedy": "did you mean 'resolve'?",
    }


def test_a_missing_extra_is_named() -> None:
    assert MissingExtra("web", "thinline serve").to_dict()["extra"] == "web"


def test_each_kind_is_told_apart() -> None:
    kinds = {error.to_dict()["error"] for error, *_ in ERRORS}
    assert len(kinds) == len(ERRORS)


STATES = ["poland", "russia", "germany", "united_kingdom", "other_pledger_1"]


@pytest.mark.parametrize(
    ("written", "meant", "options"),
    [
        ("polnad", "poland", STATES),
        ("POLAND", "poland", STATES),
        ("russian", "russia", STATES),
        ("unitedkingdom", "united_kingdom", STATES),
        ("unit", "united_kingdom", STATES),
        ("wra", "war", NAMES),
        ("escalations", "escalation", NAMES),
        ("no_forse", "no_force", ["no_force", "reassurance_force"]),
        ("reassurance", "reassurance_force", ["no_force", "reassurance_force"]),
        ("clearity", "clarity", ["clarity", "consent"]),
    ],
)
def test_a_misspelling_finds_the_nearest_name(written, meant, options):
    assert nearest(written, options) == meant


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("peace", NAMES),
        ("setting.foo", ["setting", "states"]),
        ("states.germany.foo", ["states.germany"]),
        ("france", ["finland", "iceland"]),
        ("lst", ["no_force"]),
        ("", ["no", "war"]),
        ("w" * 500, NAMES),
    ],
)
def test_no_name_is_suggested_if_none_is_near(written, options):
    assert nearest(written, options) is None


def test_all_names_are_listed_if_none_is_near():
    said = did_you_mean("xyzzy", NAMES)
    assert all(name in said for name in NAMES)
    assert "…" not in said


def test_without_allowed_names_the_remedy_is_to_leave_it_out():
    assert did_you_mean("x", []) == "none are allowed here: leave it out"
