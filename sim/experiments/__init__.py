"""What is done with a model: run it, keep the results."""
