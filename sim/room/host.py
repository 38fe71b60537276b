"""A room that is open: one thread owns it, everybody waits for its changes, a clock closes steps.

A viewer asks for the view after the last one they have, and is answered when there is a newer one.
So only the latest state is ever sent, and a phone that sleeps keeps nobody waiting.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sim.errors import UsageError
from sim.experiments.storage.files import CannotStore
from sim.room.adviser import advise, question_of
from sim.room.clock import StepClock
from sim.room.debrief import RUNS, debrief, path_of
from sim.room.earlier import EarlierRoom
from sim.room.export import choices_csv, report_page
from sim.room.limits import Bucket
from sim.room.log import Log, line_of
from sim.room.room import Event, Room
from sim.room.seat_book import SeatBook
from sim.room.views import Views, predictions, seats_view

T = TypeVar("T")

# How long a viewer waits for a change, in seconds; and after what time without a request somebody
# counts as away.
HOLD = 20.0
AWAY = 15.0
# Seconds between two looks at the clock.
TICK = 0.5
# Events after which another step begins.
NEW_STEP = ("start", "close", "undo", "inject", "finish")
# Commands a second of one person, and at once.
COMMANDS = 5.0, 10


@dataclass(frozen=True, slots=True)
class Screen:
    """What the teacher has set for the wall: whether names are shown, and whether it is blank."""

    names: bool = True
    blank: bool = False


class Host:
    """An open room.

    Attributes
    ----------
    room, log, book, clock
        What it holds together.
    seq
        Rises with every change.
    """

    def __init__(
        self,
        room: Room,
        log: Log,
        book: SeatBook,
        clock: StepClock,
        runs: int = RUNS,
        earlier: Sequence[EarlierRoom] = (),
    ) -> None:
        self.room, self.log, self.book, self.clock = room, log, book, clock
        self.views = Views(room)
        # Higher than before a restart, so that a page that comes back is sent what is new.
        self.seq = int(time.time() * 1000)
        self.screen = Screen()
        self.notice = ""
        self.debrief: dict[str, Any] | None = None
        self._begun = 0  # steps begun in this process
        self._runs, self._earlier = runs, earlier
        self._thread = ThreadPoolExecutor(1, "room")
        self._changed = asyncio.Event()
        self._closing = False
        self._advising = asyncio.Lock()
        self._advice: dict[tuple[int, str, str], dict[str, Any]] = {}
        self._latest: dict[str, tuple[int, asyncio.Future[dict[str, Any]]]] = {}
        self._seen: dict[str, float] = {}
        self._polls: Counter[str] = Counter()
        self._tabs: dict[str, str] = {}
        self._buckets: dict[str, Bucket] = defaultdict(lambda: Bucket(*COMMANDS))
        self._tasks: set[asyncio.Task[None]] = set()

    # Life.

    def open(self) -> None:
        """Begin to look at the clock."""
        self._start(self._watch_clock())
        if self.room.game.is_over:
            self._start(self._make_debrief())

    def release(self) -> None:
        """Answer everybody who waits, and let nobody wait any more."""
        self._closing = True
        self.bump()

    async def close(self) -> None:
        """Close the log."""
        self.release()
        for task in self._tasks:
            task.cancel()
        await self.in_room(self.log.close)
        self._thread.shutdown(wait=False)

    # Commands.

    async def do(self, event: Event) -> Event:
        """Let an event happen, and write it down; then everybody is told.

        Raises :class:`sim.errors.ThinlineError` for what is not possible now, or cannot be written
        down; then nothing has changed.
        """
        logged = await self._logged(self._apply, event)
        if logged["event"] in NEW_STEP:
            self._begin_step()
        self.bump()
        return logged

    async def sit(self, seat: str | None, name: object) -> dict[str, str]:
        """Let somebody new sit down; returns their token and seat code."""

        def enter() -> dict[str, str]:
            person = self.room.next_person
            self._apply({"event": "sit", "person": person, "seat": seat})
            token, code = self.book.admit(person, name)
            return {"person": person, "token": token, "seat_code": code}

        found = await self._logged(enter)
        self.bump()
        return found

    async def advise(self, person: str, word: str) -> dict[str, Any]:
        """How the run goes on after each option of a decision that a person can plan.

        Raises :class:`sim.errors.UsageError` where there is no such decision, or no adviser.
        """
        seat = self.room.people[person].seat
        if seat is None or not self.room.adviser:
            raise UsageError("there is no adviser", "decide by yourselves")
        key = self.room.moves, seat, word
        async with self._advising:
            if key not in self._advice:
                question = await self.in_room(question_of, self.room.game, seat, word)
                self._advice = {k: v for k, v in self._advice.items() if k[0] == key[0]}
                self._advice[key] = await asyncio.to_thread(advise, question)
            return self._advice[key]

    def allow(self, person: str) -> bool:
        """Whether a person may send one more command now."""
        return self._buckets[person].take()

    def claim(self, person: str, tab: str) -> None:
        """Let a person play in this tab; their other tabs only show a notice."""
        self._tabs[person] = tab
        self.bump()

    def change_screen(self, screen: Screen) -> None:
        """Show something else on the wall."""
        self.screen = screen
        self.bump()

    def bump(self) -> None:
        """Wake everybody who waits."""
        self.seq += 1
        self._changed.set()
        self._changed = asyncio.Event()

    # Views.

    async def watch_seat(self, person: str, after: int, tab: str) -> dict[str, Any]:
        """The next view of a person after number ``after``; without a view if nothing changed."""
        after = self._known(after)
        self._polls[person] += 1
        self._seen[person] = time.monotonic()
        try:
            await self._wait(after)
        finally:
            self._polls[person] -= 1
            self._seen[person] = time.monotonic()
        if self._tabs.get(person, tab) != tab:
            return self._envelope({"elsewhere": True})
        return await self._view("seats", after, self._seats, person)

    async def watch_wall(self, after: int) -> dict[str, Any]:
        """The next view of the wall."""
        after = self._known(after)
        await self._wait(after)
        return await self._view("wall", after, self._wall)

    async def watch_console(self, after: int) -> dict[str, Any]:
        """The next view of the console; presence changes by itself, so it never waits long."""
        await self._wait(self._known(after), TICK * 4)
        return self._envelope({"view": await self.in_room(self._console)})

    async def seats(self) -> list[dict[str, Any]]:
        """The seats that can be taken."""
        return await self.in_room(seats_view, self.room)

    async def export(self, kind: str) -> str:
        """The choices as ``csv``, a ``report`` to print, or the log as ``jsonl``; none has names.

        Raises :class:`sim.errors.UsageError` for a report before the debrief is there.
        """
        if kind == "csv":
            return await self.in_room(choices_csv, self.room)
        if kind == "report":
            found = self.debrief
            if found is None:
                raise UsageError("there is no report yet", "wait for the end and its comparison")
            return await self.in_room(
                lambda: report_page(self.room, found, self.views.public()["story"])
            )
        return await self.in_room(lambda: b"".join(map(line_of, self.room.events)).decode())

    def is_present(self, person: str) -> bool:
        """Whether a person's page has asked for something lately."""
        last = self._seen.get(person)
        waits = self._polls[person] > 0
        return waits or (last is not None and time.monotonic() - last < AWAY)

    # In the room's thread.

    async def in_room(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call a function that reads or changes the room or its people."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    async def _logged(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call a function that writes to the log; if it cannot, the clock stops until the teacher
        has read why."""
        try:
            return await self.in_room(function, *arguments)
        except CannotStore as error:
            self.clock.pause()
            self.notice = f"{error.message}: {error.remedy}; the clock is paused"
            self.bump()
            raise

    def _apply(self, event: Event) -> Event:
        logged = self.room.apply(event)
        try:
            self.log.append(logged)
        except CannotStore:
            self.room.take_back()
            raise
        return logged

    def _seats(self) -> dict[str, dict[str, Any]]:
        """The views of everybody."""
        views = self.views.seats(self.book.entries)
        for person, entry in self.book.entries.items():
            views[person] |= {"name": entry.name, "seat_code": entry.code}
        return views

    def _wall(self) -> dict[str, Any]:
        if self.screen.blank:
            return {"blank": True}
        named = [each["name"] for each in self._people() if self.screen.names and each["name"]]
        number = self.room.round
        parts = ("what", "usual", "why", "limits")[:number]
        shown = {part: self.debrief[part] for part in parts} if self.debrief else None
        extra = {"predictions": predictions(self.room), "names": named, "debrief": shown}
        return self.views.public() | extra | {"code": self.book.room_code}

    def _console(self) -> dict[str, Any]:
        base = self.room.game.base
        return self.views.public() | {
            "seats": seats_view(self.room),
            "people": self._people(),
            "code": self.book.room_code,
            "adviser": self.room.adviser,
            "names_shown": self.screen.names,
            "blank": self.screen.blank,
            "events": [event.name for event in base.events],
            "settings": [path for path in base.values if path.startswith("setting.")],
            "debrief_ready": self.debrief is not None,
            "predictions": predictions(self.room),
            "log": str(self.log.path),
            "seconds": self.clock.seconds,
            "notice": self.notice,
        }

    def _people(self) -> list[dict[str, Any]]:
        return [
            {
                "person": person,
                "name": self.book.entries[person].name if person in self.book.entries else "",
                "seat_code": self.book.entries[person].code if person in self.book.entries else "",
                "seat": who.seat,
                "present": self.is_present(person),
                "sent": who.choices is not None,
            }
            for person, who in self.room.people.items()
        ]

    # Behind the scenes.

    def _known(self, after: int) -> int:
        """The number of a view that a viewer has; 0 for one that this process has not sent."""
        return after if after <= self.seq else 0

    async def _wait(self, after: int, hold: float = HOLD) -> None:
        changed = self._changed
        if self.seq <= after and not self._closing:
            with suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), hold)

    async def _view(
        self, key: str, after: int, build: Callable[[], dict[str, Any]], part: str | None = None
    ) -> dict[str, Any]:
        """The view that ``build`` gives, or a ``part`` of it. It is built once after each change,
        for all who wait: each way into the room's thread and back costs as much as a view."""
        if self.seq <= after:
            return self._envelope({})
        if key not in self._latest or self._latest[key][0] != self.seq:
            self._latest[key] = self.seq, asyncio.ensure_future(self.in_room(build))
        seq, work = self._latest[key]
        # Somebody who goes away does not take it from the others.
        view = await asyncio.shield(work)
        return self._envelope({"view": view if part is None else view[part]}, seq)

    def _envelope(self, content: dict[str, Any], seq: int | None = None) -> dict[str, Any]:
        left = self.clock.left()
        head = {
            "seq": self.seq if seq is None else seq,
            "left": None if left is None else round(left, 1),
            "paused": self.clock.paused,
        }
        return head | content

    def _begin_step(self) -> None:
        self._begun += 1
        if self.room.game.is_over:
            self.clock.stop()
            self._start(self._make_debrief())
        else:
            self.debrief = None
            self.clock.begin()

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Forget a task; the teacher is told of one that failed."""
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.notice = f"the clock or the debrief stopped: {error!r:.200}; resume the log"
            self.bump()

    async def _make_debrief(self) -> None:
        self.debrief = None
        begun, path = self._begun, await self.in_room(path_of, self.room)
        found = await asyncio.to_thread(debrief, path, self._runs, self._earlier)
        # Meanwhile the end may have been undone, and the game have come to another one.
        if self._begun == begun:
            self.debrief = found
            self.bump()

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            slept = self.clock.tick()
            if slept is not None:
                what = f"this computer slept for {slept:.0f} s, or its time was set"
                self.notice = f"{what}; the clock is paused"
                self.bump()
            await self._close_if_due()

    async def _close_if_due(self) -> None:
        step = self.room.game.step
        if step is None or not self.room.started:
            return
        if await self.in_room(self._all_present_have_sent) and self.clock.hurry():
            self.bump()
        if self.clock.is_due:
            # Somebody closed it at this moment, or it is told that it cannot be written down.
            with suppress(UsageError, CannotStore):
                await self.do({"event": "close", "step": step.number})

    def _all_present_have_sent(self) -> bool:
        return self.room.have_sent(filter(self.is_present, self.room.people))
