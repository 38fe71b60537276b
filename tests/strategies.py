"""Hypothesis strategies: small valid scenarios, and the laws in them."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from sim.enums import Challenge, Participation, Role
from sim.scenario.constants import CONSTANTS
from sim.scenario.event_triggers import When, parse_trigger
from sim.scenario.parameter import Kind, Parameter
from sim.scenario.scenario import Scenario
from sim.scenario.schema import (
    ALLOWED,
    CHALLENGE_LADDER,
    PARTICIPATION_LADDER,
    RED_LINE,
    REQUIRES,
    SETTING,
    STATE,
)
from tests.scenarios import scenario_of

GUARANTORS = ("estonia", "france", "germany", "italy", "poland")
# Set for a state as a whole, because they depend on other values.
SINGLE = ("role", "start", "backs")
WORDS = st.text("abcdefgh éß-:#'\"{}[],&*!%@`", min_size=1, max_size=24).map(
    lambda text: f"a{text}z"
)


@cache
def numbers(parameter: Parameter) -> st.SearchStrategy[float]:
    """Numbers in a parameter's range, and not wildly larger than its default."""
    high = min(parameter.high, max(1.0, 4 * float(parameter.default)))
    step = (high - parameter.low) / 100
    return st.integers(0, 100).map(lambda k: round(parameter.low + k * step, 9))


@cache
def plain_values(parameter: Parameter) -> st.SearchStrategy[Any]:
    """What may be written for a parameter without a law."""
    if parameter.words is not None:
        return st.sampled_from(parameter.words.words())
    if parameter.kind is Kind.FLAG:
        return st.booleans()
    if parameter.kind is Kind.COUNT:
        return st.integers(int(parameter.low), int(min(parameter.high, 6)))
    return numbers(parameter)


@cache
@st.composite
def choices(draw: st.DrawFn, parameter: Parameter) -> dict[str, Any]:
    """A choice among values of a parameter, weighted or not."""
    options = draw(st.lists(plain_values(parameter), min_size=1, max_size=3, unique=True))
    if draw(st.booleans()):
        return {"choice": options}
    keys = [str(o).lower() if isinstance(o, bool) else o for o in options]
    return {"choice": {key: draw(WEIGHTS) for key in keys}}


@cache
@st.composite
def drawn(draw: st.DrawFn, parameter: Parameter) -> dict[str, Any]:
    """A distribution over a number."""
    width = parameter.high - parameter.low
    inner = numbers(parameter).filter(lambda x: 0.01 < (x - parameter.low) / width < 0.99)
    kinds = ["uniform", "triangular", "truncated_normal", "beta"]
    kind = draw(st.sampled_from(kinds))
    if kind == "beta":
        values = [draw(inner), draw(st.floats(1, 100))]
    elif kind == "truncated_normal":
        values = [draw(inner), width * draw(st.floats(0.01, 0.5))]
    else:
        count = 2 if kind == "uniform" else 3
        values = sorted(draw(numbers(parameter)) for _ in range(count))
    shift = draw(st.sampled_from([0.0, 0.0, -0.1, 0.25])) * width
    return {kind: values, **({"shift": shift} if shift else {})}


@cache
def laws(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Whatever may be written for a parameter, without its reasons."""
    value = plain_values(parameter)
    if not parameter.drawable:
        return value
    if parameter.kind is not Kind.NUMBER:
        return value | choices(parameter)
    can_spread = (min(parameter.high, 1.0) - parameter.low) / (
        parameter.high - parameter.low
    ) > 0.05
    return value | choices(parameter) | (drawn(parameter) if can_spread else value)


@cache
@st.composite
def values(draw: st.DrawFn, parameter: Parameter) -> Any:
    """Whatever may be written for a parameter, now and then with its reasons."""
    law = draw(laws(parameter))
    if draw(st.integers(0, 4)):
        return law
    written = law if isinstance(law, dict) else {"fixed": law}
    return {
        **written,
        "source": draw(st.sampled_from(["assumption", ["a.b", "c.d"]])),
        "why": draw(WORDS),
    }


@st.composite
def some_of(
    draw: st.DrawFn, table: dict[str, Parameter], role: Role | None = None
) -> dict[str, Any]:
    """A few parameters of a table that a role may set, with values."""
    names = [n for n, p in table.items() if p.role in (None, role) and n not in SINGLE]
    chosen = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    return {name: draw(values(table[name])) for name in chosen}


@st.composite
def red_lines(draw: st.DrawFn, role: Role) -> dict[str, Any]:
    """Up to two red lines that a role may draw."""
    allowed = [(effect, watches) for (who, effect), watches in ALLOWED.items() if who is role]
    lines = {}
    for name in draw(st.lists(st.sampled_from(["near", "far"]), max_size=2, unique=True)):
        effect, watches = draw(st.sampled_from(allowed))
        line: dict[str, Any] = {
            "watches": draw(st.sampled_from(watches)).word,
            "effect": effect.word,
        }
        line |= {"threshold": draw(st.sampled_from([0.0, 0.1])), "reach": draw(st.floats(0.2, 4))}
        rest = {"severity": RED_LINE["severity"], "backed": RED_LINE["backed"]}
        lines[name] = {**line, **draw(some_of(rest))}
    return lines


@st.composite
def states(draw: st.DrawFn, role: Role) -> dict[str, Any]:
    """One state of a role."""
    state = {**draw(some_of(STATE, role)), "role": role.word}
    state["capability"] = draw(values(STATE["capability"]))
    if role is Role.GUARANTOR:
        state["pledge"] = draw(values(STATE["pledge"]))
        if isinstance(state["pledge"], str):
            most = Participation.of(state["pledge"])
            state["start"] = draw(st.sampled_from(Participation.words()[: most + 1]))
        state["requires"] = draw(some_of(REQUIRES, role))
    if role in (Role.GUARANTOR, Role.CHALLENGER):
        state["red_lines"] = draw(red_lines(role))
    return {key: value for key, value in state.items() if value != {}}


WEIGHTS = st.integers(1, 99).map(lambda k: k / 10)
WHENS = st.sampled_from(
    [
        "first probe",
        "first strike",
        "first mobilisation",
        "force below 0.2",
        "1 state at ground",
        "month >= 3 and first strike",
        "month >= 2 and 2 states at monitoring",
    ]
)


def earliest_month(when: str) -> int:
    """The month before which a trigger cannot happen."""
    found = parse_trigger(when)
    assert isinstance(found, When)
    return found.month


@st.composite
def events(draw: st.DrawFn, guarantors: list[str], months: int) -> dict[str, Any]:
    """One event that sets a few things, within the months of the scenario."""
    settings = {f"setting.{k}": v for k, v in draw(some_of(SETTING)).items()}
    for name in (
        draw(st.lists(st.sampled_from(guarantors), max_size=2, unique=True)) if guarantors else ()
    ):
        of_state = draw(some_of(STATE, Role.GUARANTOR))
        settings |= {f"states.{name}.{k}": v for k, v in of_state.items()}
    settings = settings or {"setting.backstop": 0.0}
    date = draw(
        st.one_of(
            st.integers(0, min(12, months)).map(lambda m: {"month": m}),
            WHENS.filter(lambda w: earliest_month(w) <= months).map(lambda w: {"when": w}),
        )
    )
    return {**date, "set": settings, **draw(st.sampled_from([{}, {"why": "a reason"}]))}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A scenario file's contents: 2 to 8 states, laws, red lines, conditions, groups, events."""
    guarantors = draw(st.lists(st.sampled_from(GUARANTORS), max_size=5, unique=True))
    cast = {"russia": draw(states(Role.CHALLENGER)), "ukraine": draw(states(Role.PROTEGE))}
    cast |= {name: draw(states(Role.GUARANTOR)) for name in guarantors}
    cast |= {name: draw(states(Role.PARTNER)) for name in ["china"] * draw(st.integers(0, 1))}
    backer = draw(st.sampled_from([None, *guarantors]))
    if backer:
        cast[backer]["backs"] = True
    rung, action = (
        draw(st.sampled_from(Participation.words())),
        draw(st.sampled_from(Challenge.words()[1:])),
    )
    months = draw(st.integers(1, 24))
    document = {
        "scenario": draw(st.sampled_from(["one", "another_1"])),
        "title": draw(WORDS),
        "months": months,
        "runs": draw(st.integers(1, 50)),
        "seed": draw(st.integers(0, 2**63 - 1)),
        "setting": draw(some_of(SETTING)),
        "constants": draw(some_of(CONSTANTS)),
        "ladders": {
            "participation": {rung: draw(some_of(PARTICIPATION_LADDER))},
            "challenge": {action: draw(some_of(CHALLENGE_LADDER))},
        },
        "states": cast,
        "events": draw(st.lists(events(guarantors, months), max_size=3)),
        "info": draw(st.sampled_from([{}, {"debrief": "Talk.", "sources": ["one", "two"]}])),
    }
    with_group = draw(st.booleans())
    if guarantors and with_group:
        document["groups"] = {
            "some": {"members": guarantors, "resolve": draw(values(STATE["resolve"]))}
        }
    return document


def scenarios() -> st.SearchStrategy[Scenario]:
    """Small valid scenarios."""
    return st.builds(scenario_of, documents())
