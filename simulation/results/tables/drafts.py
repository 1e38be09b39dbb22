"""Folders that appear by rename: written under another name, which tells who writes it, so that what a killed program
left can be cleared up."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import socket
import time

DAY = 86400.0
HOST = re.sub(r"\W", "_", socket.gethostname()) or "here"


def draft_of(target: pathlib.Path) -> pathlib.Path:
    """Where a folder is written before it is renamed; nothing is there."""
    draft = target.with_name(f".{target.name}.{HOST}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    return draft


def clear_dead(folder: pathlib.Path) -> None:
    """Remove drafts in a folder whose program was started on this machine and runs no more. Others are left."""
    if not folder.is_dir():
        return
    for draft in folder.glob(f".*.{HOST}.*"):
        pid = draft.name.rpartition(".")[2]
        if pid.isdigit() and int(pid) != os.getpid() and _is_dead(int(pid), draft):
            shutil.rmtree(draft, ignore_errors=True)


def put(draft: pathlib.Path, target: pathlib.Path) -> None:
    """Let a draft take the place of a folder, if there is one. Raises OSError."""
    if not target.exists():
        draft.rename(target)
        return
    old = draft.with_name(f".old{draft.name}")
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    draft.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def move_aside(folder: pathlib.Path, why: str) -> pathlib.Path:
    """Give a folder another name, which says why, and return it. Raises OSError."""
    number = 1
    while (aside := folder.with_name(f"{folder.name}-{why}{'' if number == 1 else f'-{number}'}")).exists():
        number += 1
    folder.rename(aside)
    return aside


def _is_dead(pid: int, draft: pathlib.Path) -> bool:
    if os.name == "nt":  # to ask for a process would end it there
        return time.time() - draft.stat().st_mtime > DAY
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
