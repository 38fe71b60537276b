"""War against force size: where a scenario's thin line lies between deterrence and escalation."""
