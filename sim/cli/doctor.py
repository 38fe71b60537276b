"""``thinline doctor``: this machine's requirements for a run, each with a remedy."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import click

from sim import __version__
from sim.cli.console import json_option, print_json, print_note, print_rows
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.errors import json_head
from sim.formatting import plural

with deferred_imports(globals()):
    from sim.code_cache import is_whole
    from sim.experiments.simulate import processors
    from sim.jit import COMPILING, cache_folder, is_kept, wanted_folder

PACKAGES = ("numpy", "numba", "mesa", "scipy", "plotly", "pyarrow")

# Bytes of compiled code, with room for a second version.
ROOM = 20_000_000


class Check(NamedTuple):
    """A requirement; ``remedy`` is empty where it is met."""

    name: str
    found: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether the requirement is met."""
        return not self.remedy


@click.command(cls=VerbCommand)
@json_option
def doctor(as_json: bool) -> None:
    """Check this machine's requirements for a run.

    The exit code is 1 where a requirement is not met.
    """
    checks = list(_checks())
    ok = all(check.ok for check in checks)
    if as_json:
        rows = [{**check._asdict(), "ok": check.ok} for check in checks]
        print_json({**json_head("doctor"), "ok": ok, "checks": rows})
    else:
        rows_of_text = [
            ["ok" if check.ok else "fault", check.name, check.found] for check in checks
        ]
        print_rows(["", "requirement", "found"], rows_of_text)
        for check in checks:
            if not check.ok:
                click.echo(f"{check.name}: {check.remedy}")
        if ok:
            print_note("Try next: thinline run reassurance_force")
    if not ok:
        raise click.exceptions.Exit(1)


def _checks() -> Iterator[Check]:
    yield Check("thinline", __version__)
    supported = (3, 11) <= sys.version_info[:2] < (3, 14)
    yield Check("python", sys.version.split()[0], "" if supported else "use Python 3.11 to 3.13")
    yield from map(_package, PACKAGES)
    yield Check("processors", str(processors()))
    off = "off: breakpoints work, runs are some hundred times slower (unset THINLINE_COMPILE)"
    yield Check("compiled rules", "on" if COMPILING else off)
    yield _cache()
    yield _results()


def _package(name: str) -> Check:
    try:
        return Check(name, version(name))
    except PackageNotFoundError:
        return Check(name, "not installed", "install thinline again, with its dependencies")


def _cache() -> Check:
    folder, name = wanted_folder(), "cache of compiled code"
    if cache_folder() != folder:
        remedy = "set THINLINE_CACHE to a writable folder, or every run compiles anew"
        return Check(name, f"{folder}: read-only", "" if is_kept() else remedy)
    if shutil.disk_usage(folder).free < ROOM:
        remedy = "free some space there, or set THINLINE_CACHE to another folder"
        return Check(name, f"{folder}: the disk is full", remedy)
    damaged = sum(not is_whole(file) for file in folder.rglob("*.nbc"))
    found = f": {plural(damaged, 'damaged file')}, replaced at the next run" if damaged else ""
    return Check(name, f"{folder}{found}")


def _results() -> Check:
    place = Path("results")
    usable = place.is_dir() or not place.exists()
    writable = usable and os.access(place if place.exists() else Path(), os.W_OK)
    remedy = "change to a writable folder, or name one with --out"
    return Check("results folder", str(place.absolute()), "" if writable else remedy)
