"""Levers, links, settings codes and scripts change the settings of the explorer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.explorer_page import REASON, RUNS, SEED, ExplorerPage, Opening


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
    typed.fill("9")
    typed.blur()
    opened.page.click("#reset")
    assert lever.locator(".problem").text_content() == ""
    assert typed.input_value() == "", "the value is drawn in each run"
    assert "average 0.93; drawn in each run" in lever.locator(".now").text_content()


@pytest.mark.parametrize("field", ["seed", "told-run", "seat-run"])
def test_a_wrong_seed_or_run_is_refused_beside_its_field_and_the_last_one_returns(
    visit: Opening, field: str
) -> None:
    opened = visit()
    opened.settle()
    opened.ask("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    number = opened.page.locator(f"#{field}")
    problem = opened.page.locator(f"#{field}-problem")
    number.fill("7")
    number.blur()
    allowed = "a whole number from 0 to 4,294,967,295. It is still 7."
    for wrong, said in [("-1", "-1 is not"), ("2.5", "2.5 is not"), ("1e12", "1e12 is not")]:
        number.fill(wrong)
        number.blur()
        assert problem.text_content() == f"{said} {allowed}"
        assert number.input_value() == "7"
    number.fill("")
    number.blur()
    assert problem.text_content() == f"Type {allowed}"
    assert number.get_attribute("aria-describedby") == f"{field}-problem"
    number.fill("8")
    assert problem.text_content() == ""
    assert opened.said == []


def test_a_lever_moved_fifty_times_leaves_one_job(visit: Opening) -> None:
    opened = visit("#tl1;runs=2000")
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
    enter_code(typed, before["code"].replace("TL1", "TLI").lower().replace("-", " "))
    assert {name: typed.state()[name] for name in kept} == {name: before[name] for name in kept}


def test_what_is_left_of_other_settings_goes_or_is_marked(visit: Opening) -> None:
    opened = visit("#tl1;runs=1000")
    opened.settle()
    own = opened.page.title()
    opened.page.click("#pin")
    opened.page.select_option("#preset", "clear_rules")
    opened.settle()
    assert opened.page.title() == f"{opened.text('#title')} · thinline" != own
    assert opened.page.locator("#printed-about").get_attribute("hidden") is not None
    assert opened.page.locator("#pinned.earlier").count() == 0
    is_marked = """() => {
      const lever = document.querySelector(".lever input");
      lever.value = 3;
      lever.dispatchEvent(new Event("input", { bubbles: true }));
      return document.getElementById("pinned").className;
    }"""
    assert opened.ask(is_marked) == "earlier"
    opened.page.click("#unpin")
    assert opened.ask("() => document.activeElement.id") == "pin"


def test_the_skip_link_keeps_the_settings_in_the_address(visit: Opening) -> None:
    opened = visit("#tl1;now=,setting.backstop:0.5;runs=100")
    before = opened.settle()["hash"]
    opened.page.locator(".skip").focus()
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function("hash => location.hash === hash", arg=before)
    assert opened.state()["set"] == {"setting.backstop": 0.5}


def test_a_link_without_a_number_sets_nothing(visit: Opening) -> None:
    opened = visit("#tl1;now=,setting.force_size:")
    opened.ask("() => thinline.ready")
    assert "setting.force_size has no number" in opened.text("#note")
    assert opened.state()["set"] == {}


def enter_code(opened: ExplorerPage, code: str) -> None:
    opened.ask("() => { document.getElementById('code-form').closest('details').open = true; }")
    opened.page.fill("#typed-code", code)
    opened.page.press("#typed-code", "Enter")


def test_other_codes_say_so_and_change_nothing(visit: Opening) -> None:
    old = visit("#tl0;now=,setting.backstop:0")
    old.ask("() => thinline.ready")
    assert "version 0" in old.state()["note"]
    assert old.state()["set"] == {}
    stranger = visit("#tl1;d=00000000;now=,setting.backstop:0.5,setting.no_such:1;seed=3;runs=300")
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
        assert said in stranger.text("#code-problem"), typed
        assert stranger.state()["set"] == {"setting.backstop": 0.5}
    stranger.page.click("#reset")
    assert stranger.text("#code-problem") == stranger.state()["note"] == ""


@pytest.mark.parametrize("field", ["seed=-5", "seed=", "runs=200000", "runs=many"])
def test_a_number_of_a_link_that_is_out_of_range_is_not_replaced_in_silence(
    visit: Opening, field: str
) -> None:
    opened = visit(f"#tl1;{field};runs=100" if field.startswith("seed") else f"#tl1;{field}")
    opened.ask("() => thinline.ready")
    name = field.partition("=")[0]
    assert f"{name} is out of its range" in opened.text("#note")
    assert opened.state()["seed"] == SEED


def test_a_fold_that_is_opened_meanwhile_leaves_the_line_marked_as_the_earlier_one(
    visit: Opening,
) -> None:
    opened = visit("#tl1;runs=1000")
    opened.settle(("done",))
    opened.move("setting.backstop", 0.33)
    opened.ask(
        """() => {
          document.getElementById("numbers-fold").open = true;
          return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        }"""
    )
    assert opened.state()["stage"] in ("runs", "line")
    assert "not yet played" in opened.text("#line-text")


@pytest.mark.parametrize("hash_", ["#100%", "#tl1;now=%E0%A4%A", "#tl1;now=,setting.backstop:%"])
def test_a_damaged_link_says_so(visit: Opening, hash_: str) -> None:
    opened = visit(hash_)
    opened.ask("() => thinline.ready")
    assert "This link is damaged" in opened.state()["note"]
    assert opened.state()["set"] == {}
    assert opened.said == []


def test_a_damaged_code_says_so_and_changes_nothing(visit: Opening) -> None:
    opened = visit("#tl1;now=,setting.backstop:0.5;runs=300")
    opened.settle()
    mark = int(
        opened.ask("() => JSON.parse(document.getElementById('data').textContent).digest")[:4], 16
    )
    # The mark of this explorer, no preset, one lever with a number that no lever has.
    for numbers in ([mark, 0, 1, 5000, 0, 1, 1, 100], [mark, 0, 0, 1]):
        enter_code(opened, settings_code(numbers))
        assert "damaged" in opened.text("#code-problem")
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


@pytest.mark.parametrize("name", ["play", "tell"])
@pytest.mark.parametrize(("asked", "said"), REFUSED, ids=str)
def test_scripts_are_refused_what_the_page_does_not_have(
    shared: ExplorerPage, name: str, asked: dict[str, Any], said: str
) -> None:
    assert said in shared.ask(REASON, [name, asked])


def test_scripts_may_ask_for_the_settings_of_the_page(shared: ExplorerPage) -> None:
    told = shared.ask("() => thinline.tell()")
    assert told == shared.ask("(asked) => thinline.tell(asked)", {"seed": SEED, "run": 0})
    assert shared.ask("() => thinline.play()") == shared.play(runs=RUNS, seed=SEED)


def test_a_pool_with_a_job_is_not_closed_by_a_third_preset(shared: ExplorerPage) -> None:
    presets = ["", "clear_rules", "truce_in_doubt"]
    runs = "(presets) => Promise.all(presets.map((preset) => thinline.play({preset, runs: 3000})))"
    found = shared.ask(runs, presets)
    assert [each["outcomes"] for each in found] == [
        shared.play(preset=preset, runs=3000)["outcomes"] for preset in presets
    ]


def test_a_change_of_a_preset_begins_with_its_path_as_it_is_typed(visit: Opening) -> None:
    opened = visit()
    opened.settle()
    opened.page.select_option("#preset", "clear_rules")
    told = opened.page.locator("#changes li").all_text_contents()
    assert any(text.startswith("setting.clarity: ") for text in told)
