"""``thinline theory``: canonical games, played by the model's rules, beside their known answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from sim.cli.console import emit, json_option, note, say, table
from sim.cli.options import runs_option, seed_option
from sim.errors import RunFailed, UsageError, json_head

if TYPE_CHECKING:
    from sim.theory.case import Case, Comparison


@click.command(short_help="Play canonical games beside their known answers.")
@click.argument("name", required=False, metavar="[NAME]")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a parameter of the case, such as precision=10; may be repeated.",
)
@runs_option("How many times it is played.  [default: 20,000]")
@seed_option
@click.option("--all", "every", is_flag=True, help="Play all the cases, as they stand.")
@json_option
def theory(
    name: str | None, settings: tuple[str, ...], every: bool, as_json: bool, **luck: int | None
) -> None:
    """Play the canonical game NAME by the model's own rules, beside its known answer.

    Without NAME, show which games there are. Exits with 1 where rules and answer disagree.
    """
    from sim.theory.catalogue import CASES, case

    chosen: dict[str, Any] = {key: value for key, value in luck.items() if value is not None}
    if every:
        _refuse_with_all(name, settings)
        _tell_all([one.compare(**chosen) for one in CASES.values()], as_json)
    elif name is None:
        _refuse_without_name(settings)
        _list(list(CASES.values()), as_json)
    else:
        _tell(case(name).compare(_read(settings), **chosen), as_json)


def _refuse_with_all(name: str | None, settings: Sequence[str]) -> None:
    if name is not None or settings:
        what = "a name" if name is not None else "--set"
        raise UsageError(f"--all and {what} do not go together", "leave one of them out")


def _refuse_without_name(settings: Sequence[str]) -> None:
    if settings:
        raise UsageError("--set without the name of a case", "see which there are: thinline theory")


def _read(settings: Iterable[str]) -> dict[str, str]:
    """What each ``key=value`` sets; the later of two beats the earlier."""
    given = {}
    for text in settings:
        key, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"'{text[:60]}' sets nothing", "write --set key=value")
        given[key.strip()] = value
    return given


def _list(cases: list[Case], as_json: bool) -> None:
    if as_json:
        emit({**json_head("theory_cases"), "cases": [case.to_dict() for case in cases]})
        return
    table(["case", "what it is"], [[case.name, case.title] for case in cases])
    note(f"Try next: thinline theory {cases[0].name}")


def _tell(compared: Comparison, as_json: bool) -> None:
    if as_json:
        emit({**json_head("theory"), **compared.to_dict()})
    else:
        case = compared.case
        say(f"{case.title}\n")
        table(["parameter", "value", "what it is", "allowed"], _parameters(compared))
        say()
        table(["what", "simulated", "known", "tolerance", ""], _rows(compared))
        say()
        say(_verdict(compared))
        note(f"Try next: thinline theory {case.name} --set {case.worth_trying}")
    _exit_by(compared.agree)


def _tell_all(compared: list[Comparison], as_json: bool) -> None:
    agree = all(one.agree for one in compared)
    if as_json:
        documents = [one.to_dict() for one in compared]
        emit({**json_head("theories"), "cases": documents, "agree": agree})
    else:
        rows = [[one.case.name, *row] for one in compared for row in _rows(one)]
        table(["case", "what", "simulated", "known", "tolerance", ""], rows)
        say()
        say("The rules give every known answer." if agree else "The rules miss a known answer.")
        note(f"Try next: thinline theory {compared[0].case.name} --set precision=10")
    _exit_by(agree)


def _exit_by(agree: bool) -> None:
    if not agree:
        raise click.exceptions.Exit(RunFailed.exit_code)


def _parameters(compared: Comparison) -> list[list[str]]:
    return [
        [one.name, _short(one.say(compared.values[name])), one.parameter.meaning, one.range_text]
        for name, one in compared.case.inputs.items()
    ]


def _short(value: Any) -> str:
    if value is None:
        return "–"
    words = [f"{one:g}" if isinstance(one, float) else str(one) for one in _listed(value)]
    return ", ".join(words if len(words) <= 6 else [*words[:3], "…", words[-1]])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _rows(compared: Comparison) -> list[list[str]]:
    return [
        [
            key,
            f"{compared.simulated[key]:.4f}",
            f"{answer.value:.4f}",
            f"{answer.tolerance(compared.runs):.2g}",
            "agree" if compared.agrees(key) else "DISAGREE",
        ]
        for key, answer in compared.known.items()
    ]


def _verdict(compared: Comparison) -> str:
    runs, seed = compared.runs, compared.seed
    played = "played once" if compared.case.once else f"played {runs:,} times, seed {seed}"
    found = "the known answer" if compared.agree else "something else than the known answer"
    return f"{compared.case.name}: {played}, the model's rules give {found}."
