"""``--set path=value``: a layer of one value, put on top of all files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.errors import Place, ScenarioError
from sim.scenario.compose import compose
from sim.scenario.findings import Findings
from sim.scenario.laws import value_of
from sim.scenario.layer import Layer
from sim.scenario.nodes import Node
from sim.scenario.paths import Miss, explained, find
from sim.scenario.text import check_printable

FILE = "--set"


class Override(NamedTuple):
    """A ``path=value`` that another option than ``--set`` says, the ``number``-th time it is
    used."""

    text: str
    option: str
    number: int


def read_overrides(texts: Sequence[str | Override], findings: Findings) -> list[Layer]:
    """A layer for each text, in order, so that a later one beats an earlier; the place of a
    problem is ``--set``, with the number of the text as its line, or the option that said it."""
    said = (
        Override(text, FILE, number) if isinstance(text, str) else text
        for number, text in enumerate(texts, start=1)
    )
    layers = (_override(each, findings) for each in said)
    return [layer for layer in layers if layer is not None]


def _override(said: Override, findings: Findings) -> Layer | None:
    text = said.text
    path, equals, value = text.partition("=")
    place = Place(said.option, said.number, 1)
    if not equals:
        findings.add(place, f"'{text[:60]}' sets nothing", f"write {said.option} path=value")
        return None
    path = path.strip()
    parameter = find(path)
    if isinstance(parameter, Miss):
        findings.add(place, *explained(path, parameter))
        return None
    node = _node(value, text.index("=") + 1, place, findings)
    read = None if node is None else value_of(node, parameter, findings)
    return None if read is None else Layer(said.option, values={path: read})


def _node(text: str, offset: int, place: Place, findings: Findings) -> Node | None:
    def where(mark: object) -> Place:
        column = getattr(mark, "column", 0) + 1
        first = offset if getattr(mark, "line", 0) == 0 else 0
        return Place(place.file, place.line, column + first)

    own = Findings()
    try:
        check_printable(text, place.file)
        node = compose(text, where, own)
    except ScenarioError as error:
        findings.problems += [*own.problems, *error.problems]
        return None
    findings.problems += own.problems
    if node is None:
        findings.add(where(None), "nothing is written after '='", f"write {place.file} path=value")
    return node
