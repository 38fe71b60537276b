"""The stages of a month, one step of the order of play a file.

Wiring, no formulas: a stage reads and writes the world's row ``w`` and the parameters' row ``p``,
feeds the rules with luck, and leaves the sums to them. Both engines call these same stages;
``sim/model/schedule.py`` puts them in order.
"""
