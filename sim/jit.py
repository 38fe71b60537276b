"""Compilation with numba, which can be switched off: the same source runs both ways.

``@rule`` and ``@stage`` leave a function as it is: called from Python it is plain Python, called
from compiled code it is compiled with it. ``@kernel`` marks an entry point from Python, compiled
on first use, whose machine code is kept on disk. With ``THINLINE_COMPILE=off`` kernels are plain
Python too, so that a breakpoint works.

numba's own cache notices a change in the file of the entry point only, and would use an old rule
after another file was edited. So the cache folder is named by a digest of all sources, and every
other location is forbidden while the entry points are decorated.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

# Seconds that compiled code of other sources is kept: sixty days.
KEPT_FOR = 60 * 86_400

OFF = {"off", "0", "no", "false"}
COMPILING = (
    os.environ.get("THINLINE_COMPILE", "on").lower() not in OFF
    and os.environ.get("NUMBA_DISABLE_JIT", "0") == "0"
)

# Numbers that a loop computes at once, if the compiler may use a processor's vectors.
VECTORS = COMPILING and os.environ.get("NUMBA_LOOP_VECTORIZE", "1") != "0"
LANES = 4 if VECTORS else 1

# The sources that determine compiled code: functions, shapes and constants.
COMPILED = (
    "arithmetic.py",
    "enums.py",
    "code_cache.py",
    "jit.py",
    "rng.py",
    "scenario/constants.py",
    "scenario/schema.py",
    "model/*.py",
    "model/rules/*.py",
    "model/stages/*.py",
    "engines/*.py",
    "theory/*.py",
)

# The numpy error model keeps division from branching; no rule divides by zero.
_OPTIONS = {"error_model": "numpy", "fastmath": False}


def rule(function: F) -> F:
    """Mark a rule: numbers in, a number out; no state, no random draws."""
    return _compilable(function)


def inlined_rule(function: F) -> F:
    """Mark a rule that is copied into its callers, so that a loop over it computes several results
    at once."""
    return _compilable(function, forceinline=True)


def stage(function: F) -> F:
    """Mark a stage of the month: reads and writes a world's row, draws, and calls rules."""
    return _compilable(function)


def kernel(function: F) -> F:
    """Mark an entry point from Python: compiled once, kept on disk, and free of the GIL."""
    return _compile_kept(function) if COMPILING else function


def _compilable(function: F, **options: bool) -> F:
    # Only kernels are called from Python. Wrappers for every rule and stage would nearly double
    # the time to compile.
    if not COMPILING:
        return function
    from numba.extending import register_jitable

    options |= {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return register_jitable(**options, **_OPTIONS)(function)  # type: ignore[no-any-return]


def _compile_kept(function: F) -> F:
    import numba

    from sim.code_cache import CodeCache

    config = numba.config
    kept = config.CACHE_DIR, config.CACHE_LOCATOR_CLASSES
    config.CACHE_LOCATOR_CLASSES = "UserProvidedCacheLocator"
    config.CACHE_DIR = str(cache_folder())
    try:
        compiled: Any = numba.njit(nogil=True, **_OPTIONS)(function)
        compiled._cache = CodeCache(function)
    finally:
        config.CACHE_DIR, config.CACHE_LOCATOR_CLASSES = kept
    return compiled  # type: ignore[no-any-return]


@cache
def cache_folder() -> Path:
    """The folder of the compiled code: one for each version of the sources.

    If the user's cache cannot be written, a temporary folder with a copy of the code in it: numba
    reads no folder in which it cannot write.
    """
    wanted = wanted_folder()
    try:
        if not wanted.exists():
            _forget_the_old(wanted.parent)
        wanted.mkdir(parents=True, exist_ok=True)
        os.utime(wanted)  # reading leaves no trace, and a folder in use must not seem old
        with tempfile.TemporaryFile(dir=wanted):
            return wanted
    except OSError:
        own = Path(tempfile.mkdtemp(prefix="thinline-"))
        atexit.register(shutil.rmtree, own, ignore_errors=True)
        with suppress(OSError):
            shutil.copytree(wanted, own, dirs_exist_ok=True)
        return own


def wanted_folder() -> Path:
    """The folder of the compiled code in the user's cache, whether it can be written or not."""
    return _user_cache() / "thinline" / sources_digest()


def _forget_the_old(folder: Path) -> None:
    # Each version of the sources leaves a folder; remove those unused for long.
    now = time.time()
    for each in folder.glob("*/"):
        if now - each.stat().st_mtime > KEPT_FOR:
            shutil.rmtree(each, ignore_errors=True)


def _user_cache() -> Path:
    if chosen := os.environ.get("THINLINE_CACHE") or os.environ.get("XDG_CACHE_HOME"):
        return Path(chosen)
    if local := os.environ.get("LOCALAPPDATA"):
        return Path(local)
    return Path(os.path.expanduser("~")) / ".cache"


@cache
def sources_digest() -> str:
    """A digest of the sources that determine compiled code, and of the versions of the compiler."""
    import numba
    import numpy

    package = Path(__file__).parent
    digest = hashlib.sha256(f"{numba.__version__} {numpy.__version__} {_bounds()}".encode())
    files = [file for place in COMPILED for file in package.glob(place)]
    for file in sorted(files):
        digest.update(file.relative_to(package).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def _bounds() -> str:
    # Code with bounds checks must not share a folder with code without them.
    return os.environ.get("NUMBA_BOUNDSCHECK", "0")


def is_kept() -> bool:
    """Whether the ensemble's compiled code is on disk, so that a run starts without compiling."""
    return COMPILING and any(cache_folder().rglob("*play_block*.nbc"))
