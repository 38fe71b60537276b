"""Doors into the stages that say what somebody reckons with: they are read, and change nothing
that a run goes on to use as long as they are given a copy of its world."""

from __future__ import annotations

from typing import Any

from sim.compiled import kernel
from sim.month import play_month
from sim.rules.choice import chance_of_choice, prefers
from sim.rules.escalation import general_war_chance, slip_chance
from sim.stages.participate import open_to
from sim.stages.reckon import defiance, expected_defiance, look_ahead, own_value, pressed_worth
from sim.stages.start import begin_run
from sim.stages.weigh import fighting_power


@kernel
def top_door(i: int, worlds: Any, parameters: Any) -> int:
    """The highest rung open to state ``i``."""
    return int(open_to(i, worlds[0], parameters[0]))


@kernel
def value_door(a: int, worlds: Any, parameters: Any) -> float:
    """What challenge ``a`` is worth to the challenger; leaves the answer it reckons with in the
    world."""
    w = worlds[0]
    p = parameters[0]
    look_ahead(w, p)
    w.reckoned_answer = w.answer_to[a]
    return float(own_value(a, w, p))


@kernel
def chosen_door(precision: float, a: float, b: float, c: float) -> tuple[float, float, float]:
    """Chances that a challenger picks each of three challenges, where holding is worth nothing."""
    return (
        chance_of_choice(1, precision, 0.0, a, b, c),
        chance_of_choice(2, precision, 0.0, a, b, c),
        chance_of_choice(3, precision, 0.0, a, b, c),
    )


@kernel
def expected_door(a: int, worlds: Any, parameters: Any) -> float:
    """The share of the fighting power that the challenger expects to defy ``a``."""
    return float(expected_defiance(a, worlds[0], parameters[0]))


@kernel
def power_door(i: int, worlds: Any, parameters: Any) -> float:
    """The power that state ``i`` can fight with."""
    return float(fighting_power(i, worlds[0], parameters[0]))


@kernel
def chance_door(i: int, worlds: Any, parameters: Any) -> float:
    """Chance that state ``i`` defies this month's challenge, knowing itself."""
    w = worlds[0]
    a = w.action
    line, restraint = w.line_felt[i, a], w.combat_felt[i]
    return float(defiance(i, a, w.resolve[i], line, restraint, w, parameters[0]))


@kernel
def press_value_door(worlds: Any, parameters: Any) -> tuple[float, float, float]:
    """What pressing and backing down are worth to the challenger against the power that defies,
    and the chance that it presses."""
    w = worlds[0]
    p = parameters[0]
    pressed = pressed_worth(w.action, w.defying, w, p)
    backed_down = -p.back_down[w.action]
    return float(pressed), float(backed_down), float(prefers(p.precision, pressed, backed_down))


@kernel
def slip_door(worlds: Any, parameters: Any) -> tuple[float, float]:
    """Chance that the crisis, if pressed, slips into war, and that such a war becomes general."""
    w = worlds[0]
    p = parameters[0]
    slips = slip_chance(p.slip[w.action], w.tension)
    return float(slips), float(general_war_chance(p.general_war, p.general_war_tension, w.tension))


@kernel
def crossed_door(
    seed: int,
    count: int,
    worlds: Any,
    parameters: Any,
    values: Any,
    base: Any,
    draws: Any,
    nodes: Any,
    surface: Any,
    crossed: Any,
) -> None:
    """Play runs 0 to ``count - 1``; ``crossed`` counts for each red line the runs in which it was
    crossed from the start, and those in which it was crossed at all."""
    w = worlds[0]
    p = parameters[0]
    for run in range(count):
        begin_run(seed, run, w, p, values, base, draws, nodes, surface)
        for line in range(p.n_lines):
            crossed[line, 0] += w.crossed[line]
        while not w.over:
            play_month(w, p, values, surface)
        for line in range(p.n_lines):
            crossed[line, 1] += w.crossed[line]
