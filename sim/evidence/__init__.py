"""The coded claims of the articles, the parameters that each informs, and the disagreements."""

from sim.evidence.claims import Article, Claim, Informs, Strength, articles, claim, claims, states
from sim.evidence.disagreements import Disagreement, disagreements

__all__ = [
    "Article",
    "Claim",
    "Disagreement",
    "Informs",
    "Strength",
    "articles",
    "claim",
    "claims",
    "disagreements",
    "states",
]
