"""A folder says what it holds, and neither a run nor a sweep is written over the other."""

from __future__ import annotations

import json

import numpy as np
import pytest

import sim
from sim.errors import UsageError
from sim.experiments.backends import threads
from sim.experiments.storage.files import CannotStore, DamagedResults
from sim.experiments.storage.folder_state import RUN_FILES, FolderState, folder_state, remove_parts
from sim.experiments.storage.lock import LOCK
from sim.experiments.storage.manifest import FORMAT
from sim.experiments.storage.parquet import RecordsFile
from sim.experiments.storage.run_folder import RunFolder, RunRequest
from sim.model.state import RECORD
from sim.results import with_outcome
from tests.scenarios import tiny
from tests.sweeps import contents, plan

SWEEP = '{"kind": "sweep"}'
RUN = '{"engine": "mesa", "resolved": {}, "files": ["runs.parquet"]}'
ASKED = RunRequest(tiny(), runs=10, seed=3, engine="ensemble")

# Stands for the file with the records of some runs.
ROWS = "rows"

FOLDERS = {
    "nothing": ({}, FolderState.NOTHING),
    "a lock and half a manifest": ({".lock": "", ".manifest.json.part": ""}, FolderState.NOTHING),
    "a run": ({"manifest.json": RUN, "runs.parquet": ""}, FolderState.RUN),
    "a run under way": ({".runs.parquet.part": ""}, FolderState.HALF_RUN),
    "a run that was killed": ({"runs.parquet": ROWS, "report.html": ""}, FolderState.HALF_RUN),
    "a run and one's own report": (
        {"manifest.json": RUN, "report.html": ""},
        FolderState.RUN_AND_MORE,
    ),
    "rows of another kind": ({"runs.parquet": "", "report.html": ""}, FolderState.OTHER),
    "one's own report": ({"report.html": ""}, FolderState.OTHER),
    "one's own summary": ({"summary.json": "{}"}, FolderState.OTHER),
    "half a file, and one's own summary": (
        {".runs.parquet.part": "", "summary.json": "{}"},
        FolderState.OTHER,
    ),
    "an engine's manifest": ({"manifest.json": '{"engine": "V8"}'}, FolderState.UNREADABLE),
    "a sweep": ({"manifest.json": SWEEP, "parts/part-00000.parquet": ""}, FolderState.SWEEP),
    "a sweep without parts": ({"manifest.json": SWEEP}, FolderState.SWEEP),
    "parts alone": ({"parts/part-00000.parquet": ""}, FolderState.HALF_SWEEP),
    "points alone": ({"points.parquet": ""}, FolderState.HALF_SWEEP),
    "half of each": ({"manifest.json": RUN, "parts/part-00000.parquet": ""}, FolderState.BOTH),
    "another's manifest": ({"manifest.json": '{"short_name": "app"}'}, FolderState.UNREADABLE),
    "a broken manifest": ({"manifest.json": "{"}, FolderState.DAMAGED),
    "an odd list of files": (
        {"manifest.json": '{"engine": 1, "resolved": {}, "files": 3}', "runs.parquet": ""},
        FolderState.UNREADABLE,
    ),
    "a deeply nested manifest": ({"manifest.json": "[" * 200_000}, FolderState.DAMAGED),
    "a list for a manifest": ({"manifest.json": "[1]"}, FolderState.UNREADABLE),
    "a thesis": ({"thesis.txt": ""}, FolderState.OTHER),
}
# Who may write there without and with --force.
BY_RUN = {
    FolderState.NOTHING: (True, True),
    FolderState.RUN: (False, True),
    FolderState.HALF_RUN: (False, True),
}


@pytest.fixture(params=FOLDERS)
def filled(request, tmp_path):
    files, expected = FOLDERS[request.param]
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        if text is ROWS:
            some_rows(tmp_path / name)
        else:
            (tmp_path / name).write_text(text)
    return tmp_path, expected


def some_rows(path):
    file = RecordsFile(path)
    file.add(with_outcome(np.zeros(2, RECORD)))
    file.close()


def everything(folder):
    """The bytes of all files but the lock."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != LOCK]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_it_says_what_it_holds(filled):
    folder, expected = filled
    assert folder_state(folder) is expected


@pytest.mark.parametrize("force", [False, True])
def test_a_run_takes_or_refuses_it(filled, force):
    folder, expected = filled
    before = everything(folder)
    if BY_RUN.get(expected, (False, False))[force]:
        with RunFolder(folder, ASKED, force):
            gone = before.keys() - everything(folder).keys()
            assert gone <= {*RUN_FILES, ".runs.parquet.part"}
        return
    with pytest.raises(CannotStore, match=rf"holds {expected.value}") as refused:
        RunFolder(folder, ASKED, force).__enter__()
    assert refused.value.remedy
    assert everything(folder) == before


@pytest.mark.parametrize("force", [False, True])
def test_a_sweep_takes_or_refuses_it(filled, force):
    folder, expected = filled
    before = everything(folder)
    if expected is FolderState.NOTHING or (expected is FolderState.SWEEP and force):
        assert sim.sweep(plan(replications=2), folder, threads(1), force=force).done
        return
    with pytest.raises(CannotStore, match=r"has the format None|" + expected.value):
        sim.sweep(plan(replications=2), folder, threads(1), force=force)
    assert everything(folder) == before


def test_what_is_no_sweep_is_not_read_as_one(filled):
    folder, expected = filled
    if expected is not FolderState.SWEEP:
        damage = expected is FolderState.DAMAGED
        found = "is damaged: it is not a JSON" if damage else f"no sweep: .* holds {expected.value}"
        with pytest.raises(DamagedResults if damage else UsageError, match=found):
            sim.load_sweep(folder)


@pytest.mark.parametrize("version", [1, 0, 99, "x", None, True])
@pytest.mark.parametrize("load", [sim.load_sweep, sim.load_results])
def test_another_format_is_refused_by_name(tmp_path, version, load):
    (tmp_path / "manifest.json").write_text(
        json.dumps({"kind": "sweep", "schema_version": version})
    )
    with pytest.raises(UsageError, match=f"has the format {version!r}, not {FORMAT}") as refused:
        load(tmp_path)
    assert ("newer version" if version == 99 else "another folder") in refused.value.remedy


def test_a_folder_of_results_is_no_scenario(ask, workplace):
    (workplace / "kept").mkdir()
    (workplace / "kept" / "manifest.json").write_text(RUN)
    said = ask("run", "./kept")
    assert said.code == 3
    assert "a folder of results, not a scenario" in said.err


def test_a_run_forced_on_a_sweep_leaves_it_whole(ask, workplace):
    small = ["no_force", "--over", "setting.clarity=0,1", "--replications", 10, "--out", "kept"]
    assert ask("sweep", *small).code == 0
    before = contents(workplace / "kept")
    said = ask("run", "no_force", "--runs", 10, "--no-report", "--out", "kept", "--force")
    assert said.code == 2
    assert "kept holds a sweep" in said.err
    assert contents(workplace / "kept") == before
    assert ask("sweep", *small).code == 0


def test_a_forced_sweep_leaves_what_it_did_not_write(tmp_path):
    sim.sweep(plan(replications=2), tmp_path, threads(1))
    mine = [tmp_path / "parts" / "mine.txt", tmp_path / ".film.mp4.part"]
    for file in mine:
        file.write_text("mine")
    assert sim.sweep(plan(replications=1), tmp_path, threads(1), force=True).done
    assert [file.read_text() for file in mine] == ["mine", "mine"]


def test_what_was_written_is_removed_with_its_manifest_and_nothing_else(tmp_path):
    (tmp_path / "parts").mkdir()
    for name in ("manifest.json", "points.parquet", "parts/part-00000-x.parquet", "mine.txt"):
        (tmp_path / name).touch()
    remove_parts(tmp_path, "part-*.parquet", "points.parquet")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
