"""One command, one table: ``python -m benchmarks [PART ...]``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from benchmarks import browser, engines, growth, mechanisms, startup
from benchmarks.cases import main_setup
from benchmarks.table import Row, machine, show

PARTS: dict[str, tuple[str, Callable[[], Iterable[Row]]]] = {
    "mesa": ("Against Mesa", engines.against_mesa),
    "floor": ("Against the floor", engines.against_the_floor),
    "browser": ("In a browser", browser.against_the_browser),
    "threads": ("Threads", engines.threads),
    "states": ("With states", growth.states),
    "months": ("With months", growth.months),
    "runs": ("With runs", growth.runs),
    "mechanisms": ("With mechanisms on and off", mechanisms.mechanisms),
    "verbs": ("What a user waits for", startup.verbs),
    "live": ("In a live process", startup.live),
}


def main(asked: list[str]) -> None:
    """Measure the parts asked for, or all."""
    for unknown in set(asked) - set(PARTS):
        sys.exit(f"unknown part '{unknown}': choose from {', '.join(PARTS)}")
    setup = main_setup()
    print(machine())
    print(f"reassurance_force, {len(setup.states)} states, {setup.months} months;", end=" ")
    print("medians, in brackets the least and the most")
    for name in asked or PARTS:
        title, rows = PARTS[name]
        show(title, rows())


if __name__ == "__main__":
    main(sys.argv[1:])
