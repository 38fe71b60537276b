"""One value explained: what it is, what it rests on, and what reads it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sim.evidence import Article, Claim, articles, claims
from sim.explain.reading import Reading, reading
from sim.report.given import Given
from sim.scenario.distributions import Law
from sim.scenario.model import Scenario, Value
from sim.scenario.parameter import Kind
from sim.scenario.paths import parameter_at
from sim.scenario.schema import HEAD


@dataclass(frozen=True)
class Explained:
    """A value with the claims that it cites, and those it could have cited but does not."""

    given: Given
    cited: tuple[Claim, ...]
    uncited: tuple[Claim, ...]
    reading: Reading

    @property
    def mean(self) -> float | None:
        """The mean over runs, where it says more than the law itself."""
        law, kind = self.given.value.law, self.given.parameter.kind
        return None if law.is_fixed or kind is Kind.WORD else float(f"{law.mean:.4g}")

    def document(self) -> dict[str, Any]:
        """All of it as plain data."""
        value, parameter = self.given.value, self.given.parameter
        return {
            "path": self.given.path,
            "meaning": parameter.meaning,
            "unit": parameter.unit,
            "range": parameter.range_text,
            "default": parameter.default,
            "value": value.law.written(parameter.say),
            "mean": self.mean,
            "is_default": not self.given.differs,
            "source": list(self.given.source),
            "why": value.why,
            "place": str(value.place) if value.place else None,
            "claims": [claim_document(claim) for claim in self.cited],
            "claims_not_cited": [claim_document(claim) for claim in self.uncited],
            **self.reading.document(),
        }


class Explainer:
    """Explains the values of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._bearing = _bearing(scenario)

    def value(self, path: str) -> Explained:
        """The value at ``path``; raises ``KeyError`` where the scenario has none."""
        value = self.scenario.values.get(path) or _head(path, self.scenario)
        given = Given(path, parameter_at(path), value)
        bearing = self._bearing[path]
        return Explained(
            given,
            tuple(claim for claim in claims() if claim.id in given.claims),
            tuple(claim for claim in bearing if claim.id not in given.claims),
            reading(path),
        )


def _head(name: str, scenario: Scenario) -> Value:
    return Value(Law("fixed", (float(getattr(scenario, HEAD[name].name)),)))


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
