"""Programs that a test starts: they end with the test, however it ends, and are waited for with a limit."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

LIMIT = 300.0
"""Seconds, far more than anything takes on a busy machine: what is not there by then never comes."""


@contextlib.contextmanager
def started(words: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A program in a session of its own, so that it is ended together with all that it has started."""
    with subprocess.Popen(words, start_new_session=True, text=True, **options) as program:
        try:
            yield program
        finally:
            if os.name == "nt":
                program.kill()
            else:
                with contextlib.suppress(ProcessLookupError):  # nothing is left of it
                    os.killpg(program.pid, signal.SIGKILL)


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Look again and again, for LIMIT seconds at most."""
    latest = time.monotonic() + LIMIT
    while not happened():
        assert time.monotonic() < latest, f"not within {LIMIT:.0f} seconds: {what}"
        time.sleep(0.05)


def has_ended(pid: int) -> bool:
    """Whether there is no such process, or only its exit code, which nobody has asked for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat")  # on Linux
    with contextlib.suppress(OSError):
        return state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    return Path("/proc/self/stat").exists()  # where there are such files, it has ended just now
