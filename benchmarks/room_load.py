"""Forty people in a room on this computer: how long from a click until everybody has seen it?

Four pages ask for a view and never read the answer, as a phone does that falls asleep. Four vanish
without a word. The others play twenty turns, in which every choice and every new turn has to reach
all of them. ``python benchmarks/room_load.py`` prints medians and 95th percentiles in milliseconds;
``--rooms 4`` plays in four rooms at once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

SCENARIO = "troops_after_truce"
LIMIT = 10.0


class Page:
    """One page: a connection that asks for views, and one that sends."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.token = ""
        self.view: dict[str, Any] = {}
        self.received = self.bytes = 0
        self.changed = asyncio.Event()
        self._sending: Any = None

    async def send(self, path: str, body: Any) -> dict[str, Any]:
        """Send a command; the connection stays open."""
        if self._sending is None:
            self._sending = await asyncio.open_connection("127.0.0.1", self.port)
        return await self._ask(self._sending, "POST", path, body)

    async def follow(self) -> None:
        """Ask for view after view."""
        connection, seq = await asyncio.open_connection("127.0.0.1", self.port), 0
        while True:
            found = await self._ask(connection, "GET", f"/api/view?after={seq}", None)
            seq = found["seq"]
            if "view" in found:
                self.view = found["view"]
                self.received += 1
                self.changed.set()

    async def until(self, is_so: Callable[[dict[str, Any]], bool]) -> float:
        """When a view showed this, as a time of this process."""
        while not is_so(self.view):
            self.changed.clear()
            await asyncio.wait_for(self.changed.wait(), LIMIT)
        return time.perf_counter()

    async def _ask(self, connection: Any, method: str, path: str, body: Any) -> dict[str, Any]:
        reader, writer = connection
        writer.write(request(method, path, self.token, self.port, body))
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(re.search(rb"content-length: (\d+)", head).group(1))  # type: ignore[union-attr]
        text = await reader.readexactly(size)
        self.bytes += len(head) + size
        if b" 200 " not in head[:20]:
            raise RuntimeError(f"{path}: {text!r:.200}")
        document: dict[str, Any] = json.loads(text)
        return document


def request(method: str, path: str, token: str, port: int, body: Any) -> bytes:
    """A request as bytes."""
    data = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-length: {len(data)}\r\n"
    return f"{head}authorization: Bearer {token}\r\n\r\n".encode() + data


@contextmanager
def room() -> Iterator[tuple[dict[str, Any], subprocess.Popen[str], Path]]:
    """An open room in another process, its links and its log."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "room.jsonl"
        words = ["-m", "sim", "serve", SCENARIO, "--room", "--run", "7", "--port", "0", "--json"]
        process = subprocess.Popen(
            [sys.executable, *words, "--log", str(log)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        text = ""
        while not text.endswith("}\n"):
            text += process.stdout.readline()
        try:
            yield json.loads(text), process, log
        finally:
            process.terminate()
            process.wait(20)


async def play(links: dict[str, Any], people: int, turns: int) -> dict[str, list[float]]:
    """Play, and measure each click in milliseconds."""
    port = int(links["join"][0].rpartition(":")[2])
    teacher = Page(port)
    teacher.token = links["console"].partition("#")[2]
    pages = [Page(port) for _ in range(people)]
    connection = await asyncio.open_connection("127.0.0.1", port)
    seats = (await teacher._ask(connection, "GET", "/api/hello", None))["seats"]
    for number, page in enumerate(pages):
        seat = seats[number % len(seats)]["state"]
        body = {"code": links["code"], "seat": seat, "name": f"Person {number}"}
        page.token = (await page.send("/api/sit", body))["token"]
    asleep, awake = pages[:8], pages[8:]
    for number, page in enumerate(asleep):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request("GET", "/api/view?after=0", page.token, port, None) * 50)
        if number >= 4:
            writer.transport.abort()
    tasks = [asyncio.ensure_future(page.follow()) for page in awake]
    times: dict[str, list[float]] = {"a choice": [], "a new step": [], "a reload": []}
    await teacher.send("/api/console", {"command": "start"})
    await all_see(awake, lambda view: view.get("stage") == "playing")
    for _ in range(turns):
        if awake[0].view["stage"] == "debrief":
            await teacher.send("/api/console", {"command": "undo"})
            await all_see(awake, lambda view: view["stage"] == "playing")
        await one_step(teacher, awake, times)
    start = time.perf_counter()
    fresh = [Page(port) for _ in awake]
    for page, old in zip(fresh, awake, strict=True):
        page.token = old.token
    tasks += [asyncio.ensure_future(page.follow()) for page in fresh]
    arrived = await asyncio.gather(*(page.until(bool) for page in fresh))
    times["a reload"] = [1000 * (each - start) for each in arrived]
    for task in tasks:
        task.cancel()
    sizes = [page.bytes / max(1, page.received) for page in awake]
    print(f"{sum(page.received for page in awake):,} views of {sum(sizes) / len(sizes):,.0f} bytes")
    return times


async def all_see(pages: list[Page], is_so: Callable[[dict[str, Any]], bool]) -> float:
    """When the last of the pages shows this."""
    return max(await asyncio.gather(*(page.until(is_so) for page in pages)))


async def one_step(teacher: Page, pages: list[Page], times: dict[str, list[float]]) -> None:
    """Everybody chooses, one after another, and the teacher closes the step."""
    step = pages[0].view["step"]
    for page in pages:
        if not page.view.get("decisions") or page.view["sent"] is not None:
            continue
        name = page.view["card"]["name"]
        alone = name in pages[0].view["waiting"]
        choices = {each["word"]: each["options"][0]["word"] for each in page.view["decisions"]}
        start = time.perf_counter()
        await page.send("/api/choose", {"step": step, "choices": choices})
        if alone:
            end = await all_see(pages, partial(_is_done, name))
            times["a choice"].append(1000 * (end - start))
    start = time.perf_counter()
    await teacher.send("/api/console", {"command": "close", "step": step})
    end = await all_see(pages, lambda view: view["step"] != step)
    times["a new step"].append(1000 * (end - start))


def _is_done(name: str, view: dict[str, Any]) -> bool:
    return name not in view["waiting"]


def usage(process: subprocess.Popen[str]) -> str:
    """The most memory that a process has used, and its processor time, where Linux tells."""
    place = Path(f"/proc/{process.pid}")
    if not place.exists():
        return "unknown"
    memory = re.search(r"VmHWM:\s+(\d+) kB", (place / "status").read_text())
    assert memory is not None
    user, system = (place / "stat").read_text().rpartition(")")[2].split()[11:13]
    seconds = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return f"{int(memory.group(1)) / 1024:,.0f} MB, {seconds:.1f} s of a processor"


async def play_all(links: list[dict[str, Any]], given: Any) -> list[dict[str, list[float]]]:
    """Play in all rooms at once."""
    games = (play(each, given.people, given.turns) for each in links)
    return await asyncio.gather(*games)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=40)
    options.add_argument("--turns", type=int, default=20)
    options.add_argument("--rooms", type=int, default=1, help="rooms at once, a process each")
    given = options.parse_args()
    times: dict[str, list[float]] = {}
    with ExitStack() as stack:
        rooms = [stack.enter_context(room()) for _ in range(given.rooms)]
        for found_in_one in asyncio.run(play_all([each[0] for each in rooms], given)):
            for name, found in found_in_one.items():
                times.setdefault(name, []).extend(found)
        for _, process, log in rooms:
            print(f"a server: {usage(process)}; log {log.stat().st_size:,} bytes")
    for name, found in times.items():
        if len(found) > 1:
            p95 = quantiles(found, n=20)[-1]
            print(f"{name}: n = {len(found)}, median {median(found):.0f} ms, "
                  f"95th percentile {p95:.0f} ms, longest {max(found):.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
