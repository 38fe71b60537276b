"""Scenarios in YAML: schema, reading, inheritance, validation."""
