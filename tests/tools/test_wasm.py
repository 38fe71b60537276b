"""The WebAssembly module is what its tool builds, and needs nothing from outside."""

from __future__ import annotations

import pytest

from sim.browser.assets import MODULE, built
from tools import wasm


def sections(module: bytes) -> dict[int, bytes]:
    """The sections of a module by their numbers; of several custom ones (0) the last."""
    found, at = {}, 8
    while at < len(module):
        kind, size, shift = module[at], 0, 0
        at += 1
        while True:
            size |= (module[at] & 127) << shift
            shift += 7
            at += 1
            if module[at - 1] < 128:
                break
        found[kind] = module[at : at + size]
        at += size
    return found


def test_it_imports_nothing() -> None:
    assert 2 not in sections(MODULE.read_bytes()), "a function is missing: see tools/wasm.py"


def test_a_long_section_has_its_length_in_front() -> None:
    content = bytes(300)
    assert sections(b"\0asm\1\0\0\0" + wasm._section("name", content))[0] == b"\4name" + content


def test_without_the_linker_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"wasm-ld, wasm-opt.*install lld and binaryen"):
        wasm.build()


@pytest.mark.deep
def test_the_same_sources_and_tools_give_the_same_bytes() -> None:
    if wasm.missing() or wasm.tools() != built()["tools"]:
        pytest.skip("other tools than those that built the module")
    assert wasm.build() == MODULE.read_bytes()
