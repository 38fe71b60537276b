"""The report as a document: what stands in it, and that nothing breaks out of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from sim.enums import Outcome
from sim.figures import theme
from sim.report import page, write_report
from sim.report.page import unbroken
from sim.report.panels import headline
from sim.report.reproduce import command
from sim.report.run_report import report
from sim.scenario.load import load
from tests.results import HOSTILE, hostile, results
from tests.scenarios import scenario_of, tiny

VOID = {"meta", "link", "img", "br", "circle", "path"}


class Outline(HTMLParser):
    """The elements of a page, with their attributes and the text in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.text.setdefault(self.open[-1] if self.open else "", []).append(data)

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    def words(self, tag: str) -> str:
        return " ".join(" ".join(self.text.get(tag, [])).split())


@pytest.fixture(scope="module")
def html() -> str:
    return report(results(scenario=hostile()))


@pytest.fixture(scope="module")
def outline(html: str) -> Outline:
    return Outline(html)


class TestContents:
    def test_the_banner_comes_before_all_else(self, html: str) -> None:
        body = html[html.index("<body>") :]
        assert body.index("forecasts nothing") < body.index("<h1>")
        assert "invented weights, contested sources" in body

    def test_the_headline_is_the_one_the_terminal_shows(self, html: str) -> None:
        assert unbroken(headline(results(scenario=hostile()))) in html

    def test_the_sections_are_in_order(self, html: str) -> None:
        wanted = ["endings", "time-to-end", "incidence", "who-takes-part"]
        wanted += ["record", "assumptions", "about", "reproduce"]
        assert re.findall(r'<h2 id="([^"]*)"', html) == wanted

    def test_every_figure_has_a_text_alternative_and_a_table(self, outline: Outline) -> None:
        drawings = [a for a in outline.all("div") if a.get("class") == "drawing"]
        assert len(drawings) == 4
        assert all(a["role"] == "img" and len(a["aria-label"] or "") > 60 for a in drawings)
        assert len(outline.all("details")) == len(drawings) + 3

    def test_every_outcome_is_in_the_key_with_its_share(self, html: str) -> None:
        key = html[html.index('<ul class="key"') :]
        for outcome in Outcome:
            assert f"<b>{outcome.label}</b> <span>{outcome.style.meaning}</span>" in key

    def test_it_says_how_to_make_it_again(self) -> None:
        shown = results(scenario=load("no_force", ["setting.clarity=0.9"]), seed=4)
        text = report(shown)
        assert "thinline run no_force --set setting.clarity=0.9 --runs 1000 --seed 4" in text
        assert shown.scenario.digest in text
        assert "numpy" in text

    def test_a_scenario_of_ones_own_is_named_by_its_file(self) -> None:
        shown = results(scenario=tiny())
        assert command(shown) == "thinline run scenario.yaml --runs 1000 --seed 11"
        assert command(replace(shown, engine="mesa")).endswith("--engine mesa")

    def test_without_guarantors_nobody_takes_part(self) -> None:
        alone = scenario_of(
            {
                "scenario": "alone",
                "states": {
                    "russia": {"role": "challenger", "capability": 1},
                    "ukraine": {"role": "protege", "capability": 0.4},
                },
            }
        )
        assert 'id="who-takes-part"' not in report(results(scenario=alone))

    def test_without_an_info_block_there_is_no_empty_section(self) -> None:
        text = report(results())
        assert 'id="about"' not in text
        assert 'href="#about"' not in text


class TestForm:
    def test_it_is_one_small_file_that_asks_for_nothing(self, html: str, outline: Outline) -> None:
        assert len(html.encode()) < 1_600_000
        pointers = [
            a.get("src") or a.get("href") for a in outline.all("img", "link", "a", "script")
        ]
        assert all(p is None or p.startswith(("#", "data:")) for p in pointers)
        policy = next(a for a in outline.all("meta") if a.get("http-equiv"))
        assert "default-src 'none'" in (policy["content"] or "")
        assert html.count("plotly.js (basic - minified) v") == 1

    def test_what_anybody_wrote_stays_text(self, html: str, outline: Outline) -> None:
        assert HOSTILE not in html
        assert not outline.all("img")
        assert outline.words("td").count(HOSTILE) == 3, "two values and an event have this reason"
        assert HOSTILE in outline.words("h1")

    def test_backticks_become_code_and_nothing_else(self) -> None:
        from sim.report.page import inline

        assert inline("try `a<b>` now") == "try <code>a&lt;b&gt;</code> now"
        assert inline("one ` alone & <i>") == "one ` alone &amp; &lt;i&gt;"

    def test_headings_go_down_one_step_at_a_time(self, outline: Outline) -> None:
        levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))

    def test_landmarks_language_and_names(self, outline: Outline) -> None:
        assert outline.all("html")[0]["lang"] == "en-GB"
        for landmark in ("header", "nav", "main", "footer"):
            assert len(outline.all(landmark)) == 1
        names = [a["id"] for _, a in outline.elements if "id" in a]
        assert len(names) == len(set(names))
        links = [str(a["href"])[1:] for a in outline.all("a")]
        labels = [a["aria-labelledby"] for a in outline.all("section")]
        assert {*links, *labels} <= set(names)

    def test_every_table_has_a_caption_and_scoped_headings(self, outline: Outline) -> None:
        assert len(outline.all("caption")) == len(outline.all("table"))
        assert all(a.get("scope") for a in outline.all("th"))

    def test_nothing_is_left_open(self, outline: Outline) -> None:
        assert outline.open == []

    def test_the_file_is_the_report(self, tmp_path: Path) -> None:
        path = write_report(results(), tmp_path / "report.html")
        assert path.read_text(encoding="utf-8") == report(results())

    def test_the_drawings_are_json(self, html: str) -> None:
        found = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.S)
        assert [type(json.loads(text)) for text in found] == [dict] * 5


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


class TestColours:
    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    @pytest.mark.parametrize("ground", ["paper", "band"])
    @pytest.mark.parametrize("text", ["ink", "soft", "link"])
    def test_text_can_be_read(self, text: str, ground: str, dark: bool) -> None:
        assert contrast(colour(text, dark), colour(ground, dark)) >= 4.5

    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    def test_the_ring_of_a_dot_stands_out_from_the_paper(self, dark: bool) -> None:
        assert contrast(colour("ink", dark), colour("paper", dark)) >= 3


def colour(name: str, dark: bool) -> str:
    """A colour of the page: the figures' own, or the style sheet's."""
    if name in page.CSS_NAMES:
        own = page.CSS_NAMES[name]
        return theme.DARK[own] if dark else own
    sheet = (page.ASSETS / "style.css").read_text(encoding="utf-8")
    return re.findall(rf"--{name}: (#[0-9a-f]{{6}})", sheet)[dark]
