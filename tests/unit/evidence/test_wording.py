from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.evidence.fingerprints import fingerprint, fingerprints, runs

ROOT = Path(__file__).parents[3]
LIST = ROOT / "seeds" / "fingerprints.txt"
TEXTS = {".md", ".yaml", ".yml", ".py", ".html", ".j2", ".js", ".css", ".toml"}
NOT_OURS = {"results", "build", "dist", "node_modules"}


def texts(folder: Path) -> Iterator[Path]:
    """The project's own texts: no hidden folder, no environment, nothing that runs have written."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name[0] != "." and not (path / "pyvenv.cfg").exists():
            yield from texts(path) if path.name not in NOT_OURS else ()
        elif path.suffix in TEXTS:
            yield path


@pytest.fixture(scope="module")
def known() -> frozenset[str]:
    return frozenset(LIST.read_text(encoding="utf-8").split())


def test_a_run_is_six_words_whatever_the_punctuation() -> None:
    assert list(runs("One, two: Three's “four” five_six\nseven.")) == [
        "one two threes four five six",
        "two threes four five six seven",
    ]


def test_a_fingerprint_is_stable() -> None:
    assert fingerprint("one two threes four five six") == "dcece44a008fe601"


def test_a_shared_run_is_found() -> None:
    theirs = set(fingerprints(["Nobody, he said, would ever cross that river again."]))
    ours = "He said: would ever cross THAT river"
    assert theirs & set(fingerprints([ours]))
    assert not theirs & set(fingerprints(["He said would ever cross this river"]))


def test_the_list_covers_five_articles_and_shows_no_order(known: frozenset[str]) -> None:
    lines = LIST.read_text(encoding="utf-8").split()
    assert lines == sorted(known)
    assert len(lines) > 6000


def test_no_text_of_ours_shares_six_words_in_a_row_with_an_article(known: frozenset[str]) -> None:
    shared = [
        f"{path.relative_to(ROOT)}: {run}"
        for path in texts(ROOT)
        for run in runs(path.read_text(encoding="utf-8"))
        if fingerprint(run) in known
    ]
    assert not shared, "say it in other words:\n" + "\n".join(shared)
