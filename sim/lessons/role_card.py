"""A role card: what one state shows, knows and may decide in a scenario, with the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.enums import Role
from sim.errors import UsageError, did_you_mean
from sim.evidence.claims import Claim, claims
from sim.explain.formatting import describe_red_line
from sim.explain.value import Explained, Explainer, describe_value
from sim.formatting import name_in_words, state_name
from sim.scenario.parameter import Kind
from sim.scenario.provenance import values_with_source
from sim.scenario.scenario import Scenario
from sim.scenario.schema import REQUIRES

PUBLIC = ("capability", "pledge", "start", "sanctions_relief")
PRIVATE = (
    *("resolve", "ambition", "fear", "candour", "casualty_aversion", "audience_cost"),
    *("solidarity", "unconditional"),
)

# The end of the meaning of resolve and ambition, which are private on a card.
KNOWN = "; mean that is known to all"

# What each role decides, and what it may not, in the words of docs/play.md. A path is that of the
# mechanism without which there is nothing to decide.
ALWAYS = ""
TRUCE = ("accept terms of a truce, or refuse them", "setting.talks")
CAN = {
    Role.CHALLENGER: (
        ("threaten, or say nothing", "constants.threat"),
        TRUCE,
        ("hold, probe, strike the force, or mobilise for an offensive", ALWAYS),
        ("press on, or back down once answered", ALWAYS),
    ),
    Role.PROTEGE: (
        TRUCE,
        ("complain of a violation that nobody answered, or retaliate", "setting.retaliation"),
    ),
    Role.GUARANTOR: (
        ("take part at any level, also beyond its pledge and with a condition not met", ALWAYS),
        ("concede a challenge, or defy it, if it has forces there", ALWAYS),
    ),
    Role.PARTNER: (),
}
NOTHING = ("decide anything month by month: what it does is part of the setting",)
MAY_NOT = {
    Role.CHALLENGER: ("change what it wants, or know the others' private resolve",),
    Role.PROTEGE: ("send others' forces, or lift a condition that others have set",),
    Role.GUARANTOR: (
        "have its forces there at once: they follow at the pace of deployment",
        "decide for another state, or know its resolve",
    ),
    Role.PARTNER: (),
}

BACKS = ("raise, keep or lower the backstop behind the others' forces",)


@dataclass(frozen=True, slots=True)
class RoleCard:
    """The card of one state. ``public`` is for all, ``private`` for its player alone."""

    state: str
    role: Role
    public: tuple[str, ...]
    private: tuple[str, ...]
    conditions: tuple[str, ...]
    can: tuple[str, ...]
    may_not: tuple[str, ...]
    says: tuple[Claim, ...]

    @property
    def title(self) -> str:
        """The state's name for readers."""
        return state_name(self.state)


def role_card(scenario: Scenario, state: str) -> RoleCard:
    """The card of a state; raises ``UsageError`` for one that the scenario does not have."""
    if state not in scenario.states:
        known = did_you_mean(state, scenario.states)
        raise UsageError(f"no state '{state[:40]}' in {scenario.name}", known)
    role = scenario.role(state)
    lines = list(_red_lines(scenario, state))
    can = tuple(_decisions(scenario, state))
    return RoleCard(
        state,
        role,
        (*_values(scenario, state, PUBLIC), *(f"red line, {declared}" for declared, _ in lines)),
        (*_values(scenario, state, PRIVATE), *(f"red line, {meant}" for _, meant in lines)),
        tuple(_conditions(scenario, state)) if role is Role.GUARANTOR else (),
        can,
        MAY_NOT[role] if can else (*MAY_NOT[role], *NOTHING),
        said_by(scenario, state),
    )


def said_by(scenario: Scenario, state: str) -> tuple[Claim, ...]:
    """The public claims on which a value of the state rests."""
    groups = [name for name, members in scenario.groups.items() if state in members]
    own = tuple(f"{block}." for block in (f"states.{state}", *(f"groups.{g}" for g in groups)))
    cited = {
        name
        for value in values_with_source(scenario)
        if value.path.startswith(f"states.{state}.")
        for name in value.claims
    }
    return tuple(
        each
        for each in claims()
        if each.public
        and (each.id in cited or any(i.parameter.startswith(own) for i in each.informs))
        and state in each.who
    )


def _decisions(scenario: Scenario, state: str) -> Iterator[str]:
    """What the state decides in this scenario."""
    for words, mechanism in CAN[scenario.role(state)]:
        if mechanism == ALWAYS or scenario.is_ever_on(mechanism):
            yield words
    if _decides_on_backstop(scenario, state):
        yield from BACKS


def _decides_on_backstop(scenario: Scenario, state: str) -> bool:
    """Whether the state decides on the backstop, which in other scenarios is set."""
    path = f"states.{state}.backs"
    backs = path in scenario.values and scenario[path].mean == 1
    return backs and scenario["constants.effort_weight"].mean > 0


def _values(scenario: Scenario, state: str, names: tuple[str, ...]) -> Iterator[str]:
    explainer = Explainer(scenario)
    for name in names:
        path = f"states.{state}.{name}"
        if path in scenario.values and scenario.uses(path):
            yield _line(explainer.value(path))


def _line(found: Explained) -> str:
    """A parameter's meaning and its value; a flag is a yes or a no.

    Whether all know the value is said by the part of the card, not by the meaning.
    """
    parameter, distribution = found.given.parameter, found.given.value.distribution
    is_plain_flag = parameter.kind is Kind.FLAG and distribution.is_fixed
    said = ("yes" if distribution.mean else "no") if is_plain_flag else describe_value(found)
    return f"{parameter.meaning.removesuffix(KNOWN)}: {said}"


def _conditions(scenario: Scenario, state: str) -> Iterator[str]:
    for name in REQUIRES:
        path = f"states.{state}.requires.{name}"
        distribution = scenario[path]
        if not (distribution.is_fixed and distribution.mean == 0):
            yield _line(Explainer(scenario).value(path))


def _red_lines(scenario: Scenario, state: str) -> Iterator[tuple[str, str]]:
    """Each red line as declared, and whether it is meant."""
    for owner, line in scenario.red_lines:
        if owner == state:
            declared, _, meant = describe_red_line(owner, line, scenario).rpartition("; ")
            yield declared.partition(", ")[2], f"{name_in_words(line)}: {meant}"
