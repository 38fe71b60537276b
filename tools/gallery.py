"""A page of each kind, and pictures of them: ``python -m tools.gallery FOLDER``.

The pages are made by the commands that users type, with few runs. The pictures show them on light
and dark screens, on a telephone, on a projector and on paper.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sim.cli.main import cli
from tools.chromium import chromium, wait_until

SEED = ("--seed", "7")
SWEEP = ("--over", "setting.clarity=0:1:6", "--over", "setting.force_size=0,0.25,0.5,1,2")
BOX = ("--over", "states.russia.ambition=0.1:0.9", "--over", "setting.clarity=0:1")

# The command of each page, without the page's own option.
PAGES: dict[str, tuple[str, ...]] = {
    "run": ("run", "reassurance_force", "--runs", "4000", *SEED),
    "run-long": ("run", "korean_armistice", "--runs", "500", *SEED),
    "trace": (
        *("trace", "reassurance_force", "--run", "3", *SEED),
        *("--counterfactual", "--set", "setting.clarity=0.9"),
    ),
    "thin-line": ("thin-line", "reassurance_force", "--runs", "2000", *SEED),
    "valley": (
        *("thin-line", "reassurance_force", "--runs", "500", *SEED),
        *("--sizes", "0,0.1,0.25,0.5,1,1.5,2,3", "--second-factor", "setting.clarity=0:1:5"),
    ),
    "compare": (
        *("compare", "reassurance_force", "no_force", "--runs", "2000", *SEED),
        *("--with", "setting.force_size=0", "--with", "setting.clarity=0.9"),
    ),
    "pivotal": ("compare", "reassurance_force", "--pivotal", "--runs", "500", *SEED),
    "sweep-lines": (
        *("sweep", "reassurance_force", "--runs", "500", *SEED),
        *("--over", "setting.clarity=0:1:11"),
    ),
    "sweep-words": (
        *("sweep", "germany_in", "--runs", "500", *SEED),
        *("--over", "states.germany.pledge=none,logistics,ground"),
    ),
    "sweep-map": ("sweep", "reassurance_force", "--runs", "300", *SEED, *SWEEP),
    "sweep-map-other": (
        *("sweep", "reassurance_force", "--runs", "300", *SEED, *SWEEP),
        *("--set", "states.russia.ambition=0.7"),
    ),
    "sweep-alone": (
        *("sweep", "reassurance_force", "--runs", "300", *SEED, "--design", "one_at_a_time"),
        *SWEEP,
    ),
    "sweep-points": (
        *("sweep", "reassurance_force", "--runs", "200", *SEED, "--design", "lhs"),
        *("--points", "40", "--over", "setting.clarity=0:1", "--over", "setting.force_size=0:2"),
    ),
    "sweeps-compared": ("compare", "sweep-map", "sweep-map-other"),
    "sensitivity": (
        *("sensitivity", "reassurance_force", *SEED, "--method", "all", "--runs", "200"),
        *("--base-sample", "32", "--trajectories", "16", "--replications", "10"),
        *(*BOX, "--over", "setting.force_size=0:2", "--over", "constants.shield=0.2:0.8"),
    ),
    "discover": (
        *("discover", "reassurance_force", *SEED, "--points", "600", "--replications", "5"),
        *("--boxes", "2", *BOX, "--over", "setting.force_size=0:2"),
    ),
    "robustness": ("robustness", "reassurance_force", "--runs", "200", *SEED),
    "information": (
        *("robustness", "reassurance_force", "--runs", "100", *SEED, "--value-of-information"),
        *("--over", "setting.clarity=0.2,0.8", "--over", "setting.force_size=0.5,1"),
    ),
}


# The ways of looking at a page: its width, the colour scheme, and what is added to its address.
VIEWS = {
    "light": (1000, "light", ""),
    "dark": (1000, "dark", ""),
    "telephone": (390, "light", ""),
    "projector": (1280, "light", "?slides"),
}

# The places of the charts on a page.
PLACES = """() => [...document.querySelectorAll("section:has(.drawing)")].map((section) => {
  const { x, y, width, height } = section.getBoundingClientRect();
  return { x: x + scrollX, y: y + scrollY, width, height };
})"""


def main(folder: Path, names: Iterable[str]) -> None:
    """Make the pages ``names`` in ``folder``, and pictures of them."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = [make(name, folder) for name in names]
    with chromium() as browser:
        for page in pages:
            for view in VIEWS:
                _take_pictures(browser, page, view)


def _take_pictures(browser: Any, page: Path, view: str) -> None:
    """A picture of every chart of the page, and of the whole page on paper."""
    width, scheme, query = VIEWS[view]
    window = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
    )
    window.goto(page.as_uri() + query)
    wait_until(window, "document.querySelectorAll('.drawing svg.main-svg').length > 0")
    for number, place in enumerate(window.evaluate(PLACES)):
        file = page.with_name(f"{page.stem}-{number}-{view}.png")
        window.screenshot(path=file, full_page=True, clip=place)
    if view == "light":
        window.pdf(path=page.with_suffix(".pdf"), format="A4")
    window.close()


def make(name: str, folder: Path, runs: int | None = None) -> Path:
    """Make a page in ``folder``, with other ``runs`` if given, and return its path."""
    page = folder / f"{name}.html"
    command = list(PAGES[name])
    if runs is not None and "--runs" in command:
        command[command.index("--runs") + 1] = str(runs)
    if command[0] == "run":
        out = folder / name
        _call([*command, "--out", str(out), "--force"])
        return (out / "report.html").rename(page)
    if name == "sweeps-compared":
        sweeps = [folder / f"{each}.sweep" for each in command[1:]]
        for each, sweep in zip(command[1:], sweeps, strict=True):
            if not sweep.exists():
                make(each, folder, runs)
        command[1:] = map(str, sweeps)
    more = ["--out", str(folder / f"{name}.sweep")] if command[0] == "sweep" else []
    _call([*command, *more, "--figure", str(page)])
    return page


def _call(arguments: Sequence[str]) -> None:
    cli.main(args=list(arguments), prog_name="thinline", standalone_mode=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or PAGES)
