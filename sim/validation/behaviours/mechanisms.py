"""Threats, truces, backstop, casualties, shared burdens and successes."""

from __future__ import annotations

from sim.validation.behaviours.behaviour import (
    FREE,
    INTERMEDIATE,
    REVISIONIST,
    SEEKER,
    Behaviour,
    against,
    everyone,
    force,
    force_size,
)
from sim.validation.contrast import Contrast, Side

THREATS = "constants.threat=1"
SILENT = ("constants.threat=0",)


# Washington decides on the backstop, and all Europeans ask for the same level of it.
DECIDED = ("constants.effort_weight=1", everyone("requires.backstop", 0.4))


def backed(level: float, *settings: str) -> Side:
    """The coded baseline in which a state decides on the backstop; ``level`` is its level at the
    start."""
    return force(*DECIDED, f"setting.backstop={level:g}", *settings)


def withdrawn_to(level: float) -> str:
    """Override that lowers the backstop after a year."""
    return f"events=[{{month: 12, set: {{setting.backstop: {level:g}}}}}]"


def led_by(capability: float, public_good: float) -> Side:
    """An American contingent on the ground without conditions, and no challenges or accidents."""
    us = ("capability", capability), ("pledge", "ground"), ("start", "ground"), ("resolve", 1)
    return force(
        f"constants.public_good={public_good:g}",
        *(f"states.united_states.{name}={value}" for name, value in us),
        "states.united_states.candour=1",
        everyone("requires.backstop", 0),
        "constants.challenger_review=0",
        "constants.accident=0",
        force_size(1),
    )


# A coalition that asks for consent, and only words until it is given.
FULL_CLAUSE = (everyone("requires.consent", 1), everyone("unconditional", "political"))
# No force within the horizon, so that only what is announced differs.
UNSEEN = ("constants.deployment_time=24", "months=24")


def offered(*settings: str) -> Side:
    """An ongoing war in which a force is promised after a truce, with overrides."""
    return Side("troops_after_truce", settings)


def leverage_window(leverage: float, *settings: str) -> Side:
    """A challenger that gains from its strength without an attack, before the force has arrived."""
    brings = f"constants.leverage={leverage:g}"
    return Side("window_before_the_force", (*INTERMEDIATE, *UNSEEN, brings, *settings))


# One of great resolve beside a large force, where it is often unclear who began.
RESOLUTE = ("states.ukraine.resolve=0.9", "setting.verification=0.3", force_size(2))

MECHANISMS = (
    Behaviour(
        "B20",
        "Threats divide, and bluffs lose force",
        (
            Contrast(
                "threats, even if none is carried out: a smaller force",
                "force",
                force(),
                force(THREATS, "constants.threat_bond=0"),
            ),
            Contrast(
                "threats that are meant: a smaller force again",
                "force",
                force(THREATS, "constants.threat_bond=0"),
                force(THREATS),
            ),
            Contrast(
                "a bluffing challenger that threatens: less belief at the end than if it is silent",
                "credit",
                Side("moscow_bluffs", SILENT),
                Side("moscow_bluffs"),
            ),
            Contrast(
                "threats that are meant take more of the force than bluffs",
                "force",
                Side("moscow_threatens", SILENT),
                Side("moscow_threatens"),
                beyond=Contrast(
                    "bluffs",
                    "force",
                    Side("moscow_bluffs", SILENT),
                    Side("moscow_bluffs"),
                ),
            ),
            Contrast(
                "bluffs that would have been costly if meant: a larger force than silence",
                "force",
                Side("moscow_bluffs", ("constants.threat_bond=0.2",)),
                Side("moscow_bluffs", SILENT),
            ),
            *(
                Contrast(
                    f"threats that nobody believes: the same {measure}",
                    measure,
                    force(THREATS, "constants.line_belief=0"),
                    force("constants.line_belief=0"),
                    within=0.005,
                )
                for measure in ("force", "war")
            ),
        ),
    ),
    Behaviour(
        "B21",
        "Troops promised for after a truce are a reason not to make one",
        (
            Contrast(
                "a security seeker: fewer truces the larger the promised force",
                "truce",
                offered(*SEEKER, force_size(0.3)),
                offered(*SEEKER, force_size(2)),
                at_least=0.05,
            ),
            Contrast(
                "a challenger that wants it all: the promise moves truces by at most 5 points",
                "truce",
                offered("states.russia.ambition=1", force_size(0.3)),
                offered("states.russia.ambition=1", force_size(2)),
                within=0.05,
            ),
            Contrast(
                "with a full consent clause: the promised size changes nothing",
                "truce",
                offered(*SEEKER, *FULL_CLAUSE, force_size(0.3)),
                offered(*SEEKER, *FULL_CLAUSE, force_size(2)),
                within=0.005,
            ),
            Contrast(
                "a consent clause: the challenger refuses less often",
                "refused_by_challenger",
                offered(SEEKER[1]),
                Side("truce_with_consent_clause", (SEEKER[1],)),
            ),
            Contrast(
                "and the protégé more often",
                "refused_by_protege",
                Side("truce_with_consent_clause", (SEEKER[1],)),
                offered(SEEKER[1]),
            ),
            Contrast(
                "and hardly any force comes",
                "force",
                offered(SEEKER[1]),
                Side("truce_with_consent_clause", (SEEKER[1],)),
            ),
        ),
    ),
    Behaviour(
        "B22",
        "The backstop has a tipping point",
        (
            Contrast(
                "promised above the level that Europeans ask for: more of it stays than below",
                "backstop",
                backed(0.5),
                backed(0.3),
                at_least=0.1,
            ),
            Contrast(
                "a withdrawal that leaves what they ask for changes nothing for good",
                "backstop",
                backed(0.8, withdrawn_to(0.5)),
                backed(0.8),
                within=0.03,
            ),
            Contrast(
                "a withdrawal below it lasts",
                "backstop",
                backed(0.8),
                backed(0.8, withdrawn_to(0.3)),
                at_least=0.05,
            ),
            *(
                Contrast(
                    f"Europe goes first instead of waiting for Washington: more {what}",
                    measure,
                    Side("europe_first"),
                    Side("washington_first"),
                )
                for what, measure in (("backstop", "backstop"), ("force", "force"))
            ),
        ),
    ),
    Behaviour(
        "B23",
        "Losses wear support down, after a first rally",
        (
            Contrast(
                "losses that are not remembered: a larger force at the end",
                "force",
                Side("during_fighting", ("constants.toll=0",)),
                Side("during_fighting"),
            ),
            Contrast(
                "a rally after attacks: more months under a fighting force",
                "months_under_force",
                force(),
                force("constants.rally=0"),
            ),
        ),
    ),
    Behaviour(
        "B24",
        "Stability and instability",
        (
            Contrast(
                "allies that fear the slip into war: fewer challenges answered",
                "answered",
                force("constants.guarantor_war_cost=0"),
                force(),
            ),
            Contrast(
                "allies that fear the slip into war: more strikes",
                "strikes",
                force(),
                force("constants.guarantor_war_cost=0"),
            ),
        ),
    ),
    Behaviour(
        "B25",
        "Free riding on a large ally",
        (
            Contrast(
                "a very large American force: fewer states with fighting forces",
                "fighting",
                led_by(0.1, 2),
                led_by(2, 2),
            ),
            Contrast(
                "without a public good: not fewer",
                "fighting",
                led_by(2, 0),
                led_by(0.1, 0),
                at_least=-0.1,
            ),
            Contrast(
                "answers that the others can give: fewer challenges answered",
                "answered",
                force(),
                force("constants.pivotality=1"),
            ),
        ),
    ),
    Behaviour(
        "B26",
        "Moral hazard of a clear promise",
        (
            *(
                Contrast(
                    f"a promise with more {what}: the protégé retaliates more often",
                    "retaliations",
                    force(FREE, f"setting.{what}={more:g}"),
                    force(FREE, f"setting.{what}={less:g}"),
                )
                for what, less, more in (("clarity", 0.1, 0.9), ("backstop", 0.2, 0.8))
            ),
            Contrast(
                "a resolute protégé that few watch: less clarity brings less war",
                "war",
                against(REVISIONIST, *RESOLUTE, FREE, "setting.clarity=0.9"),
                against(REVISIONIST, *RESOLUTE, FREE, "setting.clarity=0.1"),
            ),
            Contrast(
                "one that answers no violation: less clarity brings more war",
                "war",
                against(REVISIONIST, *RESOLUTE, "setting.clarity=0.1"),
                against(REVISIONIST, *RESOLUTE, "setting.clarity=0.9"),
            ),
        ),
    ),
    Behaviour(
        "B27",
        "An announced force speeds an attack only where waiting has something to lose",
        (
            Contrast(
                "strength that counts without an attack: more failure once a force is announced",
                "failure",
                leverage_window(0.5),
                leverage_window(0.5, everyone("pledge", "political")),
            ),
            Contrast(
                "strength that counts for nothing: failure within half a point",
                "failure",
                leverage_window(0),
                leverage_window(0, everyone("pledge", "political")),
                within=0.005,
            ),
        ),
    ),
    Behaviour(
        "B28",
        "Challenges too small to answer",
        (
            Contrast(
                "answers without a cost of their own: more challenges answered",
                "answered",
                force("constants.answer_cost=0"),
                force("constants.answer_cost=0.1"),
            ),
            Contrast(
                "a high cost of answering: the challenger's position advances further",
                "position",
                force("constants.answer_cost=0.1"),
                force("constants.answer_cost=0"),
            ),
        ),
    ),
)
