"""Posts that a delivery implies where minutes are not those of the fit: in closed form, and in what is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.posts import LESS, STEPS, implied, places_of, posts_of
from simulation.scenario.extended import extended_of
from simulation.scenario.load import load
from tests.founding import SHIPPED
from tests.helpers import loaded, samtaler

IDLE = "aht_577_minutter", "myndighed"
"""A team that is asked for nothing."""
SCENARIOS = sorted((SHIPPED / "hvad_hvis").glob("*_577_minutter.yaml"))


@pytest.mark.parametrize("figures", [{}, {"team": ("talk_share", "alle")}], ids=["minutes", "a figure"])
@pytest.mark.parametrize(("persons", "due"), [(20, 600), (200, 1800)])
def test_as_much_as_in_the_fit_but_for_one_in_a_hundred(
    persons: int, due: int, figures: dict[str, tuple[str, str]]
) -> None:
    """Talks of 30 minutes every week: of 20 they take 600 minutes of the 1800 that there are, of 200 all of them. With
    600 minutes each, that is what one post has, or three."""
    lives = {"exits": {"job": {"level": 0.0}}, "weeks": 12, "intake": {"persons": persons, "weeks": 1}}
    base = loaded(
        teams={"team": {"fte": 2, "minutes_per_week": 900}}, interventions={"s": samtaler({"every": [{"weeks": 1}]})},
        **lives,
    )  # fmt: skip
    (team,) = implied(base, base.with_({"teams.team.minutes_per_week": 600}), figures, draws=2)
    assert (team.team, team.fte) == ("team", 2)
    step = 3 / 2**STEPS + 30 / 600  # and talks are whole
    assert team.implied == pytest.approx([due / 600 * (1 - LESS)] * 2, abs=step)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_posts_with_577_minutes_are_calibrated(path: Path) -> None:
    """Every number of posts of a team that does anything; together no more than have as much time as in the fit."""
    what_if = load(path)
    extended = extended_of(what_if, {})
    assert extended is not None and extended.loaded is not None
    base = extended.loaded
    rows = {row["path"]: row for row in what_if.parameters()}
    for name, team in base.scenario.teams.items():
        assert what_if.scenario.teams[name].minutes_per_week == 577 < team.minutes_per_week
        enough = posts_of(base, name) * team.minutes_per_week / 577
        assert posts_of(what_if, name) <= enough * 1.01
        if (path.stem, name) != IDLE:
            assert {rows[place]["kind"] for place in places_of(what_if, name)} == {"calibrated"}


@pytest.mark.slow
def test_esbjergs_advisers_are_those_that_the_what_if_has() -> None:
    """The number that is shipped comes of the same twelve draws again."""
    base, what_if = load(SHIPPED / "esbjerg_tidlig_indsats.yaml"), load(SHIPPED / "hvad_hvis/esbjerg_577_minutter.yaml")
    other = base.with_({"teams.projekt.minutes_per_week": 577})
    (advisers,) = implied(base, other, {"projekt": ("talks_stayers", "projekt")}, draws=12)
    assert advisers.implied.mean() == pytest.approx(posts_of(what_if, "projekt"), abs=0.01)
    assert advisers.interval == pytest.approx((5.65, 6.95), abs=0.01)
