"""What each scenario's text asks the reader to notice, as contrasts that runs can refuse.

The scenarios are named in the order of the texts; the first contrast of each is with its parent.
"""

from __future__ import annotations

from sim.behaviours.contrast import Contrast, Side

MAIN, ALONE, FIRM = "reassurance_force", "backstop_absent", "backstop_firm"
SMALL, HEAVY, NOBODY = "small_force_rear_sites", "heavy_force_with_stockpiles", "no_force"
FREEZE, WINDOW = "one_month_freeze", "window_before_the_force"
TIGHT, BLUNT, DOUBT = "sanctions_tightened", "sanctions_blunted", "public_pledge_private_doubt"
STRIKES, FRACTURE = "immediate_strikes_on_violation", "fracture_after_first_casualties"
AFRAID, GREEDY = "security_seeking_challenger", "revisionist_challenger"
ARMS, AIR_SEA = "arms_instead_of_troops", "black_sea_and_air_only"
RELUCTANT = ("states.russia.ambition=0.15", "states.russia.fear=1")
EAGER = ("states.russia.ambition=0.7", "states.russia.fear=0.5")
SET_ON_REVISION = "states.russia.ambition=0.8"


def side(said: str | Side) -> Side:
    """A scenario as it stands, by its name."""
    return said if isinstance(said, Side) else Side(said)


def higher(measure: str, here: str | Side, there: str | Side, by: float = 0.0) -> Contrast:
    """The measure is higher here than there."""
    return Contrast("higher", measure, side(here), side(there), at_least=by)


def alike(measure: str, here: str | Side, there: str | Side, within: float) -> Contrast:
    """The measure is the same here and there, give or take."""
    return Contrast("alike", measure, side(here), side(there), within=within)


def level(measure: str, here: str, above: float) -> Contrast:
    """The measure's own level."""
    return Contrast("level", measure, Side(here), at_least=above)


NOTICED = {
    "no_force": (higher("failure", NOBODY, MAIN, by=0.3),),
    "during_fighting": (
        higher("strikes", "during_fighting", MAIN, by=1),
        higher("war", "during_fighting", MAIN),
    ),
    "consent_required": (
        higher("failure", "consent_required", MAIN, by=0.3),
        alike("war", "consent_required", NOBODY, within=0.05),
        higher("strikes", "consent_required", NOBODY),
    ),
    FIRM: (
        higher("escalation", MAIN, FIRM),
        higher("war", ALONE, FIRM, by=0.05),
        higher("failure", ALONE, FIRM, by=0.02),
        alike("probes", FIRM, MAIN, within=0.2),
    ),
    "backstop_partial": (
        higher("failure", "backstop_partial", MAIN),
        higher("war", "backstop_partial", MAIN),
        higher("failure", ALONE, "backstop_partial"),
        higher("war", ALONE, "backstop_partial"),
        higher("force", MAIN, "backstop_partial"),
    ),
    ALONE: (
        higher("failure", ALONE, MAIN),
        higher("force", FIRM, ALONE, by=0.15),
        higher("war", NOBODY, ALONE, by=0.3),
    ),
    "backstop_withdrawn": (
        higher("war", "backstop_withdrawn", FIRM),
        higher("failure", "backstop_withdrawn", FIRM),
        higher("force", FIRM, "backstop_withdrawn", by=0.1),
        higher("war", ALONE, "backstop_withdrawn"),
    ),
    "monitoring_only": (
        higher("failure", "monitoring_only", MAIN, by=0.3),
        alike("failure", "monitoring_only", NOBODY, within=0.05),
        higher("probes", NOBODY, "monitoring_only"),
        higher("unattributed", NOBODY, "monitoring_only"),
        higher("strikes", "monitoring_only", NOBODY),
        alike("escalation", "monitoring_only", NOBODY, within=0.001),
    ),
    "hub_without_soldiers": (
        higher("war", "hub_without_soldiers", MAIN, by=0.2),
        higher("war", NOBODY, "hub_without_soldiers", by=0.1),
        alike("escalation", "hub_without_soldiers", NOBODY, within=0.001),
    ),
    "germany_in": (
        higher("force", "germany_in", MAIN),
        higher("offensives", MAIN, "germany_in"),
        alike("war", "germany_in", "germany_out", within=0.02),
    ),
    "germany_out": (
        higher("force", "germany_in", "germany_out"),
        higher("strikes", "germany_in", "germany_out"),
    ),
    SMALL: (
        higher("failure", SMALL, MAIN, by=0.05),
        higher("war", SMALL, MAIN),
        *(higher(name, MAIN, SMALL) for name in ("strikes", "accidents", "casualties")),
        higher("escalation", MAIN, SMALL),
        higher("war", NOBODY, SMALL, by=0.2),
        higher("failure", Side(NOBODY, (SET_ON_REVISION,)), Side(SMALL, (SET_ON_REVISION,)), 0.1),
        higher("failure", Side(SMALL, (SET_ON_REVISION,)), Side(MAIN, (SET_ON_REVISION,)), 0.4),
    ),
    HEAVY: (
        *(higher(name, HEAVY, MAIN) for name in ("strikes", "casualties", "escalation", "war")),
        higher("failure", SMALL, HEAVY, by=0.05),
        higher("escalation", HEAVY, SMALL),
    ),
    "rebuild_without_limits": (
        higher("failure", SMALL, "rebuild_without_limits", by=0.05),
        higher("war", SMALL, "rebuild_without_limits", by=0.05),
        alike("war", "rebuild_without_limits", MAIN, within=0.04),
        higher("casualties", MAIN, "rebuild_without_limits"),
    ),
    STRIKES: (
        higher("conceded", MAIN, STRIKES),
        higher("strikes", MAIN, STRIKES),
        higher("war", MAIN, STRIKES),
        higher("war", Side(STRIKES, ("setting.clarity=0.2",)), STRIKES),
        higher("conceded", MAIN, Side(STRIKES, ("setting.clarity=0.2",))),
    ),
    FRACTURE: (
        higher("failure", FRACTURE, MAIN),
        higher("war", FRACTURE, MAIN),
        higher("conceded", FRACTURE, MAIN),
        higher("force", MAIN, FRACTURE, by=0.1),
        higher("war", FRACTURE, STRIKES, by=0.03),
    ),
    "ambiguous_rules": (
        higher("strikes", "ambiguous_rules", MAIN),
        higher("war", "ambiguous_rules", MAIN),
        higher("offensives", "ambiguous_rules", "clear_rules", by=0.3),
    ),
    "clear_rules": (
        higher("strikes", MAIN, "clear_rules"),
        higher("offensives", MAIN, "clear_rules"),
        higher("war", "ambiguous_rules", "clear_rules"),
    ),
    "everyone_must_agree": (
        higher("conceded", "everyone_must_agree", MAIN, by=1),
        higher("reputation", MAIN, "everyone_must_agree"),
        *(higher(name, "everyone_must_agree", MAIN) for name in ("strikes", "casualties")),
        higher("failure", "everyone_must_agree", MAIN),
        higher("war", MAIN, "everyone_must_agree", by=-0.02),
    ),
    "moscow_agrees": (
        higher("war", MAIN, "moscow_agrees", by=0.05),
        higher("force", "moscow_agrees", MAIN),
        higher("accidents", "moscow_agrees", MAIN),
        level("strikes", "moscow_agrees", above=0.5),
    ),
    FREEZE: (
        higher("failure", FREEZE, MAIN, by=0.2),
        higher("war", FREEZE, WINDOW),
        alike("war", FREEZE, WINDOW, within=0.1),
    ),
    WINDOW: (
        higher("failure", WINDOW, MAIN, by=0.2),
        higher("escalation", MAIN, WINDOW),
        higher("force", MAIN, WINDOW),
    ),
    TIGHT: (
        *(higher(name, MAIN, TIGHT) for name in ("probes", "strikes", "war")),
        higher("war", NOBODY, Side(NOBODY, ("setting.sanctions=0.9",))),
    ),
    BLUNT: tuple(higher(name, BLUNT, MAIN) for name in ("probes", "strikes", "escalation", "war")),
    "long_range_arms": (
        higher("offensives", MAIN, "long_range_arms"),
        higher("strikes", "long_range_arms", MAIN),
        higher("war", "long_range_arms", MAIN),
    ),
    ARMS: (
        higher("war", NOBODY, ARMS),
        higher("war", ARMS, "long_range_arms", by=0.2),
        higher("war", Side(ARMS, ("states.ukraine.capability=0.4",)), NOBODY),
    ),
    AIR_SEA: (
        higher("failure", AIR_SEA, MAIN),
        *(higher(name, MAIN, AIR_SEA) for name in ("strikes", "casualties", "escalation")),
        alike("war", AIR_SEA, MAIN, within=0.03),
    ),
    DOUBT: (
        higher("pledge_gap", DOUBT, MAIN),
        higher("force", MAIN, DOUBT, by=0.1),
        higher("failure", DOUBT, MAIN),
        higher("escalation", MAIN, DOUBT),
        alike("war", DOUBT, MAIN, within=0.04),
    ),
    "korean_armistice": (
        higher("strikes", "korean_armistice", MAIN, by=1),
        level("peace", "korean_armistice", above=0.8),
        alike("failure", "korean_armistice", MAIN, within=0.01),
    ),
    "budapest_paper": (
        higher("failure", "budapest_paper", NOBODY),
        alike(
            "war",
            Side(
                "budapest_paper",
                ("states.united_kingdom.pledge=none", "states.united_states.pledge=none"),
            ),
            "budapest_paper",
            within=0.001,
        ),
        higher(
            "war", "budapest_paper", Side("budapest_paper", ("setting.regeneration=0.03",)), 0.3
        ),
    ),
    GREEDY: (
        higher("offensives", GREEDY, MAIN),
        higher("failure", Side(NOBODY, EAGER), GREEDY, by=0.8),
        higher("failure", Side(GREEDY, ("setting.force_size=0.15",)), GREEDY, by=0.3),
    ),
    AFRAID: (
        higher("offensives", MAIN, AFRAID),
        alike("war", AFRAID, Side(NOBODY, RELUCTANT), within=0.03),
        higher("failure", Side(NOBODY, RELUCTANT), AFRAID, by=0.05),
        higher("war", AFRAID, Side(AFRAID, ("setting.force_size=0.25",))),
        higher("war", AFRAID, Side(AFRAID, ("setting.consent=1",)), by=0.05),
    ),
    "presence": (
        higher("force", "presence", MAIN),
        higher("failure", Side("presence", ("setting.force_size=0",)), "presence", by=0.4),
        higher("escalation", Side("presence", ("setting.force_size=3",)), "presence", by=0.1),
    ),
}
