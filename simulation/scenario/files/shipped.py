"""What comes with the program: scenarios, parts and prices, and of calibration published figures, priors, fitted values
and evidence.

In a checkout they lie at its top, in an installed package inside it (setup.py puts them there as they are). Every file
may name them from anywhere, `shipped/NAME`; which folder is meant follows from the key. The input that a result keeps
has copies of those that were used, in a folder `shipped` of its own, and they win: it holds what was run.
"""

from __future__ import annotations

import os
import pathlib

from simulation.scenario.files.problems import did_you_mean, shortened

PREFIX = "shipped/"
_PACKAGE = pathlib.Path(__file__).resolve().parents[2]
_INSIDE = _PACKAGE / "shipped"
HOME = _INSIDE if (_INSIDE / "scenarios").is_dir() else _PACKAGE.parent
"""The folder in which they lie, `scenarios` and `calibration` side by side."""
FOLDERS = (HOME / "scenarios", HOME / "calibration")
OWN_MARK = "jobcentersim.yaml"
"""A file that marks the root of files that name each other; the input of a result has one."""
COPIES = "shipped"
"""Where copies of them lie in the input of a result."""
SCENARIOS, PARTS, TARGETS, FITS, PRIORS, EVIDENCE = "scenarios", "parts", "targets", "fits", "priors", "evidence"
PRICES = "prices"
_WHERE = {
    SCENARIOS: ("scenarios", "**/*.yaml"),
    PARTS: ("scenarios", "parts/**/*.yaml"),
    TARGETS: ("calibration/targets", "*.yaml"),
    FITS: ("calibration/fitted", "*.yaml"),
    PRIORS: ("calibration/priors", "*.yaml"),
    EVIDENCE: ("calibration/evidence", "synthesis.yaml"),
    PRICES: ("scenarios/prices", "*.yaml"),
}
_LEFT_OUT = {SCENARIOS: ("bench", PARTS, PRICES)}
"""Folders of scenarios that only measure the program, or hold what is no scenario."""
_OF_KEY = {
    "extends": SCENARIOS, "part": PARTS, "compare_with": SCENARIOS, "scenario": SCENARIOS, "targets": TARGETS,
    "with": TARGETS, "fitted": FITS, "priors": PRIORS, "evidence": EVIDENCE,
    "prices": PRICES,
}  # fmt: skip
"""What the value of a key in a file may name."""


def kind_of(key: str) -> str | None:
    """Which of the kinds of shipped files a dotted key names, None if it names no file."""
    return _OF_KEY.get(key.split(".")[0])


def names(kind: str, home: pathlib.Path = HOME) -> dict[str, pathlib.Path]:
    """The files of a kind by the name they are written with (`shipped/base_dagpenge`), in order. Raises nothing."""
    folder, pattern = _WHERE[kind]
    files = sorted((home / folder).glob(pattern), key=lambda file: file.as_posix())
    by_name = {file.relative_to(home / folder).with_suffix("").as_posix(): file for file in files}
    return {PREFIX + name: file for name, file in by_name.items() if name.split("/")[0] not in _LEFT_OUT.get(kind, ())}


def home_of(root: pathlib.Path) -> pathlib.Path:
    """Where the shipped files lie that a file below this root names: its own copies, if it has any."""
    copies = root / COPIES
    has = os.path.isfile(root / OWN_MARK) and any((copies / folder.name).is_dir() for folder in FOLDERS)
    return copies if has else HOME


def find(name: str, kind: str, home: pathlib.Path = HOME) -> pathlib.Path | str:
    """The file that `shipped/NAME` is, with or without its ending; or what is wrong with the name. Raises nothing."""
    known = names(kind, home)
    if name.removesuffix(".yaml") in known:
        return known[name.removesuffix(".yaml")]
    plain = name.removesuffix(".yaml")
    if kind == SCENARIOS and plain in names(PARTS, home):
        return f"'{plain}' is a part: a scenario takes it in, by `extends: [BASE, {{part: {plain}, arms: [ARM]}}]`"
    if kind == PARTS and plain in names(SCENARIOS, home):
        return f"'{plain}' is no part, but a scenario: name it without `part:`, as what this one extends"
    near = did_you_mean(name, known) or f" (`jobcentersim list {kind}` names them)"
    return f"nothing that is shipped is called '{shortened(name)}'{near}"


def hint(name: str, kind: str | None) -> str:
    """What to write for a file that is not there by this name, but is shipped; "" if none is called so."""
    if kind is None:
        return ""
    wanted = pathlib.PurePosixPath(name.replace("\\", "/")).name.removesuffix(".yaml")
    meant = [known for known in names(kind) if known.split("/")[-1] == wanted]
    return f"; the one that comes with the program is called '{meant[0]}'" if meant else ""


def located(path: pathlib.Path | str, kind: str = SCENARIOS) -> pathlib.Path:
    """The file that is meant where somebody names one: that path, or, of `shipped/NAME`, what comes with the program.
    A name that is not known stays as it is. Raises nothing."""
    path = pathlib.Path(path)
    if path.parts[:1] != (PREFIX.strip("/"),) or os.path.isfile(path):
        return path
    found = find(path.as_posix(), kind)
    return path if isinstance(found, str) else found


def not_there(path: pathlib.Path) -> str:
    """What to say of a file that somebody names and that is not there. Raises nothing."""
    if path.parts[:1] == (PREFIX.strip("/"),) and isinstance(found := find(path.as_posix(), SCENARIOS), str):
        return found
    near = did_you_mean(path.name, (sibling.name for sibling in path.parent.glob("*.y*ml")))
    return f"there is no such file{near or hint(path.name, SCENARIOS)}"


def inside(file: pathlib.Path) -> str | None:
    """The place of a file among the shipped ones, from HOME; None if it is none of them."""
    return file.relative_to(HOME).as_posix() if any(file.is_relative_to(folder) for folder in FOLDERS) else None


def as_typed(file: str) -> str:
    """How somebody may name a scenario's file: by `shipped/NAME`, where it is one of these by its whole path."""
    path = pathlib.Path(file)
    return next((name for name, each in names(SCENARIOS).items() if path.is_absolute() and each == path), file)


def copy_of(name: str, root: pathlib.Path) -> pathlib.Path | None:
    """The copy of a shipped file that was named by a path on the machine where it was run, in the input of a result."""
    parts = pathlib.PurePosixPath(name.replace("\\", "/")).parts
    starts = [n for n, part in enumerate(parts) if part in [folder.name for folder in FOLDERS]]
    copies = (root.joinpath(COPIES, *parts[n:]) for n in starts if ".." not in parts[n:])
    return next((copy for copy in copies if os.path.isfile(copy)), None) if home_of(root) != HOME else None
