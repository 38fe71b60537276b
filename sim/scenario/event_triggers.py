"""The trigger of an event: the text of ``when`` parsed, and written back."""

from __future__ import annotations

import re
from typing import NamedTuple

from sim.enums import Occasion, Participation
from sim.scenario.parameter import written_number
from sim.scenario.schema import MAX_MONTHS, MAX_STATES

FORMS = (
    "first probe",
    "first strike",
    "first mobilisation",
    "force below 0.2",
    "3 states at ground",
    "month >= 12 and first strike",
)
REMEDY = "write one of: " + "; ".join(f"'{form}'" for form in FORMS)
MAX_LEVEL = 100.0
FIRST = "first (probe|strike|mobilisation)"
BELOW = r"force below ([0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?)"
AT = f"([0-9]{{1,9}}) states? at ({'|'.join(Participation.words()[1:])})"
EARLIEST = "month (?:>=|≥) ?([0-9]{1,9}) and "
# What an editor takes: no count of 0, which the reader explains.
PATTERN = f"^({EARLIEST})?({FIRST}|{BELOW}|(?!0+ ){AT})$"


class When(NamedTuple):
    """A parsed trigger; the fields are those of ``scenario.Event``."""

    occasion: Occasion
    month: int = 0
    level: float = 0.0
    rung: float = 0.0


def parse_trigger(text: str) -> When | str:
    """The parsed trigger, or an error message."""
    text = " ".join(text.split())
    dated = re.match(EARLIEST, text)
    month, rest = (int(dated[1]), text[dated.end() :]) if dated else (0, text)
    if month > MAX_MONTHS:
        return f"month {month} is beyond {MAX_MONTHS}"
    return _without_month(rest, month)


def _without_month(text: str, month: int) -> When | str:
    if match := re.fullmatch(FIRST, text):
        return When(Occasion[f"FIRST_{match[1].upper()}"], month)
    if match := re.fullmatch(BELOW, text):
        level = float(match[1])
        if level > MAX_LEVEL:
            return f"{text!r}: the level goes from 0 to {written_number(MAX_LEVEL)}"
        return When(Occasion.FORCE_BELOW, month, level)
    if match := re.fullmatch(AT, text):
        count, rung = int(match[1]), Participation.of(match[2])
        if not 1 <= count <= MAX_STATES:
            return f"{count} states: from 1 to {MAX_STATES}"
        return When(Occasion.STATES_AT, month, float(count), float(rung))
    return f"{text[:60]!r} is not a trigger"


def trigger_text(occasion: Occasion, month: int, level: float, rung: float) -> str:
    """The trigger in the form of a scenario file; empty for a month alone."""
    if occasion is Occasion.MONTH:
        return ""
    text = occasion.word.replace("_", " ")
    if occasion is Occasion.FORCE_BELOW:
        text = f"force below {written_number(level)!r}"
    if occasion is Occasion.STATES_AT:
        name = Participation(int(rung)).word
        text = f"{int(level)} state{'s' * (level > 1)} at {name}"
    return f"month >= {month} and {text}" if month else text
