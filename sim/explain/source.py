"""The rules and stages as they are written: their syntax trees, and what they say of themselves."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function of the package: its file as ``sim/rules/choice.py``, and its syntax tree."""

    name: str
    file: str
    tree: ast.FunctionDef

    @property
    def says(self) -> str:
        """The first sentence of its docstring, without its formula."""
        text = " ".join((ast.get_docstring(self.tree) or "").split())
        return text.split(". ")[0].partition(":")[0].rstrip(".")

    @property
    def arguments(self) -> list[str]:
        """The names of its arguments, in order."""
        return [argument.arg for argument in self.tree.args.args]


@cache
def functions(folder: str) -> dict[str, Function]:
    """Every function in the modules of ``rules`` or ``stages``, by name."""
    return {
        name: function
        for file in sorted((PACKAGE / folder).glob("*.py"))
        for name, function in functions_in(file).items()
    }


@cache
def functions_in(file: Path) -> dict[str, Function]:
    """Every function at the top of a module of the package, by name."""
    shown = f"sim/{file.relative_to(PACKAGE).as_posix()}"
    return functions_of(file.read_text(encoding="utf-8"), shown)


def functions_of(text: str, file: str) -> dict[str, Function]:
    """Every function at the top of a module's text, by name."""
    found = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return {node.name: Function(node.name, file, node) for node in found}
