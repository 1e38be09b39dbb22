"""The page in Streamlit's own harness, without a browser: what it shows and when. `python3 tasks.py app` runs it."""

from __future__ import annotations

import pathlib
import time

import pytest

from simulation.app import server, words
from simulation.app.words import AREAS, NO_ENTRY
from tests.app.world import EVIL, write

pytestmark = pytest.mark.browser
TOKEN = "a-token"


@pytest.fixture
def page(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """The page on a study with one scenario, by its token."""
    from streamlit.testing import v1

    write(tmp_path)
    monkeypatch.setenv(server.ASKED, server.Asked(str(tmp_path), TOKEN, "da", 1).text())
    found = v1.AppTest.from_file(str(server.PAGE), default_timeout=60)
    found.query_params["token"] = TOKEN
    yield found
    if "live" in found.session_state:
        found.session_state["live"].close()


def shown(page) -> str:  # type: ignore[no-untyped-def]
    """All that is read on the page."""
    of_html = [element.proto.body for element in page.get("html")]
    titles = (*page.title, *page.header)
    read = (*titles, *page.markdown, *page.info, *page.error, *page.caption, *page.code, *page.success)
    return "\n".join([*of_html, *(str(element.value) for element in read)])


def press(page, label: str) -> None:  # type: ignore[no-untyped-def]
    next(button for button in page.button if button.label == label).click().run()


def until_known(page, replications: int, changed: bool):  # type: ignore[no-untyped-def]
    """Look again until so many replications are there, of the base alone or with the changes."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page.run()
        seen = page.session_state["live"].look()
        if seen is not None and seen.replications >= replications and (len(seen.results) == 2) == changed:
            return page.run()
        time.sleep(0.1)
    raise AssertionError(shown(page))


@pytest.mark.parametrize("token", ["", "another", "ærø", TOKEN + "x"])
def test_nothing_is_shown_without_the_token(page, token: str) -> None:  # type: ignore[no-untyped-def]
    page.query_params["token"] = token
    page.run()
    assert shown(page) == NO_ENTRY and not page.selectbox and not page.radio and "live" not in page.session_state


def test_a_scenario_is_picked_moved_and_saved(page, tmp_path: pathlib.Path) -> None:  # type: ignore[no-untyped-def]
    """Own scenarios come first; what is moved is simulated and shown, in both languages; the file lies in the
    folder."""
    page.run()
    assert not page.exception and page.selectbox[0].value is None
    own = page.selectbox[0].options[0]
    assert own == "egen: small.yaml"
    page.selectbox[0].select(str(tmp_path / "small.yaml"))
    until_known(page, 5, changed=False)
    assert not page.exception and [each.label for each in page.expander] == [label.da for label in AREAS.values()]
    assert len(page.select_slider) == 15
    slider = next(each for each in page.select_slider if each.label.startswith("Fuldtidsstillinger"))
    slider.set_value(0.6)
    until_known(page, 5, changed=True)
    assert "0,3 → 0,6" in shown(page) and "viser simulationsfejl" in shown(page)
    page.radio[0].set_value("en").run()
    assert "0.3 → 0.6" in shown(page).replace("\\", "") and "show simulation error" in shown(page)
    page.text_input[0].set_value("My own").run()
    press(page, words.SAVE.en)
    assert not page.exception and (tmp_path / "my_own.yaml").exists(), shown(page)
    assert {file.name for file in tmp_path.iterdir()} == {"small.yaml", "my_own.yaml"}
    press(page, words.RESET.en)
    assert page.session_state["live"].design is None


def test_text_of_a_file_is_shown_as_it_is_written(page, tmp_path: pathlib.Path) -> None:  # type: ignore[no-untyped-def]
    """No sign of it is left that Markdown would read."""
    page.run().selectbox[0].select(str(tmp_path / "small.yaml"))
    until_known(page, 5, changed=False)
    (title,) = page.header
    assert title.value != EVIL and title.value.replace("\\", "") == EVIL
    for label in (each.label for each in page.select_slider):
        assert "<" not in label.replace("\\<", "") and "](" not in label.replace("\\](", "")


def test_levers_follow_a_file_that_is_edited(page, tmp_path: pathlib.Path) -> None:  # type: ignore[no-untyped-def]
    """Nothing is moved then: a lever is where the file has it, also where it could not be before."""
    file = tmp_path / "small.yaml"
    page.run().selectbox[0].select(str(file)).run()

    def staff():  # type: ignore[no-untyped-def]
        return next(each for each in page.select_slider if each.label.startswith("Fuldtidsstillinger"))

    staff().set_value(0.6).run()
    assert staff().value == 0.6 and page.session_state["design"]
    edited = file.read_text(encoding="utf-8").replace("fte: 0.3", "fte: 70").replace("places: 6", "places: 6000")
    file.write_text(edited, encoding="utf-8")
    page.run()
    assert not page.exception and staff().value == 70 and page.session_state["design"] == {}


def test_a_wrong_file_is_told_with_its_place(page, tmp_path: pathlib.Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "wrong.yaml").write_text("version: 2\nextends: small.yaml\nteems: {}\n", encoding="utf-8")
    page.run().selectbox[0].select(str(tmp_path / "wrong.yaml")).run()
    assert not page.exception and "wrong.yaml:3:1" in shown(page) and "did you mean 'teams'" in shown(page)
    (tmp_path / "wrong.yaml").write_text("version: 2\nextends: small.yaml\nname: Mended\n", encoding="utf-8")
    until_known(page, 5, changed=False)  # it is read again when it has changed
    assert page.header[0].value == "Mended"
