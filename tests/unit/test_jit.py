"""The cache of compiled code is never stale, and every way of running gives the same bits."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim import jit
from sim.browser import assets
from sim.cli import doctor
from sim.errors import ThinlineWarning

PACKAGE = Path(jit.__file__).parent
MARKED = re.compile(r"^@(rule|stage|kernel)$", re.MULTILINE)

PLAY = """
import hashlib, sim
records = sim.simulate(sim.load("during_fighting"), runs=40, seed=5).records
print(hashlib.sha256(records.tobytes()).hexdigest())
"""

# A module with a kernel of its own, which compiles in a moment.
KERNEL = """
from sim.jit import cache_folder, kernel

@kernel
def double(number):
    return 2 * number

print(double(21), cache_folder())
"""


def run(*command, **environment):
    """The output of Python with ``command``, in an environment with these additions."""
    ran = subprocess.run(
        [sys.executable, *command],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def files(*places):
    return {file for place in places for file in PACKAGE.glob(place)}


def test_every_compiled_source_is_in_the_digest():
    """In that of the compiled code that is kept; the functions in ``sim.browser``, which no kernel
    calls, in that of the WebAssembly module."""
    marked = {file for file in files("**/*.py") if MARKED.search(file.read_text("utf-8"))}
    browser = marked & files("browser/*.py")
    assert browser
    assert browser <= files(*assets.SOURCES)
    assert not any("@kernel" in file.read_text("utf-8") for file in browser)
    assert marked - browser <= files(*jit.COMPILED)


def test_another_source_is_another_folder(monkeypatch, tmp_path):
    before = jit.sources_digest()
    copied = tmp_path / "sim"
    for file in PACKAGE.rglob("*.py"):
        target = copied / file.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    monkeypatch.setattr(jit, "__file__", str(copied / "jit.py"))
    jit.sources_digest.cache_clear()
    assert jit.sources_digest() == before
    rule = copied / "model" / "rules" / "contest.py"
    rule.write_text(rule.read_text("utf-8").replace("0.5", "0.6"), encoding="utf-8")
    jit.sources_digest.cache_clear()
    assert jit.sources_digest() != before
    jit.sources_digest.cache_clear()


@pytest.mark.parametrize(
    ("environment", "compiling"),
    [({"THINLINE_COMPILE": "off"}, False), ({"NUMBA_DISABLE_JIT": "1"}, False), ({}, True)],
)
def test_either_variable_switches_compilation_off(environment, compiling):
    """Plain Python then gives the same bits: see ``tests/unit/engines/test_engines.py``."""
    kept = {"THINLINE_COMPILE": "on", "NUMBA_DISABLE_JIT": "0"}
    found = run("-c", "from sim.jit import COMPILING; print(COMPILING)", **kept | environment)
    assert found == str(compiling)


@pytest.mark.deep
def test_bounds_checked_code_gives_the_same_bits():
    """In the gate plain Python, which checks every index as well, stands for it."""
    assert run("-c", PLAY, NUMBA_BOUNDSCHECK="1") == run("-c", PLAY)


def test_bounds_checked_code_has_a_folder_of_its_own(tmp_path):
    folders = [
        run("-c", "from sim import jit; print(jit.cache_folder())", **environment)
        for environment in (
            {"THINLINE_CACHE": str(tmp_path), "NUMBA_BOUNDSCHECK": checked} for checked in "01"
        )
    ]
    assert folders[0] != folders[1]


def test_a_kernel_compiles_where_the_cache_is_unwritable(tmp_path):
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "module.py").write_text(KERNEL)
    wanted = tmp_path / "file" / "below"
    doubled, folder = run(tmp_path / "module.py", THINLINE_CACHE=str(wanted)).split()
    assert doubled == "42"
    assert not Path(folder).is_relative_to(tmp_path)
    assert not Path(folder).exists(), "a temporary folder is removed at the end"


def test_compiled_code_is_found_by_the_next_process(tmp_path):
    (tmp_path / "module.py").write_text(KERNEL)
    written = []
    for _ in range(2):
        folder = Path(run(tmp_path / "module.py", THINLINE_CACHE=str(tmp_path)).split()[1])
        written.append({file: file.stat().st_mtime_ns for file in folder.rglob("*.nb?")})
    assert folder.is_relative_to(tmp_path)
    assert written[0]
    assert written[0] == written[1]


@pytest.fixture
def compiled(monkeypatch, tmp_path):
    """A small function and its compiled copies, all kept in one new folder."""
    monkeypatch.setattr(jit, "cache_folder", lambda: tmp_path)

    def double(x):
        return 2 * x

    def copy():
        return jit._compile_kept(double)

    assert copy()(3) == 6
    return copy


def hits(function):
    return sum(function.stats.cache_hits.values())


class TestDamage:
    @pytest.mark.parametrize("ending", ["nbi", "nbc"])
    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: b"",
            lambda data: data[:-40],
            lambda data: data[:50],
            lambda data: b"no pickle" + data[9:],
            lambda data: data[:200] + bytes(50) + data[250:],
        ],
        ids=["empty", "cut", "short", "foreign", "overwritten"],
    )
    def test_a_damaged_file_is_replaced(self, compiled, tmp_path, ending, damage):
        (file,) = tmp_path.rglob(f"*.{ending}")
        whole = file.read_bytes()
        file.write_bytes(damage(whole))
        assert compiled()(3) == 6
        after = compiled()
        assert (after(3), hits(after)) == (6, 1)

    def test_code_that_cannot_be_written_is_used_with_a_warning(self, compiled, tmp_path):
        for file in tmp_path.rglob("*.nb?"):
            file.unlink()

        def full(*_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        function = compiled()
        function._cache._cache_file._save_data = full
        with pytest.warns(ThinlineWarning, match=f"cannot be kept in {tmp_path}.*No space left"):
            assert function(3) == 6

    def test_doctor_counts_damaged_files(self, compiled, ask, tmp_path, monkeypatch):
        monkeypatch.setattr(doctor, "cache_folder", lambda: tmp_path)
        monkeypatch.setattr(doctor, "wanted_folder", lambda: tmp_path)
        assert "damaged file" not in ask("doctor").out
        next(tmp_path.rglob("*.nbc")).write_bytes(b"")
        assert "1 damaged file, replaced at the next run" in ask("doctor").out

    def test_doctor_finds_a_full_disk(self, ask, tmp_path, monkeypatch):
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
        answer = ask("doctor")
        assert answer.code == 1
        assert "the disk is full" in answer.out


def test_the_code_of_a_read_only_cache_is_copied(monkeypatch, tmp_path):
    monkeypatch.setenv("THINLINE_CACHE", str(tmp_path))
    code = jit.wanted_folder() / "engines" / "code.nbc"
    code.parent.mkdir(parents=True)
    code.write_bytes(b"code")

    def refuse(**_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    folder = jit.cache_folder.__wrapped__()
    assert folder != jit.wanted_folder()
    assert (folder / "engines" / "code.nbc").read_bytes() == b"code"


def test_compiled_code_long_out_of_use_goes_and_the_rest_stays(monkeypatch, tmp_path):
    old, recent = (tmp_path / "thinline" / name for name in ("old", "recent"))
    for folder in (old, recent):
        folder.mkdir(parents=True)
        (folder / "code.nbc").write_bytes(b"code")
    long_ago = time.time() - 61 * 86_400
    os.utime(old, (long_ago, long_ago))
    monkeypatch.setenv("THINLINE_CACHE", str(tmp_path))
    made = jit.cache_folder.__wrapped__()
    assert made.is_dir()
    assert recent.is_dir()
    assert not old.exists()


def test_a_folder_in_use_does_not_grow_old(monkeypatch, tmp_path):
    monkeypatch.setenv("THINLINE_CACHE", str(tmp_path))
    used = jit.wanted_folder()
    used.mkdir(parents=True)
    os.utime(used, (0, 0))
    assert jit.cache_folder.__wrapped__() == used
    assert time.time() - used.stat().st_mtime < 3600
