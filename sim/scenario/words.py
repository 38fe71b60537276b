"""Text and names in a scenario file."""

from __future__ import annotations

from sim.scenario.findings import Findings
from sim.scenario.nodes import Node, Scalar, Sequence
from sim.scenario.shape import NAME


def is_name(node: Node, what: str, findings: Findings) -> bool:
    """Whether a node is a well-formed name; if not, it is reported as a bad ``what``."""
    if isinstance(node, Scalar) and NAME.match(node.text):
        return True
    remedy = "lower-case letters, digits and _, a letter first, at most 64"
    findings.add(node.place, f"{node} is not a name for a {what}", remedy)
    return False


def text_of(node: Node, what: str, findings: Findings) -> str:
    """The text of a scalar; empty, with a finding, if there is none."""
    if not isinstance(node, Scalar):
        findings.add(node.place, f"{what}: {node} where text was expected", "write a sentence")
        return ""
    text = node.text.strip()
    if not text or node.value is None:
        findings.add(node.place, f"{what}: nothing is written", "write a sentence, or leave it out")
        return ""
    return text


def texts_of(node: Node, what: str, findings: Findings) -> tuple[str, ...]:
    """The texts of a list."""
    if not isinstance(node, Sequence) or not node.items:
        findings.add(
            node.place, f"{what}: {node} where a list was expected", "write [first, second]"
        )
        return ()
    return tuple(text_of(item, what, findings) for item in node.items)


def sources_of(node: Node, findings: Findings) -> tuple[str, ...]:
    """The sources of a value: one, or a list of them."""
    if isinstance(node, Sequence):
        return texts_of(node, "source", findings)
    return (text_of(node, "source", findings),)
