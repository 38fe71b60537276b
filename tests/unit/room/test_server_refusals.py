"""What the server of a room refuses, slows down and gives up."""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import ExitStack, closing

import pytest

from sim.errors import RunFailed
from sim.room.limits import MOST_BYTES, Bucket
from sim.room.log import begin
from sim.room.room import Room
from sim.room.serve import OpenRoom, RoomAddress
from tests.unit.room.open_room import Open, refused, statuses
from tests.unit.room.rooms import EVERYTHING


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
    refused(401, lambda: client.get("/api/qr"))
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
        {"command": "seconds", "seconds": 4},
        {"command": "seconds", "seconds": 3601},
        {"command": "sit", "person": [], "seat": {}},
        {"command": "reveal", "round": [1]},
        {"command": "inject", "happening": [5]},
    ],
)
def test_a_command_of_wrong_types_is_refused_with_a_message(still, body):
    assert refused(400, lambda: still.console.post("/api/console", body))
    assert len(still.room.events) == 1


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
        with closing(OpenRoom(lambda: (room, log), RoomAddress(lan)).listening) as listening:
            assert listening.getsockname()[0] == host
    log.close()


def test_a_port_that_is_taken_leaves_the_log_as_it_was(still, tmp_path):
    path = tmp_path / "rooms" / "room.jsonl"
    room = Room(EVERYTHING, 2)
    port = int(still.address.rpartition(":")[2])
    with pytest.raises(RunFailed, match="cannot listen"):
        OpenRoom(lambda: (room, begin(room, path)), RoomAddress(port=port))
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
