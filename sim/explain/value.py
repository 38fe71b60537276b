"""One value explained: what it is, what it rests on, and what reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sim.evidence import Article, Claim, articles, claims
from sim.explain.data_flow import Function, Reading, reading
from sim.explain.text import describe_distribution
from sim.scenario.distributions import Distribution
from sim.scenario.parameter import ASSUMPTION, Kind
from sim.scenario.paths import parameter_at
from sim.scenario.provenance import ValueWithSource
from sim.scenario.scenario import Scenario, Value, value_to_yaml
from sim.scenario.schema import HEAD
from sim.text import format_number, join_and, state_name


@dataclass(frozen=True)
class Explained:
    """A value with the claims that it cites, and those it could have cited but does not."""

    given: ValueWithSource
    cited: tuple[Claim, ...]
    uncited: tuple[Claim, ...]
    reading: Reading

    @property
    def mean(self) -> float | None:
        """The mean over runs, where it says more than the distribution itself."""
        distribution, kind = self.given.value.distribution, self.given.parameter.kind
        return (
            None
            if distribution.is_fixed or kind is Kind.WORD
            else float(f"{distribution.mean:.4g}")
        )

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data."""
        value, parameter = self.given.value, self.given.parameter
        return {
            "path": self.given.path,
            "meaning": parameter.meaning,
            "unit": parameter.unit,
            "range": parameter.range_text,
            "default": parameter.default,
            "value": value.distribution.to_yaml(parameter.say),
            "mean": self.mean,
            "is_default": not self.given.differs,
            "source": list(self.given.source),
            "why": value.why,
            "place": str(value.place) if value.place else None,
            "claims": [claim_document(claim) for claim in self.cited],
            "claims_not_cited": [claim_document(claim) for claim in self.uncited],
            **self.reading.to_dict(),
        }


class Explainer:
    """Explains the values of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._bearing = _bearing(scenario)

    def value(self, path: str) -> Explained:
        """The value at ``path``; raises ``KeyError`` where the scenario has none."""
        value = self.scenario.values.get(path) or _head(path, self.scenario)
        given = ValueWithSource(path, parameter_at(path), value)
        bearing = self._bearing[path]
        return Explained(
            given,
            tuple(claim for claim in claims() if claim.id in given.claims),
            tuple(claim for claim in bearing if claim.id not in given.claims),
            reading(path),
        )


def _head(name: str, scenario: Scenario) -> Value:
    return Value(Distribution("fixed", (float(getattr(scenario, HEAD[name].name)),)))


def _bearing(scenario: Scenario) -> dict[str, list[Claim]]:
    """The claims that inform each path: one for each member where a claim names a group."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims():
        for informs in claim.informs:
            block, name, *rest = informs.parameter.split(".")
            members = scenario.groups.get(name, ()) if block == "groups" else ()
            paths = [".".join(["states", member, *rest]) for member in members]
            for path in paths if block == "groups" else [informs.parameter]:
                found[path].append(claim)
    return found


def article_of(claim: Claim) -> Article:
    """The article that a claim was read in."""
    return next(article for article in articles() if article.id == claim.article)


def standing(claim: Claim) -> str:
    """Who stands behind a claim, and whether in public."""
    return f"{claim.strength}, {'said in public' if claim.public else 'not said in public'}"


def claim_document(claim: Claim) -> dict[str, Any]:
    """A claim and its article as plain data."""
    article = article_of(claim)
    return {
        "id": claim.id,
        "says": claim.says,
        "who": list(claim.who),
        "strength": str(claim.strength),
        "public": claim.public,
        "article": {name: getattr(article, name) for name in ("id", "number", "outlet", "when")},
    }


SHOWN = 4
NO_READER = "no rule: it says how many runs are made"


def describe_value(value: Explained) -> str:
    """The value's distribution in words, with its mean where it is drawn."""
    given = value.given
    words = describe_distribution(value_to_yaml(given.path, given.value, with_reasons=False))
    return words if value.mean is None else f"{words}, on average {format_number(value.mean)}"


def facts(value: Explained) -> list[list[str]]:
    """The value and its parameter, a row each: a name and what there is to it."""
    given, parameter = value.given, value.given.parameter
    place = str(given.value.place) if given.value.place else "nowhere: it is the default"
    return [
        ["value", describe_value(value)],
        ["as written", given.text],
        ["default", describe_distribution(parameter.default)],
        ["range", parameter.range_text],
        *([["unit", parameter.unit]] if parameter.unit else []),
        ["written in", place],
    ]


def basis(value: Explained, states: Collection[str]) -> list[str]:
    """The reason, the claims cited, and those that bear on it uncited; ``states`` have names."""
    given = value.given
    unknown = [s for s in given.claims if s not in {claim.id for claim in value.cited}]
    return [
        *([f"because: {given.value.why}"] if given.value.why else []),
        *(_claim(claim, states) for claim in value.cited),
        *([f"from: {join_and(unknown)}"] if unknown else []),
        *(["from: an assumption"] if ASSUMPTION in given.source else []),
        *(f"bears on it, not cited here: {_claim(claim, states)}" for claim in value.uncited),
    ]


def _claim(claim: Claim, states: Collection[str]) -> str:
    article = article_of(claim)
    who = join_and([state_name(name) if name in states else name for name in claim.who])
    return (
        f"{claim.id} ({who}; {standing(claim)}; article {article.number}, {article.when}): "
        f"{claim.says}"
    )


def readers(value: Explained) -> str:
    """The rules that read it, and those further on, with their files; the stages without any."""
    reading = value.reading
    further = dict.fromkeys(rule for _, rule in reading.later if rule not in reading.rules)
    near, far = _some(reading.rules), _some([*further])
    if near and far:
        return f"{near}; further on by {far}"
    return near or far or _some(reading.stages) or NO_READER


def _some(functions: Sequence[Function]) -> str:
    more = [f"{len(functions) - SHOWN} more"] if len(functions) > SHOWN else []
    return join_and([*map(_place, functions[:SHOWN]), *more])


def rules(value: Explained) -> list[str]:
    """Everything that reads it, a line each."""
    reading = value.reading
    return [
        *(f"rule {_place(rule)}: {_says(rule)}" for rule in reading.rules),
        *(f"rule {_place(rule)}, by way of {kept}: {_says(rule)}" for kept, rule in reading.later),
        *(f"stage {_place(stage)}: {_says(stage)}" for stage in reading.stages),
    ]


def _place(function: Function) -> str:
    return f"{function.name} ({function.file})"


def _says(function: Function) -> str:
    says = function.says.replace("``", "")
    return says[:1].lower() + says[1:]
