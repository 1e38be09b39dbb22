"""Figures: a sentence as title, nothing on top of anything, lines that can be told apart, the numbers of the result."""

from __future__ import annotations

import json
import pathlib
import re
from itertools import combinations

import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Text

from simulation import sweep
from simulation.experiments.replicate import replicate
from simulation.report.figures.drawing import Picture, in_style
from simulation.report.figures.figures import FIGURES, draw_figure, draw_figures
from simulation.report.figures.looks import labels_beside, looks
from simulation.report.ran import Ran
from simulation.report.sweep.figures import chosen, draw_lines
from simulation.report.sweep.sheets import Sheet
from simulation.report.wording import Wording
from simulation.results.names import Figure
from simulation.results.tables.manifest import read_manifest
from simulation.scenario.load import load
from simulation.world.labels import LANGUAGES, Language
from tests.commands import cli
from tests.sweeps import write

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASE, LIMIT = (ROOT / "scenarios" / f"paa_rette_vej_{name}.yaml" for name in ("i_job", "graense_25"))
KEY = re.compile(r"[a-zæøå]_[a-zæøå]")


@pytest.fixture(scope="module")
def two() -> Ran:
    """A published trial, and what if there were a limit of 25 cases and half the staff."""
    return Ran(replicate([load(BASE), load(LIMIT)], 2))


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A small scenario with six numbers of staff."""
    base = load(write(tmp_path_factory.mktemp("six")))
    others = [base.with_({"teams.team.fte": n / 2}, f"{n} halves") for n in range(1, 6)]
    return Ran(replicate([base, *others], 4))


@pytest.fixture(scope="module", params=LANGUAGES)
def drawn(request: pytest.FixtureRequest, two: Ran) -> dict[str, Picture]:
    """All figures of the two, in one language."""
    return draw_figures(two, request.param)


def texts(picture: Picture) -> list[Text]:
    """All that is written in a picture and seen, where it stands after it is drawn."""
    if picture.stale:
        picture.canvas.draw()
    found = [text for text in picture.findobj(Text) if text.get_visible() and text.get_text().strip()]
    unseen = {id(text) for panel in picture.axes for axis in (panel.xaxis, panel.yaxis)
              for text in _beyond(axis)}  # fmt: skip
    return [text for text in found if id(text) not in unseen]


def _beyond(axis: object) -> list[Text]:
    """Labels of ticks that lie outside an axis, which are not drawn."""
    low, high = sorted(axis.get_view_interval())  # type: ignore[attr-defined]
    ticks = axis.get_major_ticks() + axis.get_minor_ticks()  # type: ignore[attr-defined]
    far = [t for t in ticks if not low - 1e-9 <= t.get_loc() <= high + 1e-9]
    return [label for tick in far for label in (tick.label1, tick.label2)]


def overlaps(picture: Picture) -> list[tuple[str, str]]:
    """Texts that lie on each other, or not wholly in the picture."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(picture)]
    wrong = [(one, "the edge") for one, box in boxes
             if box.x0 < -1 or box.y0 < -1 or box.x1 > picture.bbox.x1 + 1 or box.y1 > picture.bbox.y1 + 1]  # fmt: skip
    for (one, a), (other, b) in combinations(boxes, 2):
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1:
            wrong.append((one, other))
    return wrong


def test_nothing_lies_on_anything(drawn: dict[str, Picture], six: Ran) -> None:
    """In both languages, of two scenarios and of six; before and after it is said what made them."""
    assert set(drawn) == {"differences", "incidence", "talk_share", "caseload_and_waiting", "waiting_for_offers"}
    pictures = drawn | {name: draw_figure(six, name) for name in ("talk_share", "differences")}
    for name, picture in pictures.items():
        assert picture is not None and overlaps(picture) == [], name
    drawn["incidence"].sign("jobcentersim, " + "a long name of a scenario, " * 9)
    assert overlaps(drawn["incidence"]) == []


def test_titles_are_sentences_and_nothing_is_called_by_its_key(drawn: dict[str, Picture]) -> None:
    """And every figure says what it shows and what its bands are."""
    for name, picture in drawn.items():
        assert len(picture.title) > 20 and picture.caption and picture.band, name
        assert not [text.get_text() for text in texts(picture) if KEY.search(text.get_text())], name


def test_titles_tell_the_numbers(two: Ran) -> None:
    """They rise or fall where they do so measurably."""
    after = two.results[1].estimate("talk_share", "deltager").value
    title = draw_figure(two, "talk_share", "da").title  # type: ignore[union-attr]
    assert title.startswith("Uger med samtale (deltagere) falder fra 8")
    assert f"{100 * after:.1f}".replace(".", ",") in title
    alone = draw_figure(Ran(two.results[:1]), "talk_share").title  # type: ignore[union-attr]
    assert re.fullmatch(r"Weeks with a talk: participants 8\d\.\d %, controls 1\d\.\d %", alone)


def test_six_lines_have_six_looks(six: Ran) -> None:
    """Dash, marker and weight alone tell them apart, without colour; the key names each."""
    assert len({(look.dash, look.marker) for look in looks(6)}) == 6
    assert len({(look.colour, look.dash, look.marker) for look in looks(30)}) == 30
    picture = draw_figure(six, "talk_share")
    assert picture is not None
    panel = picture.axes[0]
    seen = [(str(line.get_linestyle()), line.get_marker(), line.get_linewidth()) for line in panel.get_lines()]
    assert len(seen) == len(set(seen)) == 6
    (key,) = picture.legends
    assert len(key.get_texts()) == 6 and sum("(base)" in text.get_text() for text in key.get_texts()) == 1


def test_lines_that_coincide_are_both_seen() -> None:
    """The first is wide and pale; markers of the others stand in weeks of their own."""
    first, *others = looks(6)
    assert first.width > 2 * max(look.width for look in others) - 2 and first.marker == "None"
    starts = [look.how(60, 6)["markevery"][0] for look in others]
    assert len(set(starts)) == len(starts)


def test_exits_and_who_is_left_add_up(two: Ran) -> None:
    """In every week the lines, over destinations, with the share without an exit: 100 %."""
    result = two.results[0]
    picture = draw_figure(Ran([result]), "incidence")
    assert picture is not None
    lines = np.array([[line.get_ydata() for line in panel.get_lines()] for panel in picture.axes])
    weeks = range(result.loaded.scenario.follow_up + 1)
    assert lines.shape == (3, 2, len(weeks))
    for n, arm in enumerate(["kontrol", "deltager"]):  # the reference first
        left = np.array([result.values(("exit_any", arm, week)).mean() for week in weeks])
        left[0] = 0.0  # before the first week nobody has left, which is no figure
        assert np.allclose(lines[:, n].sum(axis=0), 100 * left, atol=1e-9)
        assert 0.05 < left[-1] == result.estimate("exit_any", arm).value


def test_the_limit_is_a_line_and_empty_panels_are_left_out(two: Ran, six: Ran) -> None:
    """The limit of 25 cases stands where it is; nobody waits for a caseworker where there is no limit."""
    picture = draw_figure(two, "caseload_and_waiting")
    assert picture is not None
    assert "limit 25" in [text.get_text() for text in texts(picture)]
    assert any(np.all(np.asarray(line.get_ydata()) == 25) for line in picture.axes[0].get_lines())
    assert "Waiting for a caseworker" in [panel.get_title(loc="left") for panel in picture.axes]
    other = draw_figure(six, "caseload_and_waiting")
    assert other is not None
    assert "Waiting for a caseworker" not in [panel.get_title(loc="left") for panel in other.axes]


def test_published_lines_are_of_the_scenario_that_they_are_of(two: Ran) -> None:
    """A what-if that extends a trial has none: nobody has seen it."""
    own, other = (draw_figure(Ran([result]), "talk_share") for result in two.results)
    assert own is not None and other is not None
    assert sum("published" in text.get_text() for text in texts(own)) == 3
    assert sum("published" in text.get_text() for text in texts(other)) == 0


def test_labels_beside_a_panel_are_moved_apart() -> None:
    """However near their heights are, and at the top."""
    with in_style():
        picture = Picture(6, 3)
        panel = picture.subplots()
        panel.set_ylim(0, 100)
        labels_beside(panel, [(height, f"no. {height:g}", "black") for height in (10, 10.5, 11, 99, 99.5, 100)], 2.2)
        picture.finish("A title", "", "")
    assert overlaps(picture) == []


def test_a_figure_shows_itself_and_stands_in_a_page(two: Ran) -> None:
    """As PNG for any notebook; as SVG without anything from outside, in the same bytes each time."""
    picture = draw_figure(two, "talk_share")
    assert picture is not None
    svg = picture.svg()
    assert picture._repr_png_().startswith(b"\x89PNG")
    again = draw_figure(two, "talk_share")
    assert svg.startswith("<svg") and again is not None and svg == again.svg() and "<script" not in svg
    assert not re.findall(r'href="(?!#)', svg)
    assert two.results[0].plot("incidence", language="da")._repr_png_()[1:4] == b"PNG"
    with pytest.raises(KeyError, match="there is nothing to be seen"):
        two.results[0].plot("states")
    with pytest.raises(KeyError, match="there is no figure"):
        draw_figure(two, "incidents")
    assert next(iter(FIGURES)) == "differences"


def test_a_comparison_of_equals_has_no_differences(six: Ran) -> None:
    """Rather than an empty panel."""
    assert draw_figure(Ran([six.results[0], six.results[0]]), "differences") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_sweep_leaves_flat_panels_out(language: Language, tmp_path: pathlib.Path) -> None:
    """Exits do not hang on staff here; the key lies on no label."""
    swept = sweep(load(write(tmp_path)), {"teams.team.fte": [0.5, 1, 2], "teams.team.minutes_per_week": [200, 400]},
                  replications=5)  # fmt: skip
    figures, moving = chosen(swept)
    assert Figure("talk_share") in figures and set(moving) <= set(figures)
    assert not [figure for figure in figures if figure.outcome.startswith("exit_")]
    with in_style():
        picture = draw_lines(Sheet(swept, {}, ""), Wording(swept.grid.names, language), figures, False)
    assert overlaps(picture) == []
    assert len(picture.title) > 20 and not [t for t in texts(picture) if KEY.search(t.get_text())]


def test_figures_are_drawn_anew_in_another_language(tmp_path: pathlib.Path) -> None:
    """Of a result that is there: tables stay as they are, the manifest says which language it is in."""
    words = ["run", write(tmp_path), "--replications", 2, "--out", tmp_path / "out"]
    assert cli(*words).exit_code == 0
    (folder,) = (tmp_path / "out" / "small").iterdir()
    before = read_manifest(folder)
    drawn = {file.name: file.read_bytes() for file in (folder / "figures").iterdir()}
    assert cli(*words, "--lang", "da").exit_code == 0
    after = read_manifest(folder)
    assert after["tables"] == before["tables"] and after["run"]["language"] == "da"
    changed = {file.name: file.read_bytes() for file in (folder / "figures").iterdir()}
    assert changed.keys() == drawn.keys() and all(changed[name] != drawn[name] for name in drawn)
    assert "Uger med samtale" in changed["captions.md"].decode()
    assert "gentagelser" in changed["captions.md"].decode() and json.dumps(after)
    assert cli("verify", folder).exit_code == 0


def test_a_run_of_one_arm_has_one_dark_line(six: Ran) -> None:
    """It is held against nothing, so it need not be pale."""
    picture = draw_figure(Ran(six.results[:1]), "talk_share")
    assert picture is not None and [line.get_marker() for line in picture.axes[0].get_lines()] == ["None"]


@pytest.mark.filterwarnings("error")
def test_a_sign_that_no_font_has_is_no_warning() -> None:
    """A warning would stand before the answer, with folders of this machine in it."""
    picture = Picture(4, 2)
    picture.subplots().plot([0, 1], label="x")
    picture.finish("\U0001f469 \u05e9 \u0e01", "", "", {"\U0001f469": Line2D([0], [0])})
    assert picture.png() and picture.svg()


def test_cases_in_a_title_are_those_of_the_tables(tmp_path: pathlib.Path) -> None:
    """Of the weeks that are measured, not of those in which a team fills up."""
    settings = {"intake.weeks": 4, "measured_from": 3, "exits.job.level": 0, "teams.team.fte": 1}
    base = load(write(tmp_path)).with_(settings)
    ran = Ran(replicate([base, base.with_({"teams.team.fte": 2}, "Two")], 2))
    cases = [result.estimate("caseload", "team:team").value for result in ran.results]
    title = draw_figure(ran, "caseload_and_waiting").title
    assert re.findall(r"\d+", title.split(":")[1]) == [f"{number:.0f}" for number in cases], (title, cases)
