"""The command in a process of its own, with Ctrl-C enabled however the tests were started.

A shell makes a background process and its children ignore Ctrl-C.
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
