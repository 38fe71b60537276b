"""Canonical games whose answer is known, played by the very rules that play the scenarios.

A case makes payoffs for the rules and stages, counts what they do, and sets it beside a closed
form that knows nothing of them (``known.py``). ``thinline theory`` lists and runs the cases.
"""
