"""The command in a process of its own, with signals enabled however the tests were started.

A shell makes a background process and its children ignore Ctrl-C, and nohup a closed terminal.
"""

from __future__ import annotations

import sys

START = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
from sim.__main__ import main
main()
"""
COMMAND = [sys.executable, "-c", START]
