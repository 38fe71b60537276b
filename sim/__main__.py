"""Entry point of the command: ``thinline``, or ``python -m sim``.

It imports nothing before Ctrl-C is handled, so that an interrupt at any moment, even during the
imports, ends with one line and exit code 130 instead of a traceback.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        from sim.cli.main import main as run_command

        run_command()
    except KeyboardInterrupt:
        _ignore_interrupts()
        from sim.cli.console import Interrupted
        from sim.cli.main import report_error

        sys.exit(report_error(Interrupted("stopped"), sys.argv[1:]))
    finally:
        _ignore_interrupts()


def _ignore_interrupts() -> None:
    # Output is complete; another Ctrl-C would only print a traceback while Python shuts down.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
