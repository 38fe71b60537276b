from __future__ import annotations

import pytest

from sim.errors import Problem, ScenarioError
from sim.scenario.load import load_text
from tests.unit.scenario.wrong_files import CAST, Wrong, all_wrong_files

WRONG_FILES = all_wrong_files()


def problems(text: str, *overrides: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioError) as refused:
        load_text(text, overrides)
    return refused.value.problems


@pytest.mark.parametrize("wrong", WRONG_FILES, ids=lambda wrong: wrong.name)
def test_a_wrong_file_is_refused_with_its_line_and_a_remedy(wrong: Wrong) -> None:
    found = problems(wrong.text)
    assert any(
        problem.place.line == wrong.line
        and wrong.message in problem.message
        and wrong.remedy in problem.remedy
        for problem in found
    ), "\n".join(map(str, found))
    assert all(problem.remedy and problem.message for problem in found)


def test_the_table_of_wrong_files_has_no_two_alike() -> None:
    assert len({wrong.text for wrong in WRONG_FILES}) == len(WRONG_FILES) >= 195


def test_a_sweep_file_is_refused_with_one_error_that_quotes_nothing_of_it() -> None:
    (only,) = problems("sweep: w\nscenario: wrong\ndesign: lhs\nover: {setting.clarity: 0:1}\n")
    assert str(only) == (
        "scenario.yaml:1:1  this is a sweep file (use: thinline sweep scenario.yaml, or sim.sweep)"
    )


def test_the_cast_alone_is_right() -> None:
    assert load_text(CAST).states == ("poland", "russia", "ukraine")


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    text = """\
scenario: wrong
seting: {}
setting: {clarity: 1.4, consent: maybe}
states:
  russia: {role: challenger, pledge: none}
  ukraine: {role: protege}
  poland: {capability: 0.3, reslove: 1, start: ground}
events:
  - {month: 3, set: {states.polland.resolve: 1}}
"""
    found = [(p.place.line, p.place.column, p.message) for p in problems(text, "months=0")]
    assert found == [
        (1, 8, "months: 0 is below 1"),
        (2, 1, "unknown key 'seting'"),
        (3, 20, "clarity: 1.4 is above 1"),
        (3, 34, "consent: 'maybe' is not a number"),
        (5, 38, "pledge is for a guarantor, and russia is a challenger"),
        (7, 29, "unknown key 'reslove' in states.poland"),
        (7, 48, "poland starts at ground, above its pledge, none"),
        (9, 22, "unknown name 'polland' in states"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (CAST.replace("role: challenger", "role: chalenger"), 1),
        (CAST.replace("role: challenger", "rle: challenger"), 1),
        (CAST.replace("role: challenger", "role: chalenger, ambition: 0.5"), 1),
        (CAST + "groups: {all: {membrs: [poland], candour: 0.5}}\n", 1),
        (CAST + "setting: {clarity: 2}\n", 1),
        (CAST.replace("russia", "Russia"), 1),
        (CAST.replace("states:", "sates:"), 1),
        (CAST.replace("pledge: ground", "pledge: grund, start: ground"), 1),
        (CAST + "groups: {all: {members: [poland], pledge: grund, start: ground}}\n", 1),
        (CAST.replace("capability: 1", "red_lines: {x: {watchs: offensive}}"), 1),
        (CAST + "events: [{wen: 3, set: {setting.clarity: 0}}]\n", 1),
        (CAST + "events: [{mnth: 3, set: {setting.clarity: 0}}]\n", 1),
        (CAST + "events: [{month: 3, sett: {setting.clarity: 0}}]\n", 1),
        (CAST + "events: [{month: 3, when: true, whn: 3, set: {setting.clarity: 0}}]\n", 2),
    ],
)
def test_one_slip_is_one_problem(text: str, count: int) -> None:
    assert len(problems(text)) == count


def test_an_event_that_cannot_be_read_is_not_unknown_to_a_command() -> None:
    text = CAST + "events: [{name: exit, wen: 3, set: {setting.clarity: 0}}]\n"
    assert [each.message for each in problems(text, "events.exit.month=5")] == [
        "unknown key 'wen' in an event"
    ]


def test_a_wrong_parent_hides_no_problem_of_its_child_and_adds_none() -> None:
    text = """\
scenario: wrong
extends: no_forse
months: 24
states:
  russia: {pledge: ground, resolve: 0.9}
  spain: {role: challenger, pledge: none}
  poland: {pledge: none, start: ground}
  north: {capability: 1}
  norths: {resolve: 1}
groups: {baltic: {resolve: 0.3}}
events:
  - {month: 50, set: {states.latvia.pledge: none}}
  - {name: twice, month: 5, set: {setting.clarity: 0.4}}
  - {name: twice, month: 6, set: {setting.clarity: 0.4}}
  - {month: 8, set: {states.spain.pledge: ground}}
"""
    found = problems(text, "events.of_the_parent=null", "setting.clarit=1")
    assert [(problem.place.line, problem.message) for problem in found] == [
        (2, "unknown name 'clarit' in setting"),
        (2, "extends: no scenario named 'no_forse'"),
        (6, "pledge is for a guarantor, and spain is a challenger"),
        (7, "poland starts at ground, above its pledge, none"),
        (12, "event event_1 happens in month 50, after the last month, 24"),
        (14, "two events are called 'twice'"),
        (15, "pledge is for a guarantor, and spain is a challenger"),
    ]


@pytest.mark.parametrize(
    ("setting", "remedy"),
    [
        ("setting: {force_size: 99}", "a multiple of the pledge from 0 to 10"),
        ("constants: {fighting_pace: 99}", "a factor from 0 to 20"),
        ("constants: {mobilise: 99}", "a multiple of the loss from 0 to 5"),
    ],
)
def test_a_bound_is_said_in_words_that_a_reader_understands(setting: str, remedy: str) -> None:
    assert [each.remedy for each in problems(f"{CAST}{setting}\n")] == [remedy]


def test_a_flood_of_problems_is_cut_short() -> None:
    found = problems(CAST + "".join(f"k{n}: 1\n" for n in range(5000)))
    assert len(found) == 501
    assert any("too many problems" in problem.message for problem in found)
