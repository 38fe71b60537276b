"""Fingerprints of the articles' wording: a hash of every run of six words.

The articles are not part of the project. To renew the list, name their files:

    python tests/unit/evidence/fingerprints.py ARTICLE... > seeds/fingerprints.txt
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

WORDS = 6
APOSTROPHES = str.maketrans("", "", "'’‘")


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return re.findall(r"[^\W_]+", text.lower().translate(APOSTROPHES))


def runs(text: str) -> Iterator[str]:
    """Every six words in a row."""
    said = words(text)
    return (" ".join(said[k : k + WORDS]) for k in range(len(said) - WORDS + 1))


def fingerprint(run: str) -> str:
    """The first 8 bytes of BLAKE2b, in hexadecimal."""
    return blake2b(run.encode(), digest_size=8).hexdigest()


def fingerprints(texts: Iterable[str]) -> list[str]:
    """The fingerprints of every run in any of the texts, sorted so that no order is left."""
    return sorted({fingerprint(run) for text in texts for run in runs(text)})


if __name__ == "__main__":
    print("\n".join(fingerprints(Path(name).read_text("utf-8") for name in sys.argv[1:])))
