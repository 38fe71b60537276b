"""What is served where there is no room: the explorer, lessons, and a check of scenario files."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sim.errors import ScenarioError, json_head
from sim.lessons.catalogue import headings, load_lesson
from sim.report.lesson import write_student
from sim.resources import scenario_names
from sim.room.limits import Bucket
from sim.room.server import POLICY, Guard, read_body, refused, send_file
from sim.scenario.diagnostics import Diagnostics
from sim.scenario.load import load_text
from sim.scenario.read_file import read_layer

FILE = "scenario.yaml"
# Bytes of a scenario that is sent, and checks a second and at once: reading one takes a while.
MOST_BYTES = 256 * 1024
CHECKS = 2.0, 10
# A sheet is one file with its style in it.
SHEET_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
)

# The explorer has its script and the model in it, and asks for nothing.
EXPLORER_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src blob:; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
)


def course(addresses: Collection[str], explorer: str) -> Starlette:
    """The server of a course, with the page of an explorer.

    ``addresses`` are those under which browsers may ask for it. Answer keys and teacher's notes
    are not on it.
    """
    checks = Bucket(*CHECKS)
    known = lessons_view()
    sheets = {(each["name"], length) for each in known for length in each["minutes"]}

    async def page(request: Request) -> Response:
        return send_file("course.html")

    async def explore(request: Request) -> Response:
        return Response(explorer, media_type="text/html", headers={POLICY: EXPLORER_POLICY})

    async def lessons(request: Request) -> Response:
        return JSONResponse({"lessons": known})

    async def sheet(request: Request) -> Response:
        asked = request.path_params["name"], request.path_params["length"]
        if asked not in sheets:
            raise HTTPException(404)
        text = await asyncio.to_thread(student_sheet, *asked)
        return Response(text, media_type="text/html", headers={POLICY: SHEET_POLICY})

    async def check(request: Request) -> Response:
        if not checks.take():
            raise HTTPException(429)
        data = await read_body(request, MOST_BYTES)
        return JSONResponse(await asyncio.to_thread(checked, data.decode("utf-8", "replace")))

    routes = [
        Route("/", page, methods=["GET"]),
        Route("/assets/{name}", send_asset, methods=["GET"]),
        Route("/explorer", explore, methods=["GET"]),
        Route("/api/lessons", lessons, methods=["GET"]),
        Route("/lesson/{name}/{length:int}", sheet, methods=["GET"]),
        Route("/api/check", check, methods=["POST"]),
    ]
    guard = Middleware(Guard, addresses=frozenset(addresses))
    return Starlette(routes=routes, middleware=[guard], exception_handlers={HTTPException: refused})


async def send_asset(request: Request) -> Response:
    """A file that the page loads."""
    return send_file(request.path_params["name"])


def lessons_view() -> list[dict[str, Any]]:
    """The lessons with their goals and the lengths of their plans."""
    return [
        {**each._asdict(), "minutes": list(load_lesson(each.name).plans)} for each in headings()
    ]


@cache
def student_sheet(name: str, length: int) -> str:
    """The student sheet of a shipped lesson, for one of the lengths of its plans."""
    lesson = load_lesson(name)
    with tempfile.TemporaryDirectory() as folder:
        written = write_student(lesson, lesson.plans[length], Path(folder) / "sheet.html")
        return written.read_text(encoding="utf-8")


def checked(text: str) -> dict[str, Any]:
    """The loader's messages about the text of a scenario. It may extend shipped scenarios only, so
    that no other file is read."""
    diagnostics = Diagnostics()
    layer = read_layer(text, FILE, diagnostics)
    if layer is not None and (parent := layer.extends) and parent.text not in scenario_names():
        remedy = "thinline list shows them"
        diagnostics.add(parent.place, "here a scenario may extend shipped ones only", remedy)
        problems = list(diagnostics.problems)
    else:
        problems = _problems(text)
    document = {"valid": not problems, "problems": [each.to_dict() for each in sorted(problems)]}
    return {**json_head("validation"), **document}


def _problems(text: str) -> list[Any]:
    try:
        load_text(text, file=FILE)
    except ScenarioError as error:
        return list(error.problems)
    return []
