"""``python -m sim.classroom presence`` prints the answer key of that lesson."""

from __future__ import annotations

import argparse

from sim.classroom.lesson import LESSONS, key


def main() -> None:
    """Print the answer key that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m sim.classroom", description=__doc__)
    parser.add_argument("lesson", choices=sorted(LESSONS), help="the lesson")
    print(key(parser.parse_args().lesson), end="")


if __name__ == "__main__":
    main()
