"""Which code reads a parameter: the stages it stands in, and the rules it is handed to."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from typing import Any

from sim.explain.flow import flow
from sim.explain.source import PACKAGE, Function, functions_in

LUCK = ("seed",)
"""What a run reads from its world, because no scenario's parameters hold it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The readers of one parameter.

    ``rules`` are handed the parameter itself; ``later`` ones what is made of it, each after the
    name under which the world keeps that; ``stages`` do the handing.
    """

    stages: tuple[Function, ...]
    rules: tuple[Function, ...]
    later: tuple[tuple[str, Function], ...]

    def document(self) -> dict[str, Any]:
        """The readers as plain data."""
        return {
            "rules": [_named(rule) for rule in self.rules],
            "later": [{"by_way_of": kept, **_named(rule)} for kept, rule in self.later],
            "stages": [_named(stage) for stage in self.stages],
        }


@cache
def reading(path: str) -> Reading:
    """Who reads the parameter at ``path``."""
    every, field = flow(), field_of(path)
    name = f"w.{field}" if path in LUCK else f"p.{field}"
    later = every.rules_fed_later(name)
    return Reading(
        (*every.readers(name), *_builders(path)),
        tuple(every.rules_fed(name)),
        tuple((kept, rule) for kept, rules in later.items() for rule in rules),
    )


def field_of(path: str) -> str:
    """The field of the parameters' row that ``path`` is entered in."""
    match path.split("."):
        case ["states", _, "requires", name]:
            return f"requires_{name}"
        case ["states", _, "red_lines", _, name]:
            return f"line_{name}"
        case [*_, name]:
            return name
    raise KeyError(path)


def _builders(path: str) -> list[Function]:
    """What uses it up while the arrays are built: the functions that name it whole."""
    return [function for function, texts in _texts_in_build() if path in texts]


@cache
def _texts_in_build() -> list[tuple[Function, set[Any]]]:
    built = functions_in(PACKAGE / "build.py").values()
    return [(function, _texts(function.tree)) for function in built]


def _texts(tree: ast.AST) -> set[Any]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def _named(function: Function) -> dict[str, str]:
    return {"name": function.name, "file": function.file, "says": function.says}
