"""Explanations: what a scenario says, where each value is from, and which rule reads it."""
