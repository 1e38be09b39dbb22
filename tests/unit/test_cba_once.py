"""What is paid once: nothing of it moves what is simulated, and it needs a price."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest

from simulation import cba
from simulation.economy.items import Item
from simulation.economy.quantities import quantities_of
from simulation.large import run_batch
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from tests.priced import (
    COURSE,
    write_once,
)


def test_what_is_paid_once_needs_a_price_before_anything_is_run(tmp_path: pathlib.Path) -> None:
    base, other, prices = write_once(tmp_path)
    of_any = f"any: {{price: {{value: {COURSE}"
    text = prices.read_text(encoding="utf-8")
    assert text.count(of_any) == 1
    prices.write_text(text.replace(of_any, of_any.replace("any", "mad")), encoding="utf-8")
    with pytest.raises(InputProblems, match=r"no price of one-off cost kursus: write .prices\.once\.kursus"):
        cba(load(base), load(other), prices=str(prices), replications=1)


def test_what_is_paid_once_moves_nothing_that_is_simulated(tmp_path: pathlib.Path) -> None:
    base, _, _ = write_once(tmp_path)
    plain = load(base).scenario
    paying = load(base).with_({"once": {"it": {"week": "2028-W10"}}}).scenario
    one, other = (run_batch(scenario, [0, 1]) for scenario in (plain, paying))
    assert np.array_equal(one.register.codes, other.register.codes)
    counted, again = (quantities_of(s, w) for s, w in ((plain, one), (paying, other)))
    assert again.of.keys() - counted.of.keys() == {Item("once", "it")}
    assert all(np.array_equal(counted.of[item], again.of[item]) for item in counted.of)
    assert again.of[Item("once", "it")].tolist() == [[0, 1], [0, 1]]
    assert Item("once", "it") not in quantities_of(paying, other, "alle").of
