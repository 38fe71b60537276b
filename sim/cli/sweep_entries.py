"""The options of ``thinline sweep`` as the entries of a sweep file, so that both are read alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sim.errors import UsageError
from sim.experiments.parse_factors import parse_assignments
from sim.experiments.sweep.parse import entry_of, parse_option
from sim.scenario.yaml_nodes import Entry, Mapping
from sim.scenario.yaml_nodes import Sequence as Items

CONDITION = re.compile(r"\s*([\w.]+)\s*((?:<=|>=|!=|[≤≥<>=]).*)")

# Options with one value, and their keys in a sweep file.
KEYS = {
    "design": "design",
    "points": "n",
    "replications": "replications",
    "seed": "seed",
    "until_ci": "until_ci",
    "outcome": "watch",
}

REMEDIES = {
    "over": "write PATH=VALUES, such as setting.clarity=0:1:11",
    "point": "write PATH=VALUE, such as setting.clarity=0.2,setting.force_size=1",
    "exclude": "write PATH=VALUE or PATH>VALUE, such as setting.clarity>0.8",
}


def sweep_entries(options: dict[str, Any]) -> list[Entry]:
    """The entries of a sweep file that have the same meaning as ``options``."""
    found = [
        entry_of(key, parse_option(name.replace("_", "-"), 1, str(options[name])))
        for name, key in KEYS.items()
        if options[name] is not None
    ]
    if options["over"]:
        texts = [part for text in options["over"] for part in parse_assignments(text)]
        found.append(entry_of("over", _mapping("over", 1, texts)))
    for key, name in (("points", "point"), ("exclude", "exclude")):
        if options[name]:
            items = tuple(
                _mapping(name, number, parse_assignments(text))
                for number, text in enumerate(options[name], start=1)
            )
            found.append(entry_of(key, Items(items[0].place, items)))
    return found


def _mapping(name: str, number: int, texts: Sequence[str]) -> Mapping:
    """A mapping from paths to the values or conditions in ``texts``.

    ``number`` is the number of the option's use, as the line in messages; each text of ``--over``
    has a line of its own.
    """
    found: dict[str, Entry] = {}
    if not texts:
        raise UsageError(f"--{name} is empty", REMEDIES[name])
    for line, text in enumerate(texts, start=number):
        match = CONDITION.match(text)
        if match is None:
            raise UsageError(f"--{name} {text[:60]} has no values", REMEDIES[name])
        path, values = match[1], match[2] if name == "exclude" else match[2].removeprefix("=")
        if path in found:
            raise UsageError(f"--{name} names {path} twice", f"give all its values in one --{name}")
        place = line if name == "over" else number
        found[path] = Entry(
            parse_option(name, place, path), parse_option(name, place, values.strip())
        )
    return Mapping(parse_option(name, number, "").place, found)
