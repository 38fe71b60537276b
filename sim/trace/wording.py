"""How the numbers of a run are put into words; every sentence of a story takes them from here."""

from __future__ import annotations

from collections.abc import Sequence

from sim.figures.wording import number, odds, percent, place_name, several
from sim.scenario.parameter import Kind
from sim.scenario.paths import parameter_at

MINUS = "\N{MINUS SIGN}"
NAMED = 4
VOWEL_SOUNDS = ("8", "11 ", "11.", "18 ", "18.")
BOUNDS = {"<": "less than ", ">": "more than "}
WITH_ARTICLE = {"netherlands", "united_kingdom", "united_states"}


def worth(value: float) -> str:
    """A worth, in utility, with its sign: ``+0.12``, ``−0.04`` or ``0.00``."""
    text = f"{value:+.2f}".replace("-", MINUS)
    return "0.00" if text[1:] == "0.00" else text


def chance(share: float) -> str:
    """A chance: ``a 31 % chance``, ``less than a 0.1 % chance``."""
    text = odds(share)
    bound, text = BOUNDS.get(text[0], ""), text.lstrip("<>")
    return f"{bound}{'an' if text.startswith(VOWEL_SOUNDS) else 'a'} {text} chance"


def apart(one: float, other: float) -> tuple[str, str]:
    """Two shares in per cent, with as many decimals, up to two, as it takes to tell them apart."""
    texts = odds(one), odds(other)
    for decimals in (1, 2):
        if texts[0] == texts[1] and one != other:
            texts = percent(one, decimals), percent(other, decimals)
    return texts


def weight(value: float) -> str:
    """A weight of forces, tension or grievance, to two places."""
    return f"{value:.2f}"


def said(path: str, value: float) -> str:
    """A parameter's value as one would say it."""
    parameter = parameter_at(path)
    if parameter.words is not None:
        return parameter.words(int(value)).label
    return str(bool(value)).lower() if parameter.kind is Kind.FLAG else number(value)


def called(state: str) -> str:
    """A state's name within a sentence: ``Poland``, ``the United States``."""
    return f"the {place_name(state)}" if state in WITH_ARTICLE else place_name(state)


def names(states: Sequence[str], most: int = NAMED) -> str:
    """The states by name; of many, the first few and how many more, unless that is only one."""
    most = len(states) if len(states) == most + 1 else most
    more = [f"{len(states) - most} more"] if len(states) > most else []
    return several([*map(called, states[:most]), *more])
