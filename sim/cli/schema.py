"""``thinline schema``: the JSON Schema of a scenario file."""

from __future__ import annotations

import click

from sim.cli.console import json_option, print_json
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.errors import json_head

with deferred_imports(globals()):
    from sim.scenario.json_schema import json_schema


@click.command(cls=VerbCommand)
@json_option
def schema(as_json: bool) -> None:
    """Print the JSON Schema of a scenario file, for editors and other programs."""
    document = json_schema()
    print_json({**json_head("schema"), "schema": document} if as_json else document)
