"""Required behaviours of the model, each tested by contrasts between two settings.

The claims about presence, absence, will, unity and guarantees, and their signs, come from the
articles; the settings are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.validation.contrast import Contrast, Side


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A required behaviour: a claim, and the contrasts that must all hold."""

    name: str
    claim: str
    contrasts: tuple[Contrast, ...]


REVISIONIST = ("states.russia.ambition=0.7", "states.russia.fear=0.5")
INTERMEDIATE = ("states.russia.ambition=0.45",)
SEEKER = ("states.russia.ambition=0.15", "states.russia.fear=1")


def force(*settings: str) -> Side:
    """The coded baseline with overrides."""
    return Side("reassurance_force", settings)


def against(challenger: tuple[str, ...], *settings: str) -> Side:
    """The coded baseline against one type of challenger, with overrides."""
    return force(*challenger, *settings)


def force_size(number: float) -> str:
    """Override of the force size."""
    return f"setting.force_size={number:g}"


def everyone(parameter: str, value: object) -> str:
    """Override of one parameter of every guarantor."""
    return f"groups.guarantors.{parameter}={value}"


LOW, HIGH = everyone("resolve", "{shift: -0.3}"), everyone("resolve", "{shift: 0.2}")

# Equal power from one state or from many states, equal in everything else.
ALIKE = (
    everyone("resolve", 0.6),
    everyone("pledge", "ground"),
    everyone("start", "ground"),
    everyone("candour", 1),
    everyone("requires.consent", 0),
    everyone("requires.backstop", 0),
    everyone("requires.clarity", 0),
    "setting.fatigue=0.15",
)
ONE = (*ALIKE, everyone("capability", 0), "states.france.capability=0.28")
MANY = (*ALIKE, everyone("capability", 0.008))

THREATS = "constants.threat=1"
SILENT = ("constants.threat=0",)

# A coalition that asks for consent, and only words until it is given.
FULL_CLAUSE = (everyone("requires.consent", 1), everyone("unconditional", "political"))
# No force within the horizon, so that only what is announced differs.
UNSEEN = ("constants.deployment_time=24", "months=24")


def offered(*settings: str) -> Side:
    """A war in which a force is promised for after a truce, with overrides."""
    return Side("troops_after_truce", settings)


def window(leverage: float, *settings: str) -> Side:
    """A force that has not come yet, and a challenger whose strength counts without an attack."""
    brings = f"constants.leverage={leverage:g}"
    return Side("window_before_the_force", (*INTERMEDIATE, *UNSEEN, brings, *settings))


# A protégé that is free to answer violations; one that is quick to and pays for wrong blame; and
# one of great resolve beside a large force, where it is often unclear who began.
FREE = "setting.retaliation=1"
BLAMED = (
    FREE,
    "states.ukraine.resolve=0.8",
    "constants.retaliation_risk=0.15",
    "constants.misattribution=1",
    "constants.blame_cost=0.5",
)
RESOLUTE = ("states.ukraine.resolve=0.9", "setting.verification=0.3", force_size(2))

BEHAVIOURS = (
    Behaviour(
        "B1",
        "Absence invites aggression",
        (
            Contrast(
                "against a revisionist, no force brings far more war than the pledged one",
                "war",
                Side("no_force", REVISIONIST),
                against(REVISIONIST),
                at_least=0.4,
            ),
        ),
    ),
    Behaviour(
        "B2",
        "Presence as provocation",
        (
            Contrast(
                "a security seeker: more force brings more war",
                "war",
                against(SEEKER, force_size(2)),
                against(SEEKER, force_size(0.5)),
            ),
            Contrast(
                "a challenger without fear: more force brings less war",
                "war",
                against(SEEKER, "states.russia.fear=0", force_size(0.5)),
                against(SEEKER, "states.russia.fear=0", force_size(2)),
            ),
            Contrast(
                "with its consent: less war",
                "war",
                against(SEEKER, force_size(2)),
                against(SEEKER, force_size(2), "setting.consent=1"),
                at_least=0.05,
            ),
        ),
    ),
    Behaviour(
        "B3",
        "So there is a line",
        (
            *(
                Contrast(
                    f"{name}: a small force brings more war than one of {middle:g}",
                    "war",
                    against(who, force_size(small)),
                    against(who, force_size(middle)),
                )
                for name, who, small, middle in (
                    ("a security seeker", SEEKER, 0.1, 0.7),
                    ("an intermediate challenger", INTERMEDIATE, 0.3, 1.5),
                    ("a revisionist", REVISIONIST, 1, 3),
                )
            ),
            *(
                Contrast(
                    f"{name}: a very large force brings more war than one of {middle:g}",
                    "war",
                    against(who, force_size(large)),
                    against(who, force_size(middle)),
                )
                for name, who, middle, large in (
                    ("a security seeker", SEEKER, 0.7, 3),
                    ("an intermediate challenger", INTERMEDIATE, 1.5, 6),
                )
            ),
            Contrast(
                "failure falls with size",
                "failure",
                against(INTERMEDIATE, force_size(0.1)),
                against(INTERMEDIATE, force_size(2)),
            ),
            Contrast(
                "escalation rises with size",
                "escalation",
                against(INTERMEDIATE, force_size(2)),
                against(INTERMEDIATE, force_size(0.1)),
            ),
            Contrast(
                "a size sufficient against a security seeker is too small against an intermediate",
                "war",
                against(INTERMEDIATE, force_size(0.7)),
                against(INTERMEDIATE, force_size(1.5)),
            ),
            Contrast(
                "a size sufficient against an intermediate is too small against a revisionist",
                "war",
                against(REVISIONIST, force_size(1.5)),
                against(REVISIONIST, force_size(3)),
            ),
        ),
    ),
    Behaviour(
        "B4",
        "Ambiguity deepens the vacuum where a force large enough to deter stands",
        tuple(
            Contrast(
                f"less clarity, the same resolve: more {measure}",
                measure,
                against(REVISIONIST, force_size(2), "setting.clarity=0.1"),
                against(REVISIONIST, force_size(2), "setting.clarity=0.9"),
            )
            for measure in ("challenges", "war")
        ),
    ),
    Behaviour(
        "B5",
        "Will counts, not size alone",
        (
            Contrast(
                "less resolve: more failure",
                "failure",
                against(REVISIONIST, LOW),
                against(REVISIONIST),
            ),
            Contrast(
                "a large force without resolve: more failure than with both",
                "failure",
                against(REVISIONIST, LOW, force_size(2)),
                against(REVISIONIST, HIGH, force_size(2)),
            ),
            Contrast(
                "resolve without a large force: more failure than with both",
                "failure",
                against(REVISIONIST, HIGH, force_size(0.1)),
                against(REVISIONIST, HIGH, force_size(2)),
            ),
        ),
    ),
    Behaviour(
        "B6",
        "Unity",
        (
            Contrast(
                "nearly all must agree: more failure than where a third suffices",
                "failure",
                against(REVISIONIST, "setting.quorum=0.9"),
                against(REVISIONIST, "setting.quorum=0.3"),
            ),
        ),
    ),
    Behaviour(
        "B7",
        "The backstop carries the rest",
        (
            Contrast(
                "no backstop: more war than with a firm one",
                "war",
                against(REVISIONIST, "setting.backstop=0"),
                against(REVISIONIST, "setting.backstop=0.8"),
            ),
            Contrast(
                "withdrawn halfway: more war than kept",
                "war",
                Side("backstop_withdrawn", REVISIONIST),
                Side("backstop_firm", REVISIONIST),
            ),
        ),
    ),
    Behaviour(
        "B8",
        "Consent as veto",
        (
            Contrast(
                "all require consent, and it is refused: no state fights",
                "fighting",
                Side("consent_required", ("setting.consent=0",)),
                Side("no_force"),
                within=0.001,
            ),
            Contrast(
                "with consent: states fight",
                "fighting",
                Side("consent_required", ("setting.consent=1",)),
                Side("consent_required", ("setting.consent=0",)),
            ),
        ),
    ),
    Behaviour(
        "B9",
        "Legitimate targets during the fighting",
        (
            Contrast(
                "without a ceasefire: more losses of the force",
                "casualties",
                Side("during_fighting"),
                force(),
                at_least=0.05,
            ),
            Contrast(
                "without a ceasefire: more war",
                "war",
                Side("during_fighting"),
                force(),
            ),
        ),
    ),
    Behaviour(
        "B10",
        "Private doubt behind public pledges",
        (
            Contrast(
                "more candour: a larger force",
                "force",
                against(REVISIONIST, everyone("candour", 1), force_size(0.5)),
                against(REVISIONIST, everyone("candour", 0), force_size(0.5)),
            ),
            Contrast(
                "less candour: more failure",
                "failure",
                against(REVISIONIST, everyone("candour", 0), force_size(0.5)),
                against(REVISIONIST, everyone("candour", 1), force_size(0.5)),
            ),
        ),
    ),
    Behaviour(
        "B11",
        "Verification",
        (
            *(
                Contrast(
                    f"less verification: more {what}",
                    measure,
                    force("setting.verification=0.1"),
                    force("setting.verification=0.9"),
                )
                for what, measure in (
                    ("accidents", "accidents"),
                    ("unattributed challenges", "unattributed"),
                )
            ),
            Contrast(
                "more verification: more challenges answered",
                "answered",
                force("setting.verification=0.9"),
                force("setting.verification=0.1"),
            ),
            Contrast(
                "a protégé that retaliates and is blamed in error: less verification, more war",
                "war",
                force(*BLAMED, "setting.verification=0"),
                force(*BLAMED, "setting.verification=1"),
            ),
            Contrast(
                "one that retaliates and is never blamed in error: more verification, more war",
                "war",
                force(*BLAMED, "constants.misattribution=0", "setting.verification=1"),
                force(*BLAMED, "constants.misattribution=0", "setting.verification=0"),
            ),
            Contrast(
                "more verification: more escalation",
                "escalation",
                force("setting.verification=0.9"),
                force("setting.verification=0.1"),
            ),
        ),
    ),
    Behaviour(
        "B12",
        "Rebuild the protégé's army",
        (
            Contrast(
                "slower rebuilding: more failure, most with a small force",
                "failure",
                against(REVISIONIST, force_size(0.15), "setting.regeneration=0"),
                against(REVISIONIST, force_size(0.15), "setting.regeneration=0.15"),
                beyond=Contrast(
                    "at the pledged size",
                    "failure",
                    against(REVISIONIST, force_size(1), "setting.regeneration=0"),
                    against(REVISIONIST, force_size(1), "setting.regeneration=0.15"),
                ),
            ),
        ),
    ),
    Behaviour(
        "B13",
        "Many share the burden",
        (
            Contrast(
                "the same power from many states: more months with a force",
                "months_under_force",
                against(REVISIONIST, *MANY),
                against(REVISIONIST, *ONE),
            ),
            Contrast(
                "the same power from one state: more failure",
                "failure",
                against(REVISIONIST, *ONE),
                against(REVISIONIST, *MANY),
            ),
        ),
    ),
    Behaviour(
        "B14",
        "Small forces that do not shift the balance hardly deter",
        (
            Contrast(
                "a twentieth of the pledge: failure within 10 points of no force",
                "failure",
                against(REVISIONIST, force_size(0)),
                against(REVISIONIST, force_size(0.05)),
                within=0.10,
            ),
            Contrast(
                "the pledged force: failure at least 50 points lower",
                "failure",
                against(REVISIONIST, force_size(0)),
                against(REVISIONIST, force_size(1)),
                at_least=0.5,
            ),
        ),
    ),
    Behaviour(
        "B15",
        "Paper guarantees",
        tuple(
            Contrast(
                f"{rung} at most: within 3 points of no pledge at all",
                "failure",
                against(REVISIONIST, everyone("start", "none"), everyone("pledge", rung)),
                against(REVISIONIST, everyone("start", "none"), everyone("pledge", "none")),
                within=0.03,
            )
            for rung in ("political", "logistics")
        ),
    ),
    Behaviour(
        "B16",
        "A long armistice under heavy outside presence",
        (
            Contrast(
                "240 months, large, clear and backed: at least 80 % of model runs without war",
                "peace",
                Side("korean_armistice"),
                at_least=0.8,
            ),
        ),
    ),
    Behaviour(
        "B17",
        "Posted away from the front",
        (
            *(
                Contrast(
                    f"nearer the front: more {measure}",
                    measure,
                    force("setting.forwardness=0.9"),
                    force("setting.forwardness=0.1"),
                )
                for measure in ("accidents", "strikes")
            ),
            Contrast(
                "farther from the front: more failure",
                "failure",
                against(REVISIONIST, force_size(0.25), "setting.forwardness=0.1"),
                against(REVISIONIST, force_size(0.25), "setting.forwardness=0.9"),
            ),
        ),
    ),
    Behaviour(
        "B18",
        "Sanctions and partners that blunt them",
        (
            Contrast(
                "without sanctions: more challenges",
                "challenges",
                force("setting.sanctions=0", "states.china.sanctions_relief=0"),
                force("setting.sanctions=1", "states.china.sanctions_relief=0"),
            ),
            Contrast(
                "a partner that blunts them: more challenges again",
                "challenges",
                force("setting.sanctions=1", "states.china.sanctions_relief=0.9"),
                force("setting.sanctions=1", "states.china.sanctions_relief=0"),
            ),
        ),
    ),
    Behaviour(
        "B19",
        "The window before the force stands",
        (
            Contrast(
                "a force not yet deployed: more failure than one deployed at the ceasefire",
                "failure",
                against(REVISIONIST, everyone("start", "political")),
                against(REVISIONIST),
            ),
        ),
    ),
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
                window(0.5),
                window(0.5, everyone("pledge", "political")),
            ),
            Contrast(
                "strength that counts for nothing: failure within half a point",
                "failure",
                window(0),
                window(0, everyone("pledge", "political")),
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
