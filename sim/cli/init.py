"""``thinline init``: a commented scenario to start from."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sim.cli.console import json_option, print_json, print_note
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.invocation import Invocation
from sim.errors import UsageError, json_head
from sim.experiments.storage.files import check_folder, writing

with deferred_imports(globals()):
    from sim.scenario.json_schema import json_schema

SCENARIO = "my_scenario.yaml"
SCHEMA = "scenario.schema.json"
TEMPLATE = Path(__file__).with_name("templates") / SCENARIO


@click.command(cls=VerbCommand)
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Create a scenario file of your own in FOLDER, with comments, and its schema for editors.

    Existing files are never overwritten.
    """
    if folder.suffix.lower() in (".yaml", ".yml"):
        raise UsageError(
            f"{folder} would be a folder with the name of a file",
            f"name a folder, such as {folder.with_suffix('')}: {SCENARIO} is created in it",
        )
    check_folder(folder)
    files = {
        folder / SCENARIO: TEMPLATE.read_text(encoding="utf-8"),
        folder / SCHEMA: json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n",
    }
    if existing := [str(file) for file in files if file.exists()]:
        raise UsageError(f"already there: {', '.join(existing)}", "name another folder")
    for path, text in files.items():
        with writing(path):
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if as_json:
        print_json({**json_head("files"), "files": list(map(str, files))})
        return
    for path in files:
        click.echo(str(path))
    print_note(f"Try next: {Invocation('run', (str(folder / SCENARIO),)).command}")
