"""The command line, one file for each verb: options in, calls of the package, printed results."""
