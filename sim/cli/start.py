"""Where the command begins: Ctrl-C is listened to before the rest is even imported."""

from __future__ import annotations

import sys


def main() -> None:
    """Do what the command line asks, and exit with its code."""
    try:
        from sim.cli.main import main as answer

        answer()
    except KeyboardInterrupt:
        _stopped()
    finally:
        _say_no_more()


def _stopped() -> None:
    _say_no_more()
    from sim.cli.console import Interrupted
    from sim.cli.main import refuse

    sys.exit(refuse(Interrupted("stopped"), sys.argv[1:]))


def _say_no_more() -> None:
    # All is said, or about to be: another Ctrl-C could only be a traceback while Python closes.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
