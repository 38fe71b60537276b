"""The simulated world: rules, stages, order of play, state, and how a run ended."""
