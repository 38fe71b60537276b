"""Charts: one module per study. Each chart is a class with a title, alt text, table and legend.

A chart draws what its table holds and nothing else. Charts know results, never simulation.
"""
