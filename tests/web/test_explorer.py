"""The explorer in a real browser: the numbers of the package, opened from disk, offline."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.analysis.compare import compare
from sim.analysis.thin_line.compute import thin_line
from sim.experiments.simulate import simulate
from sim.explorer.page import MOST_BYTES, explore
from sim.formatting import format_number, format_share, format_share_ci
from sim.scenario.load import load
from sim.scenario.scenario import Scenario
from sim.trace.replay import replay
from tests.results import HOSTILE, hostile
from tests.web.explorer_page import ExplorerPage

LEVERS = ("setting.force_size=0:6", "setting.backstop", "states.russia.ambition=0:1")
SEED = 2025
# Settings of a page that is soon done.
FEW, RUNS = "#tl1;runs=2000", 2000
SIZES = (0, 0.25, 0.5, 1, 1.5, 2, 3, 4.5, 6)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenarios = [load(name) for name in ("reassurance_force", "clear_rules", "truce_in_doubt")]
    out = tmp_path_factory.mktemp("explorer") / "explorer.html"
    return explore(scenarios, out, levers=LEVERS, runs=100)


Opening = Callable[..., ExplorerPage]


@pytest.fixture
def visit(browser: Any, file: Path) -> Iterator[Opening]:
    """A callable that opens the explorer in a fresh context."""
    contexts: list[Any] = []

    def visit(hash_: str = FEW, init: str = "", **options: Any) -> ExplorerPage:
        context = browser.new_context(viewport={"width": 1200, "height": 900}, **options)
        contexts.append(context)
        if init:
            context.add_init_script(init)
        return ExplorerPage(context, f"{file.as_uri()}{hash_}")

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def shared(browser: Any, file: Path) -> Iterator[ExplorerPage]:
    """The explorer, for tests that only ask it for numbers."""
    context = browser.new_context()
    page = ExplorerPage(context, file.as_uri())
    page.settle()
    yield page
    context.close()


def assert_printed(found: dict[str, Any], scenario: Scenario, runs: int, seed: int) -> None:
    """Outcomes and shares are those that ``thinline run --json`` prints, to the last bit; means,
    which are summed in another order, to eight digits."""
    expected = printed(scenario, runs, seed)
    assert found["outcomes"] == expected["outcomes"]
    assert found["measures"].keys() == expected["measures"].keys()
    for name, estimate in expected["measures"].items():
        if "share" in estimate:
            assert found["measures"][name] == estimate, name
        else:
            assert found["measures"][name] == pytest.approx(estimate, rel=1e-9, abs=1e-8), name


def printed(scenario: Scenario, runs: int, seed: int) -> dict[str, Any]:
    """Outcomes and measures as ``thinline run --json`` prints them."""
    document = simulate(scenario, runs, seed, keep_records=False).to_dict()
    return {name: json.loads(json.dumps(document[name])) for name in ("outcomes", "measures")}


def test_it_opens_from_disk_and_asks_for_nothing(visit: Opening, file: Path) -> None:
    opened = visit("")
    state = opened.settle(("done",))
    assert state["played"] == state["runs"] == 10_000
    assert opened.said == []
    assert [url.partition("#")[0] for url in opened.requests()] == [file.as_uri()]
    assert file.stat().st_size <= MOST_BYTES
    assert "teaching model" in opened.text(".banner").lower()
    assert opened.page.locator("#waffle .mark").count() == 100


def test_a_request_is_refused_by_the_page_itself(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    refused = "() => fetch('https://example.org').then(() => 'sent', (error) => error.name)"
    assert opened.ask(refused) == "TypeError"
    assert "Content Security Policy" in " ".join(opened.said)


SETTINGS: list[dict[str, float]] = [
    {},
    {"setting.force_size": 1.7, "setting.backstop": 0.15},
    {"states.russia.ambition": 0.83, "constants.war_cost": 1.1},
]


@pytest.mark.parametrize("chosen", SETTINGS, ids=str)
@pytest.mark.parametrize("seed", [SEED, 77])
def test_play_is_what_run_prints(shared: ExplorerPage, chosen: dict[str, float], seed: int) -> None:
    scenario = load("reassurance_force", chosen)
    assert_printed(shared.play(set=chosen, seed=seed, runs=300), scenario, 300, seed)


@pytest.mark.deep
def test_play_is_what_run_prints_at_twenty_settings(shared: ExplorerPage) -> None:
    rng = np.random.default_rng(5)
    levers = shared.ask("() => thinline.levers()")
    for _ in range(20):
        some = rng.choice(len(levers), 4, replace=False)
        chosen = {
            levers[k]["path"]: round(float(rng.uniform(levers[k]["low"], levers[k]["high"])), 6)
            for k in some
        }
        for seed in (1, SEED, 99_991):
            asked = shared.play(set=chosen, seed=seed, runs=600)
            assert_printed(asked, load("reassurance_force", chosen), 600, seed)


@pytest.mark.parametrize("preset", ["clear_rules", "truce_in_doubt"])
def test_a_preset_is_the_scenario_of_this_name(shared: ExplorerPage, preset: str) -> None:
    asked = shared.play(preset=preset, seed=SEED, runs=300)
    assert_printed(asked, load(preset), 300, SEED)


def test_levers_have_path_range_value_and_unit(shared: ExplorerPage) -> None:
    found = shared.ask("() => thinline.levers()")
    assert [lever["path"] for lever in found[:3]] == [text.split("=")[0] for text in LEVERS]
    assert found[0] | {"value": None} == {
        "path": "setting.force_size",
        "low": 0,
        "high": 6,
        "unit": "times the pledge",
        "value": None,
    }
    assert all(lever["low"] <= lever["value"] <= lever["high"] for lever in found)


def test_a_told_run_is_the_traced_run(shared: ExplorerPage) -> None:
    chosen = {"setting.backstop": 0.1}
    scenario = load("reassurance_force", chosen)
    for run in (0, 3, 17):
        told = shared.ask("(asked) => thinline.tell(asked)", {"set": chosen, "run": run})
        traced = replay(scenario, run, SEED).months
        assert len(told) == len(traced)
        for month, fact in zip(told, traced, strict=True):
            assert month["rung"] == list(fact.rungs)
            assert (month["tension"], month["power"]) == (fact.tension, fact.power)
            assert month["action"] == (fact.crisis.action if fact.crisis else 0)
            assert month["war"] == fact.war


def test_the_story_of_a_run_names_what_happened(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#told-fold summary")
    for run in range(4):
        opened.page.fill("#told-run", str(run))
        opened.page.locator("#told-run").blur()
        traced = replay(load("reassurance_force"), run, SEED)
        text = opened.text("#told")
        assert f"Ends in month {traced.last.number}: {traced.outcome.label}" in text
        for month in traced.months[1:]:
            if month.crisis and month.crisis.ordered:
                assert f"Russia opens a {month.crisis.action.label}" in text
    assert opened.said == []


def test_flips_are_those_of_a_comparison(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#pin")
    opened.move("setting.backstop", 0)
    opened.settle()
    changed = load("reassurance_force", {"setting.backstop": 0})
    found = compare({"base": load("reassurance_force"), "zero": changed}, 2000, SEED).pairs[0]
    rows = opened.ask(
        "() => [...document.querySelectorAll('#pinned tbody tr')].map((row) =>"
        " [...row.children].map((cell) => cell.textContent))"
    )
    shown = [[int(cell.replace(",", "")) for cell in row[2:]] for row in rows]
    expected = [[each.gained, each.lost] for each in found.differences.values()]
    assert shown == expected
    intervals = [re.findall(r"[+−]?[\d.]+", row[1].replace("points", "")) for row in rows]
    numbers = [[float(text.replace("−", "-")) for text in three] for three in intervals]
    shares = [[100 * part for part in each.share] for each in found.differences.values()]
    assert np.allclose(numbers, shares, atol=0.0501)
    first = found.moves[0]
    buttons = opened.page.locator("#pinned .moves li").first.locator("button")
    assert [int(text) for text in buttons.all_text_contents()][:3] == list(first.examples)
    buttons.first.click()
    assert f"Run {first.examples[0]}." in opened.text("#told .finding")
    assert opened.page.locator("#told .twins > div").count() == 2


def test_the_line_is_run_at_every_value_that_it_shows(visit: Opening) -> None:
    opened = visit()
    opened.settle(("done",))
    rows = opened.ask(
        "() => [...document.querySelectorAll('#line-table tbody tr')].map((row) =>"
        " [...row.children].map((cell) => cell.textContent))"
    )
    assert [row[0] for row in rows] == [format_number(value) for value in SIZES]
    assert {row[-1] for row in rows} == {"2,000"}
    two = load("reassurance_force", {"setting.force_size": 2})
    found = simulate(two, 2000, SEED, keep_records=False).measures
    expected = [format_share_ci(found[name]) for name in ("failure", "escalation", "war")]
    assert rows[5][1:4] == expected
    assert "you are here" in opened.text("#line")


def test_where_war_may_be_least_is_what_the_thin_line_says(visit: Opening) -> None:
    opened = visit()
    opened.settle(("done",))
    found = thin_line(load("reassurance_force"), SIZES, 2000, SEED)
    others = [format_number(size) for size in found.among if size != found.minimum.size]
    assert len(others) > 1
    said = opened.text("#line-text")
    assert f"war is least at force size {format_number(found.minimum.size)}: " in said
    assert f"cannot rule out that war is least at {', '.join(others[:-1])} or {others[-1]}." in said


def test_a_typed_value_out_of_range_is_refused_and_the_last_one_returns(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    lever = opened.page.locator(".lever").first
    typed = lever.locator("input[type=number]")
    typed.fill("2.5")
    for wrong, said in [("9", "9 is out of range."), ("", "Type a number from 0 to 6.")]:
        typed.fill(wrong)
        assert typed.get_attribute("aria-invalid") == "true"
        typed.blur()
        assert typed.input_value() == "2.5"
        assert typed.get_attribute("aria-invalid") is None
        assert said in lever.locator(".problem").text_content()
        assert opened.state()["set"] == {"setting.force_size": 2.5}
    typed.fill("3")
    assert lever.locator(".problem").text_content() == ""


def test_intervals_of_the_endings_have_a_scale(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    ticks = opened.page.locator("#key .scale i").all_text_contents()
    ends = [float(text.replace("\u00a0", " ").removesuffix(" %")) for text in ticks]
    assert ends[0] == 0
    assert len(ends) >= 3
    rights = opened.ask(
        "() => [...document.querySelectorAll('#key .range > i')]"
        ".map(({ style }) => parseFloat(style.left) + parseFloat(style.width))"
    )
    highs = [100 * each.high for each in main_outcomes().values()]
    assert np.allclose(rights, [100 * high / ends[-1] for high in highs], atol=0.02)


def main_outcomes() -> dict[Any, Any]:
    return dict(simulate(load("reassurance_force"), RUNS, SEED, keep_records=False).outcomes)


def test_a_lever_moved_fifty_times_leaves_one_job(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    for k in range(50):
        opened.move("setting.force_size", round(0.02 * (k + 1), 6))
    opened.page.wait_for_timeout(50)
    assert opened.state()["jobs"] == 1
    state = opened.settle()
    assert state["set"] == {"setting.force_size": 1}
    assert state["jobs"] == 1, "the line over a lever"
    assert opened.said == []


def test_settings_are_kept_in_the_address_and_in_a_code(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#pin")
    opened.page.select_option("#preset", "clear_rules")
    opened.move("setting.backstop", 0.35)
    opened.move("setting.force_size", 1.25)
    before = opened.settle()
    assert before["pin"] == {"preset": "", "set": {}}
    again = visit(before["hash"]).settle()
    kept = ("preset", "set", "seed", "runs", "pin", "code")
    assert {name: again[name] for name in kept} == {name: before[name] for name in kept}
    assert again["note"] == ""
    typed = visit()
    typed.settle()
    enter_code(typed, before["code"].lower().replace("-", " "))
    assert {name: typed.state()[name] for name in kept} == {name: before[name] for name in kept}


def enter_code(opened: ExplorerPage, code: str) -> None:
    opened.ask("() => { document.getElementById('code-form').closest('details').open = true; }")
    opened.page.fill("#typed-code", code)
    opened.page.press("#typed-code", "Enter")


def test_other_codes_say_so_and_change_nothing(visit: Opening) -> None:
    old = visit("#tl0;now=,setting.backstop:0")
    old.settle()
    assert "version 0" in old.state()["note"]
    assert old.state()["set"] == {}
    stranger = visit("#tl1;d=00000000;now=,setting.backstop:0.5,setting.no_such:1;seed=3;runs=2000")
    state = stranger.settle()
    assert state["set"] == {"setting.backstop": 0.5}
    assert "setting.no_such" in state["note"]
    assert "another version" in state["note"]
    code = state["code"]
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    for typed, said in [
        (wrong, "wrong or missing"),
        (code.replace("TL1", "TL2"), "version 2"),
        ("hello", "not a settings code"),
        ("", "not a settings code"),
    ]:
        enter_code(stranger, typed)
        assert said in stranger.state()["note"], typed
        assert stranger.state()["set"] == {"setting.backstop": 0.5}


@pytest.mark.parametrize("hash_", ["#100%", "#tl1;now=%E0%A4%A", "#tl1;now=,setting.backstop:%"])
def test_a_damaged_link_says_so(visit: Opening, hash_: str) -> None:
    opened = visit(hash_)
    opened.settle()
    assert "This link is damaged" in opened.state()["note"]
    assert opened.state()["set"] == {}
    assert opened.said == []


def test_a_damaged_code_says_so_and_changes_nothing(visit: Opening) -> None:
    opened = visit("#tl1;now=,setting.backstop:0.5;runs=2000")
    opened.settle()
    mark = int(
        opened.ask("() => JSON.parse(document.getElementById('data').textContent).digest")[:4], 16
    )
    # The mark of this explorer, no preset, one lever with a number that no lever has.
    enter_code(opened, settings_code([mark, 0, 1, 5000, 0, 1, 1, 100]))
    assert "damaged" in opened.state()["note"]
    enter_code(opened, settings_code([mark, 0, 0, 1]))
    assert "damaged" in opened.state()["note"]
    assert opened.state()["set"] == {"setting.backstop": 0.5}
    assert opened.said == []


def settings_code(numbers: list[int]) -> str:
    """Numbers as a settings code with a right check, as ``codes.js`` writes it."""
    body = []
    for number in numbers:
        rest = number
        while rest >= 128:
            body.append(rest % 128 + 128)
            rest //= 128
        body.append(rest)
    one, two = 1, 0
    for byte in body:
        one = (one + byte) % 251
        two = (two + one) % 251
    bits = "".join(f"{byte:08b}" for byte in [*body, one, two])
    bits += "0" * (-len(bits) % 5)
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "TL1" + "".join(letters[int(bits[k : k + 5], 2)] for k in range(0, len(bits), 5))


REFUSED = [
    ({"set": {"no.such": 1}}, 'no parameter "no.such"'),
    ({"set": {"setting.force_size": 7}}, "setting.force_size: 7 is not from 0 to 6"),
    ({"set": {"setting.force_size": "1"}}, "not a finite number"),
    ({"preset": "nowhere"}, 'no scenario "nowhere"'),
]
REASON = "([name, asked]) => thinline[name](asked).then(() => 'played', (error) => error.message)"


@pytest.mark.parametrize("name", ["play", "tell"])
@pytest.mark.parametrize(("asked", "said"), REFUSED, ids=str)
def test_scripts_are_refused_what_the_page_does_not_have(
    shared: ExplorerPage, name: str, asked: dict[str, Any], said: str
) -> None:
    assert said in shared.ask(REASON, [name, asked])


def test_scripts_may_ask_for_the_settings_of_the_page(shared: ExplorerPage) -> None:
    told = shared.ask("() => thinline.tell()")
    assert told == shared.ask("(asked) => thinline.tell(asked)", {"seed": SEED, "run": 0})
    assert shared.ask("() => thinline.play()") == shared.play(runs=10_000, seed=SEED)


def test_a_pool_with_a_job_is_not_closed_by_a_third_preset(shared: ExplorerPage) -> None:
    presets = ["", "clear_rules", "truce_in_doubt"]
    runs = "(presets) => Promise.all(presets.map((preset) => thinline.play({preset, runs: 3000})))"
    found = shared.ask(runs, presets)
    assert [each["outcomes"] for each in found] == [
        shared.play(preset=preset, runs=3000)["outcomes"] for preset in presets
    ]


def test_an_error_while_playing_is_shown(visit: Opening) -> None:
    opened = visit(init=BROKEN_WORKER)
    opened.ask("() => thinline.ready")
    opened.page.wait_for_function("() => document.getElementById('note').textContent !== ''")
    assert "a broken block" in opened.state()["note"]
    assert opened.said == []


# A worker that starts, and fails at its first job.
BROKEN_WORKER = """globalThis.Worker = class {
  postMessage({ kind, job }) {
    const failed = { kind: "error", job, message: "a broken block" };
    const answer = kind === "init" ? { kind: "ready" } : failed;
    setTimeout(() => this.onmessage({ data: answer }), 0);
  }
  terminate() {}
};"""


def test_without_scripts_there_is_a_poster(visit: Opening) -> None:
    opened = visit(java_script_enabled=False)
    page = opened.page
    assert page.locator("#waffle svg").is_visible()
    assert page.locator("#line svg").is_visible()
    assert page.locator("#key .share").first.is_visible()
    assert not page.locator("#levers").is_visible()
    assert page.locator("noscript .sheet").is_visible()
    assert "Scripts are off" in page.locator("noscript .banner").text_content()


def test_without_webassembly_there_is_a_grid_and_a_told_run(visit: Opening) -> None:
    opened = visit(init="delete globalThis.WebAssembly")
    opened.ask("() => thinline.ready")
    assert "cannot play" in opened.state()["note"]
    assert opened.page.locator("#told .story").is_visible()
    before = opened.text("#headline")
    opened.page.locator("#levers-shown select").first.select_option("0")
    after = opened.text("#headline")
    assert after != before
    shown = load("reassurance_force", {"setting.force_size": 0})
    war = simulate(shown, 100, SEED, keep_records=False).measures["war"]
    assert f"war comes in {format_share(war)}" in after
    for name in ("play", "tell"):
        assert "this browser cannot play the model here" in opened.ask(REASON, [name, {}])
    assert opened.said == []


def test_without_workers_the_page_itself_plays(visit: Opening) -> None:
    opened = visit(init="globalThis.Worker = class { constructor() { throw new Error('no'); } };")
    state = opened.settle()
    assert state["workers"] == 0
    assert_printed(opened.play(runs=300, seed=4), load("reassurance_force"), 300, 4)
    assert opened.said == []


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
    opened.settle()
    assert opened.state()["mode"] == "shown"
    assert opened.page.locator("#waffle").is_visible()
    shown = load("reassurance_force", {"setting.force_size": 0})
    failure = simulate(shown, RUNS, SEED, keep_records=False).measures["failure"]
    said = opened.page.locator(".said").nth(2).text_content()
    assert said.startswith(f"You said 15; the runs give {format_share(failure)}")
    assert opened.state()["predictions"][0]["said"] == [60, 20, 15, 5]


def test_a_question_that_is_left_gives_nothing_away(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.click("#predict-start")
    assert opened.state()["set"] == {"setting.force_size": 0}
    opened.page.click("#predict-leave")
    assert opened.settle()["set"] == {}
    assert opened.state()["mode"] == "explore"


def test_predictions_of_a_class_are_collected(visit: Opening) -> None:
    codes = []
    for guess in ((50, 0, 30, 20), (10, 20, 30, 40)):
        opened = visit()
        opened.settle()
        predict(opened, guess)
        codes.append(opened.text("#predict-code"))
    opened.ask("() => { document.getElementById('predict-codes').closest('details').open = true; }")
    opened.page.fill("#predict-codes", "\n".join([*codes, "TLP1-0000"]))
    assert "2 predictions of this question; not read: TLP1-0000" in opened.text("#predict-room")
    label = opened.page.locator("#predict-room .dots").first.get_attribute("aria-label")
    assert "predicted 50, 10" in label


def predict(opened: ExplorerPage, guess: tuple[int, ...]) -> None:
    """Answer the question that is asked; ask the first one if there is none yet."""
    if opened.state()["mode"] != "ask":
        opened.page.click("#predict-start")
    for k, value in enumerate(guess):
        opened.page.fill(f"#predict-bars input[type=number][data-item='{k}']", str(value))
    opened.page.click("#predict-reveal")
    opened.settle()


def test_a_seat_left_to_the_model_plays_the_told_run(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "Russia (challenger)", run=5)
    while opened.page.locator("#seat-board form").count():
        opened.page.click("#seat-board form button")
    traced = replay(load("reassurance_force"), 5, SEED)
    expected = f"Ends in month {traced.last.number}: {traced.outcome.label}"
    assert expected in opened.text("#seat-board .finding")
    opened.page.wait_for_selector("#seat-board svg .you-path", timeout=60_000)
    label = opened.page.locator("#seat-board svg:has(.you-path)").get_attribute("aria-label")
    assert f"In month {traced.last.number}, the last of your run, it is" in label
    assert_that_month_is_compared(label, traced.last.number)
    assert opened.said == []


def assert_that_month_is_compared(label: str, month: int) -> None:
    """The model runs that reach the last month of one's own, and their median in that month."""
    numbers = re.search(r"Of ([\d,]+) model runs ([\d,]+) reach .*? median is ([\d.]+)", label)
    assert numbers is not None, label
    told, reached, median = (float(text.replace(",", "")) for text in numbers.groups())
    runs = [replay(load("reassurance_force"), run, SEED).months for run in range(int(told))]
    powers = sorted(months[month].power for months in runs if len(months) > month)
    assert len(powers) == reached
    assert powers[len(powers) // 2] == pytest.approx(median, abs=0.0051)


def test_a_decision_in_a_seat_is_carried_out(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "Russia (challenger)", run=5)
    while "What do you open" not in opened.text("#seat-board legend"):
        opened.page.click("#seat-board form button")
    opened.page.check("#seat-board label:has-text('mobilisation') input")
    opened.page.click("#seat-board form button")
    assert "mobilisation" in opened.text("#seat-board")
    assert opened.said == []


# Words of what a state keeps to itself: utilities, chances, its fighting value, its reasons.
PRIVATE = re.compile(r"utility|chance|fighting -?−?\d|needed|[Cc]eiling|Because|By choice|\d %")


def test_a_seat_is_told_no_reasons_of_others_until_the_run_is_over(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "France", run=5)
    boards = []
    while opened.page.locator("#seat-board form").count():
        boards.append(opened.text("#seat-board"))
        opened.page.click("#seat-board form button")
    lately = [board.partition("Last month: ")[2].partition(".")[0] for board in boards]
    assert any(text and text != "nothing to report" for text in lately), lately
    assert [board for board in boards if PRIVATE.search(board)] == []
    opened.page.wait_for_selector("#seat-board .story", state="attached")
    assert PRIVATE.search(opened.text("#seat-board .story"))
    assert opened.said == []


def test_a_run_that_does_not_exist_is_refused_in_a_seat(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    open_seat(opened, "France", run=-1)
    assert "run" in opened.state()["note"] or "first" in opened.state()["note"]
    assert opened.said == []


def open_seat(opened: ExplorerPage, state: str, run: int) -> None:
    opened.ask("() => { document.getElementById('seat-begin').closest('details').open = true; }")
    opened.page.select_option("#seat-state", label=state)
    opened.page.fill("#seat-run", str(run))
    opened.page.click("#seat-begin")


@pytest.mark.parametrize("width", [360, 640, 1280])
def test_nothing_runs_off_the_side(visit: Opening, width: int) -> None:
    opened = visit()
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.settle()
    opened.page.click("#pin")
    opened.move("setting.backstop", 0)
    opened.ask("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    opened.settle()
    assert not opened.is_wider_than_its_window()
    opened.page.keyboard.press("p")
    assert not opened.is_wider_than_its_window()
    assert opened.said == []


def test_the_key_p_enlarges_the_text_and_typing_does_not(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    size = "() => getComputedStyle(document.querySelector('.key .what span')).fontSize"
    assert opened.ask(size) != "24px"
    opened.page.keyboard.press("p")
    assert opened.ask(size) == "24px"
    opened.page.keyboard.press("p")
    opened.ask("() => { document.getElementById('code-form').closest('details').open = true; }")
    opened.page.focus("#typed-code")
    opened.page.keyboard.press("p")
    assert opened.ask(size) != "24px"


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
    assert opened.page.pdf(format="A4").startswith(b"%PDF")


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
