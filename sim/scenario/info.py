"""The lesson in a scenario file: what it is, what to look for, what it leaves out."""

from __future__ import annotations

from sim.scenario.findings import Findings
from sim.scenario.nodes import Mapping, Node, Sequence
from sim.scenario.words import text_of, texts_of
from sim.suggest import did_you_mean

TELLING = {
    "what_is_it": "the story in a few sentences",
    "how_it_works": "what in the model carries the story",
    "things_to_notice": "what to look at in the results",
    "things_to_try": "levers to move and what to expect",
    "decision_point": "the choice a class is asked to make",
    "debrief": "what to talk about afterwards",
    "leaves_out": "what the story is silent on",
}
SOURCES = "sources"
INFO_KEYS = (*TELLING, SOURCES)


def read_info(node: Node, findings: Findings) -> dict[str, str | tuple[str, ...]]:
    """The info block, by key: text, or a list of texts."""
    if not isinstance(node, Mapping):
        findings.add(node.place, f"info is {node}, not a mapping", f"keys: {', '.join(INFO_KEYS)}")
        return {}
    info: dict[str, str | tuple[str, ...]] = {}
    for word, entry in node.entries.items():
        if word not in INFO_KEYS:
            remedy = did_you_mean(word, INFO_KEYS)
            findings.add(entry.key.place, f"unknown key '{word[:40]}' in info", remedy)
        elif word == SOURCES or isinstance(entry.node, Sequence):
            info[word] = texts_of(entry.node, word, findings)
        else:
            info[word] = text_of(entry.node, word, findings)
    return info
