"""Figures of a rehearsed trial: which there are, that nothing lies on anything, that they show the figures found."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from simulation.experiments.trial.found import Rehearsed
from simulation.report.figures.drawing import Picture
from simulation.report.trial.figures import draw_trial, drawn_test, lines_along, trial_pictures
from simulation.results.trial.operating import Point
from simulation.world.labels import LANGUAGES
from tests.rehearsals import NEEDED, PRIMARY, Invented, curve, point, rehearsed, small
from tests.unit.test_figures import overlaps


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """A trial that was rehearsed in several sizes, with staff that follows and staff that is held."""
    return rehearsed(small(tmp_path_factory.mktemp("sizes")), curve(), NEEDED)


@pytest.fixture(scope="module", params=LANGUAGES)
def pictures(request: pytest.FixtureRequest, sizes: Rehearsed) -> dict[str, Picture]:
    """Its figures in one language."""
    return dict(trial_pictures(sizes, request.param))


def test_the_figures(pictures: dict[str, Picture]) -> None:
    """Power and the smallest effect by persons, and the estimates; every title says the figure that it is about."""
    assert list(pictures) == ["power_by_persons", "smallest_by_persons", "estimates"]
    assert "27" in pictures["power_by_persons"].title and "1040 [960; 1130]" in pictures["power_by_persons"].title
    assert pictures["estimates"].title.startswith("108 ")
    for name, picture in pictures.items():
        assert overlaps(picture) == [], name
        assert picture.caption and picture.band and "{" not in picture.title + picture.caption


def test_power_is_drawn_as_it_was_found(sizes: Rehearsed, pictures: dict[str, Picture]) -> None:
    """A line for each way to staff it, at the sizes that were rehearsed, ascending."""
    (panel,) = pictures["power_by_persons"].axes
    lines = {tuple(line.get_xdata()): line.get_ydata() for line in panel.get_lines() if len(line.get_xdata()) == 5}
    assert list(lines) == [(150, 300, 600, 1200, 2400)]
    for staff, color in (("follows", "#4C97CC"), ("held", "#B33C00")):
        drawn = next(line for line in panel.get_lines() if line.get_color() == color and len(line.get_xdata()) == 5)
        found = sorted((p for p in sizes.points if p.staff == staff), key=lambda p: p.persons)
        np.testing.assert_allclose(drawn.get_ydata(), [100 * p.operating[PRIMARY].power.value for p in found])


def test_every_rehearsal_is_in_the_estimates(sizes: Rehearsed, pictures: dict[str, Picture]) -> None:
    """The bars hold all 400, the dark ones those with p of at most 0.05."""
    (panel,) = pictures["estimates"].axes
    bars = [patch for patch in panel.patches if isinstance(patch, Rectangle)]
    dark = sum(bar.get_height() for bar in bars if bar.get_facecolor()[0] < 0.1)
    assert sum(bar.get_height() for bar in bars) == 400
    assert dark == (sizes.chief.estimates.p <= 0.05).sum() == 108


def test_along_which_axis(sizes: Rehearsed) -> None:
    """Sizes with other jobcentres lie along jobcentres alone; a single size along nothing."""
    by_jobcentres = rehearsed(sizes.loaded, curve("jobcentres", ["follows"]))
    assert lines_along(by_jobcentres, "persons") == []
    (line,) = lines_along(by_jobcentres, "jobcentres")
    assert [p.jobcentres for p in line.points] == [2, 4, 8, 16, 32]
    assert lines_along(sizes, "jobcentres") == []
    both: list[Point] = [*curve("persons", ["follows"]), *curve("jobcentres", ["follows"])[1:]]
    mixed = rehearsed(sizes.loaded, both)
    assert [p.persons for p in lines_along(mixed, "persons")[0].points] == [150, 300, 600, 1200, 2400]
    assert lines_along(mixed, "jobcentres")[0].points[1] is mixed.own


def test_a_log_rank_test_has_no_estimates(sizes: Rehearsed, tmp_path: pathlib.Path) -> None:
    """Those of the difference are drawn in its place; without one there is nothing to draw."""
    log_rank = PRIMARY._replace(measure="log_rank")
    alone = Invented().operating(log_rank)
    alone.estimates.estimate[:] = np.nan
    of = point()
    found = rehearsed(sizes.loaded, [Point(300, 4, "follows", 400, {log_rank: alone, **of.operating}, of.truths, {})])
    assert drawn_test(found) == PRIMARY
    nothing = rehearsed(sizes.loaded, [Point(300, 4, "follows", 400, {log_rank: alone}, of.truths, {})])
    assert drawn_test(nothing) is None
    draw_trial(nothing, tmp_path, "made")
    assert [file.name for file in tmp_path.iterdir()] == ["captions.md"]
