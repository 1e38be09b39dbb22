"""Streamlit in a process that ends when the command that began it has ended, however that ended.

The command holds the other end of the pipe that is the standard input here. It is closed when the command is gone, also
where that had no time to end anything.
"""

from __future__ import annotations

import os
import signal
import threading
import time

GRACE = 10.0
"""Seconds in which Streamlit must end."""


def begin() -> None:
    """Carry out Streamlit with the words of the command line."""
    from streamlit.web.cli import main

    threading.Thread(target=_end_with_the_command, daemon=True).start()
    main(prog_name="streamlit")


def _end_with_the_command() -> None:
    while os.read(0, 1):  # nothing is ever written; it comes back when the pipe is closed
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)  # processes that simulate end with this one


if __name__ == "__main__":
    begin()
