"""Validation of the model: required behaviours, historical record and calibration.

The behaviours are directional claims that the model must reproduce; the patterns set its figures
beside published counts, for orientation only: nothing was fitted to them. The calibration varies
nuisance constants within wide bands of such figures. ``tools/docgen`` writes
``docs/behaviours.md``, ``docs/patterns.md`` and ``docs/calibration.md`` from them.
"""
