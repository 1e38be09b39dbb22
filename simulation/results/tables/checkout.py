"""The commit of the git checkout in which a scenario lies, and whether its files are as they are there.

Nothing of the checkout is carried out: the commit is read from files, and contents are held against hashes that `git
ls-tree` lists, which runs no hook and no filter.
"""

from __future__ import annotations

import hashlib
import os
import pathlib
import re
import subprocess
from collections.abc import Sequence
from typing import Any

from simulation.scenario.files.shipped import inside

SECONDS = 5.0
"""After which git is not waited for."""
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def checkout(files: Sequence[str]) -> dict[str, Any] | None:
    """`commit`, and `dirty`: whether a file is not as in the commit, None where that cannot be told. None without a
    checkout. That of somebody's own files, where they name what comes with the program from elsewhere."""
    own = [file for file in files if inside(pathlib.Path(file)) is None] or list(files)
    if not own:
        return None
    root = next((folder for folder in pathlib.Path(own[0]).parents if (folder / ".git").exists()), None)
    files = [file for file in files if file in own or root is None or pathlib.Path(file).is_relative_to(root)]
    commit = _commit(root / ".git") if root is not None else None
    if root is None or commit is None:
        return None
    return {"commit": commit, "dirty": _dirty(root, commit, [pathlib.Path(file) for file in files])}


def _commit(git: pathlib.Path) -> str | None:
    try:
        if git.is_file():  # of a worktree: a line that says where
            git = git.parent / git.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (git / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref:"):
            return head if COMMIT.fullmatch(head) else None
        name = head.removeprefix("ref:").strip()
        common = git / "commondir"
        folders = [git, *([git / common.read_text(encoding="utf-8").strip()] if common.is_file() else [])]
        for folder in folders:
            if (folder / name).is_file():
                found = (folder / name).read_text(encoding="utf-8").strip()
                return found if COMMIT.fullmatch(found) else None
        packed = (folders[-1] / "packed-refs").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return next((line.split()[0] for line in packed if line.split()[1:] == [name] and COMMIT.match(line)), None)


def _dirty(root: pathlib.Path, commit: str, files: Sequence[pathlib.Path]) -> bool | None:
    names = {pathlib.Path(os.path.relpath(file, root.resolve())).as_posix(): file for file in files}
    if any(name.startswith("../") for name in names):
        return True  # it is in no commit of this checkout
    words = ["git", "-C", str(root), "--no-optional-locks", "-c", "core.fsmonitor=false", "ls-tree", "-z", commit, "--"]
    try:
        listed = subprocess.run([*words, *names], capture_output=True, timeout=SECONDS, check=True).stdout
        hashes = {}
        for entry in listed.split(b"\0")[:-1]:
            what, _, listed_name = entry.partition(b"\t")
            hashes[os.fsdecode(listed_name)] = what.split()[2].decode()
        return any(hashes.get(name) not in _hashes(file.read_bytes()) for name, file in names.items())
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        return None


def _hashes(content: bytes) -> set[str]:
    """Of a content as it is, and with line ends as git stores them, in both formats of repositories."""
    ways = {content, content.replace(b"\r\n", b"\n")}
    return {
        made(b"blob %d\0" % len(way) + way).hexdigest() for way in ways for made in (hashlib.sha1, hashlib.sha256)
    }
