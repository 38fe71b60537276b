"""Which combinations of levers lead to an outcome: boxes by patient rule induction."""
