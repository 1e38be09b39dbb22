"""What a result is a result of: the resolved input, what is asked of it, and the text of the program."""

from __future__ import annotations

import hashlib
import json
import pathlib
import platform
import sys
from collections.abc import Sequence
from functools import cache
from importlib import metadata

from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario

PACKAGES = ("numpy", "scipy", "simpy", "pandas", "pydantic", "PyYAML", "matplotlib")
DECIDING = ("numpy", "scipy", "simpy")
"""Packages on which the last bit of a simulated figure may depend."""
PROGRAM = pathlib.Path(__file__).resolve().parents[1]
PLACE_COLUMNS = ("file", "line")
"""Columns that tell where a value is written: one more comment in a file changes them, and nothing else."""


def fingerprint(scenarios: Sequence[Loaded], replications: int, question: str = "run") -> str:
    """Short name of a result: of the resolved input with its sources, of what is asked of it (`question`), and of this
    program's text; no times or paths."""
    identity = {
        "scenarios": [loaded.scenario.model_dump(mode="json") for loaded in scenarios],
        "origins": [
            [{key: value for key, value in row.items() if key not in PLACE_COLUMNS} for row in loaded.parameters()]
            for loaded in scenarios
        ],
        "replications": replications,
        "question": question,
        "program": program_hash(),
    }
    return _short(json.dumps(identity, sort_keys=True).encode())


def scenario_mark(scenario: Scenario) -> str:
    """Short name of all that decides the replications of a scenario, but for the program: not how many there are."""
    return _short(json.dumps(scenario.model_dump(mode="json", exclude={"replications"}), sort_keys=True).encode())


def seal(content: bytes) -> str:
    """Short name of a file of finished work: of its content, and of everything beside the input that made it (the
    program's text and the versions that decide figures to the last bit). One that was altered, or made by another
    version, has another seal."""
    return hashlib.sha256(_environment() + content).hexdigest()[:16]


@cache
def program_hash(root: pathlib.Path = PROGRAM) -> str:
    """Hash of the program's own text as it was when first asked for, or of another package's."""
    total = hashlib.sha256()
    for file in sorted(root.rglob("*.py"), key=lambda f: f.relative_to(root).as_posix()):
        text = file.read_bytes().replace(b"\r\n", b"\n")
        total.update(file.relative_to(root).as_posix().encode() + b"\0" + text + b"\0")
    return total.hexdigest()


@cache
def version_of(package: str) -> str:
    """The installed version of a package; reading what is installed takes milliseconds."""
    return metadata.version(package)


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that a result may depend on."""
    return {"python": sys.version.split()[0], **{name: version_of(name) for name in PACKAGES}}


def deciding() -> dict[str, str]:
    """What figures may depend on to the last bit, beside the program's text: versions, and the kind of machine."""
    python = ".".join(map(str, sys.version_info[:2]))
    return {**{name: version_of(name) for name in DECIDING}, "python": python, "machine": platform.machine()}


@cache
def _environment() -> bytes:
    return json.dumps([program_hash(), deciding()], sort_keys=True).encode() + b"\0"


def _short(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:12]
