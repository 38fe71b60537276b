"""The explorer: one HTML file that plays the model itself in a browser, from disk."""
