"""The lesson: a worksheet that can be done, a key that the model fills in, words explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.enums import Challenge, Outcome, Participation, Role, Trigger
from sim.scenario.load import load
from sim.scenario.schema import REQUIRES, SETTING, STATE
from tests.unit.doc_commands import check, commands
from tools.docgen.answer_key import LESSONS, PREDICTED, SIZES, Answer, Table, answers, key

DOCS = Path(__file__).parents[2] / "docs"
LESSON = LESSONS["presence"]


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def run() -> dict[str, Answer]:
    return answers(LESSON)


class TestWorksheet:
    def test_its_commands_are_the_runs_of_the_key(self) -> None:
        asked = commands(read("classroom/presence.md"))
        assert len(asked) == 12
        for command in asked[:-1]:
            check(command)
            assert tuple(command.settings) in LESSON.asks.values()

    def test_it_takes_fifty_minutes(self) -> None:
        plan = re.findall(r"^\| \d \|[^|]+\| (\d+) \|$", read("classroom/presence.md"), re.M)
        assert sum(map(int, plan)) == 50
        assert len(plan) == len(re.findall(r"^## \d\. ", read("classroom/presence.md"), re.M))

    def test_every_question_has_an_answer(self) -> None:
        questions, answered = (
            re.findall(r"\*\*(Q\d)\.\*\*", read(f"classroom/{name}.md"))
            for name in ("presence", "presence_key")
        )
        assert questions == answered == [f"Q{k}" for k in range(1, 10)]


class TestKey:
    def test_it_is_what_the_model_says(self) -> None:
        said = key("presence")
        assert said == read("classroom/presence_key.md"), (
            "renew it: python -m tools.docgen answer-key"
        )

    def test_it_counts_the_runs_of_the_scenario(self) -> None:
        assert f"({load('presence').runs:,} runs each, seed 2025)" in key("presence")

    def test_one_road_closes_and_the_other_opens(self, run) -> None:
        failure = [run[f"unknown {size}"].failure.value for size in PREDICTED]
        escalation = [run[f"unknown {size}"].escalation.value for size in PREDICTED]
        assert failure == sorted(failure, reverse=True)
        assert escalation == sorted(escalation)
        assert escalation[0] == 0

    @pytest.mark.parametrize("who", ["unknown", "land", "alone"])
    def test_the_best_size_is_neither_nobody_nor_the_most(self, run, who) -> None:
        cells = [Table(run).cell(who, size) for size in SIZES]
        bold = [size for size, cell in zip(SIZES, cells, strict=True) if cell.startswith("**")]
        assert len(bold) == 1
        assert bold[0] not in (SIZES[0], SIZES[-1])

    def test_it_deters_the_one_and_hardly_helps_with_the_other(self, run) -> None:
        assert run["land 0"].war.low - run["land 1"].war.high > 0.5
        assert abs(run["alone 0"].war.value - run["alone 1"].war.value) < 0.05
        assert run["alone 3"].war.low > run["alone 0"].war.high
        assert run["land 3"].war.low > run["land 1"].war.high

    def test_a_quarter_and_all_of_it_are_alike_in_sum_and_not_in_kind(self, run) -> None:
        quarter, whole = run["unknown 0.25"], run["unknown 1"]
        assert abs(quarter.war.value - whole.war.value) < 0.05
        assert quarter.failure.low > whole.failure.high

    def test_consent_takes_most_of_it_away(self, run) -> None:
        assert run["agreed 3"].war.high < run["unknown 3"].war.low / 2
        assert run["agreed land 3"].war.high < run["land 3"].war.low / 2

    def test_a_score_is_the_sum_of_the_differences(self, run) -> None:
        found = [100 * run[f"unknown {size}"].war.value for size in PREDICTED]
        assert Table(run).score(*found) == 0
        assert Table(run).score(found[0] + 10, found[1] - 20, *found[2:]) == 30


class TestGlossary:
    @pytest.mark.parametrize(
        "term",
        sorted(
            {
                member.label
                for words in (Role, Participation, Challenge, Outcome)
                for member in words
            }
            | {member.label for member in Trigger}
            | {name.replace("_", " ") for table in (SETTING, STATE, REQUIRES) for name in table}
            - {"others", "role"}
        ),
    )
    def test_every_word_of_the_model_is_in_it(self, term: str) -> None:
        said = " ".join(read("glossary.md").lower().replace("-", " ").split())
        assert re.search(rf"\b{re.escape(term)}\b", said)

    def test_its_contents_lead_somewhere(self) -> None:
        page = read("glossary.md")
        headings = {h.lower().replace(" ", "-") for h in re.findall(r"^## (.+)$", page, re.M)}
        assert set(re.findall(r"\(#([a-z-]+)\)", page)) == headings
