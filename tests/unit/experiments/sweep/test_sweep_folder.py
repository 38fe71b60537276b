"""The folder of a sweep: what is refused in it, what is damaged, and who may write to it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.analysis.compare_sweeps import compare_sweeps
from sim.errors import ThinlineWarning, UsageError
from sim.experiments.storage.files import CannotStore, DamagedResults
from sim.experiments.storage.lock import LOCK, FolderLocked, folder_lock
from sim.experiments.sweep.folder import plan_in_manifest
from sim.experiments.sweep.paired import min_max
from tests.sweeps import SIX, contents, part_file, plan


def test_a_manifest_without_points_is_of_no_sweep():
    document = plan(replications=2).to_dict()
    assert plan_in_manifest(document)
    assert plan_in_manifest({**document, "points": []}) is None


class TestFolders:
    def test_another_sweep_is_refused_and_force_replaces_it(self, tmp_path):
        sim.sweep(plan(replications=2), tmp_path)
        with pytest.raises(
            CannotStore, match=r"another sweep: seed \(7 there, 8 in this command"
        ) as refused:
            sim.sweep(plan(replications=2, seed=8), tmp_path)
        assert "--force" in refused.value.remedy
        assert sim.sweep(plan(replications=2, seed=8), tmp_path, force=True).runs == 12

    def test_what_is_other_about_it_is_said(self, tmp_path):
        sim.sweep(plan(replications=2), tmp_path)
        changed = plan("setting.backstop=0.9", replications=2, over={"setting.clarity": [0, 1]})
        with pytest.raises(CannotStore, match="another sweep") as refused:
            sim.sweep(changed, tmp_path)
        assert re.search(
            r"setting\.backstop \(.* there, 0\.9 in this command\)", refused.value.message
        )
        assert "6 points of setting.clarity, states.poland.pledge there" in refused.value.message

    def test_other_rules_are_another_sweep(self, tmp_path, monkeypatch):
        sim.sweep(plan(replications=2), tmp_path)
        monkeypatch.setattr("sim.experiments.sweep.plan.sources_digest", lambda: "other")
        with pytest.raises(CannotStore, match="other rules"):
            sim.sweep(plan(replications=2), tmp_path)

    @pytest.mark.parametrize("force", [True, False])
    def test_what_is_not_a_sweep_is_never_touched(self, tmp_path, force):
        (tmp_path / "thesis.txt").write_text("mine")
        with pytest.raises(CannotStore, match="holds other files"):
            sim.sweep(SIX, tmp_path, force=force)
        assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]

    def test_fewer_runs_are_refused(self, tmp_path):
        sim.sweep(plan(replications=3), tmp_path)
        with pytest.raises(
            CannotStore, match=r"replications \(3 there, 2 in this command"
        ) as refused:
            sim.sweep(plan(replications=2), tmp_path)
        assert refused.value.remedy.startswith("a sweep can continue with more --replications")

    def test_killed_before_anything_was_played_it_begins_again(self, tmp_path, whole):
        (tmp_path / ".manifest.json.part").write_text("{")
        (tmp_path / LOCK).write_text("{}")
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)
        assert not list(tmp_path.glob(".*.part"))

    def test_what_is_watched_may_change_where_nothing_hangs_on_it(self, tmp_path):
        sim.sweep(plan(replications=2), tmp_path)
        assert sim.sweep(plan(replications=2, watch="general_war"), tmp_path).done
        with pytest.raises(CannotStore):
            sim.sweep(plan(replications=2, until_ci=0.5), tmp_path)

    def test_a_damaged_part_is_named(self, whole, tmp_path):
        sim.sweep(SIX, tmp_path)
        part = part_file(tmp_path, 4)
        part.write_bytes(part.read_bytes()[:-9])
        with pytest.raises(DamagedResults, match=rf"{part.name} is damaged.*11 of the") as refused:
            sim.sweep(SIX, tmp_path)
        assert "remove it" in refused.value.remedy
        part.unlink()
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)

    def test_a_part_of_another_sweep_is_not_taken_for_its_own(self, tmp_path):
        one = sim.sweep(plan(replications=2), tmp_path / "one")
        other = sim.sweep(plan("setting.backstop=0.9", replications=2), tmp_path / "other")
        part_file(one.folder, 4).unlink()
        theirs = part_file(other.folder, 4)
        (one.folder / "parts" / theirs.name).write_bytes(theirs.read_bytes())
        for use in (sim.load_sweep, lambda folder: sim.sweep(one.plan, folder)):
            with pytest.raises(DamagedResults, match=f"{theirs.name} is damaged: it is not the"):
                use(one.folder)

    def test_a_part_under_another_number_is_not_counted_twice(self, tmp_path):
        found = sim.sweep(plan(replications=2), tmp_path)
        part = part_file(tmp_path, 4)
        copy = part.with_name(part.name.replace("00004", "00017"))
        copy.write_bytes(part.read_bytes())
        with pytest.raises(DamagedResults, match="has part 17, which is none of the sweep's"):
            sim.load_sweep(tmp_path)
        copy.rename(part.with_name(part.name.replace("00004-", "00004-0")))
        with pytest.raises(DamagedResults, match="is no part of this study"):
            sim.sweep(found.plan, tmp_path)

    def test_a_missing_part_of_a_finished_sweep_is_missed_and_made_again(self, whole, tmp_path):
        sim.sweep(SIX, tmp_path)
        part_file(tmp_path, 4).unlink()
        with pytest.raises(DamagedResults, match="lacks part 4; the other 11 parts") as refused:
            sim.load_sweep(tmp_path)
        assert refused.value.remedy.startswith("repeat the command")
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)

    def test_an_altered_table_of_points_is_named_and_prevents_nothing(self, whole, tmp_path):
        sim.sweep(SIX, tmp_path)
        with (tmp_path / "points.parquet").open("ab") as stream:
            stream.write(b" ")
        with pytest.warns(ThinlineWarning, match=r"points\.parquet was altered"):
            found = sim.load_sweep(tmp_path)
        assert found.points().equals(whole.points())

    @pytest.mark.skipif(os.name != "posix", reason="a symbolic link needs a privilege on Windows")
    @pytest.mark.parametrize("force", [False, True])
    def test_a_link_in_place_of_its_parts_is_not_followed(self, tmp_path, force):
        one, other = (sim.sweep(plan(replications=2), tmp_path / name) for name in "ab")
        before = contents(other.folder)
        shutil.rmtree(one.folder / "parts")
        (one.folder / "parts").symlink_to(other.folder / "parts", target_is_directory=True)
        with pytest.raises(CannotStore, match="in place of parts"):
            sim.sweep(plan(replications=2), one.folder, force=force)
        with pytest.raises(UsageError, match="in place of parts"):
            sim.load_sweep(one.folder)
        assert contents(other.folder) == before

    def test_a_part_damaged_since_is_named_by_whatever_reads_it(self, tmp_path):
        found, other = (sim.sweep(SIX, tmp_path / name) for name in ("found", "other"))
        part = part_file(found.folder, 4)
        part.write_bytes(part.read_bytes()[:-9])
        readers = (found.to_frame, lambda: min_max(found), lambda: compare_sweeps(found, other))
        for read in readers:
            with pytest.raises(DamagedResults, match=f"{part.name} is damaged"):
                read()

    def test_a_full_disk_ends_it_and_loses_nothing(self, whole, tmp_path, monkeypatch):
        write = Path.write_bytes

        def full(path, data):
            if path.name.startswith(".part-00005-"):
                raise OSError(28, "No space left on device")
            return write(path, data)

        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(CannotStore, match="No space left"):
            sim.sweep(SIX, tmp_path)
        assert len(contents(tmp_path)) == 5
        monkeypatch.undo()
        sim.sweep(SIX, tmp_path)
        assert contents(tmp_path) == contents(whole.folder)


class TestLock:
    def test_a_second_one_is_told_who_is_at_work(self, tmp_path):
        with (
            folder_lock(tmp_path),
            pytest.raises(FolderLocked, match=f"process {os.getpid()} on ") as refused,
        ):
            sim.sweep(SIX, tmp_path)
        assert refused.value.remedy

    def test_another_process_too(self, tmp_path):
        hold = "import sys; from pathlib import Path"
        hold += "\nfrom sim.experiments.storage.lock import folder_lock"
        hold += "\nwith folder_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", hold, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            with pytest.raises(FolderLocked, match=f"process {other.pid} on"):
                sim.sweep(plan(replications=2), tmp_path)
            other.kill()
            other.wait()
        assert (tmp_path / LOCK).exists()
        assert sim.sweep(plan(replications=2), tmp_path).done, "a dead process holds nothing"
        assert not (tmp_path / LOCK).exists()
