"""Scenario discovery: combinations of factors that lead to an outcome, by PRIM."""
