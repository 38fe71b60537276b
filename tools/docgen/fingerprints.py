"""``results/reference/``: a fingerprint of each shipped scenario, to detect changed numbers.

``python -m tools.docgen fingerprints`` rewrites them all; nothing else does. A test compares them
with the results of today's model, so that a change that moves a number has to say so.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from sim.experiments.simulate import simulate
from sim.experiments.storage.manifest import sha256
from sim.resources import scenario_names
from sim.scenario.load import load

RUNS = 2000
DIGITS = 9
DIGESTS = ("digest", "records")
FOLDER = Path(__file__).parents[2] / "results" / "reference"


def fingerprint(name: str) -> dict[str, Any]:
    """The summary of a shipped scenario over its first ``RUNS`` runs, with the digests of the
    scenario and of the runs' records, which have the same bytes on every machine."""
    scenario = load(name)
    results: Any = simulate(scenario, runs=RUNS)
    digests = scenario.digest, sha256(results.records.tobytes())
    return {**dict(zip(DIGESTS, digests, strict=True)), **_rounded(results.to_dict())}


def _rounded(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _rounded(inner) for key, inner in part.items()}
    return round(part, DIGITS) if isinstance(part, float) else part


def kept(name: str) -> dict[str, Any]:
    """The fingerprint on file; raises ``FileNotFoundError`` where there is none."""
    document: dict[str, Any] = json.loads(_file(name).read_text(encoding="utf-8"))
    return document


def difference(found: dict[str, Any], kept: dict[str, Any]) -> str:
    """How a fingerprint differs from the one on file, and what to do; empty if it does not."""
    apart = {key for key in found.keys() | kept.keys() if found.get(key) != kept.get(key)}
    here, there = found["measures"], kept["measures"]
    common = here.keys() & there.keys()
    if apart - {*DIGESTS, "measures"} or any(here[name] != there[name] for name in common):
        return "numbers moved: if that was meant, say so in CHANGELOG.md and run `make reference`"
    columns = [
        f"{what}: {', '.join(sorted(names))}"
        for what, names in (("added", here.keys() - common), ("removed", there.keys() - common))
        if names
    ]
    if columns:
        return f"no common number moved; columns {'; '.join(columns)}: run `make reference`"
    if "records" in apart:
        return (
            "no mean moved, and the records differ: if a column was added or removed, run "
            "`make reference`; otherwise a number moved that has no mean"
        )
    if apart:
        return (
            "no number moved; the scenario or the list of parameters changed: run `make reference`"
        )
    return ""


def _file(name: str) -> Path:
    return FOLDER / f"{name}.json"


def write() -> None:
    """Write the fingerprint of every shipped scenario, and drop those of scenarios now gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = scenario_names()
    for file in FOLDER.glob("*.json"):
        if file.stem not in names:
            file.unlink()
    for name in names:
        text = json.dumps(fingerprint(name), indent=1, sort_keys=True)
        _file(name).write_text(text + "\n", encoding="utf-8")
        sys.stderr.write(f"{_file(name).name}\n")
