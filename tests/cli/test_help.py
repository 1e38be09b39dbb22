"""Help says everything there is to choose, at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from simulation.cli import main
from tests.processes import LIMIT

MOST_SECONDS = 1.0


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        yield name, command


def test_every_command_and_option_has_a_sentence() -> None:
    every = list(commands())
    options = [(name, each) for name, command in every for each in command.params if isinstance(each, click.Option)]
    assert len(every) > 20 and len(options) > 150
    assert [name for name, command in every if not (command.help or "").strip()] == []
    assert [(name, option.opts) for name, option in options if not (option.help or "").strip()] == []


@pytest.mark.parametrize("words", [(), ("run",), ("cba",)], ids=" ".join)
def test_help_takes_less_than_a_second(words: tuple[str, ...]) -> None:
    """Of its own time, whatever else the machine does; from a new process, imports included."""
    program = (
        "import contextlib, sys, time\nfrom simulation.cli import main\n"
        "with contextlib.suppress(SystemExit):\n    main(sys.argv[1:])\n"
        "print(time.process_time(), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words, "--help"], capture_output=True, text=True, check=True, timeout=LIMIT
    )
    assert done.stdout.startswith("Usage: ") and float(done.stderr) < MOST_SECONDS
