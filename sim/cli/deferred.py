"""Imports that wait until a verb is run, so that ``thinline VERB --help`` is quick.

Python 3.15 has this as a statement, ``lazy from … import …`` (PEP 810). Here the imports stand in a
block at the top of a verb's module, where type checkers and the import checker see them::

    with deferred_imports(globals()):
        from sim.scenario.load import load

Until the verb runs, each name is bound to a :class:`Deferred`, which nothing can use by mistake.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

_namespaces: list[dict[str, Any]] = []


@dataclass(slots=True)
class Deferred:
    """A name that is not imported yet: of a module, or with no ``name`` the module itself."""

    module: str
    name: str = ""

    def load(self) -> Any:
        """What the name stands for."""
        module = import_module(self.module)
        if not self.name:
            return module
        if not hasattr(module, self.name):
            return import_module(f"{self.module}.{self.name}")
        return getattr(module, self.name)


class _Names:
    """The module in a ``from`` import: each of its attributes is deferred."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Deferred:
        return Deferred(self._module, name)


@contextmanager
def deferred_imports(namespace: dict[str, Any]) -> Iterator[None]:
    """Defer the imports in the block, which bind names of ``namespace``, a module's globals."""

    def defer(
        name: str, globals: Any = None, locals: Any = None, fromlist: Any = None, level: int = 0
    ) -> Any:
        return _Names(name) if fromlist else Deferred(name)

    immediate = builtins.__import__
    builtins.__import__ = defer
    try:
        yield
    finally:
        builtins.__import__ = immediate
    _namespaces.append(namespace)


class VerbCommand(click.Command):
    """The command of a verb: it makes the deferred imports once the options have been read."""

    def invoke(self, context: click.Context) -> Any:
        """Import what the verb needs, and run it."""
        for namespace in _namespaces:
            for name, value in list(namespace.items()):
                if isinstance(value, Deferred):
                    namespace[name] = value.load()
        return super().invoke(context)
