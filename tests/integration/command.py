"""The command in a process of its own, that listens to Ctrl-C however the tests were started.

A shell that starts something in the background has it ignore Ctrl-C, and its children with it.
"""

from __future__ import annotations

import sys

START = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from sim.__main__ import main
main()
"""
COMMAND = [sys.executable, "-c", START]
