"""All required behaviours, by number."""

from __future__ import annotations

from sim.validation.behaviours.mechanisms import MECHANISMS
from sim.validation.behaviours.presence import PRESENCE

BEHAVIOURS = (*PRESENCE, *MECHANISMS)
