"""``python -m tools.docgen [NAME ...]`` rewrites generated pages; without a name, all of them.

``fingerprints`` is written only when it is named: a change that moves a number has to say so.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from tools.docgen import (
    behaviours,
    calibration,
    commands,
    evidence,
    explorer,
    fingerprints,
    lessons,
    parameters,
    patterns,
)

PAGES: dict[str, Callable[[], None]] = {
    "behaviours": behaviours.write,
    "calibration": calibration.write,
    "commands": commands.write,
    "evidence": evidence.write,
    "explorer": explorer.write,
    "lessons": lessons.write,
    "parameters": parameters.write,
    "patterns": patterns.write,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the named pages."""
    known = {**PAGES, "fingerprints": fingerprints.write}
    parser = argparse.ArgumentParser(prog="python -m tools.docgen", description=__doc__)
    parser.add_argument("name", nargs="*", help=", ".join(known), metavar="NAME")
    names = parser.parse_args(arguments).name
    if unknown := [name for name in names if name not in known]:
        parser.error(f"no page '{unknown[0]}': choose from {', '.join(known)}")
    for name in names or PAGES:
        known[name]()


if __name__ == "__main__":
    main()
