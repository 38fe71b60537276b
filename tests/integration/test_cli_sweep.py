"""``thinline sweep`` from outside: answers, refusals, and whatever may stop it."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sim
from sim.experiments.sweep.run import threads
from tests.integration.command import COMMAND
from tests.kill_helpers import finished, kill_somewhere
from tests.sweeps import contents, plan

SMALL = ["--over", "setting.clarity=0,1", "--replications", "20"]
TURNED = "states.russia.red_lines.foreign_troops.threshold"


@pytest.fixture(autouse=True)
def somewhere_else(workplace, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def test_it_tells_the_range_the_table_and_where_all_is(ask):
    said = ask("sweep", "no_force", *SMALL, "--out", "kept")
    assert said.code == 0
    assert said.out.startswith("Over 2 points war ")
    assert "40 runs on the same luck, seed" in said.out
    assert said.out.endswith("kept\n")
    assert {"manifest.json", "points.parquet", "parts"} <= {p.name for p in Path("kept").iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a name may hold no colon")
def test_folders_may_be_called_like_addresses(ask):
    for folder, value in (("s3:one", 0.2), ("a:b", 0.8)):
        set_so = ["--set", f"setting.backstop={value}", "--figure", "page.html"]
        assert ask("sweep", "no_force", *SMALL, *set_so, "--out", folder).code == 0
        assert len(sim.load_results(folder).to_frame()) == 40
    said = ask("compare", "s3:one", "a:b", "--figure", "page.html")
    assert said.code == 0
    assert "in s3:one, 0.8 in a:b)" in said.err


def test_one_is_counted_as_one(ask):
    said = ask("sweep", "no_force", "--over", "setting.clarity=0", "--runs", 1, "--out", "kept")
    assert "1 run on the same luck" in said.out
    said = ask("sweep", "no_force", "--over", "setting.clarity=0", "--runs", 1, "--dry-run")
    assert "1 point, 1 run each: 1 run\n" in said.out
    assert "in 1 part\n" in said.out
    assert "1 run, seed" in ask("run", "no_force", "--runs", 1, "--no-report").out


def test_of_many_points_the_table_has_a_gap_between_its_ends(ask):
    said = ask("sweep", "no_force", "--over", "setting.clarity=0:1:20", "--runs", 2)
    lines = said.out.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("setting.clarity"))
    assert [line.split()[0] for line in lines[first + 1 : first + 14]].index("…") == 6
    assert "The least and the most of 20 points" in lines[first + 14]


def test_the_document_has_the_ends(ask):
    document = ask("sweep", "no_force", *SMALL, "--json").document
    assert document["points"] == 2
    assert document["runs"] == 40
    assert document["least"]["share"] <= document["most"]["share"]
    assert document["least"]["values"].keys() == {"setting.clarity"}
    assert Path(document["folder"]).is_dir()


def test_without_out_the_same_command_finds_its_folder_again(ask):
    one, other = (ask("sweep", "no_force", *SMALL) for _ in range(2))
    assert one.out == other.out
    assert len(list(Path("results/no_force").iterdir())) == 1


def test_a_file_and_options_that_beat_it(ask):
    text = (
        "sweep: mine\nscenario: no_force\nover: {setting.clarity: [0, 1]}\nreplications: 999999\n"
    )
    Path("mine.yaml").write_text(text, encoding="utf-8")
    document = ask("sweep", "mine.yaml", "--replications", 10, "--json").document
    assert (document["sweep"], document["runs"]) == ("mine", 20)


def test_a_dry_run_plays_nothing_and_says_how_much_it_would_be(ask):
    words = ["--over", "setting.clarity=0:1:41", "--over", "setting.force_size=0:3:41"]
    said = ask("sweep", "no_force", *words, "--replications", 500, "--dry-run", "--json")
    document = said.document
    assert (document["points"], document["runs"]) == (1681, 840_500)
    assert document["parts"] == 14 * 10
    assert document["seconds"] > 0
    assert document["runs"] < document["bytes"] < 1000 * document["runs"]
    told = ask("sweep", "no_force", *words, "--replications", 500, "--dry-run").out
    assert "1,681 points, 500 runs each: 840,500 runs" in told
    assert not Path("results").exists()


def test_everything_wrong_is_said_and_nothing_begun(ask):
    said = ask("sweep", "no_force", "--over", "setting.clarit=0:1:3", "--replications", "many")
    assert said.code == 2
    assert "--over:1:1  unknown name 'clarit' in setting (did you mean 'clarity'?)" in said.err
    assert "--replications:1:1  replications: 'many' is not a number" in said.err
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--over", "setting.clarity"], "names no values"),
        ([*SMALL, "--exclude", "zzz"], "write PATH=VALUE or PATH>VALUE"),
        ([*SMALL, "--exclude", ""], "--exclude says nothing"),
        (["--over", "setting.clarity=0,1", "--over", "setting.clarity=0"], "twice"),
        ([*SMALL, "--scheduler", "tcp://host:1"], "--scheduler needs the Dask backend"),
        ([*SMALL, "--figure", "sweep.png"], "sweep.html"),
        ([*SMALL, "--axes", "setting.clarity"], "add --figure"),
        ([*SMALL, "--figure", "a.html", "--axes", "setting.clarit"], "not varied"),
    ],
)
def test_misuse(ask, words, said):
    answer = ask("sweep", "no_force", *words)
    assert answer.code == 2
    assert said in answer.err
    assert not Path("results").exists(), "refused before anything was played"


def test_the_figure_is_a_page_and_next_is_a_run_at_the_worst_point(ask):
    said = ask("sweep", "no_force", *SMALL, "--figure", "page.html")
    assert said.code == 0
    assert "Written: page.html" in said.err
    assert "Try next: thinline run no_force --set setting.clarity=" in said.err
    assert "<title>A sweep of no_force" in Path("page.html").read_text("utf-8")


def test_points_that_fail_are_counted_and_the_rest_is_there(ask, monkeypatch):
    from sim.experiments.sweep.run import PartRunner

    records = PartRunner.records

    def breaking(self, point, first, count):
        if point == 2:
            raise ZeroDivisionError("by nothing")
        return records(self, point, first, count)

    monkeypatch.setattr(PartRunner, "records", breaking)
    words = ["--over", "setting.clarity=0,0.5,1", "--replications", 20, "--out", "kept", "--json"]
    said = ask("sweep", "no_force", *words)
    assert said.code == 1
    assert "1 of 3 points failed" in said.err
    assert said.document["points_failed"] == 1
    assert said.document["runs"] == 40
    assert "by nothing" in said.document["errors"][0]["error"]


@pytest.mark.parametrize(
    ("over", "why", "way_out"),
    [
        (
            ["states.poland.start=none,ground", "states.poland.pledge=none,ground"],
            "poland starts at ground, above its pledge, none",
            "states.poland.start=ground,states.poland.pledge=none",
        ),
        ([f"{TURNED}=0,2"], "red line foreign_troops: the threshold, 2, is not", f"{TURNED}=2"),
    ],
)
def test_points_that_run_would_refuse_are_refused_before_it_begins(ask, over, why, way_out):
    words = ["sweep", "no_force", *(w for o in over for w in ("--over", o)), "--runs", 5]
    said = ask(*words)
    assert said.code in (2, 3)
    assert f"1 of {len(over) * 2} points cannot be run: {way_out} ({why}" in said.err
    assert f"exclude such points: {way_out}" in said.err
    assert not Path("results").exists()
    assert ask(*words, "--exclude", way_out).code == 0


def test_another_sweep_in_the_folder(ask):
    assert ask("sweep", "no_force", *SMALL, "--out", "kept").code == 0
    other = ["sweep", "no_force", *SMALL, "--seed", 5, "--out", "kept"]
    said = ask(*other)
    assert said.code == 2
    assert "--force" in said.err
    assert ask(*other, "--force").code == 0


def test_intervals_that_stay_too_wide_are_counted_with_the_command_that_goes_on(ask):
    words = ["sweep", "no_force", *SMALL, "--until-ci", 0.01, "--out", "kept"]
    said = ask(*words)
    assert said.code == 0
    assert "2 of 2 points did not reach an interval narrower than 0.01 within 20 runs" in said.err
    assert "--out kept --runs " in said.err
    assert ask(*words, "--json").document["points_too_wide"] == 2


def test_dask_that_is_not_there(ask, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = ask("sweep", "no_force", *SMALL, "--backend", "dask", "--json")
    assert said.code == 4
    assert said.document["extra"] == "cluster"


def test_a_full_disk_ends_it_with_the_command_that_goes_on(ask, monkeypatch):
    from sim.experiments.storage.files import write_durably

    def full(path, data):
        if path.name == "part-00001.parquet":
            raise OSError(28, "No space left on device")
        write_durably(path, data)

    with monkeypatch.context() as patched:
        patched.setattr("sim.experiments.sweep.folder.write_durably", full)
        said = ask("sweep", "no_force", *SMALL, "--out", "my kept")
    assert said.code == 1
    assert "No space left" in said.err
    assert "go on with: thinline sweep no_force --over setting.clarity=0,1" in said.err
    assert "--out 'my kept'" in said.err
    assert ask("sweep", "no_force", *SMALL, "--out", "my kept").code == 0


@pytest.mark.skipif(os.name != "posix", reason="an interrupt is sent as POSIX has it")
def test_an_interrupt_keeps_what_is_finished_and_says_how_to_go_on():
    words = ["sweep", "no_force", "--over", "setting.clarity=0:1:20", "--replications", "100000"]
    with subprocess.Popen([*COMMAND, *words], stderr=subprocess.PIPE, text=True) as running:
        while not list(Path().glob("results/no_force/*/parts/part-*.parquet")):
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        err = running.stderr.read()
    assert running.returncode == 130
    assert "Traceback" not in err
    assert re.search("(of 2,000,000 runs are|what was finished is) kept in results", err)
    assert "go on with: thinline sweep no_force --over setting.clarity=0:1:20" in err
    folder = next(Path("results/no_force").iterdir())
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["done"] is False
    assert not list(folder.rglob("*.part"))


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("sim.experiments.sweep.parse.read_sweep", "nothing was played yet"),
        ("sim.experiments.sweep.folder.SweepFolder.begin", "what was finished is kept in kept"),
        ("sim.experiments.sweep.folder.SweepFolder.finish", "40 of 40 runs are kept in kept"),
        ("sim.experiments.sweep.summary.sentence", "40 of 40 runs are kept in kept"),
    ],
)
def test_an_interrupt_at_any_moment_says_what_is_kept(ask, monkeypatch, where, kept):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(where, stop)
        said = ask("sweep", "no_force", *SMALL, "--out", "kept")
    assert said.code == 130
    assert f"stopped: {kept} (go on with: thinline sweep no_force --over" in said.err
    assert ask("sweep", "no_force", *SMALL, "--out", "kept").code == 0


def test_killed_twice_it_ends_with_the_same_bytes(tmp_path):
    chance, folder = random.Random(20), tmp_path / "killed"
    many = 1000
    assert 0 < kill_somewhere(folder, many, chance) < 120
    assert kill_somewhere(folder, many, chance) < 120
    sim.sweep(plan(replications=many), folder, threads(2))
    sim.sweep(plan(replications=many), tmp_path / "whole", threads(1))
    assert finished(folder) == 120
    assert contents(folder) == contents(tmp_path / "whole")
