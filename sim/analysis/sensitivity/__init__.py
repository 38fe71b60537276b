"""Sensitivity of an outcome to factors: one at a time, Morris and Sobol."""
