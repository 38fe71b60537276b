"""The thin line: war against force size, where it is lowest, and what the runs can tell."""
