"""How the page is served: by Streamlit in a process of its own, to this machine alone, behind a token.

Other users of a shared server can reach 127.0.0.1 as well, so the address has a token in it that is not in any list of
processes; the page shows nothing without it. Everything that Streamlit would ask, send or fetch is turned off here,
whatever the settings of the user say.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from simulation.app.kept import program_environment
from simulation.world.labels import Language

PAGE = pathlib.Path(__file__).with_name("script") / "start.py"
BEGIN = "simulation.app.begin"
"""Streamlit, which ends when the pipe that is its standard input is closed."""
ASKED = "JOBCENTERSIM_APP"
"""The variable of the environment by which the page is told what was asked."""
HERE = "127.0.0.1"
PATIENCE, GRACE = 60.0, 10.0
"""Seconds within which the page must answer, and within which it must end."""
SETTINGS = {
    "server.address": HERE, "server.headless": "true", "server.baseUrlPath": "", "server.fileWatcherType": "none",
    "server.runOnSave": "false", "server.enableCORS": "true", "server.enableXsrfProtection": "true",
    "server.enableStaticServing": "false", "server.maxUploadSize": "1", "browser.gatherUsageStats": "false",
    "browser.serverAddress": HERE, "client.toolbarMode": "minimal", "client.showErrorDetails": "none",
    "global.developmentMode": "false", "logger.hideWelcomeMessage": "true", "logger.level": "error",
    "runner.magicEnabled": "false", "theme.base": "light",
}  # fmt: skip
"""Settings of Streamlit, which win over those of the user's files."""


class CannotServe(Exception):
    """Why there is no page, in words."""


class Asked(NamedTuple):
    """What the page is told when it begins: the folder of the study, the token, the language, and how many processes
    simulate."""

    folder: str
    token: str
    language: Language
    workers: int

    def text(self) -> str:
        """As text."""
        return json.dumps(self._asdict())

    @classmethod
    def read(cls) -> Asked:
        """What stands in the environment. Raises KeyError where nothing does."""
        return cls(**json.loads(os.environ[ASKED]))


def installed() -> bool:
    """Whether the extra is there."""
    return importlib.util.find_spec("streamlit") is not None


def is_taken(port: int) -> bool:
    """Whether somebody else has a port of this machine, or nobody may have it. Whoever has it would be asked for the
    page, with the token."""
    try:
        socket.create_server((HERE, port)).close()
    except OSError:
        return True
    return False


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as tried:
        tried.bind((HERE, 0))
        return int(tried.getsockname()[1])


@contextmanager
def serving(
    folder: pathlib.Path, language: Language, workers: int, port: int
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a page that answers, and the process that serves it, which ends with the block. Raises
    CannotServe."""
    asked = Asked(str(folder.resolve()), secrets.token_urlsafe(32), language, workers)
    options = [word for key, value in SETTINGS.items() for word in (f"--{key}", value)]
    with tempfile.TemporaryDirectory() as nowhere, tempfile.TemporaryFile() as said:  # no settings lie in there
        process = subprocess.Popen(
            [sys.executable, "-m", BEGIN, "run", str(PAGE), *options, "--server.port", str(port)],
            cwd=nowhere, stdin=subprocess.PIPE, stdout=said, stderr=said,
            env={**program_environment(), ASKED: asked.text()},
        )  # fmt: skip
        try:
            if not _answers(process, port):
                said.seek(0)
                raise CannotServe(said.read().decode("utf-8", "replace").strip() or "Streamlit does not answer")
            yield f"http://{HERE}:{port}/?token={asked.token}", process
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End the page, and with it all that it began."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                f"http://{HERE}:{port}/_stcore/health", timeout=2
            ) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False
