"""``thinline init`` and ``thinline schema``: what a scenario of one's own starts from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from sim.cli.asked import Asked
from sim.cli.output import emit, json_option, note, say
from sim.errors import UsageError, head

SCENARIO = "my_scenario.yaml"
SCHEMA = "scenario.schema.json"
TEMPLATE = Path(__file__).with_name("templates") / SCENARIO


@click.command(short_help="Print the JSON Schema of a scenario file.")
@json_option
def schema(as_json: bool) -> None:
    """Print the JSON Schema of a scenario file, for editors and other programs."""
    document = _schema()
    emit({**head("schema"), "schema": document} if as_json else document)


@click.command(short_help="Start a scenario of your own.")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@json_option
def init(folder: Path, as_json: bool) -> None:
    """Start a scenario of your own in FOLDER: a commented file, and the schema for your editor.

    Nothing that is there is overwritten.
    """
    from sim.experiments.files import check_folder, storing

    check_folder(folder)
    files = {
        folder / SCENARIO: TEMPLATE.read_text(encoding="utf-8"),
        folder / SCHEMA: json.dumps(_schema(), indent=2, ensure_ascii=False) + "\n",
    }
    _refuse_to_overwrite(list(files))
    for path, text in files.items():
        with storing(path):
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if as_json:
        emit({**head("files"), "files": list(map(str, files))})
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
