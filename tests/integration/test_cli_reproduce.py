"""Commands derived from the given one: the command on a page reproduces the page, and the suggested
command runs and keeps what was set."""

from __future__ import annotations

import html
import re
import shlex
from contextlib import chdir
from pathlib import Path

import pytest

from tests.conftest import quietly
from tests.integration.verbs import suggested_command

LINE = "states.russia.red_lines.foreign_troops"
OVER = ["--over", "states.russia.ambition=0.1:0.9", "--over", "setting.clarity=0:1"]
SETS = ["--set", "setting.consent={triangular: [0.2, 0.5, 0.6]}", "--set", "months=24"]
SEED = ["--seed", "11"]
STEPS = ["--over", "setting.clarity=0,1", "--over", "setting.force_size=0,2"]
GRID = ["--over", "setting.force_size=0,1", "--over", "states.poland.pledge=none,ground"]
TYPES = [
    "--challenger-type",
    "a dove:states.russia.ambition=0.1",
    "--challenger-type",
    "hawk:states.russia.ambition=0.9",
]
MINE = "mine of old.yaml"
SMALL = ["--base-sample", "16", "--trajectories", "16"]

# Commands with a page; names need quotes, and every option must be kept.
PAGES = {
    "sweep": ["sweep", MINE, *STEPS, "--runs", "20", "--outcome", "failure", "--out", "my sweep"],
    "sweep along one": ["sweep", MINE, *STEPS, "--runs", "60", "--axes", "setting.force_size"],
    "sweep until": ["sweep", MINE, *STEPS, "--runs", "150", "--until-ci", "0.15"],
    "sweep from a file": ["sweep", "the sweep.yaml", "--runs", "10"],
    "sensitivity": ["sensitivity", MINE, *OVER, "--runs", "30", "--outcome", "failure"],
    "all methods": ["sensitivity", MINE, *OVER, "--method", "all", *SMALL, "--runs", "10"],
    "discover": ["discover", MINE, *OVER, "--points", "100", "--runs", "4", "--outcome", "war"],
    "robustness": ["robustness", MINE, *GRID, *TYPES, "--runs", "20", "--outcome", "failure"],
    "thin line": ["thin-line", MINE, "--sizes", "0,1,2", "--runs", "20"],
    "valley": ["thin-line", MINE, "--sizes", "0:2:3", "--second-factor", "setting.clarity=0,1"],
    "compare": ["compare", MINE, "no_force", "--with", "setting.clarity=1; months=12"],
    "pivotal": ["compare", MINE, "--pivotal", "--runs", "20"],
}


def write_files(folder: Path) -> None:
    """A scenario file and a sweep file whose names need quotes."""
    (folder / MINE).write_text(
        "scenario: mine\nextends: reassurance_force\nruns: 60\n"
        "events: [{month: 6, set: {setting.backstop: 0.0}, why: it ends}]\n"
    )
    (folder / "the sweep.yaml").write_text(
        f"sweep: months\nscenario: '{MINE}'\nover: {{events.1.month: [3, 9], setting.clarity: 1}}\n"
    )


@pytest.fixture(autouse=True)
def mine(workplace):
    """The files, in the folder of every test."""
    write_files(workplace)


@pytest.fixture(scope="module", params=list(PAGES.values()), ids=list(PAGES))
def drawn(request, tmp_path_factory) -> Path:
    """The page of a command, made once, in a folder with the files."""
    folder = tmp_path_factory.mktemp("drawn")
    write_files(folder)
    with chdir(folder):
        answer = quietly(*request.param, *SETS, *SEED, "--figure", "my page.html", "--jobs", 1)
    assert answer.code == 0, answer.err
    return folder / "my page.html"


def text_of(page: Path) -> str:
    """The text of a page, without tags."""
    text = re.sub(r"<script.*?</script>|<style.*?</style>", "", page.read_text("utf-8"), flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def command_on(page: Path) -> list[str]:
    """The words after ``thinline`` of the command that a page names to reproduce it."""
    found = re.search(r'aria-label="Command"><code>(.*?)</code>', page.read_text("utf-8"), re.S)
    assert found, "no command on the page"
    first, *words = shlex.split(html.unescape(found[1]))
    assert first == "thinline"
    return words


def test_the_command_on_a_page_reproduces_it(ask, monkeypatch, drawn):
    before = drawn.read_bytes()
    monkeypatch.chdir(drawn.parent)
    again = command_on(drawn)
    drawn.unlink()
    assert ask(*again).code == 0
    assert drawn.read_bytes() == before


def test_a_page_shows_changes_seed_runs_and_digest(drawn):
    answer = text_of(drawn)
    assert "setting.consent" in answer, "what was set"
    assert "triangular" in answer or "most often near 0.5" in answer, "to what"
    assert "it was" in answer, "before"
    assert "months: 24; it was 60 \u2060–\u2060 maximum length of a run" in answer
    assert "seed 11" in answer
    assert re.search(r"model runs (a|at|of)\b.*in all", answer)
    assert "thinline 0." in answer
    assert re.search(r"\b[0-9a-f]{64}\b", answer), "a digest"
    assert "nothing but this scenario and its seed" not in answer


def test_the_page_of_two_sweeps_is_reproduced_and_shows_the_changes_of_each(ask, workplace):
    plan = [*STEPS, "--runs", "40", *SEED]
    for name, sets in {"one of two": [], "other": ["--set", "setting.consent=0.1"]}.items():
        assert ask("sweep", "reassurance_force", *plan, *sets, "--out", name).code == 0
    assert ask("compare", "one of two", "other", "--figure", "two.html").code == 0
    page = workplace / "two.html"
    before, answer = page.read_bytes(), text_of(page)
    assert ask(*command_on(page)).code == 0
    assert page.read_bytes() == before
    assert "other: setting.consent" in answer
    assert "40 pairs of model runs a point, 160 in all" in answer
    assert len(set(re.findall(r"\b[0-9a-f]{64}\b", answer))) == 2


# A command, and options that keep the suggested command short enough for a test.
NEXT = {
    "run": (["run", MINE, "--runs", "30"], []),
    "thin-line": (["thin-line", MINE, "--sizes", "0,1,2", "--runs", "30"], []),
    "trace": (["trace", MINE, "--run", "3"], []),
    "explain": (["explain", MINE], []),
    "compare": (["compare", MINE, "no_force", "--runs", "30"], []),
    "nothing changes": (["compare", MINE, "--with", "runs=7", "--runs", "20"], []),
    "pivotal": (["compare", MINE, "--pivotal", "--runs", "20"], []),
    "dry run": (["sweep", MINE, *STEPS, "--runs", "20", "--dry-run"], []),
    "sweep": (["sweep", MINE, *STEPS, "--runs", "20"], []),
    "sweep, drawn": (["sweep", MINE, *STEPS, "--runs", "20", "--figure", "a.html"], []),
    "months": (["sweep", "the sweep.yaml", "--runs", "20", "--figure", "a.html"], []),
    "tornado": (["sensitivity", MINE, *OVER, "--runs", "20"], [*SMALL, "--runs", "8"]),
    "all": (
        ["sensitivity", MINE, *OVER, "--method", "sobol", *SMALL[:2], "--runs", "8"],
        ["--points", "100", "--runs", "4"],
    ),
    "discover": (
        ["discover", MINE, *OVER, "--points", "100", "--runs", "4"],
        [*SMALL, "--runs", "8"],
    ),
    "robustness": (["robustness", MINE, *GRID, *TYPES, "--runs", "20"], []),
}


@pytest.mark.parametrize(("words", "short"), NEXT.values(), ids=NEXT.keys())
def test_the_suggested_command_keeps_changes_and_seed_and_runs(ask, words, short):
    seed = [] if words[0] == "explain" else SEED
    following = suggested_command(ask(*words, *SETS, *seed))
    if following[:2] != ["trace", "no_force"]:
        assert any("mine" in word for word in following)
    assert [w for w in following if w in SETS[1::2]] == SETS[1::2]
    assert [w for w in following if w in SEED] == seed
    assert ask(*without_report(following), *short).code == 0


def test_the_suggested_command_keeps_the_ranges_of_levers(ask):
    over = ["--over", "events.1.month=3:20", *OVER]
    words = ["sensitivity", MINE, *over, "--method", "sobol", *SMALL[:2], "--runs", "8"]
    answer = suggested_command(ask(*words))
    assert sorted(w for w in answer if "=" in w) == sorted(over[1::2])
    assert ask(*answer, "--points", "100", "--runs", "2").code == 0
    assert answer[answer.index("--outcome") + 1] == "war"


def without_report(words: list[str]) -> list[str]:
    """The words of a command whose numbers matter, without the report of a run."""
    return [*words, "--no-report"] if words[0] == "run" else words


def war(document) -> float:
    """The share of war of a run or of a sweep of one point."""
    return document["most"]["share"] if "most" in document else document["measures"]["war"]["share"]


@pytest.mark.parametrize(
    "words",
    [
        ["sweep", MINE, *STEPS],
        ["sweep", "the sweep.yaml"],
        ["sweep", MINE, "--over", "groups.baltic.resolve=0.1234567,0.9", *GRID[2:]],
        ["sweep", MINE, "--design", "one_at_a_time", *STEPS],
    ],
)
def test_a_point_run_alone_has_the_same_result(ask, words):
    words = [*words, "--runs", "120", "--set", "states.russia.ambition=0.8", *SEED]
    most = ask(*words, "--json").document["most"]["share"]
    following = suggested_command(ask(*words, "--figure", "a.html"))
    assert war(ask(*without_report(following), "--json").document) == most


def test_the_suggested_run_is_the_best_posture_against_its_worst_type(ask):
    words = ["robustness", MINE, *GRID, *TYPES, "--runs", "120", *SETS, *SEED]
    document = ask(*words, "--json").document
    following = suggested_command(ask(*words))
    assert war(ask(*without_report(following), "--json").document) == pytest.approx(
        document["choices"]["loss"]["value"][0]
    )
    assert {"none", "ground"} & {word.rpartition("pledge=")[2] for word in following}
