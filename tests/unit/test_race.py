"""The picture of a race of designs: who was in it for how long, how far from the best, and from the limits."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping

import numpy as np
import pytest

from simulation import best, load
from simulation.experiments.best.found import Found
from simulation.report.best.race import MOST_LINES, race
from simulation.report.figures.drawing import Picture
from simulation.results.selection.aims import Chosen, Fate
from tests.cli.test_best import answer
from tests.sweeps import write
from tests.unit.test_figures import overlaps

LIMITS: Mapping[str, list[str]] = {"at_most": ["utilisation=93%+-1pp"]}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The larger the staff, the more talks are held; one alone is beyond the limit."""
    small = load(write(tmp_path_factory.mktemp("race")))
    return best(small, over={"teams.team.fte": [1, 3, 3.5, 4]}, of="talk_share", zone="2pp", **LIMITS)


def bars(picture: Picture) -> list[float]:
    """How long the bars are, from the uppermost down."""
    return [float(bar.get_width()) for bar in picture.axes[-1].patches]


def test_it_shows_what_the_table_has(found: Found) -> None:
    """A bar is as long as a design was in the race; a line ends where its figures in the table are."""
    table, picture = found.table(), race(found)
    assert bars(picture) == table.replications.tolist() and len(set(bars(picture))) > 1
    apart, limit, last = picture.axes
    for panel, column in ((apart, "behind"), (limit, "limit1_value")):
        ends = {(float(line.get_xdata()[-1]), round(float(line.get_ydata()[-1]) / 100, 9)) for line in panel.lines}  # type: ignore[index]
        for row in table.itertuples():
            assert (row.replications, round(getattr(row, column), 9)) in ends, (column, row.title)
    became = [text.get_text().split(", ")[1] for text in last.texts]
    assert became[0] == "best" and {"dropped", "beyond a limit"} <= set(became)
    assert picture.title.startswith("The best is teams.team.fte") and picture.caption and picture.band


@pytest.mark.parametrize("language", ["en", "da"])
def test_nothing_lies_on_anything(found: Found, language: str) -> None:
    picture = found.plot(language)
    picture.sign("jobcentersim, " + "a long name of a scenario, " * 6)
    assert overlaps(picture) == [] and picture._repr_png_()[1:4] == b"PNG"
    assert ("forskel fra den bedste" in picture.axes[0].get_title(loc="left")) == (language == "da")


def test_of_many_designs_some_have_a_look_and_without_a_best_levels_are_shown(found: Found) -> None:
    """As where all are left undecided, and one has no figure in a replication."""
    many = best(found.designs.loaded[0], over={"teams.team.fte": {"start": 1, "stop": 20, "step": 1}}, of="exit_job",
                zone="30pp", most=10)  # fmt: skip
    values = [np.array(rows) for rows in many.values]
    values[-1][0][3] = np.nan
    fates = [Fate([]) for _ in values[:-1]] + [Fate([], "unknown")]
    undecided = Found(many.designs, many.goal, Chosen(None, tuple(fates), many.chosen.values, False), tuple(values))
    picture = race(undecided)
    assert len(bars(picture)) == 14 and "6 further ones" in picture.caption
    assert len(picture.legends[0].get_texts()) == MOST_LINES + 1 and overlaps(picture) == []
    shown = {round(float(line.get_ydata()[-1]), 6) for line in picture.axes[0].lines}  # type: ignore[index]
    assert round(100 * undecided.estimate(0).value, 6) in shown and len(picture.axes[0].lines) >= 19


def test_a_swept_key_is_not_drawn(found: Found) -> None:
    staff = best(found.designs.loaded[0], over={"teams.team.fte": [1, 2]}, of="teams.team.fte", least=True, **LIMITS)
    assert len(race(staff).axes) == 2


def test_it_lies_in_the_folder(tmp_path: pathlib.Path) -> None:
    words = ["--over", "teams.team.fte=1,3", "--of", "talk_share", "--zone", "2pp"]
    folder = pathlib.Path(answer(write(tmp_path), *words, "--out", tmp_path)["results_dir"])
    assert sorted(file.name for file in (folder / "figures").iterdir()) == ["captions.md", "race.png"]
    assert "out of the race" in (folder / "figures" / "captions.md").read_text(encoding="utf-8")
