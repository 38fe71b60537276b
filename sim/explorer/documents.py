"""The scenario documents of an explorer in one compressed block, which shares what they share.

Scenarios of one cast differ in a few distributions, and the tables of a document are nine tenths
of it. The block holds each table once. ``documents.js`` puts the documents together again, and the
engine checks the sums of their bytes.

The block is, in little-endian order: the length of the header (4 bytes), the header (JSON), the
numbers of all tables (8 bytes each, the first bytes of all numbers first, which compresses better),
and for each scenario its row of parameters, combined with that of the first by exclusive or.
"""

from __future__ import annotations

import base64
import json
import struct
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.browser.package import scenario_document
from sim.model.build import DRAWS
from sim.scenario.scenario import Scenario

Bytes = NDArray[np.uint8]


class _Tables:
    """Arrays of numbers, each kept once; :meth:`place` gives the number of an array."""

    def __init__(self) -> None:
        self._places: dict[bytes, int] = {}

    def place(self, numbers: NDArray[np.float64]) -> int:
        return self._places.setdefault(np.ascontiguousarray(numbers).tobytes(), len(self._places))

    @property
    def lengths(self) -> list[int]:
        return [len(each) // 8 for each in self._places]

    @property
    def shuffled(self) -> bytes:
        whole = np.frombuffer(b"".join(self._places), np.uint8)
        return np.ascontiguousarray(whole.reshape(-1, 8).T).tobytes()


def pack_documents(scenarios: Sequence[Scenario]) -> bytes:
    """The documents of scenarios with the same cast, the first one whole, as one block."""
    documents = [scenario_document(scenario) for scenario in scenarios]
    tables = _Tables()
    entries = [_entry(document, documents[0], tables) for document in documents]
    bases = [_array(document, "base") for document in documents]
    header = {
        "document": {key: value for key, value in documents[0].items() if key != "arrays"},
        "scenarios": entries,
        "tables": tables.lengths,
        "base": len(bases[0]),
    }
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    rows = [(each ^ bases[0] if k else each).tobytes() for k, each in enumerate(bases)]
    return b"".join([struct.pack("<I", len(text)), text, tables.shuffled, *rows])


def _array(document: dict[str, Any], name: str) -> Bytes:
    return np.frombuffer(base64.b64decode(document["arrays"][name]), np.uint8)


def _entry(document: dict[str, Any], first: dict[str, Any], tables: _Tables) -> dict[str, Any]:
    """What a document has of its own.

    ``nodes`` holds the tables of shares and values of each distribution, and ``draws`` the address
    and the stream of each draw, with the number of its distribution.
    """
    own = {
        key: document[key] for key in document if key != "arrays" and document[key] != first[key]
    }
    shares, values = _array(document, "nodes").view(np.float64).reshape(2, -1)
    begins = [0, *(np.flatnonzero(np.diff(shares) < 0) + 1).tolist()]
    parts = [slice(*ends) for ends in pairwise([*begins, len(shares)])]
    draws = [
        [int(draw["address"]), str(draw["stream"]), bisect(begins, int(draw["guide"][0])) - 1]
        for draw in _array(document, "draws").view(DRAWS)
    ]
    return {
        "own": own,
        "draws": draws,
        "nodes": [[tables.place(shares[part]), tables.place(values[part])] for part in parts],
        "surface": tables.place(_array(document, "surface").view(np.float64)),
    }
