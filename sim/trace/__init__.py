"""One run told month by month: replayed with the stages that played it, then put into words."""
