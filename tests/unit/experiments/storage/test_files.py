"""Errors of the operating system name the path, the reason and a remedy."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.experiments.storage.files import (
    CannotStore,
    DamagedResults,
    check_file,
    new_part,
    read_plain,
    write_durably,
    writing,
)


def error_for(path, number):
    with pytest.raises(CannotStore) as refused, writing(path):
        raise OSError(number, os.strerror(number))
    return refused.value


def test_a_full_disk_is_named_also_where_the_file_exists(tmp_path):
    path = tmp_path / "runs.parquet"
    path.touch()
    error = error_for(path, errno.ENOSPC)
    assert error.message == f"cannot write {path}: {os.strerror(errno.ENOSPC)}"
    assert error.remedy == "free some space there, or choose another folder"


def test_a_path_below_a_file_names_the_file(tmp_path):
    (tmp_path / "file").touch()
    error = error_for(tmp_path / "file" / "below", errno.ENOTDIR)
    assert "file is a file, not a folder" in error.message
    assert error.remedy == "choose another folder"


def test_a_missing_folder_is_told_as_before_the_work(tmp_path):
    path = tmp_path / "nowhere" / "page.html"
    late = error_for(path, errno.ENOENT)
    with pytest.raises(UsageError) as early:
        check_file(path)
    assert str(late) == str(early.value)
    assert late.message == f"there is no folder {path.parent}"


def test_a_folder_that_exists_is_not_called_a_file(tmp_path):
    assert error_for(tmp_path, errno.EEXIST).message.endswith(os.strerror(errno.EEXIST))


@pytest.mark.skipif(os.name != "posix", reason="pipes and links as POSIX has them")
def test_only_plain_files_are_opened(tmp_path):
    (tmp_path / "file").write_bytes(b"data")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert read_plain(tmp_path / "file") == b"data"
    for name in ("link", "folder", "pipe"):
        with pytest.raises(DamagedResults, match=f"{name} is a {name}, not a file"):
            read_plain(tmp_path / name)
    with pytest.raises(DamagedResults, match="is a device"):
        read_plain(Path(os.devnull))
    with pytest.raises(DamagedResults, match=f"none: {os.strerror(errno.ENOENT)}"):
        read_plain(tmp_path / "none")


@pytest.mark.parametrize("folder", ["", "made later"])
@pytest.mark.parametrize(
    "name", ["x" * 300, "nul\0.html", "r\udce9.html"], ids=["long", "nul", "bytes"]
)
def test_a_name_that_no_file_can_have_is_refused(tmp_path, name, folder):
    with pytest.raises(UsageError, match="cannot write") as refused:
        check_file(tmp_path / folder / name, made=tmp_path / "made later")
    assert refused.value.remedy == "choose another name"


def test_a_file_is_refused_where_its_folder_is_missing_or_yet_another_file(tmp_path):
    (tmp_path / "file").touch()
    check_file(tmp_path / "page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    for path, problem in {
        tmp_path / "none" / "page.html": "there is no folder",
        tmp_path / "file" / "page.html": "is a file, not a folder",
        tmp_path: "is a folder",
    }.items():
        with pytest.raises(UsageError, match=problem):
            check_file(path)


def test_in_a_folder_that_is_made_later_a_file_is_not_tried_before(tmp_path):
    made = tmp_path / "made later"
    check_file(made / "below" / "page.html", made)
    assert not list(tmp_path.iterdir())
    made.mkdir()
    with pytest.raises(UsageError, match="there is no folder"):
        check_file(made / "below" / "page.html", made)


def test_what_is_written_first_begins_as_an_empty_file(tmp_path):
    for _ in range(2):
        part = new_part(tmp_path / "a.txt")
        assert part.read_bytes() == b""
        part.write_text("left by a killed process")


def test_writing_leaves_no_descriptor_open(tmp_path):
    before = next_descriptor()
    write_durably(tmp_path / "a.txt", b"whole")
    assert next_descriptor() == before


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no folder can be forced to disk")
def test_the_bytes_are_on_disk_before_the_name_is_and_then_the_name_is(tmp_path, monkeypatch):
    path, forced = tmp_path / "a.txt", []

    def force(descriptor):
        forced.append((os.fstat(descriptor).st_ino, path.exists()))

    monkeypatch.setattr(os, "fsync", force)
    write_durably(path, b"whole")
    assert forced == [(path.stat().st_ino, False), (tmp_path.stat().st_ino, True)]


def next_descriptor() -> int:
    """The lowest that is free."""
    found = os.open(os.devnull, os.O_RDONLY)
    os.close(found)
    return found
