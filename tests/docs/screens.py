"""The screens that the pages named by a question show: python -m tests.docs.screens [PAGE...] writes them anew.

A block ```text is what the last command above it shows, without the lines that name a folder of this run.
"""

from __future__ import annotations

import os
import pathlib
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence

from click.testing import CliRunner

from simulation.cli import main

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUESTIONS = (
    "hvor_mange_sager", "faerre_samtaler", "kunne_et_forsoeg_se_det", "hvad_koster_det", "hvad_siger_evidensen",
)  # fmt: skip
SHOWN = re.compile(r"```\n(jobcentersim [^\n]*)\n```\n(?:(?!```).)*?```text\n(.*?)```", re.DOTALL)
OF_THIS_RUN = ("Næste:", "Resultat:")


def page_of(question: str) -> pathlib.Path:
    """The page that answers a question."""
    return ROOT / "docs" / f"{question}.md"


def screens(question: str) -> Iterator[tuple[str, str]]:
    """The commands of a page that are followed by their screen, each with it."""
    for found in SHOWN.finditer(page_of(question).read_text(encoding="utf-8")):
        yield found[1], found[2]


def shown_by(command: str, out: str) -> str:
    """What a command shows, its results in the folder `out`. Raises AssertionError if it fails."""
    done = CliRunner().invoke(main, [*shlex.split(command)[1:], "--quiet", "--out", out])
    assert done.exit_code == 0, done.output
    return "".join(f"{line}\n" for line in done.stdout.splitlines() if line and not line.startswith(OF_THIS_RUN))


def renew(questions: Sequence[str]) -> None:
    """Write the screens of these pages as the program shows them now."""
    os.chdir(ROOT)
    for question in questions:
        text = page_of(question).read_text(encoding="utf-8")
        for found in reversed([*SHOWN.finditer(text)]):
            with tempfile.TemporaryDirectory() as out:
                text = text[: found.start(2)] + shown_by(found[1], out) + text[found.end(2) :]
        page_of(question).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew(sys.argv[1:] or QUESTIONS)
