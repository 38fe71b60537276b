"""``thinline sweep`` output, errors, interruption and resumption."""

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
from sim.experiments.backends import threads
from sim.experiments.sweep.run import PartRunner
from tests.integration.command import COMMAND
from tests.kill_helpers import finished, kill_somewhere
from tests.sweeps import contents, plan

SMALL = ["--over", "setting.clarity=0,1", "--replications", "20"]
TURNED = "states.russia.red_lines.foreign_troops.threshold"


def test_range_table_and_folder_are_printed(ask):
    answer = ask("sweep", "no_force", *SMALL, "--out", "kept")
    assert answer.code == 0
    assert answer.out.startswith("Over 2 points, war ")
    assert "40 runs with the same random numbers, seed" in answer.out
    assert answer.out.endswith("kept\n")
    assert {"manifest.json", "points.parquet", "parts"} <= {p.name for p in Path("kept").iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a name may hold no colon")
def test_folders_may_have_names_like_urls(ask):
    for folder, value in (("s3:one", 0.2), ("a:b", 0.8)):
        set_so = ["--set", f"setting.backstop={value}", "--figure", "page.html"]
        assert ask("sweep", "no_force", *SMALL, *set_so, "--out", folder).code == 0
        assert len(sim.load_results(folder).to_frame()) == 40
    answer = ask("compare", "s3:one", "a:b", "--figure", "page.html")
    assert answer.code == 0
    assert "in s3:one, 0.8 in a:b)" in answer.err


def test_an_outcome_that_no_sweep_can_count_is_refused_by_the_name_of_its_option(ask):
    answer = ask("sweep", "no_force", *SMALL, "--outcome", "strikes", "--json")
    assert answer.code == 2
    assert answer.document["problems"][0]["message"] == "--outcome: 'strikes' is not known"
    assert "one of escalation, failure, general_war" in answer.document["problems"][0]["remedy"]
    assert "failure, escalation, war or an ending" in " ".join(ask("sweep", "--help").out.split())


@pytest.mark.parametrize(
    ("path", "design", "notes"),
    [
        ("setting.clarity", "grid", 1),
        ("setting.clarity", "one_at_a_time", 0),
        ("setting.consent", "grid", 0),
    ],
)
def test_a_change_that_every_point_replaces_is_remarked_on(ask, path, design, notes):
    answer = ask("sweep", "no_force", *SMALL, "--design", design, "--dry-run", "--set", f"{path}=1")
    said = "Note: --set setting.clarity has no effect on the runs: sweep varies it.\n"
    assert answer.code == 0
    assert answer.err.count(said) == answer.err.count("has no effect") == notes


def test_one_run_is_singular(ask):
    answer = ask("sweep", "no_force", "--over", "setting.clarity=0", "--runs", 1, "--out", "kept")
    assert "1 run with the same random numbers" in answer.out
    answer = ask("sweep", "no_force", "--over", "setting.clarity=0", "--runs", 1, "--dry-run")
    assert "1 point, 1 run each: 1 run\n" in answer.out
    assert "in 1 part\n" in answer.out
    assert "1 run, seed" in ask("run", "no_force", "--runs", 1, "--no-report").out


def test_the_table_of_many_points_shows_both_ends(ask):
    answer = ask("sweep", "no_force", "--over", "setting.clarity=0:1:20", "--runs", 2)
    lines = answer.out.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("setting.clarity"))
    assert [line.split()[0] for line in lines[first + 1 : first + 14]].index("…") == 6
    assert "The smallest and largest of 20 points" in lines[first + 14]


def test_the_document_has_the_minimum_and_maximum(ask):
    document = ask("sweep", "no_force", *SMALL, "--json").document
    assert document["points"] == 2
    assert document["runs"] == 40
    assert document["least"]["share"] <= document["most"]["share"]
    assert document["least"]["values"].keys() == {"setting.clarity"}
    assert Path(document["folder"]).is_dir()


def test_without_out_the_same_command_uses_the_same_folder(ask):
    one, other = (ask("sweep", "no_force", *SMALL) for _ in range(2))
    assert one.out == other.out
    assert len(list(Path("results/no_force").iterdir())) == 1


def test_options_override_a_sweep_file(ask):
    text = (
        "sweep: mine\nscenario: no_force\nover: {setting.clarity: [0, 1]}\nreplications: 999999\n"
    )
    Path("mine.yaml").write_text(text, encoding="utf-8")
    document = ask("sweep", "mine.yaml", "--replications", 10, "--json").document
    assert (document["sweep"], document["runs"]) == ("mine", 20)


def test_a_dry_run_prints_only_the_size(ask):
    words = ["--over", "setting.clarity=0:1:41", "--over", "setting.force_size=0:3:41"]
    answer = ask("sweep", "no_force", *words, "--replications", 500, "--dry-run", "--json")
    document = answer.document
    assert (document["points"], document["runs"]) == (1681, 840_500)
    assert document["parts"] == 14 * 10
    assert document["seconds"] > 0
    assert document["runs"] < document["bytes"] < 1000 * document["runs"]
    text = ask("sweep", "no_force", *words, "--replications", 500, "--dry-run").out
    assert "1,681 points, 500 runs each: 840,500 runs" in text
    assert not Path("results").exists()


def test_all_errors_are_reported_and_nothing_is_run(ask):
    answer = ask("sweep", "no_force", "--over", "setting.clarit=0:1:3", "--replications", "many")
    assert answer.code == 2
    assert "--over:1:1  unknown name 'clarit' in setting (did you mean 'clarity'?)" in answer.err
    assert "--replications:1:1  replications: 'many' is not a number" in answer.err
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--over", "setting.clarity"], "has no values"),
        ([*SMALL, "--exclude", "zzz"], "write PATH=VALUE or PATH>VALUE"),
        ([*SMALL, "--exclude", ""], "--exclude is empty"),
        (["--over", "setting.clarity=0,1", "--over", "setting.clarity=0"], "twice"),
        ([*SMALL, "--scheduler", "tcp://host:1"], "--scheduler needs the Dask backend"),
        ([*SMALL, "--figure", "sweep.gif"], "sweep.html"),
        ([*SMALL, "--axes", "setting.clarity"], "add --figure"),
        ([*SMALL, "--figure", "a.html", "--axes", "setting.clarit"], "not varied"),
    ],
)
def test_misuse(ask, words, message):
    answer = ask("sweep", "no_force", *words)
    assert answer.code == 2
    assert message in answer.err
    assert not Path("results").exists(), "refused before anything was played"


def test_a_run_at_the_point_with_most_war_is_suggested_after_the_figure(ask):
    answer = ask("sweep", "no_force", *SMALL, "--figure", "page.html")
    assert answer.code == 0
    assert "Written: page.html" in answer.err
    assert "Try next: thinline run no_force --set setting.clarity=" in answer.err
    title = "<title>A sweep over clarity: The same ceasefire, and nobody comes"
    assert title in Path("page.html").read_text("utf-8")


def test_failed_points_are_counted_and_the_others_kept(ask, monkeypatch):
    records = PartRunner.records

    def breaking(self, point, first, count):
        if point == 2:
            raise ZeroDivisionError("by nothing")
        return records(self, point, first, count)

    monkeypatch.setattr(PartRunner, "records", breaking)
    words = ["--over", "setting.clarity=0,0.5,1", "--replications", 20, "--out", "kept", "--json"]
    answer = ask("sweep", "no_force", *words)
    assert answer.code == 1
    assert "1 of 3 points failed" in answer.err
    assert answer.document["points_failed"] == 1
    assert answer.document["runs"] == 40
    assert "by nothing" in answer.document["errors"][0]["error"]


def test_where_many_points_failed_the_table_has_each_of_the_others_once(ask, monkeypatch):
    records = PartRunner.records

    def breaking(self, point, first, count):
        if point < 7:
            raise ZeroDivisionError("by nothing")
        return records(self, point, first, count)

    monkeypatch.setattr(PartRunner, "records", breaking)
    answer = ask("sweep", "no_force", "--over", "setting.clarity=0:1:15", "--runs", 2)
    lines = answer.out.splitlines()
    first = next(k for k, line in enumerate(lines) if line.startswith("setting.clarity"))
    shown = [line.split()[0] for line in lines[first + 1 : first + 9]]
    assert len(set(shown)) == 8
    assert "smallest and largest" not in answer.out


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
def test_invalid_points_are_refused_before_anything_is_run(ask, over, why, way_out):
    words = ["sweep", "no_force", *(w for o in over for w in ("--over", o)), "--runs", 5]
    answer = ask(*words)
    assert answer.code in (2, 3)
    assert f"1 of {len(over) * 2} points cannot be run: {way_out} ({why}" in answer.err
    assert f"exclude such points: {way_out}" in answer.err
    assert not Path("results").exists()
    assert ask(*words, "--exclude", way_out).code == 0


def test_another_sweep_in_the_folder(ask):
    assert ask("sweep", "no_force", *SMALL, "--out", "kept").code == 0
    other = ["sweep", "no_force", *SMALL, "--seed", 5, "--out", "kept"]
    answer = ask(*other)
    assert answer.code == 2
    assert "--force" in answer.err
    assert ask(*other, "--force").code == 0


def test_too_wide_intervals_are_counted_with_a_command_to_resume(ask):
    words = ["sweep", "no_force", *SMALL, "--until-ci", 0.01, "--out", "kept"]
    answer = ask(*words)
    assert answer.code == 0
    assert "2 of 2 points did not reach an interval narrower than 0.01 within 20 runs" in answer.err
    assert "--out kept --runs " in answer.err
    assert ask(*words, "--json").document["points_too_wide"] == 2


def test_without_dask_the_extra_is_named(ask, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    answer = ask("sweep", "no_force", *SMALL, "--backend", "dask", "--json")
    assert answer.code == 4
    assert answer.document["extra"] == "cluster"


def test_a_full_disk_stops_with_a_command_to_resume(ask, monkeypatch):
    write = Path.write_bytes

    def full(path, data):
        if path.name.startswith(".part-00001-"):
            raise OSError(28, "No space left on device")
        return write(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        answer = ask("sweep", "no_force", *SMALL, "--out", "my kept")
    assert answer.code == 1
    assert "No space left" in answer.err
    assert "resume with: thinline sweep no_force --over setting.clarity=0,1" in answer.err
    assert "--out 'my kept'" in answer.err
    assert ask("sweep", "no_force", *SMALL, "--out", "my kept").code == 0


@pytest.mark.skipif(os.name != "posix", reason="an interrupt is sent as POSIX has it")
def test_an_interrupt_keeps_finished_parts_and_names_the_command_to_resume():
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
    assert "resume with: thinline sweep no_force --over setting.clarity=0:1:20" in err
    folder = next(Path("results/no_force").iterdir())
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["done"] is False
    assert not list(folder.rglob("*.part"))


@pytest.mark.parametrize(
    ("where", "kept"),
    [
        ("sim.cli.sweep.read_sweep", "nothing was run yet"),
        ("sim.experiments.sweep.folder.SweepFolder.begin", "what was finished is kept in kept"),
        ("sim.experiments.sweep.folder.SweepFolder.finish", "40 of 40 runs are kept in kept"),
        ("sim.cli.sweep.sentence", "40 of 40 runs are kept in kept"),
    ],
)
def test_an_interrupt_at_any_moment_reports_what_is_kept(ask, monkeypatch, where, kept):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(where, stop)
        answer = ask("sweep", "no_force", *SMALL, "--out", "kept")
    assert answer.code == 130
    assert f"stopped: {kept} (resume with: thinline sweep no_force --over" in answer.err
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


def test_force_keeps_the_parts_of_the_same_sweep(ask, workplace):
    words = ("sweep", "no_force", "--over", "setting.clarity=0,1", "--replications", 10)
    assert ask(*words, "--out", "kept").code == 0
    parts = {p: p.stat().st_mtime_ns for p in (workplace / "kept" / "parts").iterdir()}
    assert parts
    assert ask(*words, "--out", "kept", "--force").code == 0
    assert {p: p.stat().st_mtime_ns for p in parts} == parts


def test_a_scenario_is_meant_where_a_folder_has_its_name(ask, workplace):
    for name in ("reassurance_force", "no_force"):
        (workplace / name).mkdir()
    assert ask("compare", "reassurance_force", "no_force", "--runs", 20).code == 0
