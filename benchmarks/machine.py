"""What a measurement was made on."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
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


def _said(*words: str) -> str | None:
    """The first line that a command prints; None if it cannot be had."""
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout.splitlines() or [""])[0]
