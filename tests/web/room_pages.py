"""A room that is open, and the pages of it in browsers of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sim.room.earlier import EarlierRoom
from sim.room.log import begin
from sim.room.room import Room
from sim.room.serve import Links, OpenRoom, RoomAddress, in_background

# A name for the loopback, so that anything else is outside.
OUTSIDE = re.compile(r"^(?!http://127\.0\.0\.1:|data:|blob:)")


class Class:
    """An open room and the pages that look at it."""

    def __init__(
        self,
        browser: Any,
        stack: ExitStack,
        log: Path,
        room: Room,
        earlier: Sequence[EarlierRoom] = (),
    ) -> None:
        self.log, self.room = log, room
        opened = OpenRoom(
            lambda: (self.room, begin(self.room, self.log)), RoomAddress(), None, earlier
        )
        self.links: Links = opened.links
        self._book = opened.book
        stack.enter_context(in_background(opened.server(runs=64), opened))
        self._browser, self._stack = browser, stack
        self.said: list[str] = []
        self.outside: list[str] = []

    def page(self, address: str, width: int = 1200, scheme: str = "light") -> Any:
        """A page in a browser of its own."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 740}, color_scheme=scheme
        )
        self._stack.callback(context.close)
        page = context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        page.goto(address)
        return page

    def _note(self, url: str) -> None:
        if OUTSIDE.match(url):
            self.outside.append(url)

    def student(self, seat: str, name: str = "", width: int = 360) -> Any:
        """A page on which somebody has sat down."""
        page = self.page(f"{self.links.join[0]}/?{self.links.code}", width)
        page.select_option("#seat", seat)
        page.fill("#name", name)
        page.click("text=Sit down")
        page.wait_for_selector("#game:not([hidden])")
        return page

    def seat_code(self, person: str) -> str:
        """The code with which somebody comes back to their seat."""
        return self._book.entries[person].code

    def console(self) -> Any:
        """The console."""
        return self.page(self.links.console)

    def wall(self) -> Any:
        """The wall."""
        return self.page(self.links.wall)
