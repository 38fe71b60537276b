"""thin_line."""
