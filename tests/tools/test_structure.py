"""The structure of the package."""

from __future__ import annotations

from tools import structure


def test_no_modules_import_each_other():
    assert structure.cycles() == []


def test_a_cycle_is_found(monkeypatch):
    known = structure.modules()
    chain = {
        "sim.formatting": {"sim.errors"},
        "sim.errors": {"sim.enums"},
        "sim.enums": {"sim.formatting"},
    }
    monkeypatch.setattr(
        structure, "imports", lambda module: set(chain.get(module.name, set())) & known.keys()
    )
    assert structure.cycles() == [["sim.enums", "sim.errors", "sim.formatting"]]


def test_no_module_is_long():
    long = [
        name
        for name, module in structure.modules().items()
        if len(module.text.splitlines()) > structure.LONGEST
    ]
    assert long == []
