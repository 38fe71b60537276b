"""Required behaviours of the model, each tested by contrasts between two settings."""
