"""``thinline validate``: are scenario files correct?"""

from __future__ import annotations

from typing import Any

import click

from sim.cli.console import json_option, print_json, print_note
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import Invocation
from sim.errors import ScenarioError, json_head

with deferred_imports(globals()):
    from sim.explain.scenario import remarks
    from sim.scenario.load import load


@click.command(cls=VerbCommand)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@json_option
def validate(files: tuple[str, ...], as_json: bool) -> None:
    """Check scenario files and report all errors.

    A FILE may also be the name of a shipped scenario. The exit code is 3 if any is invalid.
    """
    checked = [_check(file) for file in files]
    valid = all(result["valid"] for result in checked)
    if as_json:
        print_json({**json_head("validation"), "valid": valid, "files": checked})
    else:
        for result in checked:
            if result["valid"]:
                click.echo(f"{result['file']}: valid")
                for remark in result["remarks"]:
                    print_note(f"Note: {remark}.")
        if valid:
            print_note(f"Try next: {Invocation('run', files[:1]).command}")
    if not valid:
        raise click.exceptions.Exit(ScenarioError.exit_code)


def _check(file: str) -> dict[str, Any]:
    try:
        scenario = load(file)
    except ScenarioError as error:
        print_note(str(error))
        problems = [problem.to_dict() for problem in error.problems]
        return {"file": file, "valid": False, "problems": problems, "remarks": []}
    found = {"file": file, "valid": True, "scenario": scenario.name, "problems": []}
    return {**found, "remarks": remarks(scenario)}
