"""The cache of compiled code is never stale, and every way of running gives the same bits."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim import jit

PACKAGE = Path(jit.__file__).parent
MARKED = re.compile(r"^@(rule|stage|kernel)$", re.MULTILINE)

DIGEST = """
import hashlib, sim
records = sim.simulate(sim.load("during_fighting"), runs=40, seed=5).records
print(hashlib.sha256(records.tobytes()).hexdigest())
"""


def digest(**environment):
    ran = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def test_every_compiled_source_is_in_the_digest():
    listed = {file for place in jit.COMPILED for file in PACKAGE.glob(place)}
    marked = {file for file in PACKAGE.rglob("*.py") if MARKED.search(file.read_text("utf-8"))}
    assert marked <= listed


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
    "environment",
    [{"THINLINE_COMPILE": "off"}, {"NUMBA_DISABLE_JIT": "1"}, {"NUMBA_BOUNDSCHECK": "1"}],
    ids=["plain", "numba off", "bounds checked"],
)
def test_however_it_is_run_the_bits_are_the_same(environment):
    assert digest(**environment) == digest()


def test_an_unwritable_cache_is_no_obstacle(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert digest(THINLINE_CACHE=str(tmp_path / "file" / "below")) == digest()


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
