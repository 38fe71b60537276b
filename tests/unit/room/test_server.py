"""The server of a room: a game through the protocol, its pages and its bots."""

from __future__ import annotations

import errno
import json
import re
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from typing import Any

import pytest

from sim.report.page import BANNER
from sim.room.bots import Bot, seat_bots
from sim.room.log import line_of, read
from sim.room.room import Room
from sim.room.server import PAGE_OF, page_files
from sim.room.views import Views
from tests.unit.room.open_room import Open, refused, statuses
from tests.unit.room.rooms import EVERYTHING

# The most that a phone loads.
MOST_OF_A_PAGE = 60_000


def test_a_game_is_played_by_people_the_model_and_a_teacher(place):
    seen: list[dict[str, Any]] = []
    bots = [
        Bot(place.address, place.code, s, k, 0.0, seen.append)
        for k, s in enumerate(("france", "russia", None))
    ]
    sleeper = place.client()
    sleeper.sit(place.code, "ukraine")
    for bot in bots:
        bot.start()
    place.console.command("start")
    for _ in range(100):
        view = place.console.view("/api/console", hold=False)
        assert view
        if view["stage"] == "debrief":
            break
        place.console.command("close", step=view["step"])
    for bot in bots:
        bot.join(20)
        assert bot.failed is None
    assert {view["seat"] for view in seen} == {"france", "russia", None}
    while not view["debrief_ready"]:
        view = place.console.view("/api/console", hold=False)
    for number in range(5):
        place.console.command("reveal", round=number)
        wall = place.wall.view("/api/wall", hold=False)
        assert len(wall["debrief"] or ()) == number
    late = sleeper.view()
    assert late["stage"] == "debrief"
    again = read(place.log)
    assert again.game.run.digest == place.room.game.run.digest
    teacher = {"authorization": f"Bearer {place.console.token}"}
    _, table = place.ask("GET", "/api/export?kind=csv", headers=teacher)
    assert table.startswith(b"step,month,state")
    status, report = place.ask("GET", "/api/export?kind=report", headers=teacher)
    assert (status, b"http" in report.replace(b"http-equiv", b"")) == (200, False)
    assert place.room.game.run.outcome.label.encode() in report
    assert b"bot 1" not in report


def test_a_networked_game_and_the_same_choices_by_hand_give_the_same_log(place):
    by_hand = Room(EVERYTHING, 2)
    france, russia = place.client(), place.client()
    france.sit(place.code, "france", "Ada")
    russia.sit(place.code, "russia")
    place.console.command("start")
    for event in (
        {"event": "sit", "person": "p1", "seat": "france"},
        {"event": "sit", "person": "p2", "seat": "russia"},
        {"event": "start"},
    ):
        by_hand.apply(event)
    for _ in range(3):
        step = by_hand.game.step
        assert step is not None
        for person, client, seat in (("p1", france, "france"), ("p2", russia, "russia")):
            choices = {each.decision.word: each.options[1] for each in step.of(seat)}
            if choices:
                client.post("/api/choose", {"step": step.number, "choices": choices})
                by_hand.apply(
                    {"event": "choose", "person": person, "step": step.number, "choices": choices}
                )
        place.console.command("close", step=step.number)
        by_hand.apply({"event": "close", "step": step.number})
    assert place.log.read_bytes() == b"".join(map(line_of, by_hand.events))
    assert b"Ada" not in place.log.read_bytes()


def test_a_step_closes_when_its_time_is_up(tmp_path):
    with ExitStack() as stack:
        place = Open(tmp_path, stack, seconds=0.2)
        client = place.client()
        client.sit(place.code, "france")
        place.console.command("start")
        while (view := client.view()) is None or view["step"] == 0:
            pass
        assert view["turn"] >= 1


def test_a_step_that_cannot_be_written_down_stays_open(tmp_path):
    with ExitStack() as stack:
        place = Open(tmp_path, stack, seconds=0.2)
        client = place.client()
        client.sit(place.code, "france")
        before = place.log.read_bytes()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sim.room.log.SYNCED", ("close",))
            patch.setattr("sim.room.log.os.fsync", full_disk)
            place.console.command("start")
            while not (found := place.console.get("/api/console"))["view"]["notice"]:
                pass
        assert "No space left" in found["view"]["notice"]
        assert found["view"]["step"] == 0
        assert found["paused"]
        assert place.log.read_bytes() == before + line_of({"event": "start"})
        place.console.command("close", step=0)
        assert read(place.log).game.run.digest == place.room.game.run.digest


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_page_from_before_a_restart_is_sent_the_present_view(place):
    client = place.client()
    client.sit(place.code, "france")
    client.seq = 10**15
    assert client.view()
    place.wall.seq = place.console.seq = 10**15
    assert place.wall.view("/api/wall")
    assert place.console.view("/api/console")


@pytest.mark.parametrize("after", ["x", "-1", "%C2%B2", "9" * 5000])
def test_what_is_no_number_of_a_view_is_sent_the_present_view(still, after):
    assert "view" in still.wall.get(f"/api/wall?after={after}")


def test_a_seat_survives_a_reload_and_a_new_device(place):
    first = place.client()
    found = first.sit(place.code, "france")
    assert place.client(found["token"]).view()["seat"] == "france"
    other = place.client()
    body = {"code": place.code, "seat_code": found["seat_code"].lower()}
    other.token = other.post("/api/return", body)["token"]
    assert other.view()["seat"] == "france"
    assert len(place.room.people) == 1


def test_of_two_tabs_the_newer_plays(place):
    client = place.client()
    client.sit(place.code, "france")
    client.post("/api/claim", {"tab": "one"})
    client.post("/api/claim", {"tab": "two"})
    assert client.get("/api/view?tab=one").get("elsewhere")
    assert "view" in client.get("/api/view?tab=two")
    long = "x" * 100  # both requests cut it alike
    client.post("/api/claim", {"tab": long})
    assert "view" in client.get(f"/api/view?tab={long}")


def test_a_get_takes_no_seat(place):
    before = list(place.room.events)
    plain = place.client()
    plain.get("/api/hello")
    for path in (*PAGE_OF, f"/?{place.code}"):
        assert place.ask("GET", path)[0] == 200
    assert place.room.events == before


def test_a_change_is_looked_at_once_for_all_who_wait(place, monkeypatch):
    clients = [place.client() for _ in range(3)]
    for client in clients:
        client.sit(place.code, "france")
    place.console.command("start")
    looked, look = [], Views.seats

    def seats(views, people):
        looked.append(people)
        return look(views, people)

    monkeypatch.setattr(Views, "seats", seats)
    assert len({client.get("/api/view")["view"]["person"] for client in clients}) == 3
    assert len(looked) == 1


def test_the_teacher_steers(place):
    client = place.client()
    person = client.sit(place.code, "france", "Ada")["person"]
    place.console.command("rename", person=person, name="Bo")
    place.console.command("sit", person=person, seat="poland")
    for seconds in (5, 3600, 60):
        place.console.command("seconds", seconds=seconds)
    assert client.get("/api/view")["left"] is None
    place.console.command("start")
    place.console.command("extend")
    place.console.command("pause")
    found = client.get("/api/view")
    assert (found["view"]["seat"], found["view"]["name"]) == ("poland", "Bo")
    assert found["paused"]
    assert 60 < found["left"] <= 90
    assert place.console.get("/api/console")["view"]["seconds"] == 60
    place.console.command("resume")
    assert "chance" in client.get("/api/view")["view"]["decisions"][0]["options"][0]
    place.console.command("adviser", on=False)
    assert "chance" not in client.get("/api/view")["view"]["decisions"][0]["options"][0]
    assert place.wall.view("/api/wall", hold=False)["names"] == ["Bo"]
    place.console.command("names", on=False)
    assert place.wall.view("/api/wall", hold=False)["names"] == []
    place.console.command("blank", on=True)
    assert place.wall.view("/api/wall", hold=False) == {"blank": True}
    place.console.command("inject", happening={"set": {"setting.backstop": 0.1}, "why": "news"})
    place.console.command("close", step=0)
    place.console.command("undo")
    assert client.get("/api/view")["view"]["turn"] == 1
    assert "nothing" in refused(400, lambda: place.console.command("inject", happening={"set": {}}))


def test_the_adviser_answers_a_seat_unless_it_is_switched_off(place):
    client, watching = place.client(), place.client()
    client.sit(place.code, "france")
    watching.sit(place.code, None)
    place.console.command("start")
    found = client.post("/api/advise", {"word": "target"})
    assert found == client.post("/api/advise", {"word": "target"})
    assert len(found["options"]) == 6
    refused(400, lambda: client.post("/api/advise", {"word": "challenge"}))
    refused(400, lambda: watching.post("/api/advise", {"word": "target"}))
    place.console.command("adviser", on=False)
    refused(400, lambda: client.post("/api/advise", {"word": "target"}))


def test_the_wall_shows_no_seat_of_anybody(place):
    client = place.client()
    found = client.sit(place.code, "russia", "Ada")
    wall = json.dumps(place.wall.view("/api/wall", hold=False))
    for secret in (found["token"], found["seat_code"], '"own"', '"card"', '"chance"'):
        assert secret not in wall


def test_the_teacher_is_told_of_a_debrief_that_failed(place, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("no debrief today")

    monkeypatch.setattr("sim.room.host.debrief", fail)
    place.console.command("start")
    place.console.command("finish")
    while not (found := place.console.get("/api/console"))["view"]["notice"]:
        pass
    assert "no debrief today" in found["view"]["notice"]


def test_the_debrief_of_an_end_that_was_undone_is_dropped(place, monkeypatch):
    begun: list[None] = []
    released = threading.Event()

    def slow(*_: object) -> dict[str, int]:
        begun.append(None)
        number = len(begun)
        if number == 1:
            released.wait(20)
        return {"number": number}

    def report(_room: object, found: dict[str, int], _story: object) -> str:
        return f"the debrief with number {found['number']}"

    monkeypatch.setattr("sim.room.host.debrief", slow)
    monkeypatch.setattr("sim.room.host.report_page", report)

    def finish(number: int) -> None:
        place.console.command("finish")
        while len(begun) < number:
            time.sleep(0.01)

    def reported() -> bytes:
        while (found := place.ask("GET", "/api/export?kind=report", headers=headers))[0] != 200:
            time.sleep(0.01)
        return found[1]

    headers = {"authorization": f"Bearer {place.console.token}"}
    place.console.command("start")
    finish(1)
    place.console.command("undo")
    finish(2)
    assert b"number 2" in reported()
    released.set()
    time.sleep(0.3)
    assert b"number 2" in reported()


@pytest.mark.parametrize("page", PAGE_OF.values())
def test_a_page_is_small_and_asks_for_nothing_outside(page):
    files = page_files()
    text = files[page].decode()
    needed, todo = {page}, re.findall(r"/assets/([\w.]+)", text)
    while todo:
        name = todo.pop()
        if name not in needed:
            needed.add(name)
            todo += re.findall(r'from "\./([\w.]+)"', files[name].decode())
    assert sum(len(files[name]) for name in needed) < MOST_OF_A_PAGE
    for name in needed:
        assert not re.search(rb"(src|href)=\"https?:|innerHTML|eval\(", files[name])


def test_every_page_says_that_it_is_a_teaching_model():
    for page in (*PAGE_OF.values(), "course.html"):
        assert f"<footer>{BANNER}" in page_files()[page].decode()


def test_the_command_plays_a_room_with_bots(place):
    words = [place.address, place.code, "--seats", "3", "--pause", "0", "--json"]
    command = [sys.executable, "-m", "sim", "room-bots", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while len(place.room.people) < 3:
            time.sleep(0.05)
        place.console.command("start")
        while (step := place.console.view("/api/console", hold=False)["step"]) is not None:
            statuses(1, lambda step=step: place.console.command("close", step=step))
            time.sleep(0.2)
        found = json.loads(process.communicate(timeout=60)[0])
    assert process.returncode == 0
    assert [each["seat"] for each in found["bots"]][:2] == ["russia", "ukraine"]
    assert sum(each["sent"] for each in found["bots"]) > 0
    assert {each["outcome"] for each in found["bots"]} == {place.room.game.run.outcome.label}


def test_bots_take_the_free_seats(place):
    place.client().sit(place.code, "russia")
    bots = seat_bots(place.address, place.code, 2)
    for bot in bots:
        bot.client.close()
    assert len(place.room.taken) == 3
    assert place.room.people["p2"].seat == "ukraine"
