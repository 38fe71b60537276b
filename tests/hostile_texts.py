"""Texts that people may type or upload, mutated from right ones or made by a grammar.

Each trial gives one text to one reader. The answer must be a result, or an error with a remedy, in
which every character can be seen.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sim.cli.sweep_entries import KEYS, sweep_entries
from sim.errors import ThinlineError
from sim.experiments.sweep.parse import read_sweep
from sim.lessons.read_answers import read_answers
from sim.resources import scenario_file, scenario_names
from sim.scenario.load import load, load_text
from tests.scenarios import DATA, TINY

SWEEP = """\
sweep: mine
scenario: no_force
over:
  setting.clarity: {from: 0, to: 1, steps: 5}
  setting.force_size: [0, 0.5, 1]
  states.germany.pledge: all
exclude:
  - {setting.clarity: '> 0.8', setting.force_size: 0}
replications: 100
seed: 7
until_ci: 0.05
watch: war
"""
OVERRIDES = [
    "setting.clarity=0.5",
    "states.poland.resolve={beta: [2, 5]}",
    "groups.west={members: [poland, france], resolve: {shift: -0.1}}",
    "events.1.month=13",
    "events=[]",
    "constants.risk_half=0.3",
    "states.russia.red_lines.foreign_troops.threshold={uniform: [0, 2]}",
]
ANSWERS = """\
lesson: presence
runs: 500
seed: 7
predictions:
  war_by_size: [10, 20, 30]
answers:
  q1: 20
"""
OPTIONS = [
    ("over", "setting.clarity=0:1:5,setting.force_size=0,1"),
    ("over", "states.poland.pledge=all"),
    ("point", "setting.clarity=0.2,setting.force_size=1"),
    ("exclude", "setting.clarity>0.8,setting.force_size=0"),
    ("design", "lhs"),
    ("until_ci", "0.01"),
    ("points", "64"),
]

# Pieces that have a meaning somewhere, and characters that cause trouble somewhere.
PIECES = [
    *(
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "=",
        ":",
        ";",
        ">",
        "<=",
        "!=",
        "#",
        "|",
        ">",
        "\n",
        "  ",
    ),
    *(
        "&a ",
        "*a",
        "!!python/object ",
        "<<: ",
        "---\n",
        "...\n",
        "? ",
        "%YAML 1.1\n",
        "'",
        '"',
        "\t",
    ),
    *(
        ".nan",
        ".inf",
        "-0",
        "1e999",
        "0x10",
        "1_000",
        "9" * 400,
        "1e-400",
        "NO",
        "~",
        "null",
        "true",
    ),
    *("\0", "\x1b[31m", "\\e[2J", "\u200b", "\u202e", "\ud800", "\ufeff", "é", "𝔘", "\r", "\x85"),
    *("extends", "states", "setting", "events", "when", "month", "uniform", "choice", "groups"),
    *("setting.clarity", "states.poland.pledge", "events.1.set", "constants", "../", "/dev/zero"),
]


def mutated(text: str, chance: random.Random) -> str:
    """The text with a few stretches removed, repeated, moved or replaced by pieces."""
    for _ in range(chance.choice([1, 1, 2, 3, 6])):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 1, 5, 30]))
        other = chance.randrange(len(text) + 1)
        moved = text[other : other + chance.randrange(30)]
        piece = chance.choice(
            [chance.choice(PIECES), chance.choice(PIECES) * chance.choice([2, 50]), moved, "", ""]
        )
        text = text[:start] + piece + text[end:]
    return text


def generated(chance: random.Random, depth: int = 0) -> str:
    """A YAML value in flow style, made of pieces: nested up to a depth that is refused."""
    if depth > chance.choice([1, 3, 30]) or chance.random() < 0.4:
        return "".join(chance.choices(PIECES, k=chance.choice([0, 1, 1, 2])))
    inner = [generated(chance, depth + 1) for _ in range(chance.randrange(4))]
    if chance.random() < 0.5:
        return f"[{', '.join(inner)}]"
    return f"{{{', '.join(f'{chance.choice(PIECES)}: {each}' for each in inner)}}}"


class Trial:
    """A text for a reader, as ``chance`` has it; files are written in ``place``."""

    def __init__(self, place: Path, chance: random.Random) -> None:
        self.file = place / "mine.yaml"
        self.chance = chance

    def text(self, *corpus: str) -> str:
        """A text of the corpus, mutated, or a generated one."""
        if self.chance.random() < 0.2:
            return f"scenario: mine\nstates: {generated(self.chance)}\n"
        return mutated(self.chance.choice(corpus), self.chance)

    def write(self, text: str) -> Path:
        """Write a file, a few of its bytes changed."""
        data = bytearray(text.encode("utf-8", "surrogatepass"))
        if data and self.chance.random() < 0.2:
            data[self.chance.randrange(len(data))] = self.chance.randrange(256)
        self.file.write_bytes(data)
        return self.file

    def a_scenario(self) -> None:
        names = self.chance.choice(scenario_names())
        shipped = Path(scenario_file(names)).read_text("utf-8")
        wrong = self.chance.choice(sorted((DATA / "wrong").glob("*.yaml"))).read_text("utf-8")
        scenario = load(self.write(self.text(TINY, TINY, shipped, shipped, wrong)))
        assert load_text(_written(scenario)).digest == scenario.digest

    def an_override(self) -> None:
        text = self.text(*OVERRIDES) if self.chance.random() < 0.8 else generated(self.chance)
        scenario = load(self.chance.choice(["no_force", "germany_in"]), [text])
        assert load_text(_written(scenario)).digest == scenario.digest

    def a_sweep_file(self) -> None:
        read_sweep(self.write(self.text(SWEEP)))

    def an_option_of_a_sweep(self) -> None:
        name, text = self.chance.choice(OPTIONS)
        options: dict[str, Any] = dict.fromkeys([*KEYS, "over", "point", "exclude"])
        options["over"] = [OPTIONS[0][1]]
        changed = mutated(text, self.chance)
        options[name] = changed if name in KEYS else [changed]
        read_sweep("no_force", sweep_entries(options))

    def answers_of_a_lesson(self) -> None:
        read_answers(self.write(mutated(ANSWERS, self.chance)))


def _written(scenario: Any) -> str:
    return json.dumps(scenario.to_dict())


READERS: list[Callable[[Trial], None]] = [
    Trial.a_scenario,
    Trial.an_override,
    Trial.a_sweep_file,
    Trial.an_option_of_a_sweep,
    Trial.answers_of_a_lesson,
]


def try_texts(place: Path, trials: Iterable[int]) -> Counter[tuple[str, str]]:
    """Run the trials of these numbers; how often each reader took and refused a text."""
    tried: Counter[tuple[str, str]] = Counter()
    for number in trials:
        chance = random.Random(number)
        reader = chance.choice(READERS)
        try:
            reader(Trial(place, chance))
        except ThinlineError as error:
            refused: ThinlineError | None = error
        except BaseException as error:
            error.add_note(f"trial {number}")
            raise
        else:
            refused = None
        tried[reader.__name__, "refused" if refused else "taken"] += 1
        _require_readable(refused, number)
    return tried


def _require_readable(error: ThinlineError | None, number: int) -> None:
    """Whether a message and a remedy can be read, in a terminal and in JSON."""
    if error is None:
        return
    problems = getattr(error, "problems", [error])
    assert problems, number
    for problem in problems:
        assert problem.message, number
        assert problem.remedy, (number, problem.message)
    shown = str(error).replace("\n", "")
    assert all(letter.isprintable() for letter in shown), (number, shown)
