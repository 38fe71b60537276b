"""Questions of lessons, one kind a file."""
