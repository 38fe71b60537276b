"""Folders of results, damaged in every way, and what the package must answer.

A trial copies a whole folder, damages the copy, and reads it and writes to it. All that is written
lies in the trial's own folder; a file outside of the copy, to which links lead, must not change.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import warnings
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

import sim
from sim.errors import ThinlineError, ThinlineWarning
from sim.experiments.evaluate import open_evaluator
from sim.experiments.measures import Measure
from sim.experiments.simulate import simulate
from sim.experiments.storage.manifest import sha256, write_manifest
from sim.experiments.storage.run_folder import RunFolder, RunRequest
from sim.experiments.sweep.paired import min_max
from sim.experiments.sweep.plan import Plan
from tests.scenarios import tiny
from tests.sweeps import plan

PRECIOUS = "the only copy of a thesis"
REQUEST = RunRequest(tiny(), runs=80, seed=3, engine="ensemble")
SWEEP = plan(replications=60)
PATH = "setting.clarity"
POINTS = ((0.1,), (0.5,), (0.9,))


def make_run(folder: Path) -> None:
    results = simulate(REQUEST.scenario, REQUEST.runs, REQUEST.seed)
    with RunFolder(folder, REQUEST) as store:
        store.add(results.records)
        (folder / "report.html").write_text("<p>report</p>")
        store.finish(results)


def make_sweep(folder: Path) -> None:
    sim.sweep(SWEEP, folder)


def make_evaluations(folder: Path) -> None:
    evaluate(folder)


def evaluate(folder: Path, backend: Any = None, force: bool = False) -> Any:
    measures = [Measure("war")]
    with open_evaluator(tiny(), 1, measures, 1, backend, folder, force) as evaluator:
        return evaluator.evaluate([PATH], POINTS, 20).values["war"]


class Kind:
    """A kind of folder: how one is made, what is read from it, and what writes to it."""

    def __init__(self, whole: Path, make: Callable[[Path], None]) -> None:
        self.whole = whole
        make(whole)
        self.expected = self.read(whole)

    def read(self, folder: Path) -> Any:
        """Everything that is read from a folder, in a form that can be compared."""
        raise NotImplementedError

    def write(self, folder: Path, force: bool) -> Any:
        """Repeat the command in a folder; what is read from it, or ``None`` for nothing."""
        raise NotImplementedError


class Run(Kind):
    def read(self, folder: Path) -> Any:
        results: Any = sim.load_results(folder)
        return results.to_dict(), results.records.tobytes()

    def write(self, folder: Path, force: bool) -> Any:
        with RunFolder(folder, REQUEST, force) as store:
            results: Any = sim.load_results(self.whole)
            store.add(results.records)
            store.finish(results)
        return self.read(folder)


class Sweep(Kind):
    def read(self, folder: Path) -> Any:
        results = sim.load_sweep(folder)
        return self._of(results)

    def write(self, folder: Path, force: bool) -> Any:
        return self._of(sim.sweep(SWEEP, folder, self._again, force=force))

    def _of(self, results: Any) -> Any:
        frame = results.to_frame().to_json()
        found = min_max(results)
        return results.tally.endings.tolist(), frame, found.to_dict() if found else None

    def _again(self, runner: Any, parts: Iterable[Any]) -> Generator[bytes, None, None]:
        """The bytes of the whole sweep's parts, which need not be played again."""
        for part in parts:
            (file,) = (self.whole / "parts").glob(f"part-{part.number:05}-*")
            yield file.read_bytes()


class Evaluations(Kind):
    def read(self, folder: Path) -> Any:
        return evaluate(folder).tolist()

    def write(self, folder: Path, force: bool) -> Any:
        return evaluate(folder, force=force).tolist()


KINDS: dict[str, tuple[type[Kind], Callable[[Path], None]]] = {
    "run": (Run, make_run),
    "sweep": (Sweep, make_sweep),
    "evaluations": (Evaluations, make_evaluations),
}


def make_kinds(folder: Path) -> dict[str, Kind]:
    """A whole folder of each kind, below ``folder``."""
    return {name: kind(folder / name, make) for name, (kind, make) in KINDS.items()}


class Trial:
    """A copy of a folder in ``place``, to be damaged as ``chance`` has it; ``donor`` is another's
    folder, whose files may be put in."""

    def __init__(self, kind: Kind, donor: Path, place: Path, chance: random.Random) -> None:
        self.kind = kind
        self.donor = donor
        self.place = place
        self.chance = chance
        self.folder = place / "copy"
        self.outside = place / "outside"
        # Whether what was damaged was sealed again: then it is another folder, not a damaged one.
        self.resealed = False

    def prepare(self) -> None:
        shutil.copytree(self.kind.whole, self.folder)
        self.outside.mkdir()
        (self.outside / "thesis").write_text(PRECIOUS)
        shutil.copytree(self.kind.whole, self.outside / "other")

    def file(self) -> Path:
        """Any file of the folder."""
        return self.chance.choice(sorted(f for f in self.folder.rglob("*") if f.is_file()))

    def table(self) -> Path:
        """Any Parquet file of the folder."""
        return self.chance.choice(sorted(self.folder.rglob("*.parquet")))

    def check(self) -> str:
        """Damage the copy, and check every answer; returns how it was damaged."""
        self.prepare()
        before = tree(self.outside)
        damage = self.chance.choice(DAMAGES)
        with suppress(OSError):  # what an earlier damage removed cannot be damaged
            damage(self)
        self._require(lambda: self.kind.read(self.folder), damage.__name__)
        force = self.chance.random() < 0.5
        self._require(lambda: self.kind.write(self.folder, force), damage.__name__)
        assert tree(self.outside) == before, f"{damage.__name__} wrote outside of the folder"
        return damage.__name__

    def _require(self, answer: Callable[[], Any], name: str) -> None:
        """The answer is the whole folder's, or an error with a remedy."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ThinlineWarning)
                found = answer()
        except ThinlineError as error:
            document = error.to_dict()
        else:
            document = {"message": "none", "remedy": "none"}
            assert self.resealed or found == self.kind.expected, f"{name} was not noticed"
        assert document["message"], name
        assert document["remedy"], (name, document["message"])


def tree(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder."""
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def flip_a_bit(trial: Trial) -> None:
    file = trial.file()
    data = bytearray(file.read_bytes())
    data[trial.chance.randrange(len(data))] ^= 1 << trial.chance.randrange(8)
    file.write_bytes(data)


def flip_a_bit_of_a_table(trial: Trial) -> None:
    file = trial.table()
    data = bytearray(file.read_bytes())
    data[trial.chance.randrange(len(data))] ^= 1 << trial.chance.randrange(8)
    file.write_bytes(data)


def truncate(trial: Trial) -> None:
    file = trial.file()
    file.write_bytes(file.read_bytes()[: trial.chance.randrange(file.stat().st_size)])


def overwrite_a_stretch(trial: Trial) -> None:
    file = trial.file()
    data = bytearray(file.read_bytes())
    start = trial.chance.randrange(len(data))
    piece = trial.chance.choice([bytes(40), b"\xff" * 9, trial.chance.randbytes(20)])
    data[start : start + len(piece)] = piece
    file.write_bytes(data)


def append(trial: Trial) -> None:
    with trial.file().open("ab") as stream:
        stream.write(trial.chance.choice([b"\0", b"}", b"PAR1", b" " * 99]))


def remove(trial: Trial) -> None:
    trial.file().unlink()


def swap_two_files(trial: Trial) -> None:
    one, other = trial.file(), trial.file()
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def copy_under_another_name(trial: Trial) -> None:
    file = trial.table()
    start, _, rest = file.name.partition("-")
    number = trial.chance.randrange(20)
    _, _, end = rest.partition("-")
    shutil.copy(file, file.with_name(f"{start}-{number:05}-{end or 'x.parquet'}"))


def take_a_file_of_another(trial: Trial) -> None:
    files = sorted(f for f in trial.donor.rglob("*.parquet") if f.is_file())
    theirs = trial.chance.choice(files)
    name = trial.chance.choice([trial.table().name, theirs.name])
    shutil.copy(theirs, trial.table().with_name(name))


def put_something_else(trial: Trial) -> None:
    """A link, a pipe, a folder or nothing in place of a file."""
    file = trial.file()
    file.unlink()
    _put(trial, file)


def put_something_else_for_the_parts(trial: Trial) -> None:
    shutil.rmtree(trial.folder / "parts", ignore_errors=True)
    _put(trial, trial.folder / "parts")


def leave_a_link(trial: Trial) -> None:
    """A link or pipe under a name that the package writes to."""
    names = [".lock", "manifest.json", "runs.parquet", "report.html", "points.parquet"]
    names += [f".{name}.part" for name in (*names[1:], "summary.json")]
    path = trial.folder / trial.chance.choice(names)
    path.unlink(missing_ok=True)
    _put(trial, path)


def _put(trial: Trial, path: Path) -> None:
    kind = trial.chance.choice(["link", "hard link", "link to folder", "loop", "pipe", "folder"])
    if kind == "link":
        path.symlink_to(trial.outside / "thesis")
    elif kind == "hard link":
        os.link(trial.outside / "thesis", path)
    elif kind == "link to folder":
        path.symlink_to(trial.outside / "other" / "parts", target_is_directory=True)
    elif kind == "loop":
        path.symlink_to(path.name)
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
        (path / "mine.txt").write_text("mine")


STRANGE: list[Any] = [None, True, 0, -1, 10**30, 0.5, "", "x", [], [[]], {}, {"a": 1}, [[True]]]


def change_the_manifest(trial: Trial) -> None:
    """An entry removed, or given another type or value, with the old checksum or a new one."""
    document = json.loads((trial.folder / "manifest.json").read_text("utf-8"))
    entries = document
    while True:
        name = trial.chance.choice(sorted(entries))
        if not (isinstance(entries[name], dict) and entries[name] and trial.chance.random() < 0.7):
            break
        entries = entries[name]
    if trial.chance.random() < 0.3:
        del entries[name]
    else:
        entries[name] = trial.chance.choice(STRANGE)
    _write_manifest(trial, document, trial.chance.random() < 0.5)


def nest_the_manifest(trial: Trial) -> None:
    depth = trial.chance.choice([10, 300, 900, 960, 990, 5000, 200_000])
    text = trial.chance.choice(["[" * depth, "[" * depth + "]" * depth, '{"a":' * depth])
    start = trial.chance.choice(["", '{"kind": "sweep", "points": ', '{"engine": 1, "resolved": '])
    (trial.folder / "manifest.json").write_text(start + text + ("}" if start else ""))


def _write_manifest(trial: Trial, document: Any, reseal: bool) -> None:
    trial.resealed |= reseal
    if reseal:
        entries = {k: v for k, v in document.items() if k not in ("sha256", "schema_version")}
        write_manifest(trial.folder, entries.pop("kind", "sweep"), entries)
    else:
        (trial.folder / "manifest.json").write_text(json.dumps(document))


def change_a_table(trial: Trial) -> None:
    """A table with other columns, types, words, values or rows, with a new checksum or not."""
    file = trial.table()
    table = parquet.read_table(file, partitioning=None)
    name = trial.chance.choice(table.column_names)
    place = table.column_names.index(name)
    rows = table.num_rows
    strange = [
        pa.nulls(rows),
        pa.array([None] * rows, table.schema.field(name).type),
        pa.array([str(k) for k in range(rows)]),
        pa.array([trial.chance.randrange(-(2**31), 2**31) for _ in range(rows)], pa.int32()),
        pa.array([2**62 + k for k in range(rows)]),
        pa.array([float("nan")] * rows),
        pa.array([[1]] * rows),
        pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), ["other"], ordered=True),
    ]
    changed = trial.chance.choice(
        [
            lambda: table.drop_columns([name]),
            lambda: table.set_column(place, name, trial.chance.choice(strange)),
            lambda: table.slice(0, trial.chance.randrange(rows)),
            lambda: pa.concat_tables([table, table]),
            lambda: table.take(list(reversed(range(rows)))),
            lambda: table.rename_columns([f"{each}!" for each in table.column_names]),
        ]
    )()
    sink = pa.BufferOutputStream()
    parquet.write_table(changed, sink)
    file.write_bytes(sink.getvalue().to_pybytes())
    if trial.chance.random() < 0.5:
        _reseal(trial, file)


def _reseal(trial: Trial, file: Path) -> None:
    """Give a changed table the checksum that it would have had, if it had been written so."""
    trial.resealed = True
    document = json.loads((trial.folder / "manifest.json").read_text("utf-8"))
    if file.parent == trial.folder:
        document["files"][file.name] = sha256(file.read_bytes())
        _write_manifest(trial, document, True)
    elif isinstance(trial.kind, Sweep):
        from sim.experiments.storage.part_files import PartFiles

        number = file.name.split("-")[1]
        data = file.read_bytes()
        file.unlink()
        PartFiles(trial.folder, "part", document["lineage"].encode()).keep(number, data)


DAMAGES: list[Callable[[Trial], None]] = [
    flip_a_bit,
    flip_a_bit_of_a_table,
    truncate,
    overwrite_a_stretch,
    append,
    remove,
    swap_two_files,
    copy_under_another_name,
    take_a_file_of_another,
    put_something_else,
    put_something_else_for_the_parts,
    leave_a_link,
    change_the_manifest,
    nest_the_manifest,
    change_a_table,
]


def try_folders(place: Path, trials: Iterable[int]) -> dict[str, int]:
    """Run the trials of these numbers below ``place``; how often each damage was tried."""
    kinds = make_kinds(place / "whole")
    donor = place / "donor"
    sim.sweep(_other_sweep(), donor)
    tried: dict[str, int] = {}
    for number in trials:
        chance = random.Random(number)
        here = place / "trial"
        here.mkdir()
        try:
            name = Trial(chance.choice(list(kinds.values())), donor, here, chance).check()
        except BaseException as error:
            error.add_note(f"trial {number}")
            raise
        shutil.rmtree(here)
        tried[name] = tried.get(name, 0) + 1
    return tried


def _other_sweep() -> Plan:
    return plan("setting.backstop=0.9", replications=60)
