"""Which files a file may name: those below its root, and those that come with the program.

The root is the nearest folder upward that has `jobcentersim.yaml` (it may be empty) or `pyproject.toml`, or else the
folder of the file itself. So a scenario that came from elsewhere cannot have other files of the machine read.
"""

from __future__ import annotations

import os
import pathlib

from simulation.scenario.files.problems import did_you_mean, shortened

OWN_MARK = "jobcentersim.yaml"
MARKS = (OWN_MARK, "pyproject.toml")
"""Files of which each marks a root."""
_CHECKOUT = pathlib.Path(__file__).resolve().parents[3]
SHIPPED = (_CHECKOUT / "scenarios", _CHECKOUT / "calibration")
"""Folders that every file may name files of."""


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
    target = by.parent / name
    if not is_below(target, root):
        raise CannotBeNamed(
            f"'{shortened(name)}' lies outside this project: a file may name files of the nearest folder upward that "
            f"has {' or '.join(MARKS)}, or else of its own folder"
        )
    if not os.path.isfile(target):
        folder = by.parent if deep else target.parent
        found = folder.rglob("*.yaml") if deep else folder.glob("*.yaml")
        near = did_you_mean(name, [os.path.relpath(p, by.parent).replace(os.sep, "/") for p in found])
        raise NotThere(f"there is no file {shortened(name)}{' beside this one' if deep else ''}{near}")
    return target


def is_below(target: pathlib.Path, root: pathlib.Path) -> bool:
    """Whether a file lies below the root or comes with the program, when all symbolic links are followed."""
    try:
        real = target.resolve()
        return any(real.is_relative_to(folder) for folder in (root.resolve(), *SHIPPED))
    except (OSError, RuntimeError, ValueError):  # a circle of links, or a name that cannot be
        return False
