"""An explained value in words, for a terminal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sim.evidence import Claim
from sim.explain.source import Function
from sim.explain.value import Explained, article_of, standing
from sim.explain.wording import law_in_words
from sim.figures.wording import number, place_name, several
from sim.scenario.parameter import ASSUMPTION
from sim.scenario.written import value_written

SHOWN = 4
NO_READER = "no rule: it says how many runs are made"


def law(value: Explained) -> str:
    """The value's law in words, with its mean where it is drawn."""
    given = value.given
    words = law_in_words(value_written(given.path, given.value, with_reasons=False))
    return words if value.mean is None else f"{words}, on average {number(value.mean)}"


def facts(value: Explained) -> list[list[str]]:
    """The value and its parameter, a row each: a name and what there is to it."""
    given, parameter = value.given, value.given.parameter
    place = str(given.value.place) if given.value.place else "nowhere: it is the default"
    return [
        ["value", law(value)],
        ["as written", given.text],
        ["default", law_in_words(parameter.default)],
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
        *([f"from: {several(unknown)}"] if unknown else []),
        *(["from: an assumption"] if ASSUMPTION in given.source else []),
        *(f"bears on it, not cited here: {_claim(claim, states)}" for claim in value.uncited),
    ]


def _claim(claim: Claim, states: Collection[str]) -> str:
    article = article_of(claim)
    who = several([place_name(name) if name in states else name for name in claim.who])
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
    return several([*map(_place, functions[:SHOWN]), *more])


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
