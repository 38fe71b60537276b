"""A scenario file and the files it extends."""

from __future__ import annotations

import os
from pathlib import Path

from sim import shipped
from sim.scenario.findings import Findings
from sim.scenario.layer import Layer
from sim.scenario.nodes import Scalar
from sim.scenario.read import read_file
from sim.suggest import did_you_mean

MAX_FILES = 16
ROSTER = "roster"


def with_ancestors(own: Layer | None, path: Path, findings: Findings) -> list[Layer] | None:
    """A file's layer and all that it extends, the remotest first; None, with a finding, if one
    of them cannot be read."""
    layers: list[Layer] = []
    seen: list[Path] = []
    layer, here = own, path
    while layer is not None and not findings.is_doubtful("extends"):
        layers.insert(0, layer)
        seen.append(here)
        if layer.extends is None:
            return layers
        parent = _parent(layer.extends, here, findings)
        if parent is None or _is_endless(parent, layer.extends, seen, findings):
            return None
        layer, here = read_file(parent, findings), parent
    return None


def _parent(name: Scalar, child: Path, findings: Findings) -> Path | None:
    """The file that a name stands for: beside the child, else shipped; never the child itself."""
    files = [path for path in _candidates(name.text, child) if os.path.isfile(path)]
    others = [path for path in files if not _same(path, child)]
    if others:
        return others[0]
    if files:
        findings.add(name.place, f"extends: '{name.text}' is this file", "name another scenario")
    else:
        remedy = did_you_mean(name.text, [*_beside(child), *shipped.scenario_names(), ROSTER])
        findings.add(name.place, f"extends: no scenario named '{name.text[:60]}'", remedy)
    return None


def _candidates(name: str, child: Path) -> list[Path]:
    if shipped.is_path(name):
        return [child.parent / name]
    found = [child.parent / f"{name}.yaml"]
    if name in shipped.scenario_names():
        found.append(shipped.scenario_file(name))
    return [*found, shipped.seed_file(ROSTER)] if name == ROSTER else found


def _beside(child: Path) -> list[str]:
    return [path.stem for path in child.parent.glob("*.yaml") if path != child]


def _is_endless(parent: Path, name: Scalar, seen: list[Path], findings: Findings) -> bool:
    """Whether the parent was read before, or there are too many files."""
    if any(_same(parent, file) for file in seen):
        message = f"extends: '{name.text}' leads back to {parent.name}"
        findings.add(name.place, message, "take one 'extends' out of the circle")
        return True
    if len(seen) >= MAX_FILES:
        message = f"extends: more than {MAX_FILES} files in a row"
        findings.add(name.place, message, "extend a nearer ancestor")
        return True
    return False


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
