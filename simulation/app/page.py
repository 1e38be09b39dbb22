"""The page, which Streamlit carries out from top to bottom whenever something is moved.

Nothing is shown before the token is right. What a file or a person says is shown as it is written, never read as
Markdown or HTML.
"""

from __future__ import annotations

import hmac
import pathlib
import shlex
import time
from typing import Any, NamedTuple

import streamlit as st

from simulation.app import words
from simulation.app.kept import Making, NotSaved, overlay, save
from simulation.app.levers import Lever, Value, changes_of, levers_of
from simulation.app.live import Live, designed
from simulation.app.markup import shown
from simulation.app.picked import Picked, read, scenarios
from simulation.app.plain import plain_text
from simulation.app.server import Asked
from simulation.app.shown import InWords
from simulation.experiments.forecast import TooLarge
from simulation.experiments.pool import get_ready
from simulation.scenario.changes import title_of
from simulation.scenario.files.problems import InputProblems, render
from simulation.world.labels import Label, Language

EVERY, AT_ONCE, PATIENCE = 0.3, 0.05, 2.0
"""Seconds between looks at what has come, those that a look waits for something, and those that the page waits for the
first figures of a move."""
STYLE = pathlib.Path(__file__).with_name("page.css")


class Moved(NamedTuple):
    """What is on the page: the scenario, the keys that its levers change, and those changes in words."""

    picked: Picked
    changes: dict[str, Any]
    what: str


def page() -> None:
    """All of it."""
    asked = Asked.read()
    language: Language = st.session_state.get("language", asked.language)
    st.set_page_config(page_title=words.TITLE.told(language), layout="wide")
    if not hmac.compare_digest(st.query_params.get("token", "").encode(), asked.token.encode()):
        st.error(words.NO_ENTRY)
        st.stop()
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
    folder = pathlib.Path(asked.folder)
    with st.sidebar:
        st.radio(words.LANGUAGE.told(language), list(words.LANGUAGES), key="language", horizontal=True,
                 index=list(words.LANGUAGES).index(language), format_func=words.LANGUAGES.__getitem__)  # fmt: skip
        language = st.session_state["language"]
        name = _pick(folder, language)
        moved = None if name is None else _levers(name, folder, asked, language)
    if isinstance(moved, Moved):
        _results(moved, asked, language)
    elif moved is not None:  # beside the levers there is no room for it
        _wrong(words.CANNOT_READ, moved, language)
    else:
        st.title(plain_text(words.TITLE.told(language)))
        st.info(words.PICK.told(language))


def _pick(folder: pathlib.Path, language: Language) -> str | None:
    found = scenarios(folder, language)
    name: str | None = st.selectbox(
        words.SCENARIO.told(language), list(found), index=None, key="scenario",
        format_func=lambda key: found.get(key, key),
    )  # fmt: skip
    return name


def _levers(name: str, folder: pathlib.Path, asked: Asked, language: Language) -> Moved | str:
    """The levers of a scenario, and what they say; or why it cannot be used."""
    try:
        picked = read(name, folder)
        live = st.session_state.get("live")
        anew = live is None or live.base is not picked.loaded
        if anew:
            if live is not None:
                live.close()
            get_ready()
            st.session_state["live"] = Live(picked.loaded, asked.workers)
            st.session_state["design"] = None
            st.session_state.pop("making", None)
    except (InputProblems, TooLarge) as error:
        return render(error.problems) if isinstance(error, InputProblems) else str(error)
    levers, told = levers_of(picked.loaded), InWords(picked.loaded, language)
    if anew:  # what its levers said of the file as it was before is no move of the file as it is
        _reset(picked, levers)
    if not levers:
        st.info(words.NOTHING_TO_MOVE.told(language))
    chosen: dict[str, Value] = {}
    for area, label in words.AREAS.items():
        of_area = [lever for lever in levers if lever.area == area]
        if of_area:
            with st.expander(label.told(language), expanded=area == "staff"):
                chosen |= {lever.key: _lever(picked, lever, told, language) for lever in of_area}
    st.button(words.RESET.told(language), on_click=_reset, args=(picked, levers))
    changes = changes_of(picked.loaded, levers, chosen)
    return Moved(picked, changes, "; ".join(told.changed(levers, chosen)))


def _key(picked: Picked, lever: Lever) -> str:
    return f"{picked.name} {lever.key}"


def _reset(picked: Picked, levers: list[Lever]) -> None:
    for lever in levers:
        st.session_state[_key(picked, lever)] = lever.base


def _lever(picked: Picked, lever: Lever, told: InWords, language: Language) -> Value:
    about = words.BASE_IS.told(language, value=told.position(lever, lever.base))
    if lever.own:
        about = f"{about} {words.HAVE_OWN.told(language, n=lever.own)}"
    about = plain_text(f"{lever.key}. {about}")
    st.session_state.setdefault(_key(picked, lever), lever.base)
    value: Value = st.select_slider(
        plain_text(told.called(lever)), lever.values, key=_key(picked, lever), help=about,
        format_func=lambda value: plain_text(told.position(lever, value)),
    )  # fmt: skip
    return value


def _results(moved: Moved, asked: Asked, language: Language) -> None:
    live, base = st.session_state["live"], moved.picked.loaded
    st.header(plain_text(title_of(base.scenario, language == "da")))
    st.caption(plain_text(moved.picked.name))
    if moved.what:
        st.markdown(f"**{words.CHANGED.told(language)}** {plain_text(moved.what)}")
    else:
        st.caption(words.NOTHING_CHANGED.told(language))
    title = words.NAMED.told(language, base=title_of(base.scenario, language == "da"))
    try:
        if st.session_state["design"] != moved.changes:
            live.move(designed(base, moved.changes, title) if moved.changes else None)
            st.session_state["design"] = moved.changes
        st.session_state["what"] = moved.what
    except InputProblems as error:
        st.session_state["design"] = None
        _wrong(words.REFUSED, render(error.problems), language)
        return
    st.fragment(_look, run_every=EVERY if live.working else None)(live, language, [])
    st.divider()
    _keep(moved, asked, title, language)


def _look(live: Live, language: Language, looks: list[int]) -> None:
    """What has come so far, in one piece, so that no two parts of it are of different moments; the whole page once more
    when all has, which ends the looking. Never at the first of the `looks`, which is within the whole page: what was
    pressed is done below."""
    seen = live.look(AT_ONCE)
    if looks and not live.working:
        st.rerun()
    looks.append(0 if seen is None else seen.replications)
    text = shown(live, seen, st.session_state["what"], language)
    if not live.waiting:
        st.html(text)
    else:
        place, until = st.empty(), time.monotonic() + PATIENCE
        place.html(text)
        while live.waiting and time.monotonic() < until:
            seen = live.look(AT_ONCE)
            st.session_state["what"]  # here another move breaks off the waiting
        place.html(shown(live, seen, st.session_state["what"], language))
    if seen is not None and seen.no_price:
        with st.expander(words.NO_MONEY.told(language)):
            st.code(render(seen.no_price), language=None, wrap_lines=True)


def _keep(moved: Moved, asked: Asked, title: str, language: Language) -> None:
    """The design as a file, and what the command line makes of it."""
    st.subheader(words.KEEP.told(language))
    if not moved.changes:
        st.caption(words.MOVE_FIRST.told(language))
        return
    folder, name = pathlib.Path(asked.folder), moved.picked.name
    named = st.text_input(words.NAME.told(language), title, max_chars=120, key=f"title {name} {language}")
    text = overlay(moved.picked.loaded, moved.picked.written, named, moved.changes)
    seen = st.session_state["live"].look()
    count = seen.replications if seen is not None and len(seen.results) > 1 else st.session_state["live"].rounds[0]
    to_save, to_report = st.columns(2)
    saving = to_save.button(words.SAVE.told(language))
    reporting = to_report.button(words.REPORT.told(language))
    to_report.caption(plain_text(words.BY_THE_COMMAND_LINE.told(language, folder=str(folder))))
    if saving or reporting:
        try:
            file = save(folder, named, text)
        except NotSaved as error:
            st.error(plain_text(error.told(language)))
            return
        st.success(plain_text(words.SAVED.told(language, base=shlex.quote(moved.picked.written), file=file.name)))
        if reporting:
            if (before := st.session_state.get("making")) is not None:
                before.close()
            st.session_state["making"] = Making(folder, name, file, count, asked.workers, language)
    making: Making | None = st.session_state.get("making")
    if making is not None:
        st.fragment(_making, run_every=1.0 if making.working else None)(making, language, [])


def _making(making: Making, language: Language, looks: list[bool]) -> None:
    making.look()
    if looks and looks[-1] and not making.working:
        st.rerun()
    looks.append(making.working)
    if making.working:
        st.info(words.MAKING.told(language))
        if st.button(words.STOP.told(language)):
            making.close()
            st.session_state.pop("making", None)
            st.toast(words.STOPPED.told(language))
            st.rerun()
        return
    if making.made is None:
        _wrong(words.FAULT, making.fault, language)
        return
    st.caption(plain_text(words.MADE.told(language, folder=str(making.made.folder))))
    for file in making.made.files:
        label = words.DOWNLOAD_REPORT if file.suffix == ".html" else words.DOWNLOAD_BOOK
        st.download_button(label.told(language), file.read_bytes(), file.name, on_click="ignore")


def _wrong(label: Label, text: str, language: Language) -> None:
    st.error(plain_text(label.told(language, what="").strip()))
    st.code(text, language=None, wrap_lines=True)
