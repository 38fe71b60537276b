"""Sweeps: a scenario played at many points, kept part by part, so that it can be stopped."""
