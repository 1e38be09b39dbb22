"""Progress where no terminal is: at most one plain line a minute, none in the first one, and none where not wanted."""

from __future__ import annotations

import pytest

from simulation.experiments import progress
from simulation.experiments.progress import Progress


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


def shown(show: bool, there: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of work of 200 pieces, each of which takes 6 seconds."""
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    monkeypatch.setattr(Progress, "as_lines", True)
    with Progress(200, "replication", show, there) as bar:
        for _ in range(there, 200):
            clock.now += 6
            bar.add(1)
    assert bar.done == 200
    return capsys.readouterr().err.splitlines(keepends=True)


def test_a_line_a_minute(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(True, 0, monkeypatch, capsys)
    assert len(lines) == 19  # 20 minutes, and what is finished needs no line
    assert lines[0] == "10 of 200 replications done (5%), about 19 minutes left\n"
    assert lines[-1] == "190 of 200 replications done (95%), about one minute left\n"
    assert all(line.isprintable() for line in map(str.rstrip, lines))


def test_what_was_there_says_nothing_of_the_time(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(True, 100, monkeypatch, capsys)
    assert lines[0] == "110 of 200 replications done (55%), about 9 minutes left\n"


def test_nothing_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(False, 0, monkeypatch, capsys) == []


def test_in_danish(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(Progress, "language", "da")
    lines = shown(True, 0, monkeypatch, capsys)
    assert lines[0] == "10 af 200 gentagelser er færdige (5%), omkring 19 minutter tilbage\n"
