"""What the articles say, in our own words, and what each claim informs."""

from sim.evidence.claims import Article, Claim, Informs, Strength, articles, claim, claims, states

__all__ = ["Article", "Claim", "Informs", "Strength", "articles", "claim", "claims", "states"]
