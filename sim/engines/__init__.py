"""Two engines with the same rules: compiled blocks of runs, and Mesa agents."""
