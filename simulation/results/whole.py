"""Files that are complete or absent, whenever the program is killed; and finished work, which is sealed.

A file is written under another name, then renamed. The name of a sealed file ends in a hash of its content and of what
made it (`identity.seal`), so what was altered, cut off or made by another version is not taken for finished work.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator

from simulation.results.identity import seal
from simulation.scenario.files.regular import content_of


def write_whole(target: pathlib.Path, content: bytes) -> None:
    """Write a file at once; its folder is made if need be. Raises OSError."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)  # half a file would take the room that is missing
        raise


def write_sealed(folder: pathlib.Path, name: str, ending: str, content: bytes) -> None:
    """Write a file of finished work. Raises OSError."""
    write_whole(folder / f"{name}-{seal(content)}{ending}", content)


def sealed(folder: pathlib.Path, pattern: str, ending: str) -> Iterator[tuple[pathlib.Path, bytes]]:
    """Files of finished work with their content, in order of their names; those that cannot be trusted are left out."""
    for file in sorted(folder.glob(f"{pattern}{ending}")):
        try:
            content = content_of(file)
        except OSError:
            continue
        if not file.name.startswith(".") and file.name.removesuffix(ending).rpartition("-")[2] == seal(content):
            yield file, content
