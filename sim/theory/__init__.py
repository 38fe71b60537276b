"""Textbook games with known answers, played by the model's own rules and stages.

A case sets payoffs for the rules and stages, counts their decisions, and compares them with a
closed form that does not use them (``closed_form.py``). ``thinline theory`` lists and runs the
cases.
"""
