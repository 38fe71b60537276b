"""What the quantitative literature counts, beside what the model's runs come to.

For orientation only: nothing in the model was tuned to any of it, and a match would prove nothing.
``python -m sim.patterns.page`` writes ``docs/patterns.md``; :func:`sim.patterns.table.table` gives
the part that one scenario's results can speak to.
"""
