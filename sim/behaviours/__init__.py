"""What the model must show, and whether it does: paired runs on the same luck."""
