"""``thinline list`` and ``thinline validate``: which scenarios there are, and which hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sim.cli.asked import Asked
from sim.cli.output import emit, json_option, note, say, table
from sim.errors import ScenarioError, head


@click.command("list", short_help="Show the scenarios that come with the package.")
@json_option
def list_scenarios(as_json: bool) -> None:
    """Show the scenarios that come with the package."""
    from sim import shipped

    found = [_told(shipped.scenario_file(name)) for name in shipped.scenario_names()]
    if as_json:
        emit({**head("scenarios"), "scenarios": found})
        return
    rows = [[told["name"], told["parent"] or "", told["title"] or ""] for told in found]
    table(["scenario", "extends", "title"], rows)
    note("Try next: thinline run reassurance_force")


def _told(file: Path) -> dict[str, Any]:
    """What a shipped file says of itself, without working out all that it inherits."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    said = yaml.load(file.read_text(encoding="utf-8"), loader)
    return {"name": file.stem, "title": said.get("title"), "parent": said.get("extends")}


@click.command(short_help="Check scenario files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@json_option
def validate(files: tuple[str, ...], as_json: bool) -> None:
    """Check scenario files, or shipped names, and show all that is wrong with each.

    Exits with 3 if any cannot be used.
    """
    checked = [_checked(file) for file in files]
    valid = all(result["valid"] for result in checked)
    if as_json:
        emit({**head("validation"), "valid": valid, "files": checked})
    else:
        _tell(checked)
    if not valid:
        raise click.exceptions.Exit(ScenarioError.exit_code)


def _tell(checked: list[dict[str, Any]]) -> None:
    good = [result["file"] for result in checked if result["valid"]]
    for file in good:
        say(f"{file}: valid")
    if len(good) == len(checked):
        note(f"Try next: {Asked('run', (good[0],)).command}")


def _checked(file: str) -> dict[str, Any]:
    from sim.scenario.load import load

    try:
        scenario = load(file)
    except ScenarioError as error:
        note(str(error))
        problems = [problem.document() for problem in error.problems]
        return {"file": file, "valid": False, "problems": problems}
    return {"file": file, "valid": True, "scenario": scenario.name, "problems": []}
