"""How fast it is: ratios measured in the same run, because a machine's speed drifts by a third."""
