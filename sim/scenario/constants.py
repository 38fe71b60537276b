"""The constants of the model: weights, paces and clocks that belong to no state."""

from __future__ import annotations

from sim.scenario.parameter import CHANCE, PART, flag, real_parameter, share_parameter, table

CONSTANTS = table(
    real_parameter(
        "precision",
        50,
        0,
        1e6,
        "per utility",
        "precision of choice: how strongly decisions favour the better option",
    ),
    real_parameter(
        "answer_precision",
        0.4,
        0,
        10,
        "times",
        "precision of the choice to defy or to concede, relative to that of other choices",
        off=1,
    ),
    real_parameter(
        "offensive_precision",
        2,
        0,
        10,
        "times",
        "precision of the choices to mobilise and to carry a mobilisation out, relative to that of"
        " other choices",
        off=1,
    ),
    real_parameter(
        "concentration",
        4,
        0.1,
        1e4,
        "",
        "how closely private resolve and ambition follow their publicly known means",
        drawable=False,
    ),
    share_parameter(
        "review", 0.25, "monthly probability that a guarantor reviews its participation", CHANCE
    ),
    real_parameter(
        "challenger_review",
        0.06,
        0,
        10,
        "a month",
        "rate of the challenger's reviews without tension",
    ),
    real_parameter(
        "fighting_pace", 3, 0, 20, "times", "factor on the rate of reviews without a ceasefire"
    ),
    real_parameter(
        "tension_pace",
        2,
        0,
        20,
        "per tension",
        "increase of the rate of reviews and accidents with tension",
    ),
    real_parameter(
        "leap",
        4,
        0,
        4,
        "rungs",
        "rungs beyond the next one up or down that a review may decide",
        off=0,
    ),
    real_parameter(
        "switching_cost",
        0.03,
        0,
        5,
        "utility",
        "cost to a guarantor of changing its decision",
        off=0,
    ),
    real_parameter(
        "deployment_time",
        1,
        0,
        24,
        "months a rung",
        "time in which a state follows its decision to take part further; 0 for at once",
        off=0,
    ),
    real_parameter(
        "withdrawal_time",
        0.5,
        0,
        24,
        "months a rung",
        "time in which a state follows its decision to take part less far; 0 for at once",
        off=0,
    ),
    real_parameter(
        "toll",
        0.25,
        0,
        5,
        "utility",
        "loss of utility of participation with each tenfold rise of a state's own losses",
        off=0,
    ),
    real_parameter(
        "losses", 30, 0, 1000, "people", "losses of a fully exposed contingent at violence 1"
    ),
    real_parameter("toll_half_life", 24, 0, 600, "months", "time in which half the toll fades"),
    real_parameter(
        "rally",
        0.1,
        0,
        5,
        "utility",
        "gain of utility of participation of a state whose people were just attacked",
        off=0,
    ),
    real_parameter("rally_half_life", 4, 0, 600, "months", "time in which half the rally fades"),
    real_parameter(
        "incidental_fire",
        0.1,
        0,
        5,
        "violence a month",
        "violence to the exposed while there is no ceasefire, apart from challenges",
        off=0,
    ),
    share_parameter("stake_threshold", 0.3, "resolve at which participation is worth its cost"),
    share_parameter("cover", 0.5, "share of the danger removed by a full backstop", PART),
    share_parameter(
        "calm_danger", 0.25, "share of the declared threat that is felt without tension", PART
    ),
    real_parameter(
        "fighting_danger", 0.5, 0, 5, "utility", "danger of presence without a ceasefire"
    ),
    real_parameter(
        "lead", 1, 0, 5, "rungs", "how far beyond the coalition's mean rung solidarity pulls"
    ),
    share_parameter(
        "reputation_prior", 0.5, "prior reputation of the coalition for answering challenges"
    ),
    real_parameter(
        "reputation_weight",
        4,
        0.01,
        1e3,
        "challenges",
        "weight of the prior reputation in number of challenges",
    ),
    share_parameter("line_belief", 0.9, "initial belief that a declared line is meant"),
    real_parameter(
        "threat",
        0,
        0,
        5,
        "tension",
        "tension that guarantors feel after a threat of the challenger",
        off=0,
    ),
    real_parameter("threat_half_life", 6, 0, 600, "months", "time in which half a threat fades"),
    real_parameter(
        "threat_bond",
        0.05,
        0,
        5,
        "utility",
        "cost to a challenger that means its lines of an empty threat, where it is believed",
    ),
    real_parameter(
        "later_threats",
        2,
        0,
        100,
        "threats",
        "later threats for which the challenger values being believed",
    ),
    share_parameter(
        "learning",
        0.0,
        "weight of the challenger's choices in the beliefs about its ambition",
        "0 none, 1 Bayes",
        off=0,
    ),
    real_parameter("decisiveness", 2, 0, 20, "", "how decisively the stronger side wins"),
    real_parameter(
        "risk_half", 0.2, 1e-6, 10, "capability", "defying power that carries half the war risk"
    ),
    real_parameter("war_cost", 1, 0, 10, "utility", "cost of direct war with the coalition"),
    real_parameter(
        "war_cost_alone",
        0.6,
        0,
        5,
        "times",
        "share of `war_cost` that the coalition imposes without a backstop",
    ),
    real_parameter(
        "war_cost_backed",
        0.8,
        0,
        5,
        "times",
        "further share of `war_cost` that a full backstop adds",
    ),
    real_parameter(
        "guarantor_war_cost",
        1,
        0,
        100,
        "utility",
        "cost of direct war to a guarantor, per unit of its casualty aversion",
        off=0,
    ),
    real_parameter(
        "effort_weight",
        0,
        0,
        5,
        "utility",
        "gain of a full backstop to the backer if the others bring what it asks for; 0 leaves the"
        " backstop to the setting",
        off=0,
    ),
    real_parameter(
        "entrapment",
        4,
        0,
        100,
        "utility",
        "cost of the war that a full backstop draws the backer into, per unit of its casualty"
        " aversion",
    ),
    real_parameter(
        "public_good",
        0,
        0,
        10,
        "utility",
        "value of the first unit of deterrence to a guarantor of full resolve; what the others"
        " bring leaves it less to add",
        off=0,
    ),
    share_parameter(
        "pivotality",
        0,
        "how far a guarantor reckons with the answers of the others, instead of as if its own"
        " answer decided",
        off=0,
    ),
    real_parameter("mobilise", 0.1, 0, 5, "times the loss", "cost of defying before any fight"),
    real_parameter(
        "answer_cost", 0.03, 0, 5, "utility", "fixed cost of defying, whatever is at stake", off=0
    ),
    flag(
        "call_off",
        True,
        "whether the challenger can call off a mobilisation that nobody answers",
        off=False,
    ),
    real_parameter(
        "sanction_cost", 0.1, 0, 5, "utility", "cost of full sanctions to the challenger"
    ),
    share_parameter(
        "own_cost", 0.1, "share of an action's cost borne without any resistance", PART
    ),
    share_parameter(
        "remote_exposure",
        0.3,
        "share of the violence that affects a state without forces there",
        PART,
    ),
    share_parameter("shield", 0.5, "share of the violence prevented by a full backstop", PART),
    share_parameter(
        "gain_delivered",
        0.3,
        "share of the gain of a successful probe or strike that lasts as the challenger's position",
        PART,
        off=0,
    ),
    share_parameter(
        "relief_delivered",
        0.1,
        "share of the relief from grievance that a successful probe or strike delivers",
        PART,
        off=0,
    ),
    real_parameter(
        "attrition", 0.35, 0, 5, "utility", "cost of fighting on, to each of the two sides at war"
    ),
    share_parameter(
        "ceded", 0.4, "share of its stake that the protégé gives up with a truce", PART
    ),
    share_parameter("discount", 0.8, "weight of what a later balance of power leaves"),
    share_parameter(
        "leverage",
        0.0,
        "share of its aims that the challenger's strength brings it without an attack",
        PART,
        off=0,
    ),
    real_parameter(
        "truce_fragility",
        0,
        0,
        5,
        "per rung",
        "hazard that an attributed strike or a mobilisation ends a ceasefire",
        off=0,
    ),
    real_parameter(
        "retaliation_risk",
        0.3,
        0,
        5,
        "utility",
        "cost to the protégé of answering a violation alone and losing",
    ),
    real_parameter(
        "emboldenment",
        1.0,
        0,
        5,
        "utility",
        "weight of the promised help in the protégé's decision to answer a violation",
    ),
    share_parameter(
        "misattribution",
        0.5,
        "probability, without verification, that the protégé is blamed for answering a violation "
        "that was not attributed",
        CHANCE,
    ),
    share_parameter(
        "blame_cost",
        0.3,
        "share of their resolve that guarantors lose if they blame the protégé",
        PART,
    ),
    share_parameter("general_war", 0.12, "probability that direct war becomes general", CHANCE),
    real_parameter(
        "general_war_tension",
        0.5,
        0,
        5,
        "per tension",
        "increase of the probability of general war with tension",
    ),
    real_parameter(
        "accident", 0.01, 0, 1, "a month per footprint", "accidental clashes, without tension"
    ),
    share_parameter(
        "accident_verification", 0.7, "share of accidents that full verification prevents", PART
    ),
    real_parameter("forward_contact", 1.0, 0, 2, "times", "increase of contact at the front"),
    real_parameter(
        "forward_footprint", 0.5, 0, 2, "times", "increase of the visible footprint at the front"
    ),
    real_parameter(
        "forward_power", 0.3, 0, 2, "times", "increase of the power of a force at the front"
    ),
    real_parameter(
        "tension_half_life", 4, 0, 600, "months", "time in which half the tension fades"
    ),
    real_parameter("tension_challenge", 0.3, 0, 5, "tension", "increase per rung of a challenge"),
    real_parameter("tension_press", 0.3, 0, 5, "tension", "increase from pressing on"),
    real_parameter("tension_cap", 1.5, 0, 10, "tension", "maximum of the tension"),
    share_parameter(
        "shock", 0.5, "degree to which a conceded strike causes the exposed states to withdraw"
    ),
    real_parameter(
        "standing_force", 0.006, 1e-6, 10, "capability", "fighting power that counts as a force"
    ),
    share_parameter(
        "hollow_share",
        1 / 3,
        "share of its greatest fighting power below which a force no longer stands at the end",
        PART,
        off=0,
    ),
)
