"""How much memory this machine has for us."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

CGROUPS = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


SIZES = ("all", "free", "pages", "free_pages", "virtual", "free_virtual", "more")
"""What Windows says of its memory, in its order."""


def available_memory() -> int | None:
    """Bytes that can be had now, a limit of the container included; None where the system does not say."""
    if sys.platform == "win32":
        return _windows()
    found = [_linux(), *(_left(Path(limit), Path(used)) for limit, used in CGROUPS), _limit_of_process()]
    known = [each for each in found if each is not None]
    return min(known) if known else _physical()


def _linux() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _left(limit: Path, used: Path) -> int | None:
    try:
        most = limit.read_text(encoding="ascii").strip()
        return max(int(most) - int(used.read_text(encoding="ascii")), 0) if most.isdigit() else None
    except (OSError, ValueError):
        return None


def _limit_of_process() -> int | None:
    if sys.platform == "win32":
        return None
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft


def _physical() -> int | None:
    """All memory, where what is free cannot be asked for (macOS)."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


def _windows() -> int | None:
    class Status(ctypes.Structure):
        _fields_ = [
            ("length", ctypes.c_ulong), ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in SIZES),
        ]  # fmt: skip

    status = Status()
    status.length = ctypes.sizeof(status)
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there on Windows
    return int(status.free) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else None
