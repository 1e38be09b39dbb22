"""Both engines tell the same where some talks are longer than a desk's whole week: nobody waits behind them."""

from __future__ import annotations

import pytest

from .tables import third
from .test_equal import assert_same_counts, assert_same_teams, assert_same_weeks, both

PERSONLIG = "interventions.samtaler.channels.personlig"
VARIANTS = (
    ("bemanding", f"{PERSONLIG}.minutes={{25: 0.4, 35: 0.3, 260: 0.3}}"),
    ("bemanding", f"{PERSONLIG}.minutes={{25: 0.5, 110: 0.5}}", "teams.foerste.substitution=none"),  # cut, it may fit
    ("bemanding", f"{PERSONLIG}.minutes={{25: 0.5, 150: 0.5}}", "teams.foerste.absence={}", "teams.tredje.absence={}",
     "interventions.samtaler.priority=lot", "interventions.samtaler.need={}"),
    ("bemanding", "teams.partner.minutes_per_week=40"),  # nobody can ever sit in
    ("bemanding", "interventions.kontakt.channels.moede.minutes={20: 0.6, 900: 0.4}"),
    ("gruppe", "interventions.samtaler.channels.gruppe.minutes=200"),
    ("gruppe", f"{PERSONLIG}.minutes={{20: 0.5, 400: 0.5}}", "teams.projekt.squeeze=null"),
    ("lister", f"{PERSONLIG}.minutes={{20: 0.7, 900: 0.3}}"),
    ("teams", f"{PERSONLIG}.minutes={{20: 0.7, 900: 0.3}}"),
    ("pakke", "interventions.tilbud.parts.motion.referral_minutes=5000"),
)  # fmt: skip


@pytest.mark.parametrize("variant", third(VARIANTS, 0), ids=lambda variant: " ".join(variant)[:60])
def test_nobody_waits_behind_what_can_never_be_held(variant: tuple[str, ...]) -> None:
    name, *settings = variant
    pair = both(name, 1, *settings)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)
