"""``thinline doctor``: is everything here that a run needs, and what to do if not?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from sim import __version__
from sim.cli.console import emit, json_option, note, say, table
from sim.errors import json_head

PACKAGES = ("numpy", "numba", "mesa", "scipy", "plotly", "pyarrow")


class Check(NamedTuple):
    """One thing looked at; ``remedy`` says what to do, and is empty where all is well."""

    name: str
    found: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return not self.remedy


@click.command(short_help="Look at what a run needs on this machine.")
@json_option
def doctor(as_json: bool) -> None:
    """Look at what a run needs on this machine; exits with 1 where something is amiss."""
    checks = list(_checks())
    ok = all(check.ok for check in checks)
    if as_json:
        rows = [{**check._asdict(), "ok": check.ok} for check in checks]
        emit({**json_head("doctor"), "ok": ok, "checks": rows})
    else:
        _tell(checks)
    if not ok:
        raise click.exceptions.Exit(1)


def _tell(checks: list[Check]) -> None:
    mark = {True: "ok", False: "amiss"}
    table(["", "what", "found"], [[mark[check.ok], check.name, check.found] for check in checks])
    for check in checks:
        if not check.ok:
            say(f"{check.name}: {check.remedy}")
    if all(check.ok for check in checks):
        note("Try next: thinline run reassurance_force")


def _checks() -> Iterator[Check]:
    yield Check("thinline", __version__)
    yield _python()
    yield from map(_package, PACKAGES)
    yield Check("processors", str(_processors()))
    yield _compiling()
    yield _cache()
    yield _results()


def _python() -> Check:
    found = sys.version.split()[0]
    fits = (3, 11) <= sys.version_info[:2] < (3, 14)
    return Check("python", found, "" if fits else "use Python 3.11, 3.12 or 3.13")


def _package(name: str) -> Check:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return Check(name, version(name))
    except PackageNotFoundError:
        return Check(name, "not installed", "install thinline again, with what it depends on")


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _compiling() -> Check:
    from sim.jit import COMPILING

    off = "off: breakpoints work, runs are some hundred times slower (unset THINLINE_COMPILE)"
    return Check("compiled rules", "on" if COMPILING else off)


def _cache() -> Check:
    from sim.jit import cache_folder, sources_digest

    folder = cache_folder()
    lasting = folder.name == sources_digest()
    remedy = "name a folder you may write to in THINLINE_CACHE, or every run compiles anew"
    return Check("cache of compiled code", str(folder), "" if lasting else remedy)


def _results() -> Check:
    place = Path("results")
    folder = place if place.exists() else Path()
    allowed = os.access(folder, os.W_OK)
    remedy = "go to a folder you may write to, or name one with --out"
    return Check("results folder", str(place.absolute()), "" if allowed else remedy)
