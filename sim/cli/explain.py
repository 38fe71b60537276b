"""``thinline explain``: what a scenario says, where it has it from, and which rule reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import emit, heading, json_option, note, paragraph, say, table
from sim.cli.invocation import asked
from sim.cli.options import set_option
from sim.errors import json_head

if TYPE_CHECKING:
    from sim.explain.lookup import Lookup, Part
    from sim.explain.scenario import ExplainedScenario
    from sim.explain.value import Explained
    from sim.scenario.scenario import Scenario


@click.command(short_help="Explain a scenario, one of its states or one value.")
@click.argument("scenario")
@click.argument("what", required=False, metavar="[PATH, STATE or GROUP]")
@set_option("Change a parameter, such as setting.clarity=0.9; may be repeated.")
@json_option
def explain(scenario: str, what: str | None, overrides: tuple[str, ...], as_json: bool) -> None:
    """Explain SCENARIO in words: what it says, what it changes, what it rests on.

    With a state (poland), a block (setting) or a path (states.poland.resolve) beside it: each value
    with what it means, where it is from, and the rules that read it. Events (events, events.1) and
    groups (groups, groups.baltic) are told, too.
    """
    from sim.explain.lookup import find_part, look_up
    from sim.explain.scenario import explain_scenario
    from sim.scenario.load import load

    loaded = load(scenario, overrides)
    if what is None:
        whole = explain_scenario(loaded)
        emit(whole.to_dict()) if as_json else _tell_scenario(whole)
    elif found := find_part(what, loaded):
        emit(found.to_dict(loaded.name)) if as_json else _tell_part(found)
    else:
        _explain_values(loaded, look_up(what, loaded), as_json)


def _tell_part(found: Part) -> None:
    say(found.title)
    say()
    for line in found.lines:
        paragraph(line, mark="- ")
    said = asked()
    named = said.about[0]
    note(f"Try next: {said.instead('explain', named, *found.nearer.split()).command}")


def _explain_values(loaded: Scenario, chosen: Lookup, as_json: bool) -> None:
    from sim.explain.value import Explainer

    explainer = Explainer(loaded)
    values = [explainer.value(path) for path in chosen.paths]
    kept = asked().only("--set")
    source = kept.about[0]
    if as_json:
        emit(_document(loaded, chosen, values))
    elif chosen.kind == "value":
        _tell_value(values[0], loaded)
        note(f"Try next: {kept.instead('run', source).command}")
    else:
        _tell_values(loaded, chosen, values)
        note(f"Try next: {kept.instead('explain', source, values[0].given.path).command}")


def _document(loaded: Scenario, chosen: Lookup, values: list[Explained]) -> dict[str, Any]:
    begin = json_head(chosen.kind, loaded.name)
    documents = [value.to_dict() for value in values]
    if chosen.kind == "value":
        return {**begin, **documents[0]}
    return {**begin, "name": chosen.name, "values": documents}


def _tell_scenario(whole: ExplainedScenario) -> None:
    from sim.explain import scenario as words

    loaded = whole.scenario
    say(f"{loaded.name}: {loaded.title}")
    if about := loaded.info.get("what_is_it"):
        heading("What it is about")
        paragraph(str(about))
    heading("What it says")
    for sentence in words.summarise(loaded):
        paragraph(sentence)
    heading("Setting")
    rows = [[row["path"], row["value"], row["meaning"]] for row in words.settings(loaded)]
    table(["parameter", "value", "meaning"], rows)
    _list("Red lines", words.red_lines(loaded))
    _list("Events", words.events(loaded))
    _list(f"What it changes in {loaded.parent}", whole.changed)
    heading("What it rests on")
    paragraph(whole.sources.to_text())
    said = asked().only("--set")
    note(f"Try next: {said.instead('explain', said.about[0], loaded.states[0]).command}")


def _list(name: str, items: list[str]) -> None:
    if items:
        heading(name)
    for item in items:
        paragraph(item, mark="- ")


def _tell_values(loaded: Scenario, chosen: Lookup, values: list[Explained]) -> None:
    from sim.text import join_and, state_name

    if chosen.kind == "state":
        groups = [name for name, members in loaded.groups.items() if chosen.name in members]
        among = f", one of: {join_and(groups)}" if groups else ""
        say(f"{state_name(chosen.name)} in {loaded.name}: {loaded.role(chosen.name).label}{among}")
    else:
        say(f"{chosen.name} in {loaded.name}")
    prefix = f"states.{chosen.name}." if chosen.kind == "state" else f"{chosen.name}."
    for value in (value for value in values if value.given.differs):
        _tell_briefly(value, prefix, loaded)
    rest = [value for value in values if not value.given.differs]
    _list("As by default, which is an assumption", [_in_a_line(value, prefix) for value in rest])


def _tell_briefly(value: Explained, prefix: str, loaded: Scenario) -> None:
    from sim.explain.value import basis, describe_value, readers

    given = value.given
    heading(f"{given.path.removeprefix(prefix)}: {describe_value(value)}")
    paragraph(given.parameter.meaning, 2)
    for line in basis(value, loaded.states):
        paragraph(line, 2, "- ")
    paragraph(f"read by {readers(value)}", 2)


def _in_a_line(value: Explained, prefix: str) -> str:
    from sim.explain.value import describe_value, readers

    given = value.given
    name = given.path.removeprefix(prefix)
    return f"{name}: {describe_value(value)} ({given.parameter.meaning}); read by {readers(value)}"


def _tell_value(value: Explained, loaded: Scenario) -> None:
    from sim.explain.value import basis, facts, rules

    table([value.given.path, value.given.parameter.meaning], facts(value))
    _list("What it rests on", basis(value, loaded.states))
    _list("What reads it", rules(value))
