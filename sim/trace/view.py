"""What a state sees in the middle of a run: what is public, and what it alone knows of itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sim.enums import Challenge, Participation, Role
from sim.scenario.scenario import Scenario
from sim.trace.stepper import Board


@dataclass(frozen=True, slots=True)
class Incident:
    """This month's challenge, as far as a state knows it: ``challenge`` is ``None`` to those who
    were not its author while it is not attributed to the challenger, and so is ``ordered``, which
    is false for an accident."""

    challenge: str | None
    ordered: bool | None
    attributed: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class View:
    """What ``state`` sees. All but ``own`` and an unattributed ``incident`` is public.

    ``rungs`` holds the participation of every guarantor, ``reputation`` that of the coalition for
    answering, and ``credit`` the belief of others that the challenger means its red lines.
    ``believed_ambition`` is its ambition as others believe it, ``threat`` how far its last threat
    is remembered, 0 to 1, and ``promised_force`` the fighting power that a truce would bring, or
    ``None`` while no terms are on the table.
    ``own`` holds what the state alone knows: of a guarantor its private resolve, the highest rung
    it would go to, the rung it decided on, the conditions that hold it back, and its losses; of the
    challenger its ambition, its grievance and whether it means each of its red lines; of the
    protégé its resolve and its army.
    """

    state: str
    role: str
    month: int
    ceasefire: bool
    consent: float
    backstop: float
    tension: float
    footprint: float
    force: float
    reputation: float
    credit: float
    believed_ambition: float
    threat: float
    promised_force: float | None
    rungs: dict[str, str]
    incident: Incident | None
    own: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The view as plain data."""
        return asdict(self)


def view_of(board: Board, scenario: Scenario, state: str) -> View:
    """What ``state`` sees on ``board``."""
    i = scenario.states.index(state)
    world, given = board.world, board.given
    role = Role(int(given["role"][i]))
    rungs = {scenario.states[k]: _word(world["rung"][k]) for k in board.guarantors}
    return View(
        state=state,
        role=role.word,
        month=int(world["month"]),
        ceasefire=bool(world["ceasefire"]),
        consent=float(world["consent"]),
        backstop=float(world["backstop"]),
        tension=float(world["tension"]),
        footprint=float(world["footprint"]),
        force=float(world["power"]),
        reputation=float(board.record()["reputation"][0]),
        credit=float(world["credit"][given["challenger"]]),
        believed_ambition=float(world["believed_ambition"]),
        threat=float(world["threat_remembered"]),
        promised_force=board.promised_force(),
        rungs=rungs,
        incident=_incident(board, role),
        own=known_alone(board, scenario, state),
    )


def _word(rung: int) -> str:
    return Participation(int(rung)).word


def _incident(board: Board, role: Role) -> Incident | None:
    world = board.world
    if world["action"] == Challenge.HOLD:
        return None
    attributed = bool(world["attributed"])
    known = attributed or role is Role.CHALLENGER
    challenge = Challenge(int(world["action"])).word if known else None
    ordered = bool(world["ordered"]) if known else None
    return Incident(challenge, ordered, attributed, board.is_answered)


def known_alone(board: Board, scenario: Scenario, state: str) -> dict[str, Any]:
    """What ``state`` alone knows, of itself."""
    i, world = scenario.states.index(state), board.world
    role = Role(int(board.given["role"][i]))
    if role is Role.CHALLENGER:
        lines = [
            k for k, (owner, _) in enumerate(scenario.red_lines) if scenario.states[i] == owner
        ]
        backed = board.given["line_backed"]
        return {
            "ambition": float(world["ambition"]),
            "grievance": float(world["grievance"]),
            "red_lines": {scenario.red_lines[k][1]: bool(backed[k]) for k in lines},
        }
    if role is Role.PROTEGE:
        return {"resolve": float(world["resolve"][i]), "army": float(world["army"])}
    if role is Role.GUARANTOR:
        return {
            "resolve": float(world["resolve"][i]),
            "ceiling": _word(world["ceiling"][i]),
            "target": _word(world["target"][i]),
            "unmet_conditions": list(board.unmet(i)),
            "losses": float(world["own_losses"][i]),
        }
    return {}
