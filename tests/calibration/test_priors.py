"""Priors on their normal scale."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.special import ndtri

from calibration.priors import Prior, snapped, values

RANGES: dict[str, list[float]] = {
    "lognormal": [0.01, 0.1], "logitnormal": [0.2, 0.9], "normal": [-1.0, 3.0], "uniform": [2.0, 5.0],
    "loguniform": [0.5, 50.0],
}  # fmt: skip


def prior(distribution: str, **more: Any) -> Prior:
    return Prior.model_validate(
        {"distribution": distribution, "range": RANGES[distribution], "unit": "x", "why": "a test", **more}
    )


@pytest.mark.parametrize("distribution", RANGES)
def test_values_and_normal_scale_are_inverse(distribution: str) -> None:
    z = np.linspace(-3, 3, 25)
    assert prior(distribution).normal(prior(distribution).value(z)) == pytest.approx(z, abs=1e-6)


@pytest.mark.parametrize("distribution", RANGES)
def test_range_is_what_it_says(distribution: str) -> None:
    """Of quasi-random draws 95 % lie in it, or all where the range is all there is."""
    drawn = prior(distribution).value(ndtri((np.arange(10_000) + 0.5) / 10_000))
    inside = ((drawn >= RANGES[distribution][0]) & (drawn <= RANGES[distribution][1])).mean()
    assert inside == (1 if distribution.endswith("uniform") else pytest.approx(0.95, abs=2e-4))


def test_whole_numbers_are_equally_likely_to_the_ends() -> None:
    whole = prior("uniform", range=[5, 16], whole=True)
    drawn = whole.value(ndtri((np.arange(12_000) + 0.5) / 12_000))
    assert np.unique(drawn, return_counts=True)[1].tolist() == [1000] * 12
    assert whole.value(whole.normal(np.arange(5.0, 17.0))).tolist() == list(range(5, 17))
    assert np.abs(whole.normal(np.arange(5.0, 17.0))).max() < 2  # the middle of the outermost cells, not the far end


@pytest.mark.parametrize("distribution", ["uniform", "loguniform", "normal", "lognormal"])
def test_no_whole_number_lies_infinitely_far(distribution: str) -> None:
    """Nor does one of what lies above 0 become 0."""
    each = prior(distribution, range=[1, 6], whole=True)
    z = np.linspace(-8, 8, 401)
    assert np.abs(each.normal(each.value(z))).max() <= 8.5
    assert distribution == "normal" or each.value(z).min() == 1


def test_only_whole_numbers_move_when_snapped() -> None:
    priors = {"a": prior("lognormal"), "b": prior("uniform", whole=True)}
    z = np.array([[0.3, 0.1], [-1.2, 2.9]])
    moved = snapped(priors, z)
    assert moved[:, 0].tolist() == z[:, 0].tolist()
    assert priors["b"].value(moved[:, 1]).tolist() == priors["b"].value(z[:, 1]).tolist()
    assert values(priors, moved[0])["b"] == 4 and isinstance(values(priors, moved[0])["b"], int)


def test_what_is_left_of_one_goes_to_the_rest() -> None:
    places = prior("logitnormal", also=["b"], rest={"c": 0.3, "d": 0.7}).paths("a")
    assert places.values(0.4) == {"a": 0.4, "b": 0.4, "c": pytest.approx(0.18), "d": pytest.approx(0.42)}


@pytest.mark.parametrize(
    ("distribution", "more", "said"),
    [
        ("lognormal", {"range": [0.1, 0.01]}, "the lower end must come first"),
        ("lognormal", {"range": [0.0, 0.01]}, "a lognormal lies above 0"),
        ("loguniform", {"range": [-1.0, 1.0]}, "a loguniform lies above 0"),
        ("logitnormal", {"range": [0.5, 1.0]}, "between 0 and 1, without them"),
        ("logitnormal", {"whole": True}, "where there are no whole numbers"),
        ("uniform", {"range": [0.5, 3.0], "whole": True}, "ends in whole numbers (got 0.5, 3)"),
        ("uniform", {"rest": {"c": 1.5, "d": -0.5}}, "every part must be above 0 (got -0.5)"),
        ("uniform", {"rest": {"c": 0.3}}, "the parts must add up to 1 (they add up to 0.3)"),
        ("uniform", {"why": ""}, "at least 1 character"),
    ],
)
def test_impossible_priors_are_refused(distribution: str, more: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said.replace("(", r"\(").replace(")", r"\)")):
        prior(distribution, **more)
