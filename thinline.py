"""``python -m thinline``: the command. The Python API is the package :mod:`sim`."""

from sim.__main__ import main

if __name__ == "__main__":
    main()
