"""What a scenario changes in the one it extends, in words: the same change to many states once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.explain.wording import event_in_words, law_in_words
from sim.figures.wording import place_name, plural, several
from sim.scenario.differences import Difference, differences
from sim.scenario.load import load
from sim.scenario.model import Scenario
from sim.scenario.paths import parameter_at

MOST_NAMED = 6


def changes(scenario: Scenario) -> list[Difference]:
    """Where the scenario differs from its parent; nothing for one that extends nothing."""
    if len(scenario.files) < 2:
        return []
    return differences(scenario, load(Path(scenario.files[1])))


def in_words(found: Iterable[Difference], scenario: Scenario) -> list[str]:
    """The differences as sentences, in their order; those of states by what is changed."""
    alike: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for each in found:
        alike[_what(each.path), _text(each.after)].append(each)
    return [_sentence(what, after, some, scenario) for (what, after), some in alike.items()]


def _what(path: str) -> str:
    """A path without the state's name, which says what is changed and not whose."""
    block, *rest = path.split(".")
    return ".".join([block, *rest[1:]]) if block == "states" else path


def _sentence(what: str, after: str, some: list[Difference], scenario: Scenario) -> str:
    block, _, name = what.partition(".")
    if block == "events":
        return f"a new event: {after}" if after else f"no longer an event: {_text(some[0].before)}"
    if block == "groups":
        return f"group {name.partition('.')[0]}: {after or 'gone'}"
    if block != "states":
        return f"{_named(what, what)}: {after}; it was {_before(some)}"
    owners = whose([each.path.split(".")[1] for each in some], scenario)
    return f"{_named(some[0].path, name)}: {after or 'gone'} for {owners}; {_was(some)}"


def _named(path: str, name: str) -> str:
    return f"{name} ({parameter_at(path).meaning})"


def _was(some: list[Difference]) -> str:
    if all(each.before is None for each in some):
        return "the parent does not have it"
    return f"it was {_before(some)}"


def _before(some: list[Difference]) -> str:
    """What it was before, the commonest first, with how often where there are several."""
    counted = Counter(_text(each.before) or "not there" for each in some).most_common()
    if len(counted) == 1:
        return counted[0][0]
    return "; ".join(f"{text} (for {count})" for text, count in counted)


def _text(written: Any) -> str:
    """A law, an event or a list of names in words; nothing for nothing."""
    if written is None:
        return ""
    if isinstance(written, list):
        return several([place_name(state) for state in written])
    if isinstance(written, Mapping) and "set" in written:
        return event_in_words(written)
    return law_in_words(written)


def whose(states: Collection[str], scenario: Scenario) -> str:
    """The states by name, or by the groups that they make up between them."""
    left = dict.fromkeys(states)
    if len(left) <= MOST_NAMED:
        return several([place_name(state) for state in left])
    named = []
    for group, members in sorted(scenario.groups.items(), key=lambda item: -len(item[1])):
        if len(members) > 1 and left.keys() >= set(members):
            named.append(f"{group} ({plural(len(members), 'state')})")
            left = {state: None for state in left if state not in members}
    return several([*named, *map(place_name, left)])
