"""Presence and absence, will, unity, guarantees and the rules that a force stands under."""

from __future__ import annotations

from sim.validation.behaviours.behaviour import (
    BLAMED,
    HIGH,
    INTERMEDIATE,
    LOW,
    REVISIONIST,
    SEEKER,
    Behaviour,
    against,
    everyone,
    force,
    force_size,
)
from sim.validation.contrast import Contrast, Side

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

PRESENCE = (
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
                "a partner that blunts them in part: more challenges again",
                "challenges",
                force(
                    "setting.sanctions=1",
                    "states.china.sanctions_relief=0.5",
                    "states.other_partners.sanctions_relief=0",
                ),
                force(
                    "setting.sanctions=1",
                    "states.china.sanctions_relief=0",
                    "states.other_partners.sanctions_relief=0",
                ),
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
)
