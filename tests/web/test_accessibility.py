"""Pages of every kind, without a serious or critical fault that axe-core knows.

The documentation site is held to the same in ``test_site.py``, which builds it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from sim.experiments.simulate import simulate
from sim.explorer.page import explore
from sim.lessons.catalogue import load_lesson
from sim.lessons.key import Key
from sim.report import write_report
from sim.report.follow_up import follow_up
from sim.report.lesson import write_key, write_student, write_teacher
from sim.report.trace import run_narrative, write_trace
from sim.room.room import Room
from sim.scenario.load import load
from sim.trace.replay import replay
from tests.unit.room.rooms import EVERYTHING
from tests.web.accessibility import COLOURS, grave_faults
from tests.web.explorer_page import ExplorerPage
from tests.web.room_pages import Class

SCENARIO, RUNS = "reassurance_force", 200


def write_run(path: Path) -> Path:
    results = simulate(load(SCENARIO), RUNS)
    return write_report(results, path, follow_up(results))


def write_told_run(path: Path) -> Path:
    return write_trace([run_narrative(replay(load(SCENARIO), 3), "run", "The run")], path)


def student_sheet(path: Path) -> Path:
    lesson = load_lesson("presence")
    return write_student(lesson, lesson.plans[90], path)


def teachers_notes(path: Path) -> Path:
    key = Key.of(load_lesson("presence"))
    return write_teacher(key, key.lesson.plans[90], path)


def answer_key(path: Path) -> Path:
    return write_key(Key.of(load_lesson("presence")), path)


PAGES = (write_run, write_told_run, student_sheet, teachers_notes, answer_key)


@pytest.mark.parametrize("write", PAGES, ids=lambda write: write.__name__)
def test_a_page_from_disk(
    visit: Callable[..., Any], tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    address = write(tmp_path / "page.html").as_uri()
    for scheme, rules in {"light": None, "dark": COLOURS}.items():
        opened = visit(address, color_scheme=scheme)
        opened.unfold()
        assert grave_faults(opened.page, rules) == []


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return explore(load(SCENARIO), tmp_path_factory.mktemp("explorer") / "page.html", runs=100)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_explorer(browser: Any, explorer: Path, scheme: str, width: int) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    ) as context:
        opened = ExplorerPage(context, f"{explorer.as_uri()}#tl1;runs=100")
        opened.settle(["done"])
        opened.page.click("#pin")
        opened.move("setting.force_size", 2)
        opened.settle(["done"])
        assert grave_faults(opened.page) == []
        opened.page.click("#predict-start")
        assert grave_faults(opened.page, within="#exercise") == []


def test_a_seat_of_the_explorer(browser: Any, explorer: Path) -> None:
    with browser.new_context() as context:
        opened = ExplorerPage(context, f"{explorer.as_uri()}#tl1;runs=100")
        opened.settle(["done"])
        opened.page.locator("details:has(#seat-begin)").evaluate("(fold) => { fold.open = true }")
        opened.page.click("#seat-begin")
        opened.page.wait_for_selector("#seat-board fieldset")
        assert grave_faults(opened.page) == []


def test_the_pages_of_a_room(browser: Any, tmp_path: Path) -> None:
    with ExitStack() as stack:
        school = Class(browser, stack, tmp_path / "room.jsonl", Room(EVERYTHING, 2))
        console, wall, player = school.console(), school.wall(), school.student("france", "Ada")
        wall.wait_for_selector(".qr")
        assert grave_faults(wall) == [], "the wall before the first turn"
        console.click("text=Begin the first turn")
        player.wait_for_selector("#decide fieldset")
        wall.wait_for_selector("text=Waiting for France")
        for page in (console, wall, player):
            assert grave_faults(page) == [], page.title()


def test_a_fault_is_found(browser: Any) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content("<html lang=en><title>A page</title><main><input><p>A</main></html>")
        (fault,) = grave_faults(page)
        assert fault.startswith("label: input")
        assert grave_faults(page, within="main") == [fault]
        assert grave_faults(page, within="p") == []
