"""``thinline lesson``: list, show, run, build, cards and check."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from sim.explorer.levers import choose_levers
from sim.lessons.catalogue import lessons_in_order, load_lesson
from sim.lessons.explorer import explorer_levers, explorer_steps
from sim.resources import lesson_file
from sim.scenario.load import load
from tests.conftest import Answer, quietly

SMALL = ("--runs", "50", "--seed", "3")


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, Answer]:
    """The folder of a lesson, and what the command said; its tests only read it."""
    folder = tmp_path_factory.mktemp("lesson") / "pages"
    return folder, quietly("lesson", "build", "presence", "--out", folder, "--runs", 20)


def test_every_lesson_is_listed(ask):
    answer = ask("lesson", "list")
    assert answer.code == 0
    assert [line.split()[0] for line in answer.out.splitlines()[1:]] == lessons_in_order()
    assert [each["name"] for each in ask("lesson", "list", "--json").document["lessons"]] == (
        lessons_in_order()
    )


def test_what_is_shown_has_the_plans_and_no_answer(ask):
    out = ask("lesson", "show", "presence").out
    assert "20 min  50 min  90 min" in out
    assert "Ask for consent (consent)" in out
    lesson = load_lesson("presence")
    assert not any(question.why in out for question in lesson.questions)


def test_the_document_is_what_an_explorer_needs(ask):
    document = ask("lesson", "show", "presence", "--json").document
    assert document["kind"] == "lesson"
    assert document["levers"][0] == "setting.force_size=0:3"
    lesson = load_lesson("presence")
    assert [step["set"] for step in document["steps"]] == [
        each.values for each in lesson.runs.values() if each.scenario == lesson.scenario
    ]
    assert all(step["ask"] and step.keys() == {"ask", "set"} for step in document["steps"])
    assert not any(question.why in str(document) for question in lesson.questions)


@pytest.mark.parametrize("name", lessons_in_order())
def test_every_lesson_has_an_explorer(name):
    """Also one with a run that no explorer can show, as it changes where a state starts."""
    chosen = load_lesson(name)
    levers = choose_levers(load(chosen.scenario), explorer_levers(chosen))
    asked = {path for step in explorer_steps(chosen)["steps"] for path in step["set"]}
    assert asked <= {lever.path for lever in levers}


def test_the_explorer_asks_for_what_the_sheet_asks_for(ask):
    """Truces where the sheet predicts truces, endings where it predicts war."""
    document = ask("lesson", "show", "truce", "--json").document
    assert document["measure"] == "truce"
    asked = [step["ask"] for step in document["steps"]]
    assert all(
        each.endswith("In how many of 100 runs is it true that a truce is made?") for each in asked
    )
    assert "measure" not in ask("lesson", "show", "presence", "--json").document


def test_a_shorter_plan_is_shown_with_its_own_goal(ask):
    out = " ".join(ask("lesson", "show", "truce").out.split())
    assert "In 20 minutes: Explain why a force that is promised" in out
    assert "In 20 minutes" not in ask("lesson", "show", "presence").out


def test_what_to_print_and_to_keep_has_been_written(built):
    folder, answer = built
    (said,) = re.findall("For 50 minutes: .*", answer.err)
    named = re.findall(r"\w+\.html", said)
    assert len(named) == 5
    assert all((folder / name).is_file() for name in named)


def test_a_run_is_named_once_on_a_sheet(built):
    """Its name stands beside its label only where an answer has to write it."""
    folder, _ = built
    sheet = (folder / "student_50.html").read_text(encoding="utf-8")
    assert ">no force<" in sheet
    assert 'class="name"' not in sheet
    balance = load_lesson("tripwire").steps[0]
    assert balance.ordered == {"none", "token", "quarter", "pledged"}
    assert not load_lesson("presence").steps[0].ordered
    by_measure = load_lesson("distribution").steps[-1]
    assert any(question.kind == "order" for question in by_measure.questions)
    assert not by_measure.ordered


def test_marking_by_changed_rules_is_said(ask, tmp_path, monkeypatch):
    answers = tmp_path / "answers.yaml"
    answers.write_text("lesson: presence\nruns: 20\nanswers: {q1: falls}\n", encoding="utf-8")
    assert "rules of this installation" not in ask("lesson", "check", str(answers)).err
    monkeypatch.setattr("sim.lessons.check.module_sources_digest", lambda: "of other rules")
    assert "The rules of this installation are not the shipped ones." in (
        " ".join(ask("lesson", "check", str(answers)).err.split())
    )
    assert ask("lesson", "check", str(answers), "--json").document["changed_rules"] is True


def test_the_runs_of_a_step_are_those_of_the_command_beside_them(ask):
    cells = ask("lesson", "run", "presence", "sizes", *SMALL, "--json").document["cells"]
    alone = ask("run", "presence", "--set", "setting.force_size=3", *SMALL, "--no-report", "--json")
    assert cells["triple.war"]["value"] == alone.document["measures"]["war"]["share"]
    table = ask("lesson", "run", "presence", "sizes", *SMALL).out
    assert "50 runs, seed 3; a teaching model, which forecasts nothing" in table
    assert len(re.findall(r"^(?:no_force|quarter|pledged|triple) ", table, re.M)) == 4


def test_without_a_step_all_are_run(ask):
    out = ask("lesson", "run", "presence", *SMALL).out
    assert "Four sizes of the force" in out
    assert "Ask for consent" in out


def test_an_unknown_step_or_lesson_is_refused(ask):
    answer = ask("lesson", "run", "presence", "size")
    assert answer.code == 2
    assert "no step 'size' in presence (did you mean 'sizes'?)" in answer.err
    assert "did you mean 'presence'?" in ask("lesson", "show", "presense").err


def test_a_lesson_of_ones_own_is_read_with_its_problems(ask, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("lesson: mine\ntitle: Mine?\n", encoding="utf-8")
    answer = ask("lesson", "show", str(path))
    assert answer.code == 3
    assert "mine.yaml:1:1  the lesson has no 'goal'" in answer.err
    document = ask("lesson", "show", str(path), "--json").document
    assert document["error"] == "lesson"
    assert document["problems"][0]["line"] == 1


def test_what_is_built_opens_alone_and_keeps_the_key_apart(built):
    out, answer = built
    names = {path.name for path in out.iterdir()}
    sheets = {f"{who}_{n}.html" for who in ("student", "teacher") for n in (20, 50, 90)}
    assert names == {
        *sheets,
        "key.html",
        "role_cards.html",
        *(f"answers_{n}.yaml" for n in (20, 50, 90)),
        "explorer_lesson.yaml",
        "explorer.html",
    }
    assert len(answer.out.splitlines()) == len(names)
    sheet = (out / "student_50.html").read_text(encoding="utf-8")
    assert "or set force size to 0.25<" in sheet
    assert sheet.count("(deterrence fails)") == 1
    for path in (out / name for name in (*sheets, "key.html", "role_cards.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?:src|href)=\"(?!data:|#|explorer.html#)", text)
        assert "forecasts nothing" in text
    for path in out.glob("student_*.html"):
        text = path.read_text(encoding="utf-8")
        assert "key.html" not in text
        assert not re.search(r"\d [^\w]*\(\d+\.\d–\d+\.\d\)", text)
    assert "minutes" in (out / "student_20.html").read_text(encoding="utf-8")


def test_a_shorter_plan_has_fewer_steps(built):
    short, long = (
        (built[0] / f"student_{length}.html").read_text(encoding="utf-8") for length in (20, 50)
    )
    assert "Ask for consent" not in short
    assert "Ask for consent" in long
    debriefs = [
        "What has consent changed" in (built[0] / f"teacher_{n}.html").read_text(encoding="utf-8")
        for n in (20, 50)
    ]
    assert debriefs == [False, True]


def test_a_student_sheet_leads_to_the_page_and_to_no_file_of_results(built):
    text = (built[0] / "student_20.html").read_text(encoding="utf-8")
    assert "summary.json" not in text
    assert text.index("In the explorer:") < text.index("In a terminal:")


def test_the_form_is_marked_once_it_is_filled_in(ask, built, tmp_path):
    form = Path(shutil.copy(built[0] / "answers_90.yaml", tmp_path))
    filled = form.read_text(encoding="utf-8").replace("  q1:\n", "  q1: falls\n")
    form.write_text(filled.replace("  q3:\n", "  q3: rises\n"), encoding="utf-8")
    out = ask("lesson", "check", str(form)).out
    assert "q1: right" in out
    assert "q3: not right" in out
    assert "q2: missing" in out
    assert "1 of 2 marked answers right; missing: 4; sentences are not marked." in out
    document = ask("lesson", "check", str(form), "--json").document
    assert document["answers"]["q3"]["verdict"] == "not right"


def test_a_form_that_was_filled_in_is_kept(ask, built, tmp_path):
    """A blank form and the pages are written again."""
    out = tmp_path / "pages"
    shutil.copytree(built[0], out)
    (out / "key.html").write_text("old")
    form = out / "answers_20.yaml"
    filled = form.read_text(encoding="utf-8").replace("  q1:\n", "  q1: falls\n")
    form.write_text(filled, encoding="utf-8")
    answer = ask("lesson", "build", "presence", "--out", out, "--runs", 20)
    assert answer.code == 0
    assert form.read_text(encoding="utf-8") == filled
    assert str(form) not in answer.out
    assert str(out / "answers_50.yaml") in answer.out
    assert re.findall("Kept: .*", answer.err) == [
        f"Kept: {form}, which differs from a blank form (for a blank one delete it, or choose "
        "another --out)"
    ]
    assert (out / "key.html").read_bytes() == (built[0] / "key.html").read_bytes()


def test_a_lesson_of_ones_own_is_marked_as_building_it_says(ask, built, tmp_path):
    mine, out = tmp_path / "mine.yaml", tmp_path / "pages"
    text = lesson_file("presence").read_text(encoding="utf-8")
    mine.write_text(text.replace("lesson: presence", "lesson: mine"), encoding="utf-8")
    said = ask("lesson", "build", str(mine), "--out", str(out), "--runs", "20").err
    command = said.partition("To mark answers to this lesson: thinline ")[2].splitlines()[0]
    assert ask(*shlex.split(command)).out.startswith("Does presence deter or provoke?")
    check = f"thinline lesson check answers_50.yaml --lesson {mine}"
    assert f"#   {check}\n" in (out / "answers_50.yaml").read_text(encoding="utf-8")
    student, teacher = (
        (out / f"{who}_50.html").read_text(encoding="utf-8") for who in ("student", "teacher")
    )
    assert f"<code>{check}</code>" in student
    assert f"<code>thinline lesson run {mine} sizes</code>" in student
    assert f"<code>thinline lesson run {mine} sizes</code>" in teacher
    assert f"Try next: thinline lesson run {mine}\n" in said
    assert "lesson run mine" not in student + teacher
    assert "--lesson" not in built[1].err


def test_the_explorer_of_a_lesson_says_what_changes(ask):
    asked = [each["ask"] for each in ask("lesson", "show", "presence", "--json").document["steps"]]
    assert asked[0].startswith("No force. Only this changes: force size 0. Of 100 runs,")
    assert asked[2].startswith("As pledged. Nothing is changed in the scenario. Of 100 runs,")


def test_notes_are_for_the_teacher_alone(built):
    pages = {path.stem: path.read_text(encoding="utf-8") for path in built[0].glob("*.html")}
    noted = {
        name for name, text in pages.items() if "of those of the main scenario. The rules" in text
    }
    assert noted == {"teacher_20", "teacher_50", "teacher_90"}


@pytest.mark.parametrize("states", [(), ("ukraine", "russia")])
def test_role_cards_are_written(ask, tmp_path, states):
    path = tmp_path / "cards.html"
    assert ask("lesson", "cards", "troops_after_truce", *states, "--out", str(path)).code == 0
    text = path.read_text(encoding="utf-8")
    assert text.count('class="card') == (len(states) or 7)
    assert "For you alone" in text


def test_without_a_verb_the_help_is_shown(ask):
    answer = ask("lesson")
    assert answer.code == 0
    assert "build" in answer.out


def test_the_numbers_of_a_single_run_have_no_interval(ask):
    found = ask("lesson", "run", "first_mover", "--runs", 1, "--json").document["cells"]
    assert any(each["high"] is None for each in found.values())
    assert "(no interval)" in ask("lesson", "run", "first_mover", "--runs", 1).out


def test_role_cards_are_a_page_of_different_states(ask, workplace):
    refused = ask("lesson", "cards", "reassurance_force", "--out", "cards.txt")
    assert refused.code == 2
    assert "write --out cards.html" in refused.err
    assert ask("lesson", "cards", "reassurance_force", "france", "france").code == 0
    assert (workplace / "role_cards.html").read_text().count("<h2>France</h2>") <= 1


def test_a_tilde_is_the_home_folder(ask, workplace, monkeypatch):
    monkeypatch.setenv("HOME", str(workplace / "home"))
    (workplace / "home").mkdir()
    assert ask("lesson", "cards", "reassurance_force", "--out", "~/cards.html").code == 0
    assert (workplace / "home" / "cards.html").exists()
