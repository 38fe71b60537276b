"""How much hangs on what: levers moved one at a time, and all together."""
