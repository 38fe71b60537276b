"""The command line, a file a verb: it reads options, calls the package and prints, no more."""
