"""Names of scenarios for readers: their titles, and what a version changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.formatting import format_value, join_and, name_in_words, parameter_name, plural
from sim.scenario.diff import Difference, differences
from sim.scenario.scenario import Scenario

# More changes than these are counted instead of named.
MOST_NAMED = 3


def scenario_labels(scenarios: Mapping[str, Scenario]) -> dict[str, str]:
    """A label for each scenario by its name.

    It is the title in quotation marks; for a version of an earlier scenario, which has the same
    title, what it changes: ``with force size 0``. Labels that would be equal end in the name.
    """
    labels: dict[str, str] = {}
    for name, scenario in scenarios.items():
        earlier = next((s for s in scenarios.values() if s.title == scenario.title), scenario)
        label = f"“{scenario.title}”" if earlier is scenario else _changes(scenario, earlier)
        labels[name] = f"{label} ({name})" if label in labels.values() else label
    return labels


def in_words(sentence: str, words: Mapping[str, str]) -> str:
    """A sentence of the terminal in which names of code are replaced by readers' ``words``."""
    for name in sorted(words, key=len, reverse=True):
        sentence = sentence.replace(name, words[name])
    return sentence


def factor_words(paths: Iterable[str]) -> dict[str, str]:
    """Words of readers for the factors in the labels of a sweep's points."""
    return {f"{path} = ": f"{parameter_name(path)} " for path in paths}


def _changes(scenario: Scenario, original: Scenario) -> str:
    found = differences(scenario, original)
    if not found:
        return "with the same values"
    if len(found) > MOST_NAMED:
        return f"with {_change(found[0])} and {plural(len(found) - 1, 'other change')}"
    return f"with {join_and([_change(each) for each in found])}"


def _change(each: Difference) -> str:
    block, _, name = each.path.partition(".")
    if block == "events" and each.after is None:
        return f"no event {name_in_words(name)}"
    return f"{parameter_name(each.path)} {format_value(each.after, rounded=True)}"
