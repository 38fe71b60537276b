"""The contract of every chart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limited

from sim.enums import Outcome
from sim.figures import theme
from sim.figures.parts import PATTERN_INK
from tests.results import counts_of_outcomes, results
from tests.unit.figures import cases, study_cases
from tests.unit.figures.cases import Case

CASES = cases.CASES | study_cases.CASES
COLOUR = re.compile(r"#[0-9a-fA-F]{6}|rgba?\([^)]*\)")


def texts(part: Any) -> Iterator[str]:
    """Every string in a figure's JSON, except the colour scale's."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, inner in part.items():
            yield from () if key == "colorscale" else texts(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from texts(inner)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
class TestChart:
    def drawing(self, case: Case, shown: Any = None) -> tuple[Any, Any]:
        chart = case.chart(shown or results())
        return chart, chart.figure(case.note)

    def test_the_title_states_the_finding(self, case: Case) -> None:
        chart, figure = self.drawing(case)
        assert figure.layout.meta["title"] == chart.title
        assert figure.layout.title.text.replace("<br>", " ") == chart.title
        assert re.search(r"\d", chart.title), "a finding has a number"

    def test_the_caption_has_n_seed_and_interval(self, case: Case) -> None:
        caption = self.drawing(case)[1].layout.meta["caption"]
        assert all(words in caption for words in case.sourced)

    @limited(max_examples=25)
    @given(counts=counts_of_outcomes())
    def test_what_is_drawn_stands_in_the_table(self, case: Case, counts: Any) -> None:
        chart, figure = self.drawing(case, results(counts))
        assert case.drawn(figure) == case.tabled(chart)

    @limited(max_examples=25)
    @given(counts=counts_of_outcomes())
    def test_the_alt_text_names_the_leading_number(self, case: Case, counts: Any) -> None:
        chart, figure = self.drawing(case, results(counts))
        assert case.leading(chart) in chart.alt_text == figure.layout.meta["alt_text"]
        assert "nan" not in " ".join(figure.layout.meta.values())

    def test_the_table_has_a_line_for_each_row_month_or_value(self, case: Case) -> None:
        chart, _ = self.drawing(case)
        lines = {getattr(row, "month", getattr(row, "value", 0)) for row in chart.rows}
        assert len(chart.table.rows) in (len(chart.rows), len(lines))

    def test_an_outcome_has_its_colour_and_pattern(self, case: Case) -> None:
        for trace in self.drawing(case)[1].data:
            outcome = next((o for o in Outcome if o.label == trace.name), None)
            if outcome and trace.type == "bar":
                assert trace.marker.color == outcome.style.colour
                assert trace.marker.pattern.shape == outcome.style.pattern
            elif outcome:
                assert trace.line.color == outcome.style.colour

    def test_every_other_colour_has_a_counterpart_on_dark_paper(self, case: Case) -> None:
        drawn = json.loads(self.drawing(case)[1].to_json())
        drawn["layout"].pop("template", None)
        used = {colour for text in texts(drawn) for colour in COLOUR.findall(text)}
        fixed = {o.style.colour for o in Outcome} | {theme.band(o.style.colour) for o in Outcome}
        assert used - fixed - {PATTERN_INK} <= theme.DARK.keys()

    def test_it_says_share_of_model_runs(self, case: Case) -> None:
        chart, figure = self.drawing(case)
        words = " ".join([*texts(json.loads(figure.to_json())), *chart.table.headings])
        assert "model runs" in words
        assert "probab" not in words.lower()

    def test_no_tag_in_a_name_reaches_the_drawing(self, case: Case) -> None:
        text = self.drawing(case)[1].to_json()
        assert "<" not in text, "the JSON is put into a page as it is"
