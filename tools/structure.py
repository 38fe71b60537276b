"""``python -m tools.structure`` measures the structure of the package.

It counts files and lines, the share of imports, import cycles, public names that are defined more
than once, and private functions with a single caller.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parents[1]

# Lines of a module at most.
LONGEST = 500

Definition = ast.FunctionDef | ast.ClassDef


class Module(NamedTuple):
    """A module of the package: its dotted name, its text and its syntax tree."""

    name: str
    text: str
    tree: ast.Module


@cache
def modules() -> Mapping[str, Module]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted((ROOT / "sim").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found[name] = Module(name, text, ast.parse(text))
    return found


def code_lines(module: Module) -> int:
    """Lines that are neither blank nor comment nor docstring."""
    lines = module.text.splitlines()
    hidden = {k for k, line in enumerate(lines, 1) if not line.strip() or line.strip()[0] == "#"}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            hidden |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines) - len(hidden)


def import_lines(module: Module) -> int:
    """Lines of import statements."""
    return sum(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


def imports(module: Module) -> set[str]:
    """The modules of the package that it imports, anywhere but for type checking alone."""
    known, found = modules(), set()
    for node in _run(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in known else node.module)
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & known.keys() - {module.name}


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree outside ``if TYPE_CHECKING``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from _run(node)


def cycles() -> list[list[str]]:
    """Groups of modules that import each other, directly or by way of others."""
    reach = {name: imports(module) for name, module in modules().items()}
    changed = True
    while changed:
        changed = False
        for found in reach.values():
            more = set().union(*(reach[name] for name in found)) - found
            changed |= bool(more)
            found |= more
    groups = {
        frozenset(other for other in reach[name] if name in reach[other])
        for name in reach
        if name in reach[name]
    }
    return sorted(sorted(group) for group in groups)


def public_twice() -> dict[str, list[str]]:
    """Public functions and classes at the top of more than one module, with those modules."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in modules().values():
        for node in module.tree.body:
            if isinstance(node, Definition) and not node.name.startswith("_"):
                places[node.name].append(module.name)
    return {name: found for name, found in sorted(places.items()) if len(found) > 1}


def functions() -> list[str]:
    """The names of all functions and methods."""
    return [
        node.name
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
    ]


def called_once() -> int:
    """Private functions that their module names once beside the definition."""
    count = 0
    for module in modules().values():
        words = Counter(re.findall(r"\w+", module.text))
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and re.match(r"_[^_]", node.name):
                count += words[node.name] == 2
    return count


def measure() -> dict[str, object]:
    """All figures."""
    every = modules().values()
    sizes = [len(module.text.splitlines()) for module in every]
    code, imported = sum(map(code_lines, every)), sum(map(import_lines, every))
    return {
        "files": len(sizes),
        "lines": sum(sizes),
        "median lines": median(size for size in sizes if size > 10),
        "longest": max(sizes),
        "code lines": code,
        "import lines": imported,
        "import share": round(imported / code, 3),
        "functions": len(functions()),
        "private functions called once": called_once(),
        "import cycles": cycles(),
        "public names defined twice": public_twice(),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
