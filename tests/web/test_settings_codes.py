"""Settings codes and addresses: those that Python writes are those of the explorer's scripts."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from sim.explorer.codes import DIGITS, Codes, State, encode
from sim.explorer.page import ASSETS, Explorer, data, make_explorer, write_explorer
from sim.lessons.catalogue import load_lesson
from sim.scenario.load import load
from tests.conftest import quietly
from tests.docs.pages import ROOT
from tests.hostile_texts import PIECES, mutated
from tests.web.explorer_page import ExplorerPage
from tools.chromium import wait_until

# A lesson with another scenario in some of its steps.
LESSON = "truce"
LINK = re.compile(
    r'<th scope="row">(.+?)(?: <span class="name">\w+</span>)?<code>[^<]*</code>'
    r'<a class="code" href="([^"]+)" target="_blank" rel="noopener">([^<]+)</a>'
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("lesson")
    quietly("lesson", "build", LESSON, "--out", out, "--runs", 20)
    return out


@pytest.fixture(scope="module")
def lesson_page(browser: Any, folder: Path) -> Iterator[ExplorerPage]:
    """The explorer of the lesson."""
    yield from opened_idle(browser, f"{(folder / 'explorer.html').as_uri()}#tl1;runs=100")


# A worker that starts, and never plays: what is shown of settings does not wait for runs.
IDLE_WORKER = """globalThis.Worker = class {
  postMessage({ kind }) {
    if (kind === "init") setTimeout(() => this.onmessage({ data: { kind: "ready" } }), 0);
  }
  terminate() {}
};"""


def opened_idle(browser: Any, address: str) -> Iterator[ExplorerPage]:
    """An explorer that plays nothing."""
    context = browser.new_context()
    context.add_init_script(IDLE_WORKER)
    yield ExplorerPage(context, address)
    context.close()


def type_code(opened: ExplorerPage, code: str) -> dict[str, Any]:
    opened.ask("() => { document.getElementById('code-form').closest('details').open = true; }")
    opened.page.fill("#typed-code", code)
    opened.page.press("#typed-code", "Enter")
    return opened.state()


def follow(opened: ExplorerPage, address: str) -> dict[str, Any]:
    """What the page shows at another address of it, once it has read the address."""
    opened.page.goto(opened.page.url.partition("#")[0] + "#" + address.partition("#")[2])
    wait_until(opened.page, "() => location.hash === thinline.state().hash")
    return opened.state()


def test_links_and_codes_of_a_sheet_show_the_runs_of_its_steps(
    folder: Path, lesson_page: ExplorerPage
) -> None:
    lesson = load_lesson(LESSON)
    sheet = (folder / "student_90.html").read_text(encoding="utf-8")
    teacher = (folder / "teacher_90.html").read_text(encoding="utf-8")
    found = [tuple(map(unescape, row)) for row in LINK.findall(sheet)]
    names = [name for step in lesson.steps for name in step.show]
    assert [label for label, _, _ in found] == [lesson.runs[name].label for name in names]
    for name, (_, address, code) in zip(names, found, strict=True):
        run = lesson.runs[name]
        expected = {
            "preset": "" if run.scenario == lesson.scenario else run.scenario,
            "set": run.values,
            "seed": run.seed,
            "runs": run.runs,
            "pin": None,
            "note": "",
            "code": code,
        }
        assert address.startswith("explorer.html#tl1;")
        assert f">{code}</a>" in teacher
        follow(lesson_page, "#tl1;now=;seed=3;runs=100")
        shown = follow(lesson_page, address)
        assert {key: shown[key] for key in expected} == expected, name
        assert lesson_page.page.input_value("#runs") == str(run.runs)
        follow(lesson_page, "#tl1;now=;seed=3;runs=100")
        shown = type_code(lesson_page, code)
        assert {key: shown[key] for key in expected} == expected, name


@pytest.fixture(scope="module")
def ready_made(browser: Any) -> Iterator[ExplorerPage]:
    """The explorer of the documentation."""
    yield from opened_idle(browser, f"{(ROOT / 'docs' / 'explorer.html').as_uri()}#tl1;runs=2000")


@pytest.mark.parametrize("page", ["model", "scenarios"])
def test_every_link_of_the_documentation_is_shown_as_it_is_written(
    ready_made: ExplorerPage, page: str
) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    addresses = re.findall(r"\]\((explorer\.html#tl1;[^)]+)\)", text)
    assert addresses
    for address in addresses:
        shown = follow(ready_made, address)
        assert shown["note"] == "", address
        preset, *values = address.partition("now=")[2].partition(";")[0].split(",")
        assert shown["preset"] == preset
        assert shown["set"] == {
            path: float(value) for path, value in (each.split(":") for each in values)
        }
        assert (shown["pin"] is None) == (";pin=" not in address)


LEVERS = ("setting.force_size=0:6", "setting.backstop", "states.france.pledge", "constants.threat")
SETTINGS: list[tuple[str, dict[str, Any]]] = [
    ("", {}),
    ("clear_rules", {}),
    ("", {"setting.backstop": 0.1234567, "setting.force_size": 0.0078125}),
    ("no_force", {"states.france.pledge": "ground", "setting.force_size": 6}),
    ("", {"setting.force_size": 1e-6, "setting.backstop": 1, "states.russia.ambition": 0.3}),
]


@pytest.fixture(scope="module")
def explorer() -> Explorer:
    return make_explorer([load("reassurance_force")], LEVERS, runs=20)


@pytest.fixture(scope="module")
def opened(browser: Any, explorer: Explorer, tmp_path_factory: Any) -> Iterator[ExplorerPage]:
    file = write_explorer(explorer, tmp_path_factory.mktemp("explorer") / "explorer.html")
    yield from opened_idle(browser, f"{file.as_uri()}#tl1;runs=100")


@pytest.mark.parametrize("pinned", [None, *SETTINGS[:3]], ids=str)
@pytest.mark.parametrize("now", SETTINGS, ids=str)
def test_python_and_the_page_write_the_same(
    opened: ExplorerPage, explorer: Explorer, now: Any, pinned: Any
) -> None:
    codes = explorer.codes
    setting = codes.setting(*now)
    assert setting is not None
    state = State(setting, 2**32 - 1, 129, pinned and codes.setting(*pinned))
    shown = follow(opened, f"#{codes.address(state)}")
    assert shown["note"] == ""
    assert (shown["hash"], shown["code"]) == (f"#{codes.address(state)}", codes.code(state))
    follow(opened, "#tl1;now=;seed=3;runs=100")
    assert type_code(opened, codes.code(state))["hash"] == f"#{codes.address(state)}"


@pytest.mark.parametrize(
    ("preset", "values"),
    [
        ("korean_armistice", {}),
        ("", {"setting.no_such": 1}),
        ("", {"setting.force_size": 6.1}),
        ("", {"setting.backstop": "{shift: 0.1}"}),
    ],
)
def test_what_the_page_cannot_show_has_no_setting(
    explorer: Explorer, preset: str, values: dict[str, Any]
) -> None:
    assert explorer.codes.setting(preset, values) is None


TRIALS = int(os.environ.get("THINLINE_TRIALS", "3000"))
# For each text the code of what the page reads from it, or why it reads nothing.
READ = """([data, texts]) => {
  const explorer = {};
  %s
  const { fromCode, toCode } = explorer.state;
  return texts.map((text) => {
    const { state, note } = fromCode(data, text);
    return state ? [toCode(data, state), note] : [null, note];
  });
}"""


def right_code(codes: Codes, chance: random.Random) -> str:
    """The code of any state of an explorer."""
    preset = chance.choice(["", *codes.presets])
    chosen = chance.sample(codes.levers, chance.randrange(len(codes.levers) + 1))
    values = {lever.path: chance.uniform(lever.factor.low, lever.factor.high) for lever in chosen}
    words = {path: round(value) for path, value in values.items() if path.endswith("pledge")}
    setting = codes.setting(preset, values | words)
    assert setting is not None
    state = State(setting, chance.randrange(2**32), chance.randrange(1, 100_001))
    return codes.code(state)


def hostile_code(codes: Codes, right: str, chance: random.Random) -> str:
    """A right code with something changed, or numbers that belong to no settings."""
    kind = chance.randrange(6)
    place = chance.randrange(3, len(right))
    if kind == 0:
        return right[:place] + chance.choice(DIGITS) + right[place + 1 :]
    if kind == 1:
        return right[:place] + chance.choice(["", right[place:] * 2, right[place:] * 500])
    if kind == 2:
        return right[:2] + chance.choice("023456789IO") + right[3:]
    if kind == 3:
        return mutated(right, chance)
    if kind == 4:
        return "".join(chance.choices([*PIECES, *DIGITS, "TL1-"], k=chance.randrange(30)))
    return encode("TL1", hostile_numbers(int(codes.digest[:4], 16), chance))


def hostile_numbers(mark: int, chance: random.Random) -> list[int]:
    """Numbers as a code has them: some too large, too many or too few, levers set twice."""
    large = [2**31, 2**53 - 1, 2**53, 2**64, 10**400]

    def number(most: int) -> int:
        return chance.choice(large) if chance.random() < 0.05 else chance.randrange(most)

    levers = [[number(5), number(16), number(2_000_000)] for _ in range(chance.randrange(4))]
    body = [number(3), number(4), *chain(*levers), number(99), number(99), number(2)]
    extra = [number(9) for _ in range(chance.choice([0, 0, 1, 3]))]
    return [mark, *body, *extra][: chance.choice([None, None, 3])]


def letters_of(code: str) -> str:
    """What a code says, however it is typed."""
    plain = re.sub("[^0-9A-Z]", "", code.upper())
    return plain[:2] + plain[2:].translate(str.maketrans("ILO", "110"))


def test_a_page_reads_what_was_written_or_says_why_not(browser: Any, explorer: Explorer) -> None:
    codes, tried = explorer.codes, []
    for number in range(TRIALS):
        chance = random.Random(number)
        right = right_code(codes, chance)
        tried.append((right, hostile_code(codes, right, chance)))
    page = browser.new_page()
    scripts = "\n".join((ASSETS / name).read_text("utf-8") for name in ("codes.js", "state.js"))
    texts = [text for pair in tried for text in pair]
    found = page.evaluate(READ % scripts, [data(explorer), texts])
    page.close()
    for number, (right, text) in enumerate(tried):
        (written, _), (read, note) = found[2 * number : 2 * number + 2]
        assert written == right, number
        assert bool(read) != bool(note), (number, text)
        assert read is None or letters_of(read) == letters_of(text), (number, text, read)
