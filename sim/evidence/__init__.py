"""The coded claims of the articles, and the parameters that each informs."""

from sim.evidence.claims import Article, Claim, Informs, Strength, articles, claim, claims, states

__all__ = ["Article", "Claim", "Informs", "Strength", "articles", "claim", "claims", "states"]
