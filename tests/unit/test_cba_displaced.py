"""Whose lost jobs the account holds, and what is left net of the others."""

from __future__ import annotations

import pathlib

import pytest

from simulation import cba
from simulation.report.economy.words import Telling
from simulation.scenario.load import load
from tests.priced import (
    write_once,
)


@pytest.mark.parametrize(("settings", "told"), [
    ({}, "jobs may be taken from others is not reckoned"),
    ({"displacement": 0.3}, "their loss is in the account"),
    ({"displacement": 0.3, "market_share": 0.4}, "up to 60 % of such jobs, is not"),
])  # fmt: skip
def test_what_is_told_of_displacement(tmp_path: pathlib.Path, settings: dict[str, object], told: str) -> None:
    base, other, prices = write_once(tmp_path)
    found = cba(load(base).with_(settings), load(other).with_(settings), prices=str(prices), replications=2)
    assert told in " ".join(Telling(found).minds())


def test_what_others_outside_lose_is_taken_off(tmp_path: pathlib.Path) -> None:
    """Of jobs added a share δ is displaced, of which the share m falls on the run: 1 − δ m are left in it, and 1 − δ in
    all. In intensities exactly so; of jobs, which are at most one a person and week, nearly."""
    base, other, prices = write_once(tmp_path)
    settings = {"displacement": 0.3, "market_share": 0.4, "intake.persons": 400, "teams.team.fte": 1}
    with_talks = {**settings, "teams.team.fte": 12}
    found = cba(load(base).with_(settings), load(other).with_(with_talks), prices=str(prices), replications=8)
    (each,) = found.against
    assert each.left.low <= each.left.value <= each.left.high
    assert each.left.value == pytest.approx((1 - 0.3) / (1 - 0.3 * 0.4), abs=0.02)
    effort, public = each.effort.value, each.net["public"][-1].value
    assert each.public_left.value == pytest.approx((public + effort) * each.left.value - effort)
    assert "net of displacement" in found.answer() and "fratrukket fortrængning" in found.answer("da")
    assert "of the change in work and benefits is left" in " ".join(Telling(found).minds())
    all_here = ({**one, "market_share": 1.0} for one in (settings, with_talks))
    pair = (load(file).with_(one) for file, one in zip((base, other), all_here, strict=True))
    inside = cba(*pair, prices=str(prices), replications=2)
    assert tuple(inside.against[0].left) == (1, 1, 1) and "net of displacement" not in inside.answer()
