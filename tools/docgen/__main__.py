"""``python -m tools.docgen presence`` prints the answer key of that lesson."""

from __future__ import annotations

import argparse

from tools.docgen.lesson_key import LESSONS, key


def main() -> None:
    """Print the answer key that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.docgen", description=__doc__)
    parser.add_argument("lesson", choices=sorted(LESSONS), help="the lesson")
    print(key(parser.parse_args().lesson), end="")


if __name__ == "__main__":
    main()
