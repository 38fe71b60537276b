"""The web server of a room: pages, the protocol of ``docs/room.md``, and what is refused."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import segno
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sim.errors import ThinlineError, UsageError
from sim.room.host import Host
from sim.room.limits import MOST_BYTES, SECONDS_TO_SEND, Bucket
from sim.room.views import outcomes_view

PAGES = Path(__file__).parent / "pages"
# Each page by its address, and each file that a page loads by its name: nothing else is served.
PAGE_OF = {"/": "seat.html", "/teacher": "teacher.html", "/wall": "wall.html", "/hot": "hot.html"}
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
POLICY = "content-security-policy"
HEADERS = {
    POLICY: (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
# Joins a second and at once, and wrong codes: from all addresses together.
JOINS = 10.0, 100
WRONG_CODES = 1.0, 20
MOST_SECONDS = 3_600
# Events that the console may send as they are, and the keys of each.
EVENTS = {
    "start": (),
    "close": ("step",),
    "undo": (),
    "inject": ("happening",),
    "finish": (),
    "reveal": ("round",),
    "adviser": ("on",),
    "sit": ("person", "seat"),
}

Endpoint = Callable[[Request], Awaitable[Response]]


def application(host: Host, addresses: Collection[str], join: str) -> Starlette:
    """The server of one room.

    Parameters
    ----------
    host
        The open room.
    addresses
        The names and addresses, each with its port, under which browsers may ask for it.
    join
        The address that the QR code shows, without the code of the room.
    """
    site = Site(host, join)
    routes = [Route(path, site.page, methods=["GET"]) for path in PAGE_OF]
    routes += [Route("/assets/{name}", site.asset, methods=["GET"])]
    routes += [Route(path, site.answer(get), methods=["GET"]) for path, get in site.gets.items()]
    routes += [
        Route(path, site.answer(post), methods=["POST"]) for path, post in site.posts.items()
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, addresses=frozenset(addresses))],
        exception_handlers={HTTPException: refused},
    )


class Guard:
    """Refuses requests for another host or from another site's page, and adds the headers."""

    def __init__(self, app: ASGIApp, addresses: frozenset[str]) -> None:
        self.app, self.addresses = app, addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get(b"origin")
        trusted = headers.get(b"host", "") in self.addresses and (
            origin is None or urlsplit(origin).netloc in self.addresses
        )

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                added = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
                message["headers"] += [pair for pair in added if pair[0] not in own]
            await send(message)

        if trusted:
            await self.app(scope, receive, send_with_headers)
        else:
            refusal = JSONResponse({"error": "this address or page is not the room's"}, 421)
            await refusal(scope, receive, send_with_headers)


class Site:
    """The pages and the protocol."""

    def __init__(self, host: Host, join: str) -> None:
        self.host, self.join = host, join
        self._joins, self._wrong = Bucket(*JOINS), Bucket(*WRONG_CODES)
        self.gets: dict[str, Endpoint] = {
            "/api/hello": self.hello,
            "/api/view": self.view,
            "/api/wall": self.wall,
            "/api/console": self.console,
            "/api/export": self.export,
            "/api/qr": self.qr,
        }
        self.posts: dict[str, Endpoint] = {
            "/api/sit": self.sit,
            "/api/return": self.come_back,
            "/api/claim": self.claim,
            "/api/move": self.move,
            "/api/advise": self.advise,
            "/api/choose": self.choose,
            "/api/predict": self.predict,
            "/api/console": self.command,
        }

    def answer(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint, with errors as answers: what was wrong, and what to do."""

        async def answered(request: Request) -> Response:
            try:
                return await endpoint(request)
            except ThinlineError as error:
                return JSONResponse({"error": error.message, "remedy": error.remedy}, 400)
            except ClientDisconnect:
                return Response(status_code=400)

        return answered

    # Pages.

    async def page(self, request: Request) -> Response:
        """A page."""
        return send_file(PAGE_OF[request.url.path])

    async def asset(self, request: Request) -> Response:
        """A file that a page loads."""
        return send_file(request.path_params["name"])

    # For everybody.

    async def hello(self, request: Request) -> Response:
        """What the room plays and which seats there are. It has no effect."""
        title = self.host.room.game.base.title
        seats = await self.host.seats()
        return JSONResponse({"title": title, "seats": seats, "outcomes": outcomes_view()})

    async def sit(self, request: Request) -> Response:
        """Take a seat, or none to watch."""
        body = await _body(request)
        self._check_code(body)
        if not self._joins.take():
            raise HTTPException(429)
        return JSONResponse(await self.host.sit(body.get("seat"), body.get("name")))

    async def come_back(self, request: Request) -> Response:
        """Come back to one's seat on another device."""
        body = await _body(request)
        self._check_code(body)
        person = await self.host.in_room(self.host.book.person_by_code, body.get("seat_code"))
        if person is None:
            self._wrong_code()
            raise UsageError("no seat has this code", "ask the teacher, who sees all codes")
        token = await self.host.in_room(self.host.book.token_for, person)
        return JSONResponse({"person": person, "token": token})

    # For a seat.

    async def view(self, request: Request) -> Response:
        """The next view of a seat."""
        after, tab = _after(request), request.query_params.get("tab", "")[:40]
        return JSONResponse(await self.host.watch_seat(self._person(request), after, tab))

    async def claim(self, request: Request) -> Response:
        """Play in this tab."""
        person, body = await self._sent(request)
        self.host.claim(person, str(body.get("tab"))[:40])
        return JSONResponse({})

    async def move(self, request: Request) -> Response:
        """Take another seat."""
        person, body = await self._sent(request)
        await self.host.do({"event": "sit", "person": person, "seat": body.get("seat")})
        return JSONResponse({})

    async def advise(self, request: Request) -> Response:
        """Ask the adviser about a decision."""
        person, body = await self._sent(request)
        return JSONResponse(await self.host.advise(person, str(body.get("word"))))

    async def choose(self, request: Request) -> Response:
        """Send a choice; the last one counts."""
        person, body = await self._sent(request)
        event = {"event": "choose", "person": person}
        await self.host.do(event | {"step": body.get("step"), "choices": body.get("choices")})
        return JSONResponse({})

    async def predict(self, request: Request) -> Response:
        """Predict the outcome."""
        person, body = await self._sent(request)
        event = {"event": "predict", "person": person}
        await self.host.do(event | {"when": body.get("when"), "outcome": body.get("outcome")})
        return JSONResponse({})

    # For the wall and the console.

    async def wall(self, request: Request) -> Response:
        """The next view of the wall."""
        if not self.host.book.is_wall(_token(request)):
            raise HTTPException(401)
        return JSONResponse(await self.host.watch_wall(_after(request)))

    async def qr(self, request: Request) -> Response:
        """The QR code of the address at which people join."""
        if not self.host.book.is_wall(_token(request)):
            raise HTTPException(401)
        picture = io.BytesIO()
        segno.make(self.join_address, error="m").save(picture, kind="svg", scale=8, border=2)
        return JSONResponse({"address": self.join_address, "svg": picture.getvalue().decode()})

    @property
    def join_address(self) -> str:
        """The address at which people join, with the code of the room."""
        return f"{self.join}/?{self.host.book.room_code}"

    async def console(self, request: Request) -> Response:
        """The next view of the console."""
        self._require_teacher(request)
        view = await self.host.watch_console(_after(request))
        return JSONResponse(view | {"join": self.join_address})

    async def export(self, request: Request) -> Response:
        """The choices as CSV, a report to print, or the log."""
        self._require_teacher(request)
        asked = request.query_params.get("kind", "")
        kind = asked if asked in ("csv", "report") else "jsonl"
        return Response(await self.host.export(kind), media_type="text/plain; charset=utf-8")

    async def command(self, request: Request) -> Response:
        """A command of the teacher."""
        self._require_teacher(request)
        body = await _body(request)
        word = body.get("command")
        if not isinstance(word, str):
            raise UsageError("a command is a word", "see docs/room.md")
        if word in EVENTS:
            event = {key: body.get(key) for key in EVENTS[word]}
            await self.host.do({"event": word, **event})
            return JSONResponse({})
        if word == "wall":
            return JSONResponse({"token": await self.host.in_room(self.host.book.wall_token)})
        await self._steer(word, body)
        self.host.bump()
        return JSONResponse({})

    async def _steer(self, word: str, body: dict[str, Any]) -> None:
        """A command that is about the clock, the wall, or a name."""
        clock, host = self.host.clock, self.host
        match word:
            case "pause":
                clock.pause()
            case "resume":
                host.notice = ""
                clock.resume()
            case "extend":
                clock.extend(30.0)
            case "seconds":
                clock.seconds = _seconds(body.get("seconds"))
                if host.room.started and not host.room.game.is_over:
                    clock.begin()
            case "rename":
                person = body.get("person")
                if not isinstance(person, str) or person not in host.book.entries:
                    raise UsageError("nobody of this number is in the room", "see the list")
                await host.in_room(host.book.rename, person, body.get("name"))
            case "names":
                host.change_screen(replace(host.screen, names=_on(body)))
            case "blank":
                host.change_screen(replace(host.screen, blank=_on(body)))
            case _:
                raise UsageError(f"{word!r:.40} is no command", "see docs/room.md")

    # Who asks.

    def _person(self, request: Request) -> str:
        person = self.host.book.person_with(_token(request))
        if person is None:
            raise HTTPException(401)
        return person

    async def _sent(self, request: Request) -> tuple[str, dict[str, Any]]:
        person = self._person(request)
        if not self.host.allow(person):
            raise HTTPException(429)
        return person, await _body(request)

    def _require_teacher(self, request: Request) -> None:
        if not self.host.book.is_teacher(_token(request)):
            raise HTTPException(401)

    def _check_code(self, body: dict[str, Any]) -> None:
        code = body.get("code")
        if not isinstance(code, str) or code.strip().upper() != self.host.book.room_code:
            self._wrong_code()
            raise UsageError("this is not the code of the room", "it is on the wall")

    def _wrong_code(self) -> None:
        if not self._wrong.take():
            raise HTTPException(429)


@cache
def page_files() -> dict[str, bytes]:
    """Every file of the pages by its name."""
    return {path.name: path.read_bytes() for path in PAGES.iterdir() if path.suffix in TYPES}


def send_file(name: str) -> Response:
    """A file of the pages; refuses a name that is none of theirs."""
    if name not in page_files():
        raise HTTPException(404)
    return Response(page_files()[name], media_type=TYPES[Path(name).suffix])


async def read_body(request: Request, most: int = MOST_BYTES) -> bytes:
    """What was sent; refuses what is too large or too slow."""
    data = b""
    try:
        async with asyncio.timeout(SECONDS_TO_SEND):
            async for part in request.stream():
                data += part
                if len(data) > most:
                    raise HTTPException(413)
    except TimeoutError:
        raise HTTPException(408) from None
    return data


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent."""
    data = await read_body(request)
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise HTTPException(400)
    return body


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


def _after(request: Request) -> int:
    text = request.query_params.get("after", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _seconds(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 5 <= value <= MOST_SECONDS:
        raise UsageError("this is no time for a step", f"5 to {MOST_SECONDS:,} seconds, or none")
    return float(value)


def _on(body: dict[str, Any]) -> bool:
    value = body.get("on")
    if not isinstance(value, bool):
        raise UsageError("'on' says whether to switch it on", "true or false")
    return value


REASONS = {
    400: "this is not a JSON object",
    401: "this link is not valid (any more)",
    404: "there is no such page",
    405: "this is not how it is asked for",
    408: "the request took too long",
    413: "the request is too large",
    429: "too many requests: wait a moment",
}


async def refused(request: Request, error: Exception) -> Response:
    """The answer to a request that is refused: why."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"error": REASONS.get(status, "refused")}, status)
