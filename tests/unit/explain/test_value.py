"""Every value of the roster is explained: what it means, what it rests on, which code reads it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sim.evidence import claims
from sim.explain.data_flow import field_of, readers_of
from sim.explain.value import (
    REPORTED_BY,
    Explainer,
    basis,
    describe_value,
    facts,
    readers,
    rules,
)
from sim.model.build import address
from sim.model.state import PARAMETERS
from sim.resources import seed_file
from sim.scenario.load import load
from sim.scenario.parameter import ASSUMPTION
from sim.scenario.provenance import values_with_source
from sim.scenario.schema import HEAD
from tests.scenarios import scenario_of

ROOT = Path(__file__).parents[3]


@cache
def roster():
    return load(seed_file("roster"))


@cache
def paths():
    return [each.path for each in values_with_source(roster())]


@pytest.fixture(scope="module")
def explainer():
    return Explainer(roster())


def test_every_value_of_the_roster_is_explained(explainer):
    for path in paths():
        value = explainer.value(path)
        assert value.given.parameter.meaning
        assert describe_value(value)
        assert value.readers.stages, path
        assert "(sim/" in readers(value), path
        assert rules(value)
        assert basis(value, roster().states), path
        assert {row[0] for row in facts(value)} >= {"value", "range", "default", "written in"}


def test_every_claim_that_a_value_cites_is_spelt_out(explainer):
    cited = {claim.id: claim for claim in claims()}
    seen = 0
    for path in paths():
        value = explainer.value(path)
        text = " ".join(basis(value, roster().states))
        for name in value.given.claims:
            seen += 1
            assert cited[name].says in text
            assert REPORTED_BY[cited[name].strength] in text
            assert ("not said in public" in text) or cited[name].public
        assert ("an assumption" in text) is (ASSUMPTION in value.given.source)
    assert seen > 100


def test_the_functions_named_are_there_and_the_field_stands_in_the_stages(explainer):
    for path in paths():
        found = readers_of(path)
        later = [rule for _, rule in found.later]
        for function in (*found.stages, *found.rules, *later):
            text = (ROOT / function.file).read_text("utf-8")
            assert f"def {function.name}(" in text
        field = field_of(path)
        for stage in found.stages:
            text = (ROOT / stage.file).read_text("utf-8")
            assert f"p.{field}" in text or path in text, (path, stage.name)


def test_a_path_is_entered_in_the_field_it_is_said_to_be(explainer):
    fields = PARAMETERS.fields
    assert fields is not None
    for path in roster().values:
        if not path.endswith(".role"):
            inner, offset = fields[field_of(path)][:2]
            assert offset <= 8 * address(path, roster()) < offset + inner.itemsize, path


def test_a_head_has_its_explanation_too(explainer):
    for name in HEAD:
        value = explainer.value(name)
        assert describe_value(value).replace(",", "") == str(getattr(roster(), name))
        assert readers(value)
    assert "end_month" in readers(explainer.value("months"))


def test_what_bears_on_a_value_without_being_cited_is_told():
    value = Explainer(load("no_force")).value("states.france.pledge")
    assert value.cited == ()
    assert "guarantees.uk_france_lead" in {claim.id for claim in value.uncited}
    assert "not a source of this value: claim guarantees.uk_france_lead: " in " ".join(
        basis(value, ())
    )


def test_a_claim_is_told_in_sentences():
    """What it says comes first, then whose it is, and who reports it."""
    value = Explainer(load("reassurance_force")).value("states.poland.pledge")
    assert (
        "claim guarantees.poland_hub: Warsaw sends nobody, yet its territory might become the "
        "supply base. About: Poland, said in public. Source: an unnamed source, article 002, early "
        "September of 2025."
    ) in basis(value, ("poland",))


def test_a_source_that_is_no_claim_is_named_as_it_is():
    scenario = scenario_of(
        {
            "scenario": "mine",
            "extends": "no_force",
            "setting": {"clarity": {"fixed": 0.1, "source": "a_book", "why": "so it says"}},
        }
    )
    told = basis(Explainer(scenario).value("setting.clarity"), scenario.states)
    assert told[:2] == ["reason: so it says", "source: a_book"]


def test_the_document_has_all_of_it(explainer):
    document = explainer.value("states.france.resolve").to_dict()
    assert document["mean"] == pytest.approx(0.6833, abs=1e-4)
    assert document["value"] == {"triangular": [0.5, 0.7, 0.85]}
    assert document["is_default"] is False
    assert document["claims"][0]["article"]["when"]
    assert {"private_value", "utility_of_defying"} <= {rule["name"] for rule in document["rules"]}
    assert any(rule["by_way_of"] == "w.resolve" for rule in document["later"])
    assert Path(document["place"].split(":")[0]).name == "roster.yaml"
