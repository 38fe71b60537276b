"""``thinline lesson``: lessons, their sheets and keys, and marks for a student's answers."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from sim.cli.console import (
    json_option,
    print_heading,
    print_json,
    print_list,
    print_note,
    print_paragraph,
    print_rows,
    progress_bar,
)
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.options import FILE_PATH, page_option, runs_option, seed_option
from sim.errors import UsageError, did_you_mean, json_head
from sim.experiments.storage.files import check_folder, writing
from sim.formatting import plural
from sim.resources import is_path

with deferred_imports(globals()):
    import yaml

    from sim.explorer.codes import MOST_RUNS, Codes, State
    from sim.explorer.page import MAX_PAGE_SEED, Explorer, make_explorer, write_explorer
    from sim.lessons.catalogue import headings, load_lesson
    from sim.lessons.cell import LessonCell, measure_label
    from sim.lessons.check import Checked
    from sim.lessons.check import check as check_answers
    from sim.lessons.explorer import ExplorerLink, explorer_levers, explorer_steps
    from sim.lessons.key import Key
    from sim.lessons.lesson import Lesson
    from sim.lessons.observed import Observed
    from sim.lessons.questions.verdict import AnswerVerdict
    from sim.lessons.read_answers import answers_form, read_answers
    from sim.lessons.role_card import role_card
    from sim.report.lesson import write_key, write_role_cards, write_student, write_teacher
    from sim.scenario.load import load
    from sim.tables import estimate_to_dict

# States that get a card unless others are named: those that the articles speak of most.
CARDS = ("russia", "ukraine", "united_states", "france", "united_kingdom", "germany", "poland")

EXPLORER = "explorer.html"
CHANGED_RULES = (
    "The rules of this installation are not the shipped ones. The key is computed from them, so it "
    "may differ from the shipped key."
)


@click.group(invoke_without_command=True)
@click.pass_context
def lesson(context: click.Context) -> None:
    """Teach with the model: sheets, keys and marks.

    Start with: thinline lesson list
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@lesson.command("list", cls=VerbCommand)
@json_option
def list_lessons(as_json: bool) -> None:
    """List the lessons that come with the package."""
    found = headings()
    if as_json:
        print_json({**json_head("lessons"), "lessons": [one._asdict() for one in found]})
        return
    print_rows(["lesson", "question"], [[one.name, one.title] for one in found])
    print_note("Try next: thinline lesson show presence")


@lesson.command("show", cls=VerbCommand)
@click.argument("name", metavar="LESSON")
@json_option
def show(name: str, as_json: bool) -> None:
    """Show the goal, the plans and the steps of LESSON, a shipped name or a file.

    With --json the document has the data from which the lesson's explorer is made. No answer is
    shown.
    """
    chosen = load_lesson(name)
    if as_json:
        head = json_head("lesson", chosen.scenario, chosen.count, chosen.seed)
        levers = list(explorer_levers(chosen))
        print_json({**head, "lesson": chosen.name, "levers": levers, **explorer_steps(chosen)})
        return
    click.echo(f"{chosen.name}: {chosen.title}")
    print_paragraph(chosen.goal.text)
    if minutes := chosen.minutes_without(chosen.goal):
        print_paragraph(f"In {minutes}: {chosen.goal.otherwise}")
    print_paragraph(chosen.level)
    print_heading("Minutes")
    lengths = list(chosen.plans)
    rows = [
        [part, *(str(chosen.plans[length].minutes.get(part, "–")) for length in lengths)]
        for part in chosen.parts
    ]
    print_rows(["part", *(f"{length} min" for length in lengths)], rows)
    for step in chosen.steps:
        print_list(f"{step.title} ({step.name})", [each.ask for each in step.questions])
    print_note(f"Try next: {chosen.run_command} {chosen.steps[0].name}")


@lesson.command("run", cls=VerbCommand)
@click.argument("name", metavar="LESSON")
@click.argument("step", required=False)
@runs_option("Number of model runs; the lesson's by default.")
@seed_option
@json_option
def run(name: str, step: str | None, runs: int | None, seed: int | None, as_json: bool) -> None:
    """Make the runs of a STEP of LESSON, or of every step, and print the numbers to copy.

    Shares are in per cent of model runs and other numbers are means per run, with 95 % intervals.
    """
    chosen = load_lesson(name)
    steps = [each for each in chosen.steps if step in (None, each.name)]
    if not steps:
        known = did_you_mean(str(step), [each.name for each in chosen.steps])
        raise UsageError(f"no step '{str(step)[:40]}' in {chosen.name}", known)
    seen = Observed(chosen.runs, runs, seed)
    if as_json:
        print_json(_table_document(chosen, seen, [each.name for each in steps]))
        return
    for each in steps:
        print_heading(each.title)
        rows = [
            [run, *(seen.level(LessonCell(run, measure)) for measure in each.measures)]
            for run in each.show
        ]
        print_rows(["run", *map(measure_label, each.measures)], rows)
    count, seed = runs or chosen.count, chosen.seed if seed is None else seed
    click.echo(f"\n{plural(count, 'run')}, seed {seed}; a teaching model, which forecasts nothing")


def _table_document(chosen: Lesson, seen: Observed, steps: list[str]) -> dict[str, object]:
    cells = [
        LessonCell(run, measure)
        for step in chosen.steps
        if step.name in steps
        for run in step.show
        for measure in step.measures
    ]
    head = json_head(
        "lesson_run",
        chosen.scenario,
        chosen.count if seen.count is None else seen.count,
        chosen.seed if seen.seed is None else seen.seed,
    )
    numbers = {str(cell): estimate_to_dict("value", seen.estimate(cell)) for cell in cells}
    return {**head, "lesson": chosen.name, "cells": numbers}


@lesson.command("build", cls=VerbCommand)
@click.argument("name", metavar="LESSON")
@click.option(
    "--out",
    type=FILE_PATH,
    help="Folder of the pages; results/lessons/LESSON by default.",
)
@runs_option("Model runs of the explorer's first picture; the lesson's by default.")
@json_option
def build(name: str, out: Path | None, runs: int | None, as_json: bool) -> None:
    """Write the pages of LESSON: sheets to print, a key, an explorer, forms for answers.

    Student sheets, teacher's notes and forms for 20, 50 and 90 minutes, the answer key, computed
    now, role cards, and an explorer that asks what the runs of the lesson show. Each page is one
    HTML file that opens from disk. No student sheet links to the key. A form that was filled in is
    kept.
    """
    chosen = load_lesson(name)
    folder = out or Path("results") / "lessons" / chosen.name
    check_folder(folder)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    files = list(_pages(chosen, folder, runs or chosen.count))
    if as_json:
        print_json({**json_head("files"), "files": list(map(str, files))})
        return
    for file in files:
        click.echo(str(file))
    length = sorted(chosen.plans)[len(chosen.plans) // 2]
    print_note(
        f"For {length} minutes: print student_{length}.html for pairs, and teacher_{length}.html "
        f"for yourself, give out {EXPLORER}, and keep key.html. role_cards.html is optional."
    )
    if is_path(name):
        file = folder / max(chosen.plans.values(), key=lambda plan: plan.length).answers_file
        words = ["thinline", "lesson", "check", str(file), "--lesson", name]
        print_note(f"To mark answers to this lesson: {shlex.join(words)}")
    print_note(f"Try next: {chosen.run_command}")


def _pages(chosen: Lesson, folder: Path, runs: int) -> Iterator[Path]:
    """Write every file of a lesson; the sheets have the codes of its explorer."""
    steps = _explorer_steps(chosen, folder / "explorer_lesson.yaml")
    explorer = _explorer(chosen, steps, runs)
    links = _explorer_links(chosen, explorer.codes)
    key = Key.of(chosen)
    for length, plan in chosen.plans.items():
        yield write_student(chosen, plan, folder / f"student_{length}.html", links)
        yield write_teacher(key, plan, folder / f"teacher_{length}.html", links)
        yield from _form(answers_form(chosen, plan), folder / plan.answers_file)
    yield write_key(key, folder / "key.html")
    yield _cards(chosen.scenario, (), folder / "role_cards.html")
    yield steps
    yield write_explorer(explorer, folder / EXPLORER)


def _form(blank: str, path: Path) -> Iterator[Path]:
    """Write a blank form, unless there is another one: it may hold the answers of a student."""
    with writing(path):
        if path.exists() and path.read_bytes().splitlines() != blank.encode().splitlines():
            remedy = "for a blank one delete it, or choose another --out"
            print_note(f"Kept: {path}, which differs from a blank form ({remedy})")
            return
        path.write_text(blank, encoding="utf-8")
    yield path


def _explorer_steps(chosen: Lesson, path: Path) -> Path:
    """Write the questions of the explorer."""
    with writing(path):
        text = yaml.safe_dump(explorer_steps(chosen), sort_keys=False, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
    return path


def _explorer(chosen: Lesson, steps: Path, runs: int) -> Explorer:
    scenario, levers = load(chosen.scenario), explorer_levers(chosen)
    with progress_bar("running") as progress:
        return make_explorer([scenario], levers, steps, runs, chosen.seed, progress)


def _explorer_links(chosen: Lesson, codes: Codes) -> dict[str, ExplorerLink]:
    """By name, the links to those runs of a lesson that its explorer can show."""
    links = {}
    for run in chosen.runs.values():
        preset = "" if run.scenario == chosen.scenario else run.scenario
        setting = codes.setting(preset, run.values)
        if setting and run.runs <= MOST_RUNS and run.seed <= MAX_PAGE_SEED:
            state = State(setting, run.seed, run.runs)
            address = f"{EXPLORER}#{codes.address(state)}"
            links[run.name] = ExplorerLink(codes.code(state), address)
    return links


def _cards(scenario: str, states: tuple[str, ...], path: Path) -> Path:
    """Write role cards of the named states, by default of ``CARDS``."""
    loaded = load(scenario)
    chosen = tuple(dict.fromkeys(states)) or tuple(s for s in CARDS if s in loaded.states)
    return write_role_cards(loaded, [role_card(loaded, state) for state in chosen], path)


@lesson.command("cards", cls=VerbCommand)
@click.argument("scenario")
@click.argument("states", nargs=-1, metavar="[STATE]...")
@page_option("role_cards.html")
def cards(scenario: str, states: tuple[str, ...], out: Path) -> None:
    """Write role cards of SCENARIO from the evidence: what a state shows, knows and may decide."""
    click.echo(str(_cards(scenario, states, out)))


@lesson.command("check", cls=VerbCommand)
@click.argument("file", type=click.Path(path_type=Path), metavar="ANSWERS")
@click.option(
    "--lesson",
    "own",
    type=FILE_PATH,
    metavar="FILE",
    help="A lesson of your own (YAML) that the answers are to; by default a shipped one.",
)
@json_option
def check(file: Path, own: Path | None, as_json: bool) -> None:
    """Mark the ANSWERS of a student, each with a reason.

    The model is run with the number of runs (100,000 at most) and the seed in the file. A number is
    right if it lies within the interval of these runs or of the key. Sentences are never marked.
    """
    found = check_answers(*read_answers(file, own))
    if as_json:
        print_json(found.to_dict())
        return
    _print_checked(found)


def _print_checked(found: Checked) -> None:
    click.echo(
        f"{found.lesson.title} ({plural(found.answers.count, 'run')}, seed {found.answers.seed})"
    )
    for name, said in found.distances.items():
        print_heading(f"Prediction {name}")
        print_paragraph(said)
    asked = [each for each in found.lesson.questions if each.name in found.marks]
    for question in asked:
        mark = found.marks[question.name]
        print_heading(f"{question.name}: {mark.verdict}")
        print_paragraph(question.ask, 2)
        print_paragraph(mark.reason, 2)
    given = Counter(found.marks[question.name].verdict for question in asked)
    marked = given[AnswerVerdict.RIGHT] + given[AnswerVerdict.WRONG]
    others = (AnswerVerdict.UNREADABLE, AnswerVerdict.MISSING)
    unmarked = "".join(f"; {verdict}: {given[verdict]}" for verdict in others if given[verdict])
    right = f"{given[AnswerVerdict.RIGHT]} of {plural(marked, 'marked answer')} right"
    click.echo(f"\n{right}{unmarked}; sentences are not marked.")
    if found.of_changed_rules:
        print_note(CHANGED_RULES)
