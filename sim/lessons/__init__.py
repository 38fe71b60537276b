"""Lessons as data: goals, steps, questions, and a key that the model computes."""
