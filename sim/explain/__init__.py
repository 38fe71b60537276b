"""Explanations of a scenario: its values, their sources, and the rules that read them."""
