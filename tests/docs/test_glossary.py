"""Every word of the model is explained in the glossary."""

from __future__ import annotations

import re

import pytest

from sim.enums import Challenge, Outcome, Participation, Role, Trigger
from sim.scenario.schema import REQUIRES, SETTING, STATE
from tests.docs.pages import text_of

GLOSSARY = "docs/glossary.md"


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
        said = " ".join(text_of(GLOSSARY).lower().replace("-", " ").split())
        assert re.search(rf"\b{re.escape(term)}\b", said)

    def test_its_contents_lead_somewhere(self) -> None:
        page = text_of(GLOSSARY)
        headings = {h.lower().replace(" ", "-") for h in re.findall(r"^## (.+)$", page, re.M)}
        assert set(re.findall(r"\(#([a-z-]+)\)", page)) == headings
