"""What a measurement was made on."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import timeit
from pathlib import Path
from typing import Any

import numpy as np
from plain import compiler


def facts(tree: Path) -> dict[str, Any]:
    """Processor, cores, versions, day, commit of the checkout, and how busy the machine is."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "compiler": _said(compiler() or "false", "--version"),
        "day": datetime.date.today().isoformat(),
        "commit": _said("git", "-C", str(tree), "describe", "--always", "--dirty"),
        "numpy_us": numpy_call(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def processor() -> str:
    """The name of the processor, as the system has it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def numpy_call() -> float:
    """Microseconds of a NumPy call that has little to do: twenty numbers taken from an array. Two hardware threads that
    share a core make it twice as long for each other."""
    numbers, ids, calls = np.arange(1000.0), np.arange(20), 20_000
    return round(min(timeit.repeat(lambda: numbers.take(ids), number=calls, repeat=3)) / calls * 1e6, 2)


def _said(*words: str) -> str | None:
    """The first line that a command prints; None if it cannot be had."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout.splitlines() or [""])[0]
