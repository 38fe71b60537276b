"""Mutation testing: make one thing wrong in the model at a time, and see whether a test notices.

``python -m tests.deep.mutation [FILE ...]`` tries every mutant of the rules, of the stages and of
``sim/month.py`` (or of the files named) in copies of the project, with compiling off, and says how
many there were and which survived.

A rule is watched by its unit tests and by the canonical games; a stage or the order of play by the
games and by the records of a small world in which everything happens. What takes more than a
minute of work counts as noticed.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from tests.deep.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
COPIED = ("sim", "seeds", "scenarios", "tests", "pyproject.toml")
MODEL = ("sim/rules/*.py", "sim/stages/*.py", "sim/month.py")
RUNS, SEED = 16, 9
# Seconds of work, and of waiting on a machine that has much else to do.
WORK, PATIENCE = 60, 900
# A copy shares with this process only what is no part of the project.
FORKED = multiprocessing.get_context("fork")


class Tried(NamedTuple):
    """A mutant of a file, and whether it survived."""

    file: str
    mutant: Mutant
    survived: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.mutant.line}  {self.mutant.what}"


def files(patterns: Iterable[str] = MODEL) -> list[str]:
    """The files to make mutants of."""
    found = (path for pattern in patterns for path in sorted(ROOT.glob(pattern)))
    return [path.relative_to(ROOT).as_posix() for path in found]


def tried(chosen: Iterable[str], jobs: int = 2) -> Iterator[Tried]:
    """Every mutant of the files, tried, in order."""
    _load_what_is_shared()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for k in range(jobs):
            copies.put(_copy(Path(folder) / str(k)))

        def attempt(file: str, mutant: Mutant) -> Tried:
            copy = copies.get()
            try:
                return Tried(file, mutant, _survives(copy, file, mutant.source, digest))
            finally:
                copies.put(copy)

        digest = _digest_of(copies)
        asked = [(file, m) for file in chosen for m in mutants((ROOT / file).read_text("utf-8"))]
        yield from pool.map(lambda one: attempt(*one), asked)


def _load_what_is_shared() -> None:
    """Import what every attempt needs, once; nothing of the project itself."""
    os.environ["THINLINE_COMPILE"] = "off"
    sys.dont_write_bytecode = True
    for name in ("hypothesis", "numpy", "pytest", "scipy.special", "yaml"):
        __import__(name)
    if loaded := [name for name in sys.modules if name.split(".")[0] == "sim"]:
        raise RuntimeError(f"already imported: {', '.join(loaded)}")


def _copy(folder: Path) -> Path:
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


def _digest_of(copies: SimpleQueue[Path]) -> str:
    """The digest of the small world; raises ``RuntimeError`` where the tests fail as it is."""
    copy = copies.get()
    file = copy / "digest"
    _in_a_fork(copy, lambda: file.write_text(digest_of_world()) and 0)
    digest = file.read_text()
    for check in (_rules_hold, _games_agree):
        if _in_a_fork(copy, check) != 0:
            raise RuntimeError("the tests fail without a mutant")
    copies.put(copy)
    return digest


def _survives(copy: Path, file: str, wrong: str, digest: str) -> bool:
    """Whether no check notices a wrong source."""
    place = copy / file
    right = place.read_text("utf-8")
    place.write_text(wrong, "utf-8")
    try:
        is_rule = file.startswith("sim/rules/")
        first = _rules_hold if is_rule else lambda: int(digest_of_world() != digest)
        return all(_in_a_fork(copy, check) == 0 for check in (first, _games_agree))
    finally:
        place.write_text(right, "utf-8")


def _in_a_fork(copy: Path, check: Callable[[], int]) -> int | None:
    """What a check returns in a process of its own, at home in a copy; not 0 if it fails."""
    process = FORKED.Process(target=_at_home, args=(copy, check))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode


def _at_home(copy: Path, check: Callable[[], int]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.chdir(copy)
    for name in [name for name in sys.modules if name.split(".")[0] == "tests"]:
        del sys.modules[name]
    sys.path[:0] = [str(copy)]
    try:
        code = check()
    except BaseException:
        code = 1
    # At once: what the parent's threads would have cleaned up is none of the child's business.
    os._exit(code)


def _rules_hold() -> int:
    import pytest

    quiet = ["-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    return int(pytest.main(["-x", *quiet, "tests/unit/rules"]))


def _games_agree() -> int:
    from tests.theory.bending import GAMES, agreeing

    return int(agreeing(GAMES) != list(GAMES))


def digest_of_world() -> str:
    """A digest of the records of a small world in which everything happens."""
    from sim.build import build
    from sim.engines.ensemble import play
    from sim.scenario.load import load

    block = play(build(load("tests/deep/world.yaml")), SEED, 0, RUNS)
    return hashlib.sha256(block.records.tobytes() + block.participation.tobytes()).hexdigest()


def main(chosen: list[str]) -> None:
    """Try, and tell."""
    total, survivors = 0, []
    for one in tried(files(chosen or MODEL)):
        total += 1
        if one.survived:
            survivors.append(one)
            print(one, flush=True)
    print(
        f"{total} tried, {len(survivors)} survived ({100 * len(survivors) / max(1, total):.1f} %)"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
