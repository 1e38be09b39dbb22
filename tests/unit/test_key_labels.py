"""What a changed key is called in a report: by its last step that has words, or by two steps that have them."""

from __future__ import annotations

import pytest

from simulation.report.handed.keys import key_label, key_unit
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.scenario.load import load
from tests.founding import SHIPPED

NAMES = Names(load(SHIPPED / "base_kontanthjaelp.yaml").scenario)


@pytest.mark.parametrize(
    ("key", "english", "danish"),
    [
        ("channels.personlig.minutes", "Minutes of a talk", "Minutter pr. samtale"),
        ("staff.minutes", "Minutes of staff", "Minutter af medarbejderes tid"),
        ("left_minutes.0.minutes", "Minutes of further help", "Minutter til videre hjælp"),
        ("attendance.trust.per_talk", "Trust from earlier talks", "Tillid fra tidligere samtaler"),
        ("plans.ugentlig.by_need.0.weeks", "Talks by need", "Samtaler efter behov"),
        ("plans.ugentlig.by_need.0.helped_by", "Talks by need", "Samtaler efter behov"),
        ("plans.ny.spells.since", "Spells that the plan is for", "Forløb, som planen gælder for"),
        ("plans.ny.spells.under_way", "Those under way go over to the plan", "De igangværende går over på planen"),
        ("breakdown.helped_by.mentor", "Breaking off with help", "Afbrud, når der er hjælp"),
        ("referral.deltager.sooner_per_talk", "Weeks by which a talk makes ready sooner",
         "Uger, en samtale gør klar tidligere"),
    ],
)  # fmt: skip
def test_keys_are_called_in_words(key: str, english: str, danish: str) -> None:
    here = f"interventions.samtaler.{key}"
    assert key_label(here, Wording(NAMES, "en")).startswith(f"{english}, ")
    assert key_label(here, Wording(NAMES, "da")).startswith(f"{danish}, ")


def test_units_are_told_in_the_language() -> None:
    """Those of one-off costs, too."""
    units = ("odds ratio", "times", "ISO week")
    assert [key_unit(unit, Wording(NAMES, "da")) for unit in units] == ["oddsratio", "gange", "ISO-uge"]
    assert [key_unit(unit, Wording(NAMES, "en")) for unit in units] == [*units]
