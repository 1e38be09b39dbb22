"""What made a result, and the commands by which it is repeated."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from simulation.report.handed.blocks import Block, Text
from simulation.report.handed.material import Made, Material
from simulation.report.wording import Wording
from simulation.world.labels import Label

RUN, PROGRAM, VERSIONS = Label("Run", "Kørsel"), Label("Program", "Program"), Label("Versions", "Versioner")
SEED, TIMES = Label("Seed", "Seed"), Label("Replications", "Gentagelser")
COMMIT, MADE = Label("Commit", "Commit"), Label("Made on", "Lavet")
CHANGED = Label("{commit}, with changes that are in no commit", "{commit} med ændringer, der ikke er i noget commit")
TEXT = Label("{name} {version}, program text {text}", "{name} {version}, programtekst {text}")
COMMANDS = Label(
    "`jobcentersim verify FOLDER` tells whether the figures come out again; `jobcentersim {command} {files}` from the "
    "folder's inputs/ repeats it.",
    "`jobcentersim verify MAPPE` fortæller, om tallene kommer ud igen; `jobcentersim {command} {files}` fra mappens "
    "inputs/ gentager kørslen.",
)


def repeating(material: Material, wording: Wording) -> Iterator[Block]:
    """Fingerprint, program, seed and versions; then the commands."""
    yield Text("; ".join(f"{wording.say(label)}: {text}" for label, text in facts(material, wording)) + ".", "note")
    request = material.manifest["request"]
    options = [f"--set {each}" for each in request.get("set") or ()]
    options += [f"--over {each}" for each in request.get("over") or ()]
    options += [f"--outcome {each}" for each in request.get("outcomes") or ()]
    options += [f"--{key} {request[key]}" for key in ("service", "staff", "seed") if request.get(key) is not None]
    options.append(f"--replications {material.replications}")
    if request.get("draws"):
        options += ["--uncertain" if request.get("uncertain") else "--posterior", f"--draws {request['draws']}"]
    files = " ".join([*map(str, request["scenarios"]), *(quoted(option) for option in options)])
    yield Text(wording.say(COMMANDS, command=request["command"], files=files), "note")


def quoted(option: str) -> str:
    """An option with its value as a shell takes it."""
    name, _, value = option.partition(" ")
    return f"{name} {shlex.quote(value)}" if value else option


def facts(material: Made, wording: Wording) -> Iterator[tuple[Label, str]]:
    """What made the result, line by line."""
    manifest = material.manifest
    program, git = manifest.get("program") or {}, manifest.get("git") or {}
    yield RUN, material.mark
    yield MADE, material.finished
    yield TIMES, str(material.replications)
    yield SEED, str(manifest["scenarios"][0]["seed"])
    yield (
        PROGRAM,
        wording.say(TEXT, name=program.get("name"), version=program.get("version"), text=str(program.get("text"))[:12]),
    )
    if commit := git.get("commit"):
        yield COMMIT, wording.say(CHANGED, commit=commit[:12]) if git.get("dirty") else commit[:12]
    versions = manifest.get("versions") or {}
    yield VERSIONS, ", ".join(f"{name} {version}" for name, version in versions.items())
