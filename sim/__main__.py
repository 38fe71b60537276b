"""Entry point of the command: ``thinline``, ``python -m thinline`` or ``python -m sim``.

It imports nothing before signals are handled, so that an interrupt at any moment, even during the
imports, ends with one line and exit code 130 instead of a traceback. A request to end, as a batch
system or a closed terminal sends it, keeps what was computed in the same way.
"""

from __future__ import annotations

import signal
import sys

REQUESTS_TO_END = ("SIGTERM", "SIGHUP", "SIGBREAK")


def main() -> None:
    """Run the command line and exit with its code."""
    received: list[int] = []

    def end(number: int, frame: object) -> None:
        received.append(number)
        raise KeyboardInterrupt

    for name in REQUESTS_TO_END:
        number = getattr(signal, name, None)  # no system has all three
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)
    try:
        _run()
    except SystemExit as ending:
        # The code that shells give a process ended by the signal.
        sys.exit(128 + received[0] if received and ending.code == 130 else ending.code)


def _run() -> None:
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
    signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
