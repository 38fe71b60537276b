"""A client of the room's protocol, with the standard library alone."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from sim.errors import RunFailed, ThinlineError

# Longer than the server holds a request for a view.
TIMEOUT = 30.0


class Refusal(ThinlineError):
    """The server refused a request; ``status`` is the HTTP status."""

    kind = "refused"

    def __init__(self, status: int, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.status = status


class Client:
    """A client that acts as one browser: a connection, and the token of a seat, a wall or a
    console."""

    def __init__(self, address: str, token: str = "") -> None:
        self.address, self.token = address, token
        self.seq = 0
        parts = urlsplit(address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._connection = kind(parts.netloc, timeout=TIMEOUT)

    def sit(self, code: str, seat: str | None, name: str = "") -> dict[str, Any]:
        """Take a seat; from then on the client is this person."""
        found = self.post("/api/sit", {"code": code, "seat": seat, "name": name})
        self.token = found["token"]
        return found

    def view(self, path: str = "/api/view", hold: bool = True) -> dict[str, Any] | None:
        """The next view after the last one; with ``hold`` off the present one. ``None`` if nothing
        changed for a while."""
        found = self.get(f"{path}?after={self.seq if hold else 0}")
        self.seq = found["seq"]
        view = found.get("view")
        return view if isinstance(view, dict) else None

    def command(self, word: str, **fields: Any) -> dict[str, Any]:
        """A command of the console."""
        return self.post("/api/console", {"command": word, **fields})

    def get(self, path: str) -> dict[str, Any]:
        """Send a GET request."""
        return self._ask("GET", path, None)

    def post(self, path: str, body: Any) -> dict[str, Any]:
        """Send a POST request."""
        return self._ask("POST", path, json.dumps(body).encode())

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None) -> dict[str, Any]:
        try:
            try:
                status, text = self._exchange(method, path, body)
            except ConnectionError:
                # The server closes a connection that was idle for long: ask over a new one.
                self._connection.close()
                status, text = self._exchange(method, path, body)
        except (OSError, HTTPException) as error:
            self._connection.close()
            raise RunFailed(
                f"no answer from {self.address}: {error!s:.80}", "is the room open?"
            ) from None
        document: dict[str, Any] = json.loads(text) if text else {}
        if status != 200:
            raise Refusal(status, document.get("error", "refused"), document.get("remedy", ""))
        return document

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        return response.status, response.read()
