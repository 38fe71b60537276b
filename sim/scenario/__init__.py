"""Stories in YAML: what may be written, how it is read, and what comes out."""
