"""One value explained: its distribution, its sources, and the rules that read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sim.evidence import Article, Claim, Strength, articles, claims
from sim.explain.data_flow import Function, Readers, readers_of
from sim.explain.formatting import describe_distribution, describe_parameter
from sim.formatting import capitalise, format_number, join_and, state_name
from sim.scenario.distributions import Distribution
from sim.scenario.parameter import ASSUMPTION, Kind
from sim.scenario.paths import parameter_at
from sim.scenario.provenance import ValueWithSource
from sim.scenario.scenario import Scenario, Value
from sim.scenario.schema import HEAD

SHOWN = 4
REPORTED_BY = {
    Strength.OFFICIAL: "a named official",
    Strength.ANALYST: "an analyst",
    Strength.ANONYMOUS: "an unnamed source",
    Strength.OUTLET: "the article itself",
    Strength.CONTESTED: "an allegation without evidence",
}
NO_READER = "no rule: it sets the number of runs"


@dataclass(frozen=True)
class Explained:
    """A value with its cited claims, other claims about the parameter, and its readers."""

    given: ValueWithSource
    cited: tuple[Claim, ...]
    uncited: tuple[Claim, ...]
    readers: Readers

    @property
    def mean(self) -> float | None:
        """The mean of a value that is drawn; None for a fixed value or a word."""
        distribution, kind = self.given.value.distribution, self.given.parameter.kind
        return (
            None
            if distribution.is_fixed or kind is Kind.WORD
            else float(f"{distribution.mean:.4g}")
        )

    def to_dict(self) -> dict[str, Any]:
        """The explanation as plain data."""
        value, parameter = self.given.value, self.given.parameter
        return {
            "path": self.given.path,
            "meaning": parameter.about,
            "unit": parameter.unit,
            "range": parameter.range_text,
            "default": parameter.default,
            "value": value.distribution.to_yaml(parameter.say),
            "mean": self.mean,
            "is_default": not self.given.differs,
            "source": list(self.given.source),
            "why": value.why,
            "place": str(value.place) if value.place else None,
            "claims": [claim_to_dict(claim) for claim in self.cited],
            "claims_not_cited": [claim_to_dict(claim) for claim in self.uncited],
            **self.readers.to_dict(),
        }


class Explainer:
    """Explains the values of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._bearing = _bearing(scenario)

    def value(self, path: str) -> Explained:
        """Explain the value at ``path``; raises ``KeyError`` for an unknown path."""
        value = self.scenario.values.get(path) or _head(path, self.scenario)
        given = ValueWithSource(path, parameter_at(path), value)
        bearing = self._bearing[path]
        return Explained(
            given,
            tuple(claim for claim in claims() if claim.id in given.claims),
            tuple(claim for claim in bearing if claim.id not in given.claims),
            readers_of(path),
        )


def _head(name: str, scenario: Scenario) -> Value:
    return Value(Distribution("fixed", (getattr(scenario, HEAD[name].name),)))


def _bearing(scenario: Scenario) -> dict[str, list[Claim]]:
    """The claims that inform each path; a claim about a group informs every member."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims():
        for informs in claim.informs:
            block, name, *rest = informs.parameter.split(".")
            members = scenario.groups.get(name, ()) if block == "groups" else ()
            paths = [".".join(["states", member, *rest]) for member in members]
            for path in paths if block == "groups" else [informs.parameter]:
                found[path].append(claim)
    return found


def describe_value(value: Explained) -> str:
    """The distribution of a value as text, with its mean if it is drawn."""
    given = value.given
    words = describe_parameter(given.path, given.value)
    return words if value.mean is None else f"{words}, on average {format_number(value.mean)}"


def facts(value: Explained) -> list[list[str]]:
    """The value and its parameter as rows of a name and a text."""
    given, parameter = value.given, value.given.parameter
    place = str(given.value.place) if given.value.place else "the default of the model"
    return [
        ["value", describe_value(value)],
        ["as written", given.text],
        ["default", describe_distribution(parameter.default)],
        ["range", parameter.range_text],
        *([["unit", parameter.unit]] if parameter.unit else []),
        ["written in", place],
    ]


def basis(value: Explained, states: Collection[str]) -> list[str]:
    """The reason, the cited claims and the other claims about the parameter, a line each."""
    given = value.given
    assumed = ASSUMPTION in given.source
    unknown = [s for s in given.claims if s not in {claim.id for claim in value.cited}]
    return [
        *([f"reason: {given.value.why}"] if given.value.why else []),
        *(_claim(claim, states) for claim in value.cited),
        *([f"source: {join_and(unknown)}"] if unknown else []),
        *(["an assumption" if not given.claims else "in part an assumption"] if assumed else []),
        *(f"not a source of this value: {_claim(claim, states)}" for claim in value.uncited),
    ]


def _claim(claim: Claim, states: Collection[str]) -> str:
    article = article_of(claim)
    who = join_and([state_name(name) if name in states else name for name in claim.who])
    said = "said in public" if claim.public else "not said in public"
    return (
        f"claim {claim.id}: {claim.says}. About: {capitalise(who)}, {said}. Source: "
        f"{REPORTED_BY[claim.strength]}, article {article.number}, {article.when}."
    )


def claim_to_dict(claim: Claim) -> dict[str, Any]:
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


def article_of(claim: Claim) -> Article:
    """The article that reports a claim."""
    return next(article for article in articles() if article.id == claim.article)


def readers(value: Explained) -> str:
    """The rules that read the value, directly or later, with their files; otherwise the stages."""
    found = value.readers
    further = dict.fromkeys(rule for _, rule in found.later if rule not in found.rules)
    near, far = _some(found.rules), _some([*further])
    if near and far:
        return f"{near}; indirectly by {far}"
    return near or far or _some(found.stages) or NO_READER


def rules(value: Explained) -> list[str]:
    """All readers of the value, a line each."""
    found = value.readers
    return [
        *(f"rule {_place(rule)}: {_summary(rule)}" for rule in found.rules),
        *(f"rule {_place(rule)}, through {kept}: {_summary(rule)}" for kept, rule in found.later),
        *(f"{_kind(stage)} {_place(stage)}: {_summary(stage)}" for stage in found.stages),
    ]


def _kind(reader: Function) -> str:
    return "stage" if "/stages/" in reader.file else "function"


def _some(functions: Sequence[Function]) -> str:
    more = [f"{len(functions) - SHOWN} more"] if len(functions) > SHOWN else []
    return join_and([*map(_place, functions[:SHOWN]), *more])


def _place(function: Function) -> str:
    return f"{function.name} ({function.file})"


def _summary(function: Function) -> str:
    return function.summary[:1].lower() + function.summary[1:]
