"""Where a field goes, read off a few lines of code and off the model's own."""

from __future__ import annotations

import ast

import pytest

from sim.explain.data_flow import Flow, flow, functions, functions_of

RULES = '''
def win(defence, strength):
    """Chance of winning: a formula. More on it."""

def worth(gain, risk):
    """What it is worth"""
'''
STAGES = """
def outright(w, p):
    w.wins = win(p.army, p.strength) + p.bonus
    return p.late

def by_a_name(i, w, p):
    half = 0.5 * p.prize[i] if p.doubled else 0.0
    passed_on(half, w, p)
    w.other[i] = 2.0

def passed_on(gain, w, p):
    left = outright(w, p)
    worth(gain, left)

def kept(w, p):
    w.sum += w.wins
    worth(1.0, p.each[w.place])

def later(w, p):
    worth(w.sum, 0.0)

def nested(w, p):
    worth(0.0, win(p.inner, 1.0))
    by_argument(p.handed)

def by_argument(army):
    chance = 2.0 * win(army, 1.0)
    worth(chance, 0.0)
"""


@pytest.fixture(scope="module")
def small() -> Flow:
    return Flow(functions_of(STAGES, "stages.py"), functions_of(RULES, "rules.py"))


def test_code_in_a_docstring_is_in_quotes():
    text = '"""What ``own`` adds, see :func:`sim.model.rules.ending.ending`: more."""'
    (function,) = functions_of(f"def f(own):\n    {text}\n", "f.py").values()
    assert function.summary == "What 'own' adds, see ending"


def names(functions):
    return [function.name for function in functions]


class TestInAFewLines:
    @pytest.mark.parametrize(
        ("field", "rules"),
        [
            ("p.army", ["win"]),
            ("p.strength", ["win"]),
            ("p.bonus", []),
            ("p.prize", ["worth"]),
            ("p.doubled", ["worth"]),
            ("p.late", ["worth"]),
            ("p.each", ["worth"]),
            ("w.place", []),
            ("w.sum", ["worth"]),
        ],
    )
    def test_a_field_reaches_a_rule_outright_or_by_names_and_arguments(self, small, field, rules):
        assert names(small.rules_fed(field)) == rules

    def test_what_a_rule_answers_is_followed_only_where_the_world_keeps_it(self, small):
        assert small.rules_fed_later("p.army") == {"w.sum": small.rules_fed("w.sum")}
        assert names(small.rules_fed("p.army")) == ["win"]

    @pytest.mark.parametrize("field", ["p.inner", "p.handed"])
    def test_a_result_is_followed_to_the_rule_that_it_is_handed_to_at_once(self, small, field):
        assert names(small.rules_fed(field)) == ["win"]
        assert small.rules_fed_later(field) == {"rule win": [small.rules["worth"]]}

    def test_what_is_kept_without_a_rule_is_followed_too(self, small):
        assert list(small.rules_fed_later("p.bonus")) == ["w.sum"]

    def test_readers_are_the_stages_in_whose_text_it_stands(self, small):
        assert names(small.readers("p.late")) == ["outright"]
        assert names(small.readers("w.wins")) == ["outright", "kept"]
        assert small.readers("p.nothing") == []

    def test_a_function_says_its_first_sentence_without_the_formula(self, small):
        assert [rule.summary for rule in small.rules.values()] == [
            "Chance of winning",
            "What it is worth",
        ]


class TestInTheModel:
    def test_what_a_function_says_is_plain_text(self):
        found = [*functions("rules").values(), *functions("stages").values()]
        assert [each.name for each in found if "`" in each.says or ":func:" in each.says] == []
        assert functions("rules")["ending"].summary == "The Outcome of a run"

    def test_rules_and_stages_have_names_of_their_own(self):
        assert not flow().rules.keys() & flow().stages.keys()
        assert len(flow().rules) > 30
        assert len(flow().stages) > 30

    @pytest.mark.parametrize(
        ("field", "rule"),
        [
            ("p.clarity", "expected_answer"),
            ("p.clarity", "cost_of_backing_down"),
            ("p.quorum", "coalition_acts"),
            ("p.fear", "benefit_of_success"),
            ("p.line_severity", "grievance"),
            ("p.requires_consent", "conditions_met"),
            ("p.slip", "slip_chance"),
            ("p.footprint", "crossing"),
            ("p.solidarity", "utility_of_rung"),
            ("p.candour", "private_ceiling"),
        ],
    )
    def test_what_is_known_of_it(self, field, rule):
        assert rule in names(flow().rules_fed(field))

    @pytest.mark.parametrize(
        ("field", "kept", "rule"),
        [
            ("p.resolve", "w.resolve", "stake_after_blame"),
            ("p.regeneration", "w.army", "challenger_wins"),
            ("p.pledge", "w.ceiling", "highest_rung"),
            ("p.tension_press", "w.tension", "slip_chance"),
            ("p.line_backed", "w.line_felt", "cost_of_backing_down"),
            ("p.line_severity", "w.threat", "danger"),
            ("p.reputation_prior", "rule reputation", "expected_answer"),
            ("p.fear", "rule benefit_of_success", "action_utility"),
            ("p.ambition", "rule benefit_of_success", "action_utility"),
            ("p.ambition", "rule benefit_of_success", "value_of_credit"),
        ],
    )
    def test_what_is_known_of_it_by_way_of_the_world(self, field, kept, rule):
        assert rule in names(flow().rules_fed_later(field)[kept])

    @pytest.mark.parametrize(
        ("field", "rule"),
        [
            ("p.clarity", "slip_chance"),
            ("p.fear", "utility_of_rung"),
            ("p.sanctions", "danger"),
            ("p.cover", "harm"),
        ],
    )
    def test_it_claims_no_more(self, field, rule):
        further = [r for rules in flow().rules_fed_later(field).values() for r in rules]
        assert rule not in names([*flow().rules_fed(field), *further])

    def test_every_rule_is_called_somewhere(self):
        callers = [*flow().stages.values(), *flow().rules.values()]
        called = {name for caller in callers for name in _calls(caller)}
        # Outcomes are of the record, after the run: no stage calls them.
        assert flow().rules.keys() - called == {"ending", "is_failure", "is_escalation"}


def _calls(function):
    calls = [node.func for node in ast.walk(function.tree) if isinstance(node, ast.Call)]
    return {call.id for call in calls if isinstance(call, ast.Name)}
