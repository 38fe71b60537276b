"""Values and assignments are read in one way, whichever verb they are given to."""

from __future__ import annotations

import pytest

import sim
from sim.errors import ThinlineError
from sim.experiments.parse_factors import parse_assignments, parse_factors, parse_levels
from sim.explorer.levers import choose_levers
from sim.scenario.read_values import SEVERAL

VERBS = {
    "sweep": ["--dry-run", "--over"],
    "robustness": ["--runs", "20", "--over"],
    "thin-line": ["--runs", "20", "--second-factor"],
}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a.b=1", ["a.b=1"]),
        ("a.b=0,1;c=2, d=3", ["a.b=0,1", "c=2", "d=3"]),
        ("a=0;1", ["a=0;1"]),
        ("a>0.8,b<=1 ; c=x;", ["a>0.8", "b<=1", "c=x"]),
        ("a={uniform: [0, 1]}, b=2", ["a={uniform: [0, 1]}", "b=2"]),
        ("", []),
    ],
)
def test_parts_begin_at_a_path(text, parts):
    assert parse_assignments(text) == parts


# Read in time that grows with the square of its length, a text of this length takes minutes.
LONG = 10**6


@pytest.mark.parametrize(
    "text", ["a=0,1{}x", "a=0{},{}x", "{}a", "a>0{}x", "a=0 ;{}b=1", "a{}=0", "{},{}"]
)
def test_blanks_change_nothing_however_many(text):
    few, many = (parse_assignments(text.format(" " * n, " " * n)) for n in (3, LONG))
    assert [part.split() for part in many] == [part.split() for part in few]


@pytest.mark.parametrize("text", ["1{}x", "1,{}x", "a{},{}b=", "1{}x =", "{}"])
def test_several_assignments_are_told_apart_however_far_they_are(text):
    found = [SEVERAL.match(text.format(" " * n, " " * n)) for n in (3, LONG)]
    assert bool(found[0]) == bool(found[1]) == ("=" in text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0:1:3", (0, 0.5, 1)),
        ("0,0.5", (0, 0.5)),
        ("0;0.5", (0, 0.5)),
        (" 0.25 ", (0.25,)),
    ],
)
def test_values(text, values):
    assert parse_levels(sim.load("no_force"), "setting.clarity", text, "over", 9) == values


def test_words():
    found = parse_levels(sim.load("no_force"), "states.poland.pledge", "all", "over", 9)
    assert found == (0, 1, 2, 3, 4, 5)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1:0:3", "the range from 1 to 0 does not ascend (write the lower end first)"),
        ("0:1:1", "how many values: 1 is below 2"),
        ("0:1:100000", "how many values: 100000 is above 10000"),
        ("x:1:3", "'x' is not a number"),
        ("0,2", "2 is above 1"),
        ("", "no values"),
        ("0:1", "0:1:"),
    ],
)
def test_what_is_refused_by_one_verb_is_by_each(ask, verb, text, said):
    answer = ask(verb, "no_force", *VERBS[verb], f"setting.clarity={text}")
    assert answer.code in (2, 3)
    assert said in answer.err


def test_the_most_values_are_named(ask):
    for verb, option, most in (
        ("robustness", "--over", "2,000"),
        ("thin-line", "--second-factor", "200"),
    ):
        said = ask(verb, "no_force", option, "setting.clarity=0:1:3000", "--runs", 20)
        assert f"3,000 values (at most {most})" in said.err
    said = ask("thin-line", "no_force", "--sizes", "0:1:500")
    assert "--sizes setting.force_size=0:1:500: 500 values (at most 200)" in said.err


def test_an_unknown_path_is_refused_where_it_stands():
    with pytest.raises(ThinlineError, match="--second-factor: unknown name 'clarit'"):
        parse_levels(sim.load("no_force"), "setting.clarit", "0,1", "second-factor", 9)


@pytest.mark.parametrize("mark", [";", ","])
def test_a_change_of_compare_has_either_mark_and_its_own_name(ask, mark):
    change = f"setting.clarity=0.2{mark} setting.backstop=0.1"
    said = ask("compare", "no_force", "--runs", 20, "--with", change)
    assert said.code == 0
    assert "no_force with setting.clarity=0.2, setting.backstop=0.1" in said.out
    said = ask("compare", "no_force", "--with", "setting.clarity=0.1", "--with", "setting.clarit=1")
    assert "--with:2:1  unknown name 'clarit'" in said.err


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("setting.clarity,setting.backstop", ["setting.clarity", "setting.backstop"]),
        ("setting.clarity=0:1,setting.backstop", ["setting.clarity", "setting.backstop"]),
        ("setting.clarity=0:1; constants.lead", ["setting.clarity", "constants.lead"]),
    ],
)
def test_factors_may_share_an_option(text, paths):
    factors = parse_factors(sim.load("reassurance_force"), [text])
    assert [each.path for each in factors] == paths
    levers = choose_levers(sim.load("reassurance_force"), [text])
    assert [each.path for each in levers if each.is_shown] == paths
