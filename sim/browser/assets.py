"""The module and the script that are shipped, and the digest of the sources of the module."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
ASSETS = PACKAGE / "browser" / "assets"
MODULE = ASSETS / "thinline.wasm"
ENGINE = ASSETS / "engine.js"
BUILT = ASSETS / "thinline.json"

# The sources of the module: functions, shapes and constants. Unlike :func:`sim.jit.sources_digest`
# the digest leaves out the versions of the compiler, because the module is shipped.
SOURCES = (
    "arithmetic.py",
    "enums.py",
    "jit.py",
    "rng.py",
    "browser/entry_points.py",
    "browser/layout.py",
    "browser/runs.py",
    "browser/story.py",
    "model/*.py",
    "model/rules/*.py",
    "model/stages/*.py",
    "scenario/constants.py",
    "scenario/schema.py",
)


def module_sources_digest() -> str:
    """SHA-256 of the sources that the module is compiled from, as hexadecimal text."""
    digest = hashlib.sha256()
    for file in sorted(file for place in SOURCES for file in PACKAGE.glob(place)):
        text = file.read_text(encoding="utf-8")  # with \n on every system
        digest.update(f"{file.relative_to(PACKAGE).as_posix()}\n{len(text)}\n{text}".encode())
    return digest.hexdigest()


def built() -> dict[str, Any]:
    """How the shipped module was built: the digest of its sources, and the tools."""
    record: dict[str, Any] = json.loads(BUILT.read_text(encoding="utf-8"))
    return record
