"""The server of a room: a game through the protocol, and what it refuses."""

from __future__ import annotations

import errno
import http.client
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from sim.errors import RunFailed
from sim.room.bots import Bot, seat_bots
from sim.room.client import Client, Refusal
from sim.room.limits import MOST_BYTES, Bucket
from sim.room.log import Log, begin, line_of, read
from sim.room.room import Room
from sim.room.serve import OpenRoom, Place, in_background
from sim.room.server import PAGE_OF, page_files
from tests.unit.room.rooms import EVERYTHING

# The most that a phone loads.
MOST_OF_A_PAGE = 60_000


class Open:
    """An open room, with its console and its wall."""

    def __init__(
        self,
        folder: Path,
        stack: ExitStack,
        seconds: float | None = None,
        address: str | None = None,
    ) -> None:
        self.log = folder / "room.jsonl"
        self.room = Room(EVERYTHING, 2)
        server = OpenRoom(self._made, Place(address=address), seconds)
        self.address, self.code = f"http://127.0.0.1:{server.port}", server.links.code
        self._stack = stack
        stack.enter_context(in_background(server.server(runs=64), server))
        self.console = self.client(server.links.console.partition("#")[2])
        self.wall = self.client(server.links.wall.partition("#")[2])

    def _made(self) -> tuple[Room, Log]:
        return self.room, begin(self.room, self.log)

    def client(self, token: str = "") -> Client:
        """A client that is closed after the test."""
        return self._stack.enter_context(closing(Client(self.address, token)))

    def ask(
        self, method: str, path: str, body: Any = None, headers: Any = None
    ) -> tuple[int, bytes]:
        """What any program may send; returns the status and the answer."""
        with closing(http.client.HTTPConnection(self.address.removeprefix("http://"))) as sent:
            sent.request(method, path, body, headers or {})
            response = sent.getresponse()
            return response.status, response.read()


@pytest.fixture
def place(tmp_path) -> Iterator[Open]:
    with ExitStack() as stack:
        yield Open(tmp_path, stack)


@pytest.fixture(scope="module")
def still(tmp_path_factory) -> Iterator[Open]:
    """A room that tests ask and do not change."""
    with ExitStack() as stack:
        yield Open(tmp_path_factory.mktemp("room"), stack)


def refused(status: int, work: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        work()
    assert refusal.value.status == status
    return str(refusal.value)


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


def test_a_get_takes_no_seat(place):
    before = list(place.room.events)
    plain = place.client()
    plain.get("/api/hello")
    for path in (*PAGE_OF, f"/?{place.code}"):
        assert place.ask("GET", path)[0] == 200
    assert place.room.events == before


def test_the_teacher_steers(place):
    client = place.client()
    person = client.sit(place.code, "france", "Ada")["person"]
    place.console.command("rename", person=person, name="Bo")
    place.console.command("sit", person=person, seat="poland")
    place.console.command("seconds", seconds=60)
    place.console.command("start")
    place.console.command("extend")
    place.console.command("pause")
    found = client.get("/api/view")
    assert (found["view"]["seat"], found["view"]["name"]) == ("poland", "Bo")
    assert found["paused"]
    assert 60 < found["left"] <= 90
    place.console.command("resume")
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


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/choose", {"step": 0, "choices": {}}),
        ("/api/predict", {"when": "before", "outcome": "limited_war"}),
        ("/api/advise", {"word": "target"}),
        ("/api/move", {"seat": "russia"}),
        ("/api/claim", {"tab": "x"}),
        ("/api/console", {"command": "start"}),
    ],
)
@pytest.mark.parametrize("token", ["", "x" * 22, "ü", "' or 1=1"])
def test_nothing_is_done_for_a_forged_token(still, path, body, token):
    assert (
        still.ask(
            "POST", path, json.dumps(body), {"authorization": f"Bearer {token}".encode("latin-1")}
        )[0]
        == 401
    )
    assert len(still.room.events) == 1


def test_a_seat_is_no_console_and_a_wall_is_no_seat(place):
    client = place.client()
    client.sit(place.code, "france")
    refused(401, lambda: client.command("start"))
    refused(401, lambda: client.get("/api/console"))
    refused(401, lambda: client.get("/api/export"))
    refused(401, lambda: client.get("/api/export?kind=report"))
    refused(400, lambda: place.console.get("/api/export?kind=report"))
    refused(401, lambda: client.get("/api/wall"))
    refused(401, lambda: place.wall.get("/api/view"))
    refused(401, lambda: place.wall.command("start"))


@pytest.mark.parametrize(
    "body",
    [
        {"command": []},
        {"command": {}},
        {"command": None},
        {"command": "rename", "person": []},
        {"command": "names", "on": "no"},
        {"command": "blank"},
        {"command": "adviser", "on": 1},
        {"command": "seconds", "seconds": True},
        {"command": "sit", "person": [], "seat": {}},
        {"command": "reveal", "round": [1]},
        {"command": "inject", "happening": [5]},
    ],
)
def test_a_command_of_wrong_types_is_refused_with_a_message(still, body):
    assert refused(400, lambda: still.console.post("/api/console", body))
    assert len(still.room.events) == 1


def test_the_teacher_is_told_of_a_debrief_that_failed(place, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("no debrief today")

    monkeypatch.setattr("sim.room.host.debrief", fail)
    place.console.command("start")
    place.console.command("finish")
    while not (found := place.console.get("/api/console"))["view"]["notice"]:
        pass
    assert "no debrief today" in found["view"]["notice"]


RAW = [
    (b"", 400),
    (b"5", 400),
    (b"[]", 400),
    (b"\xff\xfe", 400),
    (b"[" * 10_000, 400),
    (b'{"code": ' + b"9" * 10_000 + b"}", 400),
    (b"x" * (MOST_BYTES + 1), 413),
]


@pytest.mark.parametrize(("body", "status"), RAW, ids=range(len(RAW)))
def test_what_is_no_small_json_object_is_refused(still, body, status):
    assert still.ask("POST", "/api/sit", body)[0] == status


@pytest.mark.parametrize(
    "header",
    [{"host": "evil.example"}, {"origin": "http://evil.example"}, {"origin": "null"}],
)
@pytest.mark.parametrize(("method", "path"), [("GET", "/api/hello"), ("POST", "/api/sit")])
def test_another_host_or_site_is_refused(still, header, method, path):
    assert still.ask(method, path, headers=header)[0] == 421


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../server.py",
        "/assets/%2e%2e%2fserver.py",
        "/assets/",
        "/etc/passwd",
        "/assets/x.js",
    ],
)
def test_no_path_leads_to_another_file(still, path):
    assert still.ask("GET", path)[0] == 404


def statuses(times: int, work: Any) -> list[int]:
    """The status of each of so many requests."""
    found = []
    for _ in range(times):
        try:
            work()
            found.append(200)
        except Refusal as refusal:
            found.append(refusal.status)
    return found


def test_many_joins_and_guesses_are_slowed_down_and_harm_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.room.server.JOINS", (0.0, 5))
    monkeypatch.setattr("sim.room.server.WRONG_CODES", (0.0, 3))
    with ExitStack() as stack:
        place = Open(tmp_path, stack)
        client = place.client()
        join = {"code": place.code, "seat": None}
        guess = {"code": "AAAAAA", "seat": None}
        found = statuses(200, lambda: client.post("/api/sit", join))
        assert found == [200] * 5 + [429] * 195
        found = statuses(50, lambda: client.post("/api/sit", guess))
        assert found == [400] * 3 + [429] * 47
        view = place.console.view("/api/console", hold=False)
        assert view
        assert view["stage"] == "lobby"
        assert len(place.room.people) == 5


def test_names_are_plain_text(place):
    client = place.client()
    client.sit(place.code, None, "<script>\u202ealert(1)")
    people = place.console.view("/api/console", hold=False)["people"]
    assert people[0]["name"] == "scriptalert(1)"


def test_a_person_who_sends_too_much_has_to_wait(place, monkeypatch):
    monkeypatch.setattr("sim.room.host.COMMANDS", (0.0, 3))
    client, other = place.client(), place.client()
    client.sit(place.code, "france")
    other.sit(place.code, "poland")
    guess = {"when": "before", "outcome": "limited_war"}
    assert statuses(6, lambda: client.post("/api/predict", guess)) == [200] * 3 + [429] * 3
    assert statuses(1, lambda: other.post("/api/predict", guess)) == [200]


def test_a_bucket_fills_again():
    now = [0.0]
    bucket = Bucket(2.0, 3, lambda: now[0])
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now[0] = 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]


def test_without_lan_it_listens_on_this_computer_only(tmp_path):
    room = Room(EVERYTHING, 2)
    log = begin(room, tmp_path / "room.jsonl")
    for lan, host in ((False, "127.0.0.1"), (True, "0.0.0.0")):
        with closing(OpenRoom(lambda: (room, log), Place(lan)).listening) as listening:
            assert listening.getsockname()[0] == host
    log.close()


def test_a_port_that_is_taken_leaves_the_log_as_it_was(still, tmp_path):
    path = tmp_path / "rooms" / "room.jsonl"
    room = Room(EVERYTHING, 2)
    port = int(still.address.rpartition(":")[2])
    with pytest.raises(RunFailed, match="cannot listen"):
        OpenRoom(lambda: (room, begin(room, path)), Place(port=port))
    assert not path.parent.exists()


def test_the_address_of_a_proxy_is_the_one_shown_and_trusted(tmp_path):
    with ExitStack() as stack:
        place = Open(tmp_path, stack, address="https://room.example.org/")
        proxied = {"host": "room.example.org", "origin": "https://room.example.org"}
        assert place.ask("GET", "/api/hello", headers=proxied)[0] == 200
        assert place.wall.get("/api/qr")["address"] == f"https://room.example.org/?{place.code}"


def test_every_answer_has_the_policy(still):
    for path in ("/", "/api/hello", "/nothing", "/assets/room.js"):
        with closing(http.client.HTTPConnection(still.address.removeprefix("http://"))) as sent:
            sent.request("GET", path)
            headers = dict(sent.getresponse().getheaders())
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert headers["x-content-type-options"] == "nosniff"


def test_a_body_that_does_not_arrive_is_given_up(still, monkeypatch):
    monkeypatch.setattr("sim.room.server.SECONDS_TO_SEND", 0.1)
    head = "POST /api/sit HTTP/1.1\r\nhost: {}\r\ncontent-length: 100\r\n\r\n{{"
    host = still.address.removeprefix("http://")
    with socket.create_connection(("127.0.0.1", int(host.partition(":")[2]))) as slow:
        slow.sendall(head.format(host).encode())
        assert b" 408 " in slow.recv(100)


def test_a_page_that_never_reads_keeps_nobody_waiting(place):
    asleep, awake = place.client(), place.client()
    asleep.sit(place.code, "russia")
    awake.sit(place.code, "france")
    host = place.address.removeprefix("http://")
    head = f"GET /api/view?after=0 HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer "
    with socket.create_connection(("127.0.0.1", int(host.partition(":")[2]))) as silent:
        silent.sendall(f"{head}{asleep.token}\r\n\r\n".encode() * 500)
        place.console.command("start")
        place.console.command("close", step=0)
        view = awake.view()
        assert view
        assert view["step"] != 0


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
    for page in PAGE_OF.values():
        assert b"forecasts nothing" in page_files()[page]


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
