"""Lessons whose answer keys are filled in by the model itself."""
