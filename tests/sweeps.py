"""A small scenario to sweep. Ten ledige who never leave have a talk of 30 minutes every week, and a full-time member of
staff has 100 minutes: so three are enough, and with two one talk in three is late."""

from __future__ import annotations

import pathlib

SMALL = """version: 2
name: Small
start: 2026-W01
weeks: 20
follow_up: 16
replications: 3
seed: 5
arms: {{alle: 1}}
intake: {{persons: {persons}, weeks: 1}}
teams:
  team: {{fte: {fte}, minutes_per_week: {minutes}}}
jobcentres: {{ribe: {{}}}}
exits:
  job: {{level: {level}}}
interventions:
  samtaler:
    kind: samtaler
    channels: {{personlig: {{minutes: 30, attendance: {attendance}}}}}
    plans:
      plan: {{arms: [alle], team: team, channel: personlig, every: [{{weeks: 1}}]}}
"""
MOVING = {"persons": 60, "fte": 2, "minutes": 300, "level": 0.05, "attendance": 0.8}
STILL = {"persons": 10, "fte": 2, "minutes": 100, "level": 0, "attendance": 1}


def write(folder: pathlib.Path, block: str = "", still: bool = False) -> pathlib.Path:
    """The scenario in a file, with a sweep block; `still`: with a known answer instead of luck."""
    path = folder / "small.yaml"
    path.write_text(SMALL.format(**(STILL if still else MOVING)) + block, encoding="utf-8")
    return path
