"""Values of a traced run as text: utilities, chances, parameters, conditions, names of states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.enums import Role
from sim.formatting import format_chance, format_number, format_percent, join_and, state_name
from sim.scenario.parameter import Kind
from sim.scenario.paths import parameter_at
from sim.scenario.scenario import Scenario

MINUS = "\N{MINUS SIGN}"
MAX_NAMED = 4
VOWELS = tuple("aeiou")
# Numbers that are read with a vowel first.
VOWEL_SOUNDS = ("8", "11 ", "11.", "18 ", "18.")
BOUNDS = {"<": "less than ", ">": "more than "}
# What a state asks for that is not there.
CONDITIONS = {
    "ceasefire": "a ceasefire",
    "consent": "more consent by the challenger",
    "backstop": "a stronger backstop",
    "clarity": "a clearer mandate",
    "others": "more participants",
}
# Words for levels of the backstop, each from its bound on.
BACKSTOP = (
    (1.0, "full"),
    (0.75, "very strong"),
    (0.5, "strong"),
    (0.25, "moderate"),
    (0.0, "weak"),
)
WITH_ARTICLE = {"netherlands", "united_kingdom", "united_states"}


def format_utility(value: float) -> str:
    """A utility with its sign: ``+0.12``, ``−0.04`` or ``0.00``."""
    text = f"{value:+.2f}".replace("-", MINUS)
    return "0.00" if text[1:] == "0.00" else text


def format_level(value: float) -> str:
    """A power, tension, grievance or belief, to two places."""
    return f"{value:.2f}"


def format_backstop(value: float) -> str:
    """A level of the backstop as a word and a number: ``strong (0.6)``."""
    word = next(word for bound, word in BACKSTOP if value >= bound) if value else "none"
    return f"{word} ({format_number(value)})"


def chance_phrase(share: float) -> str:
    """A chance with its article: ``a 31 % chance``, ``less than a 0.1 % chance``."""
    text = format_chance(share)
    bound, text = BOUNDS.get(text[0], ""), text.lstrip("<>")
    return f"{bound}{'an' if text.startswith(VOWEL_SOUNDS) else 'a'} {text} chance"


def with_article(noun: str) -> str:
    """A noun with its indefinite article: ``a probe``, ``an accidental clash``."""
    return f"{'an' if noun.startswith(VOWELS) else 'a'} {noun}"


def format_distinct_pair(one: float, other: float) -> tuple[str, str]:
    """Two shares in per cent, with up to two decimals where fewer would make them look equal."""
    texts = format_chance(one), format_chance(other)
    for decimals in (1, 2):
        if texts[0] == texts[1] and one != other:
            texts = format_percent(one, decimals), format_percent(other, decimals)
    return texts


def format_parameter(path: str, value: float) -> str:
    """The value of the parameter at ``path``: a label, ``true`` or ``false``, or a number."""
    parameter = parameter_at(path)
    if parameter.words is not None:
        return parameter.words(int(value)).label
    return str(bool(value)).lower() if parameter.kind is Kind.FLAG else format_number(value)


def name_in_sentence(state: str) -> str:
    """A state's name within a sentence: ``Poland``, ``the United States``."""
    return f"the {state_name(state)}" if state in WITH_ARTICLE else state_name(state)


def challenger_of(scenario: Scenario) -> str:
    """The challenger's name within a sentence."""
    return _in_role(Role.CHALLENGER, scenario)


def protege_of(scenario: Scenario) -> str:
    """The protégé's name within a sentence."""
    return _in_role(Role.PROTEGE, scenario)


def _in_role(role: Role, scenario: Scenario) -> str:
    return name_in_sentence(scenario.by_role[role][0])


def require(unmet: Iterable[str], several: bool = False) -> str:
    """What a state, or ``several``, require that is not there: ``requires a ceasefire``."""
    verb = "require" if several else "requires"
    return f"{verb} {join_and([CONDITIONS[condition] for condition in unmet])}"


def list_states(states: Sequence[str], most: int = MAX_NAMED) -> str:
    """The first ``most`` states by name and the number of the others; a single other is named."""
    most = len(states) if len(states) == most + 1 else most
    more = [f"{len(states) - most} more"] if len(states) > most else []
    return join_and([*map(name_in_sentence, states[:most]), *more])
