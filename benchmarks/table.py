"""The one table that everything goes into."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.clock import Spread


class Row(NamedTuple):
    """What was measured, in what unit, and what came out."""

    what: str
    unit: str
    measured: Spread


def show(title: str, rows: Iterable[Row]) -> None:
    """Print a part of the table, each row as soon as it is measured."""
    print(f"\n{title}\n{'-' * len(title)}", flush=True)
    for row in rows:
        print(f"{row.what:<66} {row.measured!s:>26}  {row.unit}", flush=True)


def machine() -> str:
    """Where this was measured."""
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            models = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
            name = models[0] if models else name
    except OSError:
        pass
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{name}, {os.cpu_count()} processors{load}; Python {platform.python_version()}"
