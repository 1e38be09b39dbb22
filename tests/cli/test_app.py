"""`app` where the page cannot be opened: what is missing is named, exit code 2. The page itself: tests/app."""

from __future__ import annotations

import json
import pathlib
import socket

import pytest

from simulation.app import server
from tests.commands import cli


def test_without_the_extra_it_is_named(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "installed", lambda: False)
    done = cli("app", tmp_path)
    assert done.exit_code == 2 and "pip install 'jobcentersim[app]'" in done.stderr and not done.stdout
    assert list(tmp_path.iterdir()) == []


def test_help_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "installed", lambda: False)
    done = cli("app", "--help")
    assert done.exit_code == 0 and "FOLDER" in done.stdout and "extra `app`" in done.stdout


@pytest.mark.parametrize("words", [["nowhere"], [".", "--port", "80"], [".", "--workers", "0"], [".", "--lang", "se"]])
def test_what_cannot_be_is_refused(words: list[str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(server, "installed", lambda: True)
    done = cli("app", *words)
    assert done.exit_code == 2 and "Traceback" not in done.output


def test_a_port_that_somebody_has_is_refused(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No address is printed: whoever has the port would be given the token."""
    monkeypatch.setattr(server, "installed", lambda: True)
    with socket.create_server((server.HERE, 0)) as other:
        port = other.getsockname()[1]
        done = cli("app", tmp_path, "--port", str(port))
    assert done.exit_code == 2 and f"--port {port}: the port is taken" in done.stderr and not done.stdout
    assert not server.is_taken(port)


def test_a_page_that_does_not_come_is_told(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3, with what was said instead."""
    monkeypatch.setattr(server, "installed", lambda: True)
    monkeypatch.setattr(server, "SETTINGS", {**server.SETTINGS, "no.such": "setting"})
    done = cli("app", tmp_path)
    assert done.exit_code == 3 and "could not be opened" in done.stderr and "streamlit" in done.stderr.lower()


def test_the_token_is_in_no_list_of_processes() -> None:
    """It is told by the environment, which nobody but the user can read; and is another one each time."""
    asked = server.Asked("/study", "secret", "da", 2)
    assert server.Asked(**json.loads(asked.text())) == asked
    assert not any("token" in key or "secret" in value for key, value in server.SETTINGS.items())
    assert server.SETTINGS["server.address"] == "127.0.0.1" and server.SETTINGS["browser.gatherUsageStats"] == "false"
