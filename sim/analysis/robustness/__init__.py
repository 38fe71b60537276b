"""Which posture does best in the worst case, when one does not know whom one faces."""
