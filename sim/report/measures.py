"""The measures shown beside the endings, in the words of a table; a summary has them all."""

from __future__ import annotations

MEANS = {
    "challenges": "challenges",
    "strikes": "strikes on the force",
    "months_under_force": "months under a fighting force",
    "force": "fighting force at the end (the challenger's weight = 1)",
    "casualties": "casualties (index)",
}
