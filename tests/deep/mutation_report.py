"""The results of mutation testing: a sentence for the terminal, and ``docs/mutation.md``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from tests.deep.mutation import Place

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "mutation.md"
REASONS = Path(__file__).with_name("survivors.yaml")
COMMAND = "python -m tests.deep.mutation --write"
SAMPLED = f"{COMMAND} --sample N"
OPEN = "open: a test or a reason is missing"

# Which tests noticed it, by where they are.
WATCHERS = {
    "tests/unit/model/rules": "rules' tests",
    "tests/unit/model/test_small_world.py": "small world",
    "tests/unit/model/stages": "stages' tests",
    "tests/unit/model/stages/test_ladder.py": "stages' tests",
    "tests/theory": "canonical games",
    "tests/unit": "own tests",
    "no end": "no end",
}
COLUMNS = list(dict.fromkeys(WATCHERS.values()))

HEAD = """# Mutation testing: would a test notice?

A test that cannot fail is worth nothing, so here the code is made wrong on purpose: one operator,
number, comparison, call or assignment at a time, in every rule, every stage and the order of play,
and in random numbers and arithmetic, statistics, the paired comparison, the storage of results,
PRIM, and what a room lets happen. Each of these *mutants* is put before the tests until one fails.
A mutant that no test notices has *survived*; then either a test is missing, or what was changed
changes nothing.

The rules' own tests go first where a rule is wrong; then a small world in which everything happens,
run by run, with and without the optional mechanisms (`tests/small_world.py`); then the tests of the
stages, and the [canonical games](theory/README.md). The first to fail is counted, so that a column
further right does not say how much those tests could notice. Tests that take longer than five
seconds as plain Python are left out. The other files have the tests of their own packages. A mutant
that makes the model run for ever is noticed by that.

There are **{total:,}** mutants. Of **{tried:,}** that were tried{drawn} **{noticed:,}** were
noticed, and **{survived}** ({share:.1f} %) survived: {explained} for a reason given below,
{open} open, with no reason given yet. Tried on version
`{digest}` of these files. This page is generated: `{command}`. `make deep` tries all of them, and
fails if more than one in twenty survives, or one for which there is no reason.

"""


def sentence(killers: Mapping[Place, str | None]) -> str:
    """The survivors, and how many there were."""
    gone = survivors(killers)
    share = 100 * len(gone) / max(1, len(killers))
    lines = [f"{place}    {place.mutant.text}" for place in gone]
    return "\n".join([*lines, f"{len(killers)} tried, {len(gone)} survived ({share:.1f} %)"])


def document(killers: Mapping[Place, str | None]) -> dict[str, Any]:
    """The same as plain data, with the reason of each."""
    gone = survivors(killers)
    listed = [{"mutant": str(place), "reason": reason(place)} for place in gone]
    return {"tried": len(killers), "survived": listed}


def survivors(killers: Mapping[Place, str | None]) -> list[Place]:
    """Those that no test noticed."""
    return [place for place, killer in killers.items() if killer is None]


def reason(place: Place) -> str:
    """Why nobody need mind that it survived; empty where nobody has said so."""
    said = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    for text, mutants in said.get(f"{place.file}:{place.mutant.function}", {}).items():
        if text == place.mutant.text and place.mutant.what in mutants:
            return " ".join(str(mutants[place.mutant.what]).split())
    return ""


def page(killers: Mapping[Place, str | None], there: Collection[Place], digest: str) -> str:
    """The whole page, where ``there`` are all mutants, tried or not."""
    gone = survivors(killers)
    opened = sum(not reason(place) for place in gone)
    all_tried = len(killers) == len(there)
    head = HEAD.format(
        total=len(there),
        tried=len(killers),
        drawn="" if all_tried else ", drawn at random from each group of files,",
        noticed=len(killers) - len(gone),
        survived=len(gone),
        explained=len(gone) - opened,
        open=opened,
        share=100 * len(gone) / len(killers),
        digest=digest,
        command=COMMAND if all_tried else SAMPLED,
    )
    return f"{head}{_table(killers, there)}\n## Survivors\n\n{_list(gone)}"


def _table(killers: Mapping[Place, str | None], there: Collection[Place]) -> str:
    columns = ["file", "mutants", "tried", *COLUMNS, "survived"]
    lines = [f"| {' | '.join(columns)} |", f"|---{'|--:' * (len(columns) - 1)}|"]
    for file, many in Counter(place.file for place in there).items():
        here = [killer for place, killer in killers.items() if place.file == file]
        counted = Counter(_watcher(killer) for killer in here)
        cells = [many, len(here), *(counted[name] for name in [*COLUMNS, "survived"])]
        lines.append(f"| `{file}` | {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def _watcher(killer: str | None) -> str:
    if killer is None:
        return "survived"
    return next(name for place, name in WATCHERS.items() if killer.startswith(place))


def _list(gone: list[Place]) -> str:
    lines = ["| where | line | what was made of it | why it survives |", "|---|---|---|---|"]
    for place in gone:
        file, mutant = place
        where = f"`{Path(file).parent.name}/{Path(file).name}`, `{mutant.function}`"
        line = mutant.text.replace("|", "\\|")
        lines.append(f"| {where} | `{line}` | {mutant.what} | {reason(place) or OPEN} |")
    return "\n".join(lines) + "\n"
