"""Small worlds to export, and lives made by hand."""

from __future__ import annotations

import io
import pathlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from simulation.report.exported.codes import SHIPPED, Listed, read_codes
from simulation.report.exported.dream import Dream
from simulation.report.exported.lives import Episodes, Happenings, Lives
from simulation.report.exported.reading import read_dream
from simulation.report.exported.tables import Exported
from simulation.report.exported.texts import write_dream
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.results.tables.csvs import STORED, Locale
from simulation.scenario.schema import Scenario
from tests.commands import answer, cli
from tests.conftest import undraw
from tests.helpers import make

MOVING = """version: 2
name: Moving
start: 2019-W48
weeks: 75
follow_up: 40
replications: 2
seed: 5
arms: {projekt: 1, kontrol: 1}
subgroups: {alder: {ung: {share: 0.4}, andre: {share: 0.6}}}
intake: {persons: 60, weeks: 20, elapsed_weeks: 6, leaves_before: 0.02}
teams:
  team: {fte: 2, minutes_per_week: 300}
jobcentres: {ribe: {}, varde: {persons: 40}}
exits:
  job: {level: 0.05, lives_on: selvforsoergelse}
  education: {level: 0.01}
benefits:
  sygedagpenge: {share: 0.6, passes: {kontanthjaelp: {level: 0.05}}}
  kontanthjaelp: {share: 0.4, passes: {dagpenge: {level: 0.03}}}
  dagpenge: {}
job_spells: {hours: {37: 0.6, 20: 0.4}, end_intensity: {0: 0.15}, returns: 0.7, returns_to: dagpenge}
interventions:
  samtaler:
    kind: samtaler
    name: "=2+2"
    channels: {personlig: {minutes: 30, attendance: 0.8}}
    plans:
      plan: {arms: [projekt], team: team, channel: personlig, every: [{weeks: 1}]}
  praktik:
    kind: praktik
    name: "=Praktik & <b>"
    referral: {projekt: {weekly: 0.3, ready_week: {0: 1}}}
    places: 40
    matches_per_week: 10
    length_weeks: {4: 1}
"""
"""What a register can have: benefits that follow each other, jobs, returns, weeks before the run, week 53."""


def write(folder: pathlib.Path, text: str = MOVING, name: str = "moving.yaml") -> pathlib.Path:
    """The scenario in a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


BENEFITS: dict[str, Any] = {
    "benefits": {"dagpenge": {}, "kontanthjaelp": {}, "sygedagpenge": {}},
    "exits": {"job": {"level": 0.03}, "education": {"level": 0.01}, "fleksjob": {"level": 0.01}},
}
"""Whose states are dagpenge 0, kontanthjaelp 1, sygedagpenge 2, job 3, education 4, fleksjob 5."""


def by_hand(rows: Sequence[tuple[int, int, int, int]], scenario: Scenario, persons: int, hours: Any = None) -> Lives:
    """Lives of which every row is a person, a state, and its first and last day."""
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    none = np.zeros(0, dtype=np.int64)
    ends = columns[3] + 1
    return Lives(
        scenario, 0, np.arange(persons), np.zeros(persons, dtype=np.int64), np.zeros(persons, dtype=np.int64), {},
        hours, Episodes(columns[0], columns[1], columns[2], ends, ends < scenario.weeks * 7),
        Happenings(none, none, none, ()), {}, 0,
    )  # fmt: skip


def scenario_of(start: str, weeks: int) -> Scenario:
    """A scenario of those benefits."""
    return make(start=start, weeks=weeks, **BENEFITS)


def exported(lives: Lives, listed: Listed | None = None, language: Any = "en") -> Exported:
    """What is written of lives."""
    return Exported(lives, listed or read_codes(SHIPPED), Wording(Names(lives.scenario), language))


def there_and_back(lives: Lives, folder: pathlib.Path, locale: Locale = STORED) -> Dream:
    """Written as DREAM, and read again."""
    out = io.BytesIO()
    write_dream(exported(lives), out, locale)
    file = folder / "dream.csv"
    file.write_bytes(out.getvalue())
    return read_dream(file)


def run_of(file: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """The results folder of a run of a scenario, without pictures."""
    with pytest.MonkeyPatch.context() as patched:
        undraw(patched)
        told = answer("run", file, "--out", folder)
    return pathlib.Path(told["results_dir"])


def refused(*words: object, with_code: int = 2) -> str:
    """What `export` says when it refuses, and nothing of it is there."""
    done = cli("export", *words)
    assert done.exit_code == with_code, done.output
    assert "Traceback" not in done.output
    return done.stderr
