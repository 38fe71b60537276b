"""Two engines, one set of rules: compiled blocks of runs, and Mesa's named agents."""
