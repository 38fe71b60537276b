"""Pictures: one figure a file, each drawn from a table and from nothing else.

Every figure module says the same five things: ``table`` (plain numbers in, rows out), ``title``
(the finding), ``alternative`` (the picture in words), ``sheet`` (the table as a reader sees it) and
``figure`` (a plotly Figure). What is drawn is what stands in the table.
"""
