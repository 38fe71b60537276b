"""The contrasts that each scenario's text asks the reader to notice, from
``tests/data/expected_contrasts.yaml``."""

from __future__ import annotations

import re

import yaml

from sim.validation.contrast import Contrast, Side
from tests.scenarios import DATA

LINE = re.compile(
    r"(?P<measure>\w+)(?: of (?P<here>.+?))? (?P<sign>[<>~]) "
    r"(?P<there>[a-z].*?|[\d.]+)(?: (?:by|within) (?P<much>-?[\d.]+))?\Z"
)


def contrast(scenario: str, line: str) -> Contrast:
    """The contrast that a line under ``scenario`` states; ``AttributeError`` if it states none."""
    said = LINE.match(line).groupdict()  # type: ignore[union-attr]
    here = side(said["here"] or scenario)
    much = float(said["much"] or 0)
    if said["there"][0].isdigit():
        return Contrast(line, said["measure"], here, at_least=float(said["there"]))
    there = side(said["there"])
    if said["sign"] == "~":
        return Contrast(line, said["measure"], here, there, within=much)
    pair = (here, there) if said["sign"] == ">" else (there, here)
    return Contrast(line, said["measure"], *pair, at_least=much)


def side(said: str) -> Side:
    """``NAME`` or ``NAME with PATH=VALUE …``."""
    name, _, settings = said.partition(" with ")
    return Side(name, tuple(settings.split()))


EXPECTED = {
    scenario: tuple(contrast(scenario, line) for line in lines)
    for scenario, lines in yaml.safe_load(
        (DATA / "expected_contrasts.yaml").read_text("utf-8")
    ).items()
}
