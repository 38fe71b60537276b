"""Studies of many runs: comparison, thin line, sensitivity, discovery, robustness."""
