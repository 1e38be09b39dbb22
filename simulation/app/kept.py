"""A design as a file of its own, and the report and the workbook that the command line makes of it.

The file is what an analyst would write by hand: what it extends, a name, and the keys that differ. `compare` runs it by
the same luck, so the report has the figures that the page has for as many replications.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import weakref
from collections.abc import Mapping
from typing import Any, BinaryIO, NamedTuple

import yaml

from simulation.scenario.files.shipped import PREFIX
from simulation.scenario.load import Loaded
from simulation.world.labels import Label, Language

RESULTS = "results"
LONGEST = 60
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa", "ß": "ss"})
_KEPT = ("unit", "kind", "source", "page", "note")
HEAD = "# Made on the page (`jobcentersim app`): what differs from the scenario that it extends.\n"


NAMELESS = Label("A name needs a letter (a to å) or a figure.", "Et navn skal have et bogstav (a til å) eller et tal.")
THERE = Label("{file}: there is another file of that name, which is left as it is.",
              "{file}: der er en anden fil med det navn, og den bliver, som den er.")  # fmt: skip
NOT_WRITTEN = Label("{file} cannot be written: {why}", "{file} kan ikke skrives: {why}")


class NotSaved(Exception):
    """Why a file was not written."""

    def __init__(self, label: Label, **parts: str) -> None:
        super().__init__(label.told("en", **parts))
        self.label, self.parts = label, parts

    def told(self, language: Language) -> str:
        """In words."""
        return self.label.told(language, **self.parts)


def file_name(title: str) -> str:
    """The name of a file by what somebody calls a design: small letters, figures and _ alone. Raises NotSaved if
    nothing is left."""
    plain = unicodedata.normalize("NFKD", title.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST].strip("_")
    if not name:
        raise NotSaved(NAMELESS)
    return f"{name}.yaml"


def extends_of(name: str, folder: pathlib.Path) -> str:
    """What a file in the folder writes to extend a scenario: `shipped/NAME`, or the file from there."""
    return name if name.startswith(PREFIX) else pathlib.Path(os.path.relpath(name, folder)).as_posix()


def overlay(base: Loaded, extends: str, title: str, changes: Mapping[str, Any]) -> str:
    """The text of a file with these keys, each by its dotted path (as `changes_of` gives them); a list is written
    whole, each number with the source that it has."""
    data: dict[str, Any] = {"version": 2, "extends": extends, "name": title}
    if "description" in base.resolved.data:
        data["description"] = None  # the base's is not of this design
    lists: dict[tuple[str, ...], Any] = {}
    for key, value in changes.items():
        steps = tuple(key.split("."))
        number = next((n for n, step in enumerate(steps) if step.isdigit() and _is_list(base, steps[:n])), None)
        if number is None:
            _put(data, steps, value)
            continue
        place = steps[:number]
        if place not in lists:
            lists[place] = _with_sources(base, place, base.resolved.value_at(list(place)))
            _put(data, place, lists[place])
        part = lists[place]
        for step in steps[number:-1]:
            part = part[int(step) if isinstance(part, list) else step]
        part[steps[-1]] = value
    return HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)


def save(folder: pathlib.Path, title: str, text: str) -> pathlib.Path:
    """Write a design into the folder. Raises NotSaved if it cannot be, or another one is called so."""
    file = folder / file_name(title)
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        if not _says(file, text):
            raise NotSaved(THERE, file=file.name) from None
    except OSError as error:
        raise NotSaved(NOT_WRITTEN, file=file.name, why=str(error.strerror)) from None
    return file


def _says(file: pathlib.Path, text: str) -> bool:
    """Whether it is a file, and of this text."""
    try:
        return not file.is_symlink() and file.is_file() and file.read_text(encoding="utf-8", errors="replace") == text
    except OSError:
        return False


def _put(data: dict[str, Any], steps: tuple[str, ...], value: Any) -> None:
    for step in steps[:-1]:
        data = data.setdefault(step, {})
    data[steps[-1]] = value


def _is_list(base: Loaded, steps: tuple[str, ...]) -> bool:
    try:
        return isinstance(base.resolved.value_at(list(steps)), list)
    except KeyError:
        return False


def _with_sources(base: Loaded, place: tuple[str, ...], value: Any) -> Any:
    """A copy of a part in which every number that states a source states it again."""
    if isinstance(value, Mapping):
        return {key: _with_sources(base, (*place, key), each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_sources(base, (*place, str(n)), each) for n, each in enumerate(value)]
    path = tuple(int(step) if step.isdigit() else step for step in place)
    known = base.resolved.origin(path).as_dict()
    stated = {key: known[key] for key in _KEPT if key in known}
    return {"value": value, **stated} if "kind" in stated else value


class Made(NamedTuple):
    """What was made: the results folder, the report and the workbook."""

    folder: pathlib.Path
    files: list[pathlib.Path]


class Making:
    """The command line at work on a report, in a process of its own that ends when this is closed or forgotten. `made`
    has what came of it, `fault` what it said instead."""

    def __init__(
        self, folder: pathlib.Path, base: str, file: pathlib.Path, replications: int, workers: int, language: Language
    ) -> None:
        self.folder, self.language = folder, language
        self.made: Made | None = None
        self.fault = ""
        self._begin("compare", extends_of(base, folder), file.name, "--replications", str(replications), "--workers",
                    str(workers), "--lang", language, "--json", "--quiet", "--out", RESULTS)  # fmt: skip

    @property
    def working(self) -> bool:
        """Whether it is still at work."""
        return self.made is None and not self.fault

    def look(self) -> None:
        """See how far it is, and go on."""
        if not self.working or self._process.poll() is None:
            return
        text, said = (_all_of(each) for each in (self._out, self._err))
        if self._process.returncode:
            self.fault = said or text or f"exit code {self._process.returncode}"
        elif self._word == "compare":
            self._results = json.loads(text)["results_dir"]
            self._begin("report", self._results, "--lang", self.language)
        else:
            files = [self.folder / line for line in text.splitlines() if line.endswith((".html", ".xlsx"))]
            self.made = Made(self.folder / self._results, files)

    def close(self) -> None:
        """End it."""
        self._end()

    def _begin(self, *words: str) -> None:
        self._word = words[0]
        self._out, self._err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - read when it has ended
        self._process = subprocess.Popen(
            [sys.executable, "-m", "simulation.cli", *words], cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=self._out, stderr=self._err, env=program_environment(),
        )  # fmt: skip
        self._end = weakref.finalize(self, _terminate, self._process)


def program_environment() -> dict[str, str]:
    """Where a Python that begins finds this program, and nothing that happens to lie in the folder it begins in."""
    place = str(pathlib.Path(__file__).resolve().parents[2])
    others = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    places = [place, *(os.path.abspath(other) for other in others if other)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"}


def _terminate(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()


def _all_of(file: BinaryIO | Any) -> str:
    file.seek(0)
    return str(file.read().decode("utf-8", "replace")).strip()
