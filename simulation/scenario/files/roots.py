"""Which files a file may name: those below its root, and those that come with the program.

The root is the nearest folder upward that has `jobcentersim.yaml` (it may be empty) or `pyproject.toml`, or else the
folder of the file itself. So a scenario that came from elsewhere cannot have other files of the machine read.
"""

from __future__ import annotations

import os
import pathlib

from simulation.scenario.files import shipped
from simulation.scenario.files.problems import did_you_mean, shortened

MARKS = (shipped.OWN_MARK, "pyproject.toml")
"""Files of which each marks a root."""


MARK_OF_RESULTS = b"# The input files of a result, in folders as they lay. They can be run from here.\n"
"""What stands in the mark of the root of a result's input files."""


class CannotBeNamed(ValueError):
    """There is no such file, or it lies where no file may be named; its text says which."""


class NotThere(CannotBeNamed):
    """There is no such file."""


def root_of(path: pathlib.Path) -> pathlib.Path:
    """The folder below which the file at `path` may name others. Raises nothing."""
    folder = pathlib.Path(os.path.abspath(path)).parent
    marked = (above for above in (folder, *folder.parents) if any(os.path.isfile(above / mark) for mark in MARKS))
    return next(marked, folder)


def file_named(key: str, name: object, by: pathlib.Path, root: pathlib.Path, deep: bool = False) -> pathlib.Path:
    """The file that the file `by` names at this key. With `deep`, files in folders below are proposed as well.

    Raises CannotBeNamed; of what lies outside the root it does not say whether it is there.
    """
    if not isinstance(name, str):
        raise CannotBeNamed(f"{key} must be the name of a file")
    if "\0" in name:
        raise NotThere(f"there is no file {shortened(name)}")
    target, kind = by.parent / name, shipped.kind_of(key)
    if name.startswith(shipped.PREFIX) and kind is not None:
        return _shipped(name, kind, target, root)
    if (copy := shipped.copy_of(name, root)) is not None and (os.path.isabs(name) or not os.path.isfile(target)):
        return copy
    if not is_below(target, root):
        if (kept := _kept(name, root)) is not None:
            return kept
        raise CannotBeNamed(
            f"'{shortened(name)}' lies outside this project: a file may name files of the nearest folder upward that "
            f"has {' or '.join(MARKS)}, or else of its own folder{shipped.hint(name, kind)}"
        )
    if not os.path.isfile(target):
        folder = by.parent if deep else target.parent
        found = folder.rglob("*.yaml") if deep else folder.glob("*.yaml")
        near = shipped.hint(name, kind) or did_you_mean(
            name, [os.path.relpath(p, by.parent).replace(os.sep, "/") for p in found]
        )
        raise NotThere(f"there is no file {shortened(name)}{' beside this one' if deep else ''}{near}")
    return target


def _kept(name: str, root: pathlib.Path) -> pathlib.Path | None:
    """What a whole path means among the input files that a result keeps: the one file that lies there as it lay, below
    whichever folder. None elsewhere, and where there are several."""
    mark, parts = root / shipped.OWN_MARK, pathlib.PurePath(name).parts[1:]
    if not os.path.isabs(name) or not os.path.isfile(mark) or mark.read_bytes() != MARK_OF_RESULTS:
        return None
    tails = [root.joinpath(*parts[n:]) for n in range(len(parts))]
    found = [file for file in tails if os.path.isfile(file) and is_below(file, root)]
    return found[0] if len(found) == 1 else None


def _shipped(name: str, kind: str, beside: pathlib.Path, root: pathlib.Path) -> pathlib.Path:
    """What comes with the program by this name, unless a file of one's own is called so."""
    found = shipped.find(name, kind, shipped.home_of(root))
    if not (os.path.isfile(beside) and is_below(beside, root)):
        if isinstance(found, str):
            raise NotThere(found)
        return found
    if not isinstance(found, str):
        raise CannotBeNamed(f"'{shortened(name)}' is both a file beside this one and one that is shipped; rename yours")
    return beside


def is_below(target: pathlib.Path, root: pathlib.Path) -> bool:
    """Whether a file lies below the root or comes with the program, when all symbolic links are followed."""
    try:
        real = target.resolve()
        return any(real.is_relative_to(folder) for folder in (root.resolve(), *shipped.FOLDERS))
    except (OSError, RuntimeError, ValueError):  # a circle of links, or a name that cannot be
        return False
