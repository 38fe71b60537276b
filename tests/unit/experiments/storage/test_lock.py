"""The file that locks a folder: links in its place, its removal, and systems without locks."""

from __future__ import annotations

import os
import re

import pytest

from sim.experiments.storage.files import CannotStore
from sim.experiments.storage.lock import LOCK, NO_LOCKS, FolderLocked, folder_lock


def test_what_another_has_removed_meanwhile_is_taken_anew(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl", reason="Windows does not remove an open file")
    flock, taken = fcntl.flock, []

    def while_it_goes(descriptor, operation):
        taken.append(descriptor)
        if len(taken) == 1:
            (tmp_path / LOCK).unlink()
        return flock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", while_it_goes)
    # The second try comes in time on a busy machine too.
    monkeypatch.setattr("sim.experiments.storage.lock.PATIENCE", 2)
    with folder_lock(tmp_path):
        assert (tmp_path / LOCK).exists()
        monkeypatch.setattr("sim.experiments.storage.lock.PATIENCE", 0.1)
        with pytest.raises(FolderLocked), folder_lock(tmp_path):
            pass


@pytest.mark.parametrize("error", NO_LOCKS)
def test_a_file_system_without_locks_keeps_no_results_out(tmp_path, monkeypatch, error):
    fcntl = pytest.importorskip("fcntl", reason="Windows has locks of its own")

    def refused(descriptor, operation):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(fcntl, "flock", refused)
    with folder_lock(tmp_path):
        pass
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="names as POSIX has them")
def test_a_file_with_a_second_name_is_not_written_to(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    os.link(tmp_path / "thesis.txt", tmp_path / LOCK)
    with folder_lock(tmp_path):
        pass
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="a symbolic link needs a privilege on Windows")
def test_a_link_in_place_of_the_file_is_not_followed(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    (tmp_path / LOCK).symlink_to("thesis.txt")
    with (
        pytest.raises(CannotStore, match=re.escape(str(tmp_path / LOCK))),
        folder_lock(tmp_path),
    ):
        pass
    assert (tmp_path / "thesis.txt").read_text() == "mine"
