"""The room: people take the seats of states, and the model plays the rest by the same rules."""
