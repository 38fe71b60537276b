"""Predictions in the explorer: made, revealed, collected, printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sim.experiments.simulate import simulate
from sim.explorer.page import explore
from sim.formatting import format_share, format_share_ci
from sim.scenario.load import load
from sim.statistics import proportion
from tests.results import HOSTILE, hostile
from tests.web.explorer_page import RUNS, SEED, ExplorerPage, Opening


def test_a_prediction_is_made_with_the_keyboard_alone(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    keyboard = opened.page.keyboard
    focused = "() => document.activeElement.id"
    for _ in range(200):
        keyboard.press("Tab")
        if opened.ask(focused) == "predict-start":
            break
    keyboard.press("Enter")
    assert opened.state()["mode"] == "ask"
    assert not opened.page.locator("#waffle").is_visible()
    assert opened.ask("() => document.getElementById('levers').disabled")
    for steps in (60, 20, 15, 5):
        keyboard.press("Tab")
        for _ in range(steps):
            keyboard.press("ArrowRight")
        keyboard.press("Tab")
    assert opened.text("#predict-left") == "All 100 runs are given."
    keyboard.press("Tab")
    assert opened.ask(focused) == "predict-reveal"
    keyboard.press("Enter")
    assert opened.ask(focused) == "predict-gap"
    opened.settle()
    assert opened.page.locator("#predict-next").is_enabled()
    assert opened.state()["mode"] == "shown"
    assert opened.page.locator("#waffle").is_visible()
    shown = load("reassurance_force", {"setting.force_size": 0})
    failure = simulate(shown, RUNS, SEED, keep_records=False).measures["failure"]
    said = opened.page.locator(".said").nth(2).text_content()
    assert said.startswith(f"You said 15; the runs give {format_share(failure)}")
    opened.page.locator(".said", has_text="Without the change").nth(3).wait_for()
    said = opened.page.locator(".said").nth(2).text_content()
    own = simulate(load("reassurance_force"), RUNS, SEED, keep_records=False).measures["failure"]
    assert said.endswith(f"Without the change: {format_share_ci(own)}.")
    assert opened.state()["predictions"][0]["said"] == [60, 20, 15, 5]


def test_a_question_that_is_left_gives_nothing_away(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#predict-start")
    assert opened.state()["set"] == {"setting.force_size": 0}
    # Nothing else on the page changes the settings of the question.
    for part in ("#moves", "#preset", "#seed", "#code-form"):
        assert not opened.page.locator(part).is_visible()
    assert opened.page.locator("#levers input").first.is_disabled()
    opened.page.click("#predict-leave")
    assert opened.settle()["set"] == {}
    assert opened.state()["mode"] == "explore"


def test_a_link_leaves_the_exercise(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#predict-start")
    opened.ask("() => { location.hash = '#tl1;now=,setting.force_size:2'; }")
    opened.page.wait_for_selector("[data-mode=explore] #moves")
    assert opened.settle()["set"] == {"setting.force_size": 2}


def test_predictions_of_a_class_are_collected(visit: Opening) -> None:
    codes = []
    for guess in ((50, 0, 30, 20), (10, 20, 30, 40)):
        opened = visit()
        opened.settle()
        predict(opened, guess)
        codes.append(opened.text("#predict-code"))
    opened.ask("() => { document.getElementById('predict-codes').closest('details').open = true; }")
    opened.page.fill("#predict-codes", "\n".join([*codes, "TLP1-0000"]))
    collected = opened.text("#predict-room")
    assert "2 predictions of this question." in collected
    assert "Left out: TLP1-0000 (not a prediction code, or mistyped)." in collected
    label = opened.page.locator("#predict-room .dots").first.get_attribute("aria-label")
    assert "predicted 50, 10" in label
    opened.page.click("#predict-next")
    predict(opened, (25, 25, 25, 25))
    opened.page.fill("#predict-codes", f"{codes[0]}\n{opened.text('#predict-code')}")
    collected = opened.text("#predict-room")
    assert "1 prediction of this question." in collected
    assert f"Left out: {codes[0]} (of question 1)." in collected


def predict(opened: ExplorerPage, guess: tuple[int, ...]) -> None:
    """Answer the question that is asked; ask the first one if there is none yet."""
    if opened.state()["mode"] != "ask":
        opened.page.click("#predict-start")
    for k, value in enumerate(guess):
        opened.page.fill(f"#predict-bars input[type=number][data-item='{k}']", str(value))
    opened.page.click("#predict-reveal")
    opened.settle()


def test_a_share_of_runs_is_predicted_where_the_lesson_asks_for_it(
    browser: Any, tmp_path: Path
) -> None:
    """Truces, not endings; and the interval of a rare count's mean ends at 0."""
    step = {"ask": "How many truces?", "set": {"setting.force_size": 2}}
    runs, seed = 2000, 2025
    head = {"title": "Truces", "about": "A promise.", "runs": runs, "measure": "truce"}
    lesson, out = tmp_path / "lesson.yaml", tmp_path / "truce.html"
    own = {"ask": "And as it is?", "set": {}}
    lesson.write_text(json.dumps({**head, "steps": [step, own]}))
    fearful = ["states.russia.ambition=0.15", "states.russia.fear=1"]
    scenario = load("troops_after_truce", fearful)
    explore(scenario, out, ["setting.force_size=0:2"], lesson, runs=20, seed=seed)
    context = browser.new_context()
    opened = ExplorerPage(context, out.as_uri())
    opened.ask("() => thinline.ready")
    assert opened.page.locator("#predict-bars .bar").count() == 2
    predict(opened, (60, 40))
    asked = load("troops_after_truce", [*fearful, "setting.force_size=2"])
    measures = simulate(asked, runs, seed).measures
    truces = proportion(round(runs * measures["truce"].value), runs)
    for k, (guess, share) in enumerate(((60, truces.value), (40, 1 - truces.value))):
        said = opened.page.locator(".said").nth(k).text_content()
        assert said.startswith(f"You said {guess}; the runs give {100 * share:.1f} %")
    assert "Without the change" not in opened.text("#predict-bars"), "that is asked next"
    assert "A promise." in opened.text("#exercise .when-off")
    assert opened.text("#exercise .kicker") == "Truces"
    assert measures["refused_by_protege"].low == 0
    opened.ask("() => { document.getElementById('numbers-fold').open = true; }")
    row = opened.page.locator("#numbers tr", has_text="times Kyiv refused")
    assert row.locator("td").nth(1).text_content().startswith("0 to ")
    opened.page.click("#predict-next")
    opened.page.click("#predict-leave")
    kept = opened.text("#predict-kept")
    assert "You said a truce is made: 60; all other runs: 40." in kept
    assert "Prediction code: TLP1-" in kept
    context.close()


def test_it_prints_with_the_prediction(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    predict(opened, (50, 0, 30, 20))
    opened.page.fill("#predict-why", "Words deter nobody.")
    opened.page.emulate_media(media="print")
    assert opened.page.locator("#predict-gap").is_visible()
    assert opened.page.locator("#predict-why").is_visible()
    assert opened.page.locator("#waffle").is_visible()
    assert not opened.page.locator("#surprise").is_visible()
    assert opened.state()["code"] in opened.text("#printed-settings")
    assert opened.page.locator("#printed").is_visible()
    assert opened.page.pdf(format="A4").startswith(b"%PDF")


def test_without_a_prediction_no_empty_box_is_printed(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    assert opened.page.locator("#exercise").is_visible()
    opened.page.emulate_media(media="print")
    assert not opened.page.locator("#exercise").is_visible()


def test_a_scenario_cannot_inject_anything(browser: Any, tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.yaml"
    steps = [{"ask": HOSTILE, "set": {"setting.clarity": 0.2}, "why": HOSTILE}]
    lesson.write_text(json.dumps({"title": HOSTILE, "about": HOSTILE, "steps": steps}))
    out = tmp_path / "hostile.html"
    explore(hostile(), out, ["setting.clarity=0:1"], lesson, runs=20)
    context = browser.new_context()
    opened = ExplorerPage(context, out.as_uri())
    opened.page.on("dialog", lambda dialog: opened.said.append(dialog.message))
    opened.ask("() => thinline.ready")
    assert opened.text("#predict-ask") == HOSTILE
    predict(opened, (25, 25, 25, 25))
    opened.page.fill("#predict-why", HOSTILE)
    opened.page.click("#predict-next")
    opened.ask("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    opened.settle()
    assert HOSTILE in opened.text("#predict-kept")
    assert HOSTILE in opened.text("h1")
    assert opened.page.locator("img").count() == 0
    assert opened.said == []
    context.close()
