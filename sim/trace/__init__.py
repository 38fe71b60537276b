"""One run, replayed month by month with its reasons, and its narrative."""
