"""``thinline list``: the shipped scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli.console import json_option, print_json, print_note, print_rows
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.errors import json_head
from sim.resources import scenario_file, scenario_names

with deferred_imports(globals()):
    import yaml


@click.command("list", cls=VerbCommand)
@json_option
def list_scenarios(as_json: bool) -> None:
    """List the scenarios that come with the package."""
    found = [_heading_of(scenario_file(name)) for name in scenario_names()]
    if as_json:
        print_json({**json_head("scenarios"), "scenarios": found})
        return
    rows = [[each["name"], each["parent"] or "", each["title"] or ""] for each in found]
    print_rows(["scenario", "extends", "title"], rows)
    print_note("Try next: thinline run reassurance_force")


def _heading_of(file: Path) -> dict[str, Any]:
    """Name, title and parent of a shipped file, without resolving what it inherits."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    written = yaml.load(file.read_text(encoding="utf-8"), loader)
    return {"name": file.stem, "title": written.get("title"), "parent": written.get("extends")}
