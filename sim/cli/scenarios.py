"""``thinline list`` and ``thinline validate``: which scenarios there are, and which hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from sim.cli.console import emit, json_option, note, say, table
from sim.cli.invocation import Asked
from sim.errors import ScenarioError, UsageError, json_head


@click.command("list", short_help="Show the scenarios that come with the package.")
@json_option
def list_scenarios(as_json: bool) -> None:
    """Show the scenarios that come with the package."""
    from sim import resources

    found = [_told(resources.scenario_file(name)) for name in resources.scenario_names()]
    if as_json:
        emit({**json_head("scenarios"), "scenarios": found})
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
        emit({**json_head("validation"), "valid": valid, "files": checked})
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
        problems = [problem.to_dict() for problem in error.problems]
        return {"file": file, "valid": False, "problems": problems}
    return {"file": file, "valid": True, "scenario": scenario.name, "problems": []}


SCENARIO = "my_scenario.yaml"
SCHEMA = "scenario.schema.json"
TEMPLATE = Path(__file__).with_name("templates") / SCENARIO


@click.command(short_help="Print the JSON Schema of a scenario file.")
@json_option
def schema(as_json: bool) -> None:
    """Print the JSON Schema of a scenario file, for editors and other programs."""
    document = _schema()
    emit({**json_head("schema"), "schema": document} if as_json else document)


@click.command(short_help="Start a scenario of your own.")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Start a scenario of your own in FOLDER: a commented file, and the schema for your editor.

    Nothing that is there is overwritten.
    """
    from sim.experiments.storage.files import check_folder, writing

    check_folder(folder)
    files = {
        folder / SCENARIO: TEMPLATE.read_text(encoding="utf-8"),
        folder / SCHEMA: json.dumps(_schema(), indent=2, ensure_ascii=False) + "\n",
    }
    _refuse_to_overwrite(list(files))
    for path, text in files.items():
        with writing(path):
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if as_json:
        emit({**json_head("files"), "files": list(map(str, files))})
        return
    for path in files:
        say(str(path))
    note(f"Try next: {Asked('run', (str(folder / SCENARIO),)).command}")


def _refuse_to_overwrite(files: list[Path]) -> None:
    there = [str(file) for file in files if file.exists()]
    if there:
        raise UsageError(f"already there: {', '.join(there)}", "name another folder")


def _schema() -> dict[str, Any]:
    from sim.scenario.json_schema import json_schema

    return json_schema()
