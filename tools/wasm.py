"""Build the WebAssembly module from today's sources: ``python -m tools.wasm``.

numba compiles the entry points of :mod:`sim.browser.entry_points` for a plain processor; their LLVM
code is retargeted to wasm32, linked by ``wasm-ld`` (package lld of most systems) and optimised by
``wasm-opt`` (binaryen). The same sources and tools give the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.browser.assets import BUILT, MODULE, module_sources_digest
from sim.browser.layout import ROWS
from sim.model.quantiles import MEANS, SHARES
from sim.model.stages.chances import MOST

LINKER, OPTIMISER = "wasm-ld", "wasm-opt"
TRIPLE = "wasm32-unknown-unknown"
FEATURES = "+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals"
FLAGS = ("bulk-memory", "sign-ext", "nontrapping-float-to-int", "mutable-globals")
STACK = 256 * 1024

# numba reads these when it is imported: a processor without extensions, so that no instruction is
# assumed that WebAssembly lacks, and no counter in a name that differs from build to build.
PLAIN = {
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_CPU_FEATURES": "",
    "NUMBA_LOOP_VECTORIZE": "0",
    "NUMBA_SLP_VECTORIZE": "0",
    "NUMBA_DISABLE_JIT": "0",
    "NUMBA_BOUNDSCHECK": "0",
    "THINLINE_COMPILE": "on",
    "PYTHONHASHSEED": "0",
}

# What numba calls to count references to arrays. These arrays are not counted.
COUNTING = re.compile(r"^define [^\n]*@(NRT_(?:incref|decref))\(.*?^}$", re.MULTILINE | re.DOTALL)
UNCOUNTED = r"define linkonce_odr void @\1(ptr %counted) alwaysinline {\n  ret void\n}"
NATIVE = re.compile(r"^declare [^\n]*@llvm\.x86\.[^\n]*$", re.MULTILINE)
TARGET = re.compile(r"^target (?:triple|datalayout) = [^\n]*$", re.MULTILINE)
PROCESSOR = re.compile(r'"(?:target-cpu|target-features|tune-cpu)"="[^"]*"')
ENVIRONMENT = re.compile(r"= common (?:local_unnamed_addr )?global")


def main() -> None:
    """Build the module and put it, with how it was built, among the assets."""
    MODULE.write_bytes(build())
    record = {"sources": module_sources_digest(), "tools": tools()}
    BUILT.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(f"{MODULE.name}: {MODULE.stat().st_size:,} bytes")


def missing() -> list[str]:
    """The tools that are not on the path."""
    return [tool for tool in (LINKER, OPTIMISER) if shutil.which(tool) is None]


def tools() -> dict[str, str]:
    """The versions of what the module is built with."""
    import llvmlite
    import numba

    said = {"numba": numba.__version__, "llvmlite": llvmlite.__version__}
    for tool in (LINKER, OPTIMISER):
        done = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True)
        said[tool] = " ".join(re.findall(r"\d[\d.]*", done.stdout)[:1])
    return said


def build() -> bytes:
    """The bytes of the module."""
    if lacking := missing():
        raise SystemExit(f"not on the path: {', '.join(lacking)} (install lld and binaryen)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compiled, linked, small = (folder / f"{part}.wasm" for part in ("a", "b", "c"))
        command = [sys.executable, "-m", "tools.wasm", "--compile", str(compiled)]
        subprocess.run(command, check=True, env={**os.environ, **PLAIN})
        _link(compiled, linked)
        allowed = [f"--enable-{feature}" for feature in FLAGS]
        command = [OPTIMISER, "-O3", "--strip-producers", "--strip-debug", *allowed]
        subprocess.run([*command, str(linked), "-o", str(small)], check=True)
        return small.read_bytes() + _section("thinline", json.dumps(identity()).encode())


def identity() -> dict[str, Any]:
    """What the module says of itself: its sources, and the sizes of rows and of the table that it
    reads and writes."""
    sizes = {name: row.itemsize for name, row in ROWS.items()}
    sizes |= {"surface": 8 * MEANS * SHARES, "chances": 8 * MOST}
    return {"sources": module_sources_digest(), "sizes": sizes}


def _link(compiled: Path, linked: Path) -> None:
    names = json.loads(compiled.with_suffix(".json").read_text(encoding="utf-8"))
    exports = [f"--export={name}" for name in [*names, "__heap_base"]]
    shape = ["--no-entry", "--strip-all", "--gc-sections", "--stack-first", "-z"]
    command = [LINKER, *shape, f"stack-size={STACK}", "--import-undefined", *exports]
    subprocess.run([*command, str(compiled), "-o", str(linked)], check=True)


def _section(name: str, content: bytes) -> bytes:
    """A custom section of a WebAssembly module."""
    body = _number(len(name)) + name.encode() + content
    return b"\0" + _number(len(body)) + body


def _number(value: int) -> bytes:
    """A whole number in LEB128."""
    more = b""
    while value >= 128:
        more += bytes([value & 127 | 128])
        value >>= 7
    return more + bytes([value])


def compile_entry_points(place: Path) -> None:
    """Compile the entry points to a WebAssembly object, and write their names beside it."""
    import llvmlite.binding as llvm

    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(opt=3, features=FEATURES)
    whole = None
    names = []
    for name, mangled, text in compiled_entry_points():
        module = llvm.parse_assembly(_retargeted(text, str(machine.target_data)))
        module.get_function(mangled).name = f"entry_{name}"
        names.append(f"entry_{name}")
        if whole is None:
            whole = module
        else:
            whole.link_in(module)
    assert whole is not None
    whole.verify()
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(whole, builder)
    place.write_bytes(machine.emit_object(whole))
    place.with_suffix(".json").write_text(json.dumps(names), encoding="utf-8")


def compiled_entry_points() -> Iterator[tuple[str, str, str]]:
    """Each entry point: its name, its mangled name, and its LLVM code."""
    import numba

    from sim.browser.entry_points import ENTRY_POINTS
    from sim.jit import _OPTIONS

    bare = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    for name, point in ENTRY_POINTS.items():
        signature = point.result(*point.arguments)
        compiled: Any = numba.njit(signature, **bare, **_OPTIONS)(point.function)
        (found,) = compiled.overloads.values()
        (text,) = compiled.inspect_llvm().values()
        yield name, found.fndesc.mangled_name, text


def _retargeted(text: str, layout: str) -> str:
    for found in (TARGET, PROCESSOR, NATIVE):
        text = found.sub("", text)
    text = ENVIRONMENT.sub("= internal global", text)
    text = COUNTING.sub(UNCOUNTED, text)
    return f'target datalayout = "{layout}"\ntarget triple = "{TRIPLE}"\n{text}'


if __name__ == "__main__":
    if sys.argv[1:2] == ["--compile"]:
        compile_entry_points(Path(sys.argv[2]))
    else:
        main()
