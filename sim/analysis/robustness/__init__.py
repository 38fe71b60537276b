"""Robustness: postures of the coalition under uncertainty about the challenger's type."""
