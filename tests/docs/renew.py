"""What pages show of the code: output of commands, effects of single parameters, the layers.

``python -m tests.docs.renew`` computes all of them and writes them to the pages.
"""

from __future__ import annotations

import ast
import re
import shlex
import tempfile
import textwrap
import tomllib
from contextlib import chdir, redirect_stdout
from io import StringIO

from tests.docs.pages import OWN, ROOT, Block, blocks, text_of

RUNS = 10_000
WIDTH = 92
LEVERS = re.compile(r"(?P<head><!-- levers: .*?-\|\n)(?P<rows>.*?\n)(?=<!-- end of levers)", re.S)

LAYERS = re.compile(r"(<!-- layers -->\n).*?(?=<!-- end of layers)", re.S)

# Where a run is kept tells the time.
FOLDER = re.compile(r"(results/\w+/)[0-9TZ]+-[0-9a-f]+(-[0-9]+)?")


def said(block: Block) -> str:
    """What a block shows as the answer to its one command; empty if it shows none."""
    first, _, rest = block.text.partition("\n")
    return rest if first.startswith("$ thinline ") and not rest.startswith("$ ") else ""


def printed(block: Block) -> str:
    """What its command prints to standard output, run in the current folder.

    Raises ``ValueError`` where it fails: what should not be is not to be written down.
    """
    from sim.cli.main import main

    words = shlex.split(block.text.partition("\n")[0], comments=True)[2:]
    with redirect_stdout(Reconfigured()) as out:
        try:
            main(words)
        except SystemExit as left:
            if left.code:
                raise ValueError(f"{block}: exit code {left.code}\n{out.getvalue()}") from None
    return folded(FOLDER.sub(r"\1…", out.getvalue()))


def folded(text: str) -> str:
    """``text`` with its long sentences folded, as on a narrow terminal; tables stay as they are."""
    lines = (line if "  " in line else textwrap.fill(line, WIDTH) for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines)


class Reconfigured(StringIO):
    """A text in memory that can be set up like a terminal."""

    def reconfigure(self, **settings: str) -> None:
        """Take no notice."""


def shares(change: str, runs: int) -> list[float]:
    """War, failure and escalation in the main scenario with one change (none: as coded)."""
    import sim

    results = sim.simulate(sim.load("reassurance_force", [change] if change else []), runs=runs)
    return [results.measures[name].value for name in ("war", "failure", "escalation")]


def lever(line: str) -> str:
    """A row of the table of levers, worked out anew."""
    change = "".join(re.findall(r"`(.*)`", line))
    told = "".join(f" {100 * share:.1f} % |" for share in shares(change, RUNS))
    return f"|{line.split('|')[1]}|{told}"


def levers(text: str) -> str:
    """``text`` with its table of levers worked out anew."""

    def anew(found: re.Match[str]) -> str:
        rows = (lever(row) for row in found["rows"].splitlines())
        return found["head"] + "".join(f"{row}\n" for row in rows)

    return LEVERS.sub(anew, text)


def layers(text: str) -> str:
    """``text`` with its table of layers renewed from the import contract and the docstrings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    rows = (
        f"| {depth} | `{part}` | {summary(part)} |\n"
        for depth, layer in enumerate(contract["layers"], 1)
        for part in re.findall(r"\w+", layer)
    )
    table = "| layer | package | contents |\n|---|---|---|\n" + "".join(rows)
    return LAYERS.sub(lambda found: found[1] + table, text)


def summary(part: str) -> str:
    """The first line of the docstring of a module or package."""
    package = ROOT / "sim" / part / "__init__.py"
    path = package if package.exists() else ROOT / "sim" / f"{part}.py"
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def main() -> None:
    """Renew every page."""
    for page in OWN:
        text = layers(levers(text_of(page)))
        for block in blocks(page, "console"):
            if said(block):
                with tempfile.TemporaryDirectory() as folder, chdir(folder):
                    new = printed(block)
                text = text.replace(block.text, block.text.partition("\n")[0] + "\n" + new)
        (ROOT / page).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
