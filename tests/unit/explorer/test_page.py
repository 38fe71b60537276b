"""The contents of an explorer, its presets, and what it refuses."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sim.enums import Decision, Outcome, Participation
from sim.errors import RunFailed, UsageError
from sim.experiments.simulate import simulate
from sim.explorer import drawing, page
from sim.explorer.page import ASSETS, SCRIPTS, embedded, explore, make_explorer, render_explorer
from sim.explorer.poster import Count
from sim.explorer.telling import DEEDS, OWN, PARTING, PUBLIC, STANDING
from sim.explorer.words import PREDICTED, cast
from sim.scenario.load import load
from sim.trace.prompts import PROMPTS
from tests.results import HOSTILE
from tests.scenarios import tiny

LONGEST = 300
LEVER = ["setting.clarity=0:1"]


@pytest.fixture(scope="module")
def explorer() -> page.Explorer:
    return make_explorer([load("reassurance_force"), load("clear_rules")], LEVER, runs=40)


def test_the_page_is_whole_and_the_same_each_time(explorer: page.Explorer) -> None:
    text = render_explorer(explorer)
    assert text == render_explorer(explorer)
    assert explorer.digest in text
    assert "connect-src 'none'" in text
    assert not re.search(r"(src|href)=[\"']https?:", text)


def test_the_poster_counts_the_runs_of_a_simulation(explorer: page.Explorer) -> None:
    results = simulate(explorer.scenario, 40, explorer.poster.seed)
    assert explorer.poster.count == Count.of(results)
    assert sum(explorer.poster.count.outcomes) == 40
    wars = explorer.poster.count.outcomes[Outcome.RENEWED_OFFENSIVE :]
    assert explorer.poster.count.causes["war"] == sum(wars)
    assert [value for value, _ in explorer.poster.grids["setting.clarity"]] == [
        0,
        0.25,
        0.5,
        0.75,
        1,
    ]


def test_pictures_of_the_poster_have_a_hundred_dots_and_a_text(explorer: page.Explorer) -> None:
    dots = ElementTree.fromstring(drawing.draw_waffle(explorer.poster.count))
    assert len(dots) == 100
    line = drawing.draw_line("Clarity", explorer.poster.grids["setting.clarity"])
    for svg in (dots, ElementTree.fromstring(line)):
        assert "model runs" in svg.attrib["aria-label"]


def test_presets_are_scenarios_of_the_same_cast() -> None:
    presets = make_explorer([load("reassurance_force")], LEVER, runs=5).presets
    names = [preset.scenario.name for preset in presets]
    assert "clear_rules" in names
    assert "korean_armistice" not in names
    assert "reassurance_force" not in names
    assert all(preset.changes for preset in presets)


def test_scenarios_of_another_cast_or_name_are_refused() -> None:
    main = load("reassurance_force")
    for others, said in [([load("korean_armistice")], "has other"), ([main], "named twice")]:
        with pytest.raises(UsageError, match=said):
            make_explorer([main, *others], LEVER, runs=5)


@pytest.mark.parametrize(
    ("options", "said"), [({"seed": 2**32}, "seed"), ({"runs": 0}, "runs")], ids=str
)
def test_numbers_out_of_range_are_refused(options: dict[str, int], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        make_explorer([tiny()], LEVER, **options)  # type: ignore[arg-type]


def test_no_scenario_and_no_loaded_scenario_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no scenario"):
        explore([], tmp_path / "x.html")
    with pytest.raises(UsageError, match="not a loaded scenario"):
        explore(["no_force"], tmp_path / "x.html")  # type: ignore[list-item]


def test_a_missing_folder_is_told_as_the_command_tells_it(tmp_path: Path) -> None:
    """Before anything is run."""
    with pytest.raises(UsageError, match=r"there is no folder .*nowhere") as refused:
        explore([tiny()], tmp_path / "nowhere" / "x.html")
    assert refused.value.remedy == "make it first, or choose another"


def test_a_file_that_is_too_large_is_refused(
    explorer: page.Explorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_BYTES", 1000)
    with pytest.raises(UsageError, match="more than 1,000"):
        page.write_explorer(explorer, tmp_path / "x.html")
    assert not (tmp_path / "x.html").exists()


def test_a_module_that_is_older_than_the_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "module_sources_digest", lambda: "of other sources")
    with pytest.raises(RunFailed, match="make wasm"):
        make_explorer([tiny()], LEVER, runs=5)


def test_the_digest_changes_with_the_scenario_and_the_levers(explorer: page.Explorer) -> None:
    others = [
        replace(explorer, presets=()),
        replace(explorer, levers=explorer.levers[1:]),
        replace(explorer, scenario=load("clear_rules")),
    ]
    assert len({each.digest for each in (explorer, *others)}) == 4


def test_embedded_json_cannot_end_its_element() -> None:
    text = embedded({"a": HOSTILE, "b": "<!--", "c": "\u2028"})
    assert "<" not in text
    assert json.loads(text) == {"a": HOSTILE, "b": "<!--", "c": "\u2028"}


def test_every_script_is_used_and_short() -> None:
    assert sorted(SCRIPTS) == sorted(file.name for file in ASSETS.glob("*.js"))
    for name in SCRIPTS:
        assert len((ASSETS / name).read_text("utf-8").splitlines()) <= LONGEST, name


def test_the_scripts_contain_no_word_of_the_model() -> None:
    text = "\n".join((ASSETS / name).read_text("utf-8") for name in SCRIPTS)
    for outcome in Outcome:
        assert outcome.word not in text
        assert outcome.label not in text
    assert not re.search(r"setting\.(force|clarity|backstop)", text)


def test_states_that_no_article_names_are_explained_where_there_are_any() -> None:
    assert cast(load("reassurance_force"))["unnamed"].startswith("The 12 Other Pledgers stand for ")
    assert cast(tiny())["unnamed"] == ""


def test_predicted_groups_exhaust_the_endings() -> None:
    grouped = [outcome for item in PREDICTED for outcome in item.outcomes]
    causes = [item.measure for item in PREDICTED if item.measure]
    assert sorted(grouped) == [o for o in Outcome if o < Outcome.RENEWED_OFFENSIVE]
    assert causes == ["failure", "escalation"]


def test_templates_name_fields_and_decisions_that_the_engine_has() -> None:
    from sim.browser.package import scenario_document

    document = scenario_document(tiny())
    fields = document["layout"]["story"]["fields"]
    shown = [name for rows in (PUBLIC, *OWN.values()) for name, _ in rows]
    weighed = [name for flag, share, _ in PARTING["chances"].values() for name in (flag, share)]
    assert {*DEEDS, *shown, *weighed} <= set(fields)
    assert list(PROMPTS) == list(Decision)
    assert list(STANDING) == list(Participation.words())
    assert {k: list(v["options"]) for k, v in document["decisions"].items()} == {
        decision.word: list(prompt.options) for decision, prompt in PROMPTS.items()
    }
