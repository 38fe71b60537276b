"""Generators of documentation pages, answer keys and fingerprints; not part of the package."""
