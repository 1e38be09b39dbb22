"""A small world with something of every kind to move, and mischief in its names."""

from __future__ import annotations

import pathlib

EVIL = "<img src=x onerror=alert(1)> ![p](http://example.invalid/p.png) :red[a] **b**"
WORLD = f"""version: 2
name: {EVIL!r}
start: 2027-W40
weeks: 40
follow_up: 26
replications: 4
seed: 5
benefit: dagpenge
arms: {{alle: 1}}
watched: [never_seen]
intake: {{persons: 60, weeks: 10}}
teams:
  team: {{name: {EVIL!r}, fte: 0.3, minutes_per_week: 300}}
  dated: {{fte: {{value: 1, from: {{2027-W45: 2}}}}, minutes_per_week: 300}}
jobcentres: {{ribe: {{}}, vejle: {{teams: {{team: {{fte: 0.6}}}}}}}}
subgroups: {{fritagelse: {{fritages: {{share: 0.2}}, ja: {{share: 0.6}}, nej: {{share: 0.2}}}}}}
exits:
  job:
    level: {{value: 0.03, unit: per week, kind: assumed, source: invented, range: [0.02, 0.07]}}
    lives_on: selvforsoergelse
interventions:
  fri: {{kind: fritagelse, grounds: 0.1, course_week: 2, recorded: {{alle: 1}}, widened: {{run_week: 5, grounds: 0.3}}}}
  samtaler:
    kind: samtaler
    channels:
      personlig: {{minutes: 30, attendance: 1}}
      telefon: {{minutes: {{20: 0.5, 30: 0.5}}, attendance: 1}}
      brev: {{minutes: 1, attendance: 1, counts: false}}
    plans:
      listed:
        arms: [alle]
        levels: {{fritagelse: [ja, nej]}}
        team: team
        channel: personlig
        talks: {{value: [{{week: 2}}, {{week: 6}}, {{week: 9}}], kind: assumed, source: invented}}
        other_channel: {{channel: telefon, from_week: 4, share: 0.448}}
        then: {{plan: later, course_week: 12}}
      later:
        team: team
        channel: telefon
        every:
          - weeks: {{value: 5, unit: weeks, kind: published, source: a report, page: "7"}}
          - {{from_week: 20, weeks: 9}}
    effects: {{job: 1.6}}
    window_weeks: 4
  praktik:
    kind: praktik
    referral: {{alle: {{ready_week: 4, weekly: 0.1}}}}
    length_weeks: 4
    places: 6
    matches_per_week: 3
"""


def write(folder: pathlib.Path) -> pathlib.Path:
    """The world as a file."""
    file = folder / "small.yaml"
    file.write_text(WORLD, encoding="utf-8")
    return file
