"""Mutation testing: make one thing wrong at a time, and see whether a test notices.

``python -m tests.deep.mutation [FILE ...]`` tries every mutant of the files in ``GROUPS`` (or of
those named), and says how many there were and which survived.
``--sample N`` tries N of each group, drawn at random but always the same; ``--write`` makes
``docs/mutation.md`` of it.

For each group of files pytest collects the tests that watch once, and runs them without a mutant;
those that take more than five seconds of work as plain Python are left out. Then each mutant is put
in place in a fork of that process, which runs the tests up to the first that fails. What takes half
a minute and twice the work of all tests, or ten minutes, counts as noticed. What was found is kept
in pytest's cache, so that a second try goes on where the first one stopped; survivors are always
tried again.
"""

from __future__ import annotations

import argparse
import hashlib
import inspect
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from _pytest.outcomes import Skipped

from tests.deep.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
# The rules' own tests know nothing of stages.
RULES = "tests/unit/model/rules"


class Group(NamedTuple):
    """Files, and the tests that watch them, the quick ones first.

    The model is played as plain Python, because compiled functions cannot be replaced.
    """

    files: tuple[str, ...]
    watch: tuple[str, ...]
    compile: str = "on"


GROUPS = (
    Group(
        ("sim/model/rules/*.py", "sim/model/stages/*.py", "sim/model/schedule.py"),
        (
            RULES,
            "tests/unit/model/test_small_world.py",
            "tests/unit/model/stages",
            # The decisions that are open, and their chances.
            "tests/unit/trace/test_interactive.py",
            "tests/theory/test_rests_on_the_rules.py::test_a_small_game_agrees",
        ),
        compile="off",
    ),
    Group(("sim/statistics.py",), ("tests/unit/test_statistics.py",)),
    Group(
        ("sim/analysis/paired.py",),
        ("tests/unit/analysis/test_paired.py", "tests/unit/analysis/test_compare.py"),
    ),
    Group(
        ("sim/experiments/storage/*.py",),
        (
            "tests/unit/experiments/storage",
            "tests/unit/experiments/test_evaluate.py",
            "tests/unit/experiments/sweep/test_sweep_folder.py",
        ),
    ),
    Group(("sim/analysis/discovery/prim.py",), ("tests/unit/analysis/discovery/test_prim.py",)),
    Group(
        ("sim/rng.py", "sim/arithmetic.py"),
        ("tests/unit/test_rng.py", "tests/unit/test_arithmetic.py"),
        compile="off",
    ),
    # What a room lets happen, to whom its tokens and codes belong, and what its server refuses.
    Group(
        tuple(f"sim/room/{name}.py" for name in ("room", "game", "log", "seat_book", "server")),
        tuple(
            f"tests/unit/room/test_{name}.py"
            for name in ("room", "game", "people", "server_refusals", "server")
        ),
    ),
)
# Tests with other processes: there a mutant is not in place, or they do not begin in a fork.
OTHER_PROCESSES = "not killed_run and not another_process and not adviser_answers and not with_bots"
# Seconds of waiting, for a mutant that waits for ever; and of work of one test in plain Python.
WAIT, SLOW = 600, 5
ENDLESS = "no end"


class Place(NamedTuple):
    """A mutant, and the file it is of."""

    file: str
    mutant: Mutant

    def __str__(self) -> str:
        return f"{self.file}:{self.mutant.line}  {self.mutant.what}"


def files(groups: Iterable[Group] = GROUPS) -> list[str]:
    """The files to make mutants of."""
    patterns = (pattern for group in groups for pattern in group.files)
    found = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
    return [path.relative_to(ROOT).as_posix() for path in found]


def places(chosen: Iterable[str]) -> list[Place]:
    """Every mutant of the files."""
    sources = {file: (ROOT / file).read_text(encoding="utf-8") for file in chosen}
    return [Place(file, mutant) for file, text in sources.items() for mutant in mutants(text)]


def sources_digest(groups: Iterable[Group] = GROUPS) -> str:
    """Which version of the files was tried."""
    return _digest(*(ROOT / file for file in files(groups)))[:12]


def _digest(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Kept:
    """Which test noticed which mutant, kept as long as neither the group nor that test changes."""

    def __init__(self, file: Path, group: Group) -> None:
        self._file, self._version = file, sources_digest([group])
        rows = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        self._killers = {row["mutant"]: row for row in map(json.loads, rows)}

    def killer(self, place: Place) -> str | None:
        """The test that noticed it before, if that is still so."""
        row = self._killers.get(self._key(place))
        return row["killer"] if row and row["witness"] == self._witness(row["killer"]) else None

    def note(self, place: Place, killer: str) -> None:
        """Keep that a test noticed it."""
        row = {"mutant": self._key(place), "killer": killer, "witness": self._witness(killer)}
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def _key(self, place: Place) -> str:
        text = f"{self._version} {place.file} {place.mutant.source}"
        return hashlib.sha256(text.encode()).hexdigest()

    def _witness(self, killer: str) -> str:
        file = ROOT / killer.partition("::")[0]
        return _digest(file) if file.is_file() else ""


class Watch:
    """A pytest plugin that, instead of running the tests, tries mutants on them."""

    def __init__(self, group: Group, asked: Sequence[Place], jobs: int) -> None:
        self.group, self.asked, self.jobs = group, asked, jobs
        self.killers: dict[Place, str | None] = {}
        self.broken: str | None = "collecting the tests"
        self._failed: str | None = None
        self._late = False
        self._work = 0
        self._trying: dict[int, tuple[Place, int]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try them all; the tests themselves must pass first."""
        assert session.config.cache is not None
        kept = Kept(session.config.cache.mkdir("mutation") / "killers.jsonl", self.group)
        self.broken = self._alone(session)
        if self.broken:
            return True
        self.killers = {place: kept.killer(place) for place in self.asked}
        for place in [place for place, killer in self.killers.items() if killer is None]:
            self._make_room(self.jobs - 1, kept)
            self._begin(place, session)
        self._make_room(0, kept)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the first test that fails, and whether one is skipped: as too late, say."""
        self._late |= report.skipped
        if report.failed and self._failed is None:
            self._failed = report.nodeid

    def _alone(self, session: pytest.Session) -> str | None:
        """Leave out the tests that take too long; returns the first of the others that fails."""
        child, hears = _in_fork(lambda: json.dumps(self._without_mutant(session)))
        os.waitpid(child, 0)
        with os.fdopen(hears, "rb") as stream:
            found = json.loads(stream.read() or "{}")
        session.items[:] = [item for item in session.items if item.nodeid not in found["slow"]]
        self._work = 30 + 2 * int(found["work"])
        return found["failed"]

    def _without_mutant(self, session: pytest.Session) -> dict[str, Any]:
        """Which tests take too long, how many seconds of work the others take, and the first of
        them that fails."""
        slow: list[str] = []
        failed, work = None, 0.0
        limit = SLOW if self.group.compile == "off" else 0
        for item, following in _in_turn(session.items):
            self._failed, self._late, began = None, False, time.process_time()
            signal.setitimer(signal.ITIMER_PROF, limit)
            with suppress(Late):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            left, _ = signal.setitimer(signal.ITIMER_PROF, 0)
            if self._late or (limit and not left):
                slow.append(item.nodeid)
            else:
                failed, work = failed or self._failed, work + time.process_time() - began
        return {"slow": slow, "work": work, "failed": failed}

    def _begin(self, place: Place, session: pytest.Session) -> None:
        """Try one in a fork, which says through a pipe which test failed."""

        def first_failure() -> str:
            resource.setrlimit(resource.RLIMIT_CPU, (self._work, self._work))
            signal.alarm(WAIT)
            graft(place)
            return self._first_failure(place, session) or ""

        child, hears = _in_fork(first_failure)
        self._trying[child] = place, hears

    def _first_failure(self, place: Place, session: pytest.Session) -> str | None:
        self._failed = None
        items = [item for item in session.items if _watches(item.nodeid, place)]
        for item, following in _in_turn(items):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return self._failed
        return None

    def _make_room(self, most: int, kept: Kept) -> None:
        while len(self._trying) > most:
            child, status = os.wait()
            place, pipe = self._trying.pop(child)
            self.killers[place] = killer = self._end(pipe, status)
            if killer:
                kept.note(place, killer)
            else:
                sys.stderr.write(f"{place}\n")

    @staticmethod
    def _end(pipe: int, status: int) -> str | None:
        with os.fdopen(pipe, "rb") as stream:
            killer = stream.read().decode()
        return ENDLESS if os.WIFSIGNALED(status) else killer or None


def _watches(test: str, place: Place) -> bool:
    return place.file.startswith("sim/model/rules") or not test.startswith(RULES)


def _in_turn(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each test with the one after it."""
    return zip(items, [*items[1:], None], strict=True)


def _in_fork(work: Callable[[], str]) -> tuple[int, int]:
    """Do something in a fork, quietly; returns the fork, and a pipe with what was found."""
    hears, says = os.pipe()
    if child := os.fork():
        os.close(says)
        return child, hears
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        signal.signal(signal.SIGPROF, _too_late)
        os.write(says, work().encode())
    except BaseException as error:
        os.write(says, type(error).__name__.encode())
    # At once: what the parent would clean up is none of the child's business.
    os._exit(0)


class Late(Skipped):
    """A test or its fixture takes too long: then pytest skips all tests with that fixture."""


def _too_late(*_: object) -> None:
    raise Late


def graft(place: Place) -> None:
    """Put a mutant in the place of what is right, wherever that was imported."""
    module = import_module(place.file.removesuffix(".py").replace("/", "."))
    scope = dict(vars(module))
    exec(compile(place.mutant.source, place.file, "exec"), scope)
    right, wrong = (_function(names, place.mutant.function) for names in (vars(module), scope))
    right.__code__ = wrong.__code__


def _function(names: Mapping[str, Any], dotted: str) -> Any:
    """The plain function of a dotted name, without its decorators."""
    owner, _, method = dotted.rpartition(".")
    found = vars(names[owner])[method] if owner else names[dotted]
    for wrapper in ("fget", "func", "__func__"):
        found = getattr(found, wrapper, None) or found
    return inspect.unwrap(found)


def tried(asked: Sequence[Place], jobs: int) -> dict[Place, str | None]:
    """For each mutant the test that noticed it; raises ``RuntimeError`` where none could."""
    killers: dict[Place, str | None] = {}
    forking = multiprocessing.get_context("fork")
    for group in GROUPS:
        held = set(files([group]))
        mine = [place for place in asked if place.file in held]
        if mine:
            # A process for each group: what is compiled is decided at the first import.
            hears, says = forking.Pipe(duplex=False)
            process = forking.Process(target=_try_group, args=(group, mine, jobs, says))
            process.start()
            says.close()
            found = hears.recv()
            process.join()
            if isinstance(found, str):
                raise RuntimeError(f"without any mutant this fails: {found}")
            killers |= dict(zip(mine, found, strict=True))
    return killers


def _try_group(group: Group, mine: Sequence[Place], jobs: int, says: Any) -> None:
    """Send the killer of each mutant, or the test that fails without any."""
    os.environ["THINLINE_COMPILE"] = group.compile
    watch = Watch(group, mine, jobs)
    options = ["-p", "no:xdist", "-p", "no:terminal", "-k", OTHER_PROCESSES]
    pytest.main([*options, *group.watch], plugins=[watch])
    says.send(watch.broken or [watch.killers[place] for place in mine])


def main(words: Sequence[str]) -> None:
    """Try, and tell."""
    from tests.deep import mutation_report

    given = _parser().parse_args(words)
    asked = sampled(given.files or files(), given.sample)
    killers = tried(asked, given.jobs)
    if given.write:
        page = mutation_report.page(killers, places(given.files or files()), sources_digest())
        mutation_report.PAGE.write_text(page, encoding="utf-8")
    print(
        json.dumps(mutation_report.document(killers))
        if given.json
        else mutation_report.sentence(killers)
    )


def sampled(chosen: Collection[str], count: int) -> list[Place]:
    """So many mutants of the files of each group; all for 0."""
    found: list[Place] = []
    for group in GROUPS:
        mine = places(file for file in files([group]) if file in chosen)
        drawn = random.Random(count).sample(range(len(mine)), min(count or len(mine), len(mine)))
        found += [mine[k] for k in sorted(drawn)]
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.deep.mutation")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
