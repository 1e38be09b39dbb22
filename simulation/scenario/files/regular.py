"""Reading what is a file: a pipe, a socket or a device has no content of its own, and may be waited for without end."""

from __future__ import annotations

import errno
import pathlib
import stat

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class NoFile(OSError):
    """What was to be read is there, and is no file; its `strerror` says what it is."""


def refuse_what_is_no_file(path: pathlib.Path | str) -> None:
    """Raises NoFile for a pipe, a socket or a device, OSError where nothing is there, ValueError for a name that cannot
    be. A directory is left to whoever opens it."""
    mode = pathlib.Path(path).stat().st_mode
    if kind := next((words for is_kind, words in _KINDS if is_kind(mode)), ""):
        raise NoFile(errno.EINVAL, f"this is {kind}, not a file", str(path))


def content_of(path: pathlib.Path | str) -> bytes:
    """The content of a file. Raises NoFile, OSError, ValueError as above."""
    refuse_what_is_no_file(path)
    return pathlib.Path(path).read_bytes()
