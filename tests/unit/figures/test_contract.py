"""The contract of every chart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
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
from tools.plotly_bundle import TRACES

Drawing = tuple[Any, Any]
CASES = cases.CASES | study_cases.CASES

# What several rows of a chart may have in common.
LINES = ("month", "value", "category")
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


# Marks that captions name, and the symbols that show them.
MARKS_IN_WORDS = {"diamond": "diamond", "star": "star", "crossed": "circle-x", "circle": "circle"}


def without_scale(trace: dict[str, Any]) -> dict[str, Any]:
    """A trace without the colours of a scale, which are the same on light and on dark paper."""
    marker = {k: v for k, v in trace.get("marker", {}).items() if not isinstance(v, list)}
    if isinstance(marker.get("line", {}).get("color"), list):
        del marker["line"]
    return {**trace, "marker": marker}


@cache
def charted(name: str) -> Drawing:
    """The chart of a case and its figure, which no test changes."""
    chart = CASES[name].chart(results())
    return chart, chart.figure(CASES[name].note)


@pytest.fixture
def drawing(request: pytest.FixtureRequest) -> Drawing:
    """The chart and the figure of the test's case."""
    return charted(request.node.callspec.id)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
class TestChart:
    def test_the_title_states_the_finding(self, case: Case, drawing: Drawing) -> None:
        chart, figure = drawing
        assert figure.layout.meta["title"] == chart.title
        assert figure.layout.title.text.replace("<br>", " ") == chart.title
        assert re.search(r"\d", chart.title), "a finding has a number"

    def test_the_caption_has_n_seed_and_interval(self, case: Case, drawing: Drawing) -> None:
        caption = drawing[1].layout.meta["caption"]
        assert all(words in caption for words in case.sourced)

    @limited(max_examples=20)
    @given(counts=counts_of_outcomes())
    def test_what_is_drawn_stands_in_the_table_and_leads_the_alt_text(
        self, case: Case, counts: Any
    ) -> None:
        chart = case.chart(results(counts))
        figure = chart.figure(case.note)
        assert case.drawn(figure) == case.tabled(chart)
        assert case.leading(chart) in chart.alt_text == figure.layout.meta["alt_text"]
        assert "nan" not in " ".join(figure.layout.meta.values())

    def test_the_table_has_a_line_for_each_row_month_value_or_category(
        self, case: Case, drawing: Drawing
    ) -> None:
        chart, _ = drawing
        lines = {
            next((getattr(row, name) for name in LINES if hasattr(row, name)), 0)
            for row in chart.rows
        }
        assert len(chart.table.rows) in (len(chart.rows), len(lines))

    def test_an_outcome_has_its_colour_and_pattern(self, case: Case, drawing: Drawing) -> None:
        for trace in drawing[1].data:
            outcome = next((o for o in Outcome if o.label == trace.name), None)
            if outcome is None:
                continue
            if trace.type == "scatter":
                assert trace.line.color == outcome.style.colour
            elif trace.insidetextfont.color:
                assert trace.marker.color[0] == outcome.style.colour
            else:
                assert trace.marker.color == outcome.style.colour
                assert trace.marker.pattern.shape == outcome.style.pattern

    def test_every_other_colour_has_a_counterpart_on_dark_paper(
        self, case: Case, drawing: Drawing
    ) -> None:
        drawn = json.loads(drawing[1].to_json())
        drawn["layout"].pop("template", None)
        drawn["data"] = [without_scale(trace) for trace in drawn["data"]]
        used = {colour for text in texts(drawn) for colour in COLOUR.findall(text)}
        fixed = {o.style.colour for o in Outcome} | {theme.band(o.style.colour) for o in Outcome}
        assert used - fixed - {PATTERN_INK} <= theme.DARK.keys()

    def test_numbers_in_cells_have_contrast(self, case: Case, drawing: Drawing) -> None:
        for trace in drawing[1].data:
            if trace.type == "bar" and trace.insidetextfont.color:
                pairs = zip(trace.marker.color, trace.insidetextfont.color, strict=True)
                assert min(theme.contrast(*pair) for pair in pairs) >= 4.5

    def test_the_labels_and_outlines_at_the_ends_of_an_axis_have_room(
        self, case: Case, drawing: Drawing
    ) -> None:
        """Half of "0 %" takes 11 pixels; a label past the picture's edge would be left out."""
        layout = drawing[1].layout
        if layout.yaxis.visible is False and layout.xaxis.ticksuffix == " %":
            assert layout.margin.l >= 12
            if layout.xaxis.range:
                low, high = layout.xaxis.range
                assert low < 0
                assert high > 100

    def test_every_trace_type_is_in_the_bundle(self, case: Case, drawing: Drawing) -> None:
        assert {trace.type for trace in drawing[1].data} <= TRACES

    def test_the_caption_explains_only_what_is_drawn(self, case: Case, drawing: Drawing) -> None:
        figure = drawing[1]
        caption = figure.layout.meta["caption"].lower()
        symbols = {
            symbol
            for trace in figure.data
            if trace.type == "scatter" and trace.marker.symbol
            for symbol in (
                [trace.marker.symbol]
                if isinstance(trace.marker.symbol, str)
                else trace.marker.symbol
            )
        }
        for word, symbol in MARKS_IN_WORDS.items():
            if word in caption:
                assert any(each.startswith(symbol) for each in symbols), word
        dashes = {shape.line.dash for shape in figure.layout.shapes}
        assert ("dotted" in caption) <= ("dot" in dashes)
        assert ("vertical line" in caption) <= any(s.x0 == s.x1 for s in figure.layout.shapes)
        assert ("shaded" in caption) <= any(s.type == "rect" for s in figure.layout.shapes)

    def test_it_says_share_of_model_runs(self, case: Case, drawing: Drawing) -> None:
        chart, figure = drawing
        words = " ".join([*texts(json.loads(figure.to_json())), *chart.table.headings])
        assert "model runs" in words
        assert "probab" not in words.lower()

    def test_no_tag_in_a_name_reaches_the_drawing(self, case: Case, drawing: Drawing) -> None:
        text = drawing[1].to_json()
        assert "<" not in text, "the JSON is put into a page as it is"
