"""The client of a room, without a room."""

from __future__ import annotations

from contextlib import closing
from socket import create_server
from threading import Thread

import pytest

from sim.errors import RunFailed
from sim.room.client import Client

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"ok": %d}\n'


def test_a_connection_that_the_server_closed_is_opened_again() -> None:
    with closing(create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            for number in range(2):
                connection, _ = listening.accept()
                with closing(connection):
                    connection.recv(65536)
                    connection.sendall(ANSWER % number)

        server = Thread(target=serve)
        server.start()
        client = Client(f"http://127.0.0.1:{listening.getsockname()[1]}")
        assert client.get("/api/view") == {"ok": 0}
        assert client.get("/api/view") == {"ok": 1}
        server.join(10)
    with pytest.raises(RunFailed, match="no answer from"):
        client.get("/api/view")
