"""What is served without a room: sheets without keys, and a check that reads no other file."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import closing

import pytest

from sim.lessons.catalogue import load_lesson
from sim.resources import scenario_file
from sim.room.course import MOST_BYTES, checked, lessons_view, student_sheet
from sim.room.serve import OpenCourse, RoomAddress, in_background
from sim.scenario.load import load


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    opened = OpenCourse(load("no_force"), RoomAddress(), runs=20)
    with in_background(opened.server(), opened):
        yield opened.port


def ask(port: int, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as sent:
        sent.request(method, path, body)
        response = sent.getresponse()
        return response.status, response.read()


def test_the_page_and_the_sheets_are_served_and_no_key(port):
    assert b"forecasts nothing" in ask(port, "GET", "/")[1]
    lessons = json.loads(ask(port, "GET", "/api/lessons")[1])["lessons"]
    assert {each["name"] for each in lessons} >= {"presence"}
    name, length = lessons[0]["name"], lessons[0]["minutes"][0]
    status, sheet = ask(port, "GET", f"/lesson/{name}/{length}")
    assert status == 200
    assert load_lesson(name).title.encode() in sheet
    for path in (f"/lesson/{name}/1", "/lesson/none/20", f"/lesson/{name}/key", "/lesson/../20"):
        assert ask(port, "GET", path)[0] == 404


def test_no_request_reads_the_lessons_again_or_fills_the_memory(port, monkeypatch):
    def read(*_: object) -> None:
        raise AssertionError("a lesson was read")

    monkeypatch.setattr("sim.room.course.load_lesson", read)
    kept = student_sheet.cache_info().currsize
    assert ask(port, "GET", "/api/lessons")[0] == 200
    assert {ask(port, "GET", f"/lesson/presence/{k}")[0] for k in range(1, 5)} == {404}
    assert student_sheet.cache_info().currsize == kept


def test_the_explorer_is_served_and_asks_for_nothing(port):
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as sent:
        sent.request("GET", "/explorer")
        response = sent.getresponse()
        policy = response.headers["content-security-policy"]
        assert b"forecasts nothing" in response.read()
    assert policy.startswith("default-src 'none'")
    assert "connect-src" not in policy


def test_a_scenario_is_checked(port):
    good = scenario_file("kyiv_retaliates").read_bytes()
    assert json.loads(ask(port, "POST", "/api/check", good)[1])["valid"]
    wrong = good.replace(b"retaliation_risk", b"retaliation_risc")
    found = json.loads(ask(port, "POST", "/api/check", wrong)[1])
    assert not found["valid"]
    assert "did you mean" in found["problems"][0]["remedy"]
    assert found["problems"][0]["line"] > 1
    assert ask(port, "POST", "/api/check", b"x" * (MOST_BYTES + 1))[0] == 413


@pytest.mark.parametrize(
    "parent", ["/etc/passwd", "../seeds/roster.yaml", "./x.yaml", "nothing", "-", "~/x.yaml"]
)
def test_an_uploaded_scenario_reads_no_other_file(parent, monkeypatch):
    def read(*_: object) -> None:
        raise AssertionError("a file was read")

    monkeypatch.setattr("sim.scenario.resolve.read_file", read)
    found = checked(f"scenario: mine\nextends: {parent!r}\n")
    assert "shipped ones only" in found["problems"][0]["message"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "\x00",
        "a: &a [*a, *a]",
        "[" * 10_000,
        "scenario: x\n" * 3,
        "{a: b: c}",
        "\ufeff- x",
    ],
)
def test_anything_else_gives_messages(text):
    found = checked(text)
    assert not found["valid"]
    assert all(problem["remedy"] for problem in found["problems"])


def test_a_sheet_has_no_answers():
    for lesson in lessons_view()[:2]:
        sheet = student_sheet(lesson["name"], lesson["minutes"][0])
        assert sheet
        assert "answer key" not in sheet.lower()
