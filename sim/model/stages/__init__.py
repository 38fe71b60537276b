"""The stages of a month, one step of the order of play a file.

Stages contain no formulas: a stage reads and writes the world's row ``w``, reads the parameters'
row ``p``, draws random numbers and calls the rules. Both engines call these same stages;
``sim/model/schedule.py`` puts them in order.
"""
