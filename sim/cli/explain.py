"""``thinline explain``: the content of a scenario, its sources, and the rules that read it."""

from __future__ import annotations

from typing import Any

import click

from sim.cli.console import (
    json_option,
    print_heading,
    print_json,
    print_list,
    print_note,
    print_paragraph,
    print_rows,
)
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import SET, current_invocation
from sim.cli.options import set_option
from sim.errors import json_head
from sim.formatting import join_and, state_name

with deferred_imports(globals()):
    from sim.explain.lookup import Lookup, ScenarioPart, find_part, look_up
    from sim.explain.scenario import (
        ExplainedScenario,
        events,
        explain_scenario,
        red_lines,
        remarks,
        setting_rows,
        summarise,
    )
    from sim.explain.value import Explained, Explainer, basis, describe_value, facts, readers, rules
    from sim.scenario.load import load
    from sim.scenario.scenario import Scenario


@click.command(cls=VerbCommand)
@click.argument("scenario")
@click.argument("what", required=False, metavar="[PATH, STATE, GROUP or RULE]")
@set_option()
@json_option
def explain(scenario: str, what: str | None, overrides: tuple[str, ...], as_json: bool) -> None:
    """Explain a scenario, a part of it, or a rule of the model.

    For SCENARIO alone, the text has its content, its changes to its parent and its sources. For a
    state (poland), a block (setting) or a path (states.poland.resolve), it has the meaning of each
    value, its source and the rules that read it. Events (events, events.NAME, events.1) and groups
    (groups, groups.baltic) can be named in the same way, and rules of the model (grievance): their
    file, and the parameters that they read.
    """
    loaded = load(scenario, overrides)
    if what is None:
        whole = explain_scenario(loaded)
        print_json(whole.to_dict()) if as_json else _print_scenario(whole)
    elif found := find_part(what, loaded):
        print_json(found.to_dict(loaded.name)) if as_json else _print_part(found)
    else:
        _explain_values(loaded, look_up(what, loaded), as_json)


def _print_part(found: ScenarioPart) -> None:
    click.echo(found.title)
    click.echo()
    for line in found.lines:
        print_paragraph(line, mark="- ")
    given = current_invocation()
    nearer = given.for_command("explain", given.arguments[0], *found.nearer.split())
    print_note(f"Try next: {nearer.command}")


def _explain_values(loaded: Scenario, chosen: Lookup, as_json: bool) -> None:
    explainer = Explainer(loaded)
    values = [explainer.value(path) for path in chosen.paths]
    kept = current_invocation().only(SET)
    source = kept.arguments[0]
    if as_json:
        print_json(_document(loaded, chosen, values))
    elif chosen.kind == "value":
        _print_value(values[0], loaded)
        print_note(f"Try next: {kept.for_command('run', source).command}")
    else:
        _print_values(loaded, chosen, values)
        first = kept.for_command("explain", source, values[0].given.path)
        print_note(f"Try next: {first.command}")


def _document(loaded: Scenario, chosen: Lookup, values: list[Explained]) -> dict[str, Any]:
    head = json_head(chosen.kind, loaded.name)
    documents = [value.to_dict() for value in values]
    if chosen.kind == "value":
        return {**head, **documents[0]}
    return {**head, "name": chosen.name, "values": documents}


def _print_scenario(whole: ExplainedScenario) -> None:
    loaded = whole.scenario
    click.echo(f"{loaded.name}: {loaded.title}")
    if about := loaded.info.get("what_is_it"):
        print_heading("Purpose")
        print_paragraph(str(about))
    print_heading("Content")
    for sentence in summarise(loaded):
        print_paragraph(sentence)
    for remark in remarks(loaded):
        print_paragraph(f"Note: {remark}.")
    print_heading("Setting")
    rows = [[row["path"], row["value"], row["meaning"]] for row in setting_rows(loaded)]
    print_rows(["parameter", "value", "meaning"], rows)
    print_list("Red lines", red_lines(loaded))
    print_list("Events", events(loaded))
    print_list(f"Changes to {loaded.parent}", whole.changed)
    print_heading("Sources")
    print_paragraph(whole.sources.to_text())
    kept = current_invocation().only(SET)
    state = kept.for_command("explain", kept.arguments[0], loaded.states[0])
    print_note(f"Try next: {state.command}")


def _print_values(loaded: Scenario, chosen: Lookup, values: list[Explained]) -> None:
    if chosen.kind == "state":
        groups = [name for name, members in loaded.groups.items() if chosen.name in members]
        member = f", member of {join_and(groups)}" if groups else ""
        role = loaded.role(chosen.name).label
        click.echo(f"{state_name(chosen.name)} in {loaded.name}: {role}{member}")
    else:
        click.echo(f"{chosen.name} in {loaded.name}")
    prefix = f"states.{chosen.name}." if chosen.kind == "state" else f"{chosen.name}."
    defaults = []
    for value in values:
        given = value.given
        name = given.path.removeprefix(prefix)
        if not given.differs:
            meaning = given.parameter.about
            defaults.append(
                f"{name}: {describe_value(value)} – {meaning}; read by {readers(value)}"
            )
            continue
        print_heading(f"{name}: {describe_value(value)}")
        print_paragraph(given.parameter.about, 2)
        for line in basis(value, loaded.states):
            print_paragraph(line, 2, "- ")
        print_paragraph(f"read by {readers(value)}", 2)
    print_list("Default values, which are assumptions", defaults)


def _print_value(value: Explained, loaded: Scenario) -> None:
    print_rows([value.given.path, value.given.parameter.about], facts(value))
    print_list("Sources", basis(value, loaded.states))
    print_list("Read by", rules(value))
