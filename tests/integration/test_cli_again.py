"""Commands made from the one that was given: what a page says makes it again, and what is tried
next, are run here, and come to what they say they do."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path

import pytest

LINE = "states.russia.red_lines.foreign_troops"
OVER = ["--over", "states.russia.ambition=0.1:0.9", "--over", "setting.clarity=0:1"]
SETS = ["--set", "setting.consent={triangular: [0.2, 0.5, 0.6]}", "--set", "months=24"]
SEED = ["--seed", "11"]
STEPS = ["--over", "setting.clarity=0,1", "--over", "setting.force_size=0,2"]
GRID = ["--over", "setting.force_size=0,1", "--over", "states.poland.pledge=none,ground"]
TYPES = ["--type", "a dove:states.russia.ambition=0.1", "--type", "hawk:states.russia.ambition=0.9"]
MINE = "mine of old.yaml"

# Each with something to quote, and with all that could be forgotten on the way.
PAGES = {
    "sweep": ["sweep", MINE, *STEPS, "--runs", "20", "--watch", "failure", "--out", "my sweep"],
    "sweep along one": ["sweep", MINE, *STEPS, "--runs", "60", "--axes", "setting.force_size"],
    "sweep until": ["sweep", MINE, *STEPS, "--runs", "150", "--until-ci", "0.15"],
    "sweep from a file": ["sweep", "the sweep.yaml", "--runs", "10"],
    "sensitivity": ["sensitivity", MINE, *OVER, "--runs", "30", "--outcome", "failure"],
    "all methods": ["sensitivity", MINE, *OVER, "--method", "all", "--n", "16", "--runs", "10"],
    "discover": ["discover", MINE, *OVER, "--n", "100", "--runs", "4", "--outcome", "war"],
    "posture": ["posture", MINE, *GRID, *TYPES, "--runs", "20", "--outcome", "failure"],
    "thin line": ["thin-line", MINE, "--sizes", "0,1,2", "--runs", "20"],
    "valley": ["thin-line", MINE, "--sizes", "0:2:3", "--against", "setting.clarity=0,1"],
    "compare": ["compare", MINE, "no_force", "--with", "setting.clarity=1; months=12"],
    "pivotal": ["compare", MINE, "--pivotal", "--runs", "20"],
}


@pytest.fixture(autouse=True)
def mine(workplace):
    """A scenario and a sweep in files of one's own, whose names have to be quoted."""
    (workplace / MINE).write_text(
        "scenario: mine\nextends: reassurance_force\nruns: 60\n"
        "events: [{month: 6, set: {setting.backstop: 0.0}, why: it ends}]\n"
    )
    (workplace / "the sweep.yaml").write_text(
        f"sweep: months\nscenario: '{MINE}'\nover: {{events.1.month: [3, 9], setting.clarity: 1}}\n"
    )


def written(page: Path) -> str:
    """What stands on a page, with no tags in it."""
    text = re.sub(r"<script.*?</script>|<style.*?</style>", "", page.read_text("utf-8"), flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def command_on(page: Path) -> list[str]:
    """The words of the command that a page says makes it again, after ``thinline``."""
    found = re.search(r'aria-label="Command"><code>(.*?)</code>', page.read_text("utf-8"), re.S)
    assert found, "no command on the page"
    first, *words = shlex.split(html.unescape(found[1]))
    assert first == "thinline"
    return words


def next_command(said) -> list[str]:
    """The words of the command that is suggested, after ``thinline``."""
    return shlex.split(said.err.partition("Try next: thinline ")[2].splitlines()[0])


@pytest.mark.parametrize("words", PAGES.values(), ids=PAGES.keys())
def test_the_command_on_a_page_makes_that_page(ask, workplace, words):
    page = workplace / "my page.html"
    assert ask(*words, *SETS, *SEED, "--figure", page.name, "--jobs", 1).code == 0
    before = page.read_bytes()
    again = command_on(page)
    page.unlink()
    assert ask(*again).code == 0
    assert page.read_bytes() == before


@pytest.mark.parametrize("words", PAGES.values(), ids=PAGES.keys())
def test_a_page_says_what_was_set_whose_luck_how_many_runs_and_which_scenario(
    ask, workplace, words
):
    assert ask(*words, *SETS, *SEED, "--figure", "page.html").code == 0
    said = written(workplace / "page.html")
    assert "setting.consent" in said, "what was set"
    assert "triangular" in said or "most often near 0.5" in said, "to what"
    assert "it was" in said, "before"
    assert "months (maximum length of a run): 24; it was 60" in said
    assert "seed 11" in said
    assert re.search(r"model runs (a|at|of)\b.*in all", said)
    assert "thinline 0." in said
    assert re.search(r"\b[0-9a-f]{64}\b", said), "a digest"
    assert "nothing but this scenario and its seed" not in said


def test_the_page_of_two_sweeps_is_made_again_and_says_what_was_set_in_each(ask, workplace):
    plan = [*STEPS, "--runs", "40", *SEED]
    for name, sets in {"one of two": [], "other": ["--set", "setting.consent=0.1"]}.items():
        assert ask("sweep", "reassurance_force", *plan, *sets, "--out", name).code == 0
    assert ask("compare", "one of two", "other", "--figure", "two.html").code == 0
    page = workplace / "two.html"
    before, said = page.read_bytes(), written(page)
    assert ask(*command_on(page)).code == 0
    assert page.read_bytes() == before
    assert "other: setting.consent" in said
    assert "40 pairs of model runs a point, 160 in all" in said
    assert len(set(re.findall(r"\b[0-9a-f]{64}\b", said))) == 2


# The command, and what keeps its suggestion short enough for a test.
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
    "tornado": (["sensitivity", MINE, *OVER, "--runs", "20"], ["--n", "16", "--runs", "8"]),
    "all": (
        ["sensitivity", MINE, *OVER, "--method", "sobol", "--n", "16", "--runs", "8"],
        ["--n", "100", "--runs", "4"],
    ),
    "discover": (
        ["discover", MINE, *OVER, "--n", "100", "--runs", "4"],
        ["--n", "16", "--runs", "8"],
    ),
    "posture": (["posture", MINE, *GRID, *TYPES, "--runs", "20"], []),
}


@pytest.mark.parametrize(("words", "short"), NEXT.values(), ids=NEXT.keys())
def test_what_is_tried_next_keeps_what_was_set_and_whose_luck_and_can_be_run(ask, words, short):
    seed = [] if words[0] == "explain" else SEED
    following = next_command(ask(*words, *SETS, *seed))
    if following[:2] != ["trace", "no_force"]:
        assert any("mine" in word for word in following)
    assert [w for w in following if w in SETS[1::2]] == SETS[1::2]
    assert [w for w in following if w in SEED] == seed
    assert ask(*following, *short).code == 0


def test_levers_keep_their_ends_and_months_of_events_their_own(ask):
    over = ["--over", "events.1.month=3:20", *OVER]
    words = ["sensitivity", MINE, *over, "--method", "sobol", "--n", "16", "--runs", "8"]
    said = next_command(ask(*words))
    assert sorted(w for w in said if "=" in w) == sorted(over[1::2])
    assert ask(*said, "--n", "100", "--runs", "2").code == 0
    assert said[said.index("--outcome") + 1] == "war"


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
def test_a_point_that_is_played_by_itself_comes_to_the_same(ask, words):
    words = [*words, "--runs", "120", "--set", "states.russia.ambition=0.8", *SEED]
    most = ask(*words, "--json").document["most"]["share"]
    following = next_command(ask(*words, "--figure", "a.html"))
    assert war(ask(*following, "--json").document) == most


def test_the_posture_that_is_run_is_the_one_that_was_chosen_against_its_worst_type(ask):
    words = ["posture", MINE, *GRID, *TYPES, "--runs", "120", *SETS, *SEED]
    told = ask(*words, "--json").document
    following = next_command(ask(*words))
    assert war(ask(*following, "--json").document) == pytest.approx(
        told["choices"]["loss"]["value"][0]
    )
    assert {"none", "ground"} & {word.rpartition("pledge=")[2] for word in following}
