"""``thinline theory``: canonical games with the model's rules, beside their known answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import click

from sim.cli.console import json_option, print_json, print_note, print_rows
from sim.cli.deferred import VerbCommand, deferred_imports
from sim.cli.options import runs_option, seed_option
from sim.errors import RunFailed, UsageError, json_head

with deferred_imports(globals()):
    from sim.theory.case import Case, CaseResult, items
    from sim.theory.catalogue import CASES, case


# Of a table of results, after the name of the quantity.
COLUMNS = ("simulated", "known answer", "tolerance", "result")


@click.command(cls=VerbCommand)
@click.argument("name", required=False, metavar="[NAME]")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a parameter of the case, such as precision=10; may be repeated.",
)
@runs_option("Number of simulated plays.  [default: 20,000]")
@seed_option
@click.option("--all", "every", is_flag=True, help="Play all cases with their own parameters.")
@json_option
def theory(
    name: str | None, settings: tuple[str, ...], every: bool, as_json: bool, **sample: int | None
) -> None:
    """Compare the rules with the known answers of canonical games.

    NAME is one of the games; without it they are listed. The exit code is 1 where the simulated
    and the known answer differ.
    """
    given: dict[str, Any] = {key: value for key, value in sample.items() if value is not None}
    if every:
        if name is not None or settings:
            other = "a name" if name is not None else "--set"
            raise UsageError(f"--all cannot be combined with {other}", "leave one of them out")
        _print_all([one.compare(**given) for one in CASES.values()], as_json)
    elif name is None:
        if settings or given:
            option = "--set" if settings else f"--{next(iter(given))}"
            remedy = "list them with: thinline theory"
            raise UsageError(f"{option} needs the name of a case", remedy)
        _print_cases(list(CASES.values()), as_json)
    else:
        _print_comparison(case(name).compare(_parse(settings), **given), as_json)


def _parse(settings: Iterable[str]) -> dict[str, str]:
    """The values of ``key=value`` texts; the last one of a key counts."""
    given = {}
    for text in settings:
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"--set '{text[:60]}' has no '='", "write --set key=value")
        given[key.strip()] = value
    return given


def _print_cases(cases: list[Case], as_json: bool) -> None:
    if as_json:
        print_json({**json_head("theory_cases"), "cases": [case.to_dict() for case in cases]})
        return
    print_rows(["case", "description"], [[case.name, case.title] for case in cases])
    print_note(f"Try next: thinline theory {cases[0].name}")


def _print_comparison(compared: CaseResult, as_json: bool) -> None:
    if as_json:
        print_json(compared.to_dict())
    else:
        case = compared.case
        click.echo(f"{case.title}\n")
        print_rows(["parameter", "value", "meaning", "allowed"], _parameters(compared))
        click.echo()
        print_rows(["quantity", *COLUMNS], _rows(compared))
        click.echo()
        click.echo(_verdict(compared))
        print_note(f"Try next: thinline theory {case.name} --set {case.worth_trying}")
    _fail_unless(compared.agree)


def _print_all(compared: list[CaseResult], as_json: bool) -> None:
    agree = all(one.agree for one in compared)
    if as_json:
        documents = [one.to_dict() for one in compared]
        print_json({**json_head("theories"), "cases": documents, "agree": agree})
    else:
        rows = [[one.case.name, *row] for one in compared for row in _rows(one)]
        print_rows(["case", "quantity", *COLUMNS], rows)
        click.echo()
        found = "every known answer" if agree else "not every known answer"
        click.echo(f"The rules reproduce {found}.")
        print_note(f"Try next: thinline theory {compared[0].case.name} --set precision=10")
    _fail_unless(agree)


def _fail_unless(agree: bool) -> None:
    if not agree:
        raise click.exceptions.Exit(RunFailed.exit_code)


def _parameters(compared: CaseResult) -> list[list[str]]:
    return [
        [one.name, _short(one.say(compared.values[name])), one.parameter.meaning, one.range_text]
        for name, one in compared.case.inputs.items()
    ]


def _short(value: Any) -> str:
    """A value as text, a long list with its middle left out."""
    if value is None:
        return "–"
    items: Sequence[Any] = value if isinstance(value, list) else [value]
    words = [f"{one:g}" if isinstance(one, float) else str(one) for one in items]
    return ", ".join(words if len(words) <= 6 else [*words[:3], "…", words[-1]])


def _rows(compared: CaseResult) -> list[list[str]]:
    return [
        [
            key,
            _short([f"{number:.4f}" for number in items(compared.simulated[key])]),
            _short([f"{number:.4f}" for number in items(answer.value)]),
            f"{answer.tolerance(compared.runs):.2g}",
            "agree" if compared.agrees(key) else "DISAGREE",
        ]
        for key, answer in compared.known.items()
    ]


def _verdict(compared: CaseResult) -> str:
    runs, seed = compared.runs, compared.seed
    plays = "one play" if compared.case.once else f"{runs:,} plays, seed {seed}"
    found = "reproduce" if compared.agree else "do not reproduce"
    return f"{compared.case.name}: {plays}; the model's rules {found} the known answer."
