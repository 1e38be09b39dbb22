"""Replications that grow while one looks: they are those of `compare` and `cba`, and end when something is moved."""

from __future__ import annotations

import os
import pathlib
import time
from collections.abc import Iterator

import pytest

from simulation import cba, compare
from simulation.app import live as live_module
from simulation.app import rows
from simulation.app.levers import changes_of, levers_of
from simulation.app.live import Live, Part, Seen, designed
from simulation.app.markup import shown as shown_html
from simulation.experiments import forecast
from simulation.experiments.forecast import TooLarge
from simulation.report.economy.words import Telling
from simulation.scenario.load import Loaded, load
from simulation.scenario.schema import Scenario
from tests.app.world import EVIL, write

ROUNDS = (2, 4)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(write(tmp_path_factory.mktemp("base")))


@pytest.fixture
def live(base: Loaded) -> Iterator[Live]:
    found = Live(base, 2, ROUNDS)
    yield found
    found.close()


def moved(base: Loaded, key: str, value: object) -> Loaded:
    return designed(base, changes_of(base, levers_of(base), {key: value}), "Moved")  # type: ignore[dict-item]


def look_until(live: Live, replications: int, sides: int) -> Seen:
    """What is seen when there is so much of it; at most a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until and not live.fault:
        seen = live.look(0.1)
        if seen is not None and seen.replications >= replications and len(seen.results) == sides:
            return seen
    raise AssertionError(live.fault or "too late")


def test_it_grows_and_is_what_the_command_line_finds(base: Loaded, live: Live) -> None:
    """To the last bit, figures and money: of two replications, then of four; the base is not simulated again."""
    design = moved(base, "teams.team.fte", 0.6)
    live.move(design)
    first = look_until(live, 2, 2)
    seen = look_until(live, 4, 2)
    assert not live.working and (first.replications, seen.replications) == (2, 4)
    pids = list(getattr(live._pool, "_processes", {}) or {})
    assert live.look() is seen and pids and all(map(gone, pids))  # nothing more is to come, so nobody is kept for it
    for each in (first, seen):
        found = compare(base, design, replications=each.replications)
        assert found.table().equals(each.ran.comparisons[0].table())
        money = cba(base, design, replications=each.replications)
        assert each.money is not None and money.table().equals(each.money.table())
    kept = seen.results[0].replications
    live.move(moved(base, "teams.team.fte", 0.1))
    assert look_until(live, 4, 2).results[0].replications == kept


def test_a_move_ends_what_is_simulated_for_the_last_one(
    base: Loaded, live: Live, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes that would be at work for an hour are gone, and what is shown is of the last move alone."""
    live.move(None)
    look_until(live, 4, 1)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(live_module, "part", forever)
    live.move(moved(base, "teams.team.fte", 0.1))
    pids = live_module_pids(live)
    assert live.look().results[0].loaded is base and len(live.look().results) == 1  # type: ignore[union-attr]
    monkeypatch.undo()
    last = moved(base, "teams.team.fte", 0.6)
    live.move(last)
    assert look_until(live, 2, 2).results[1].loaded is last
    assert pids and all(gone(pid) for pid in pids)


def test_a_process_that_dies_is_begun_again_and_then_given_up(base: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "part", die)
    live = Live(base, 1, ROUNDS)
    live.move(None)
    with pytest.raises(AssertionError, match="BrokenProcessPool"):
        look_until(live, 2, 1)
    assert not live.working and live.look() is None
    monkeypatch.setattr(live_module, "part", refuse)
    live.move(moved(base, "teams.team.fte", 0.6))
    with pytest.raises(AssertionError, match="ValueError: not today"):
        look_until(live, 2, 1)
    monkeypatch.undo()
    live.move(None)  # another move begins anew
    assert look_until(live, 2, 1).replications == 2
    live.close()


def test_what_is_too_large_is_not_begun(base: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "LARGE_BATCH", 100)
    monkeypatch.setattr(forecast, "available_memory", lambda: 2**20)
    with pytest.raises(TooLarge):
        Live(base, 2)


def test_what_is_shown(base: Loaded, live: Live) -> None:
    """Rows by subject, each figure with its interval, in the language; whatever a file says is escaped."""
    live.move(moved(base, "teams.team.caseload_limit", 10))
    seen = look_until(live, 4, 2)
    shown = {line.what: line.cells for block in rows.blocks(seen, "da") for line in block.lines}
    limit = next(cells for what, cells in shown.items() if what.startswith("Sagsloft"))
    assert [figure for figure, _ in limit] == ["intet", "10", ""]
    for what in ("Ingen samtale i et halvt år", "Afholdte samtaler pr. person", "Afgang til job inden 26 uger",
                 "Sagsstamme pr. fuldtidssagsbehandler", "Stadig uden sagsbehandler"):  # fmt: skip
        cells = next(cells for said, cells in shown.items() if said.startswith(what))
        assert all(interval.startswith("[") for figure, interval in cells if figure != "uændret"), what
    table = shown_html(live, seen, EVIL, "da")
    assert "&lt;img src=x" in table and "<img" not in table and EVIL not in table
    money = rows.money(seen, "da")
    assert money is not None and [line.what for line in money.lines][:2] == ["Stat", "Kommune"]
    told = Telling(cba(base, seen.results[1].loaded, replications=4), "da").answer()
    assert rows.money_answer(seen, "da").startswith(next(told)) and rows.money_answer(seen, "da") in table
    assert "4 gentagelser" in rows.holds(seen, "da") and "4 replications" in rows.holds(seen, "en")
    assert rows.answer(seen, "da") == compare(base, seen.results[1].loaded, replications=4).answer("da")


def test_money_that_is_not_known_is_said_to_be(base: Loaded) -> None:
    """Where it is not said what people live on, there is no money, and it is told why."""
    unknown = base.with_({"benefit": None})
    live = Live(unknown, 1, (2,))
    live.move(moved(unknown, "teams.team.fte", 0.6))
    seen = look_until(live, 2, 2)
    assert seen.money is None and rows.money(seen, "da") is None and "benefit" in str(seen.no_price[0])
    live.close()


def forever(scenario: Scenario, numbers: list[int], before: Scenario | None, priced: bool) -> Part:
    pathlib.Path(os.environ["TMPDIR"], str(os.getpid())).touch()
    time.sleep(3600)
    raise AssertionError


def die(scenario: Scenario, numbers: list[int], before: Scenario | None, priced: bool) -> Part:
    os._exit(1)


def refuse(scenario: Scenario, numbers: list[int], before: Scenario | None, priced: bool) -> Part:
    raise ValueError("not today")


def live_module_pids(live: Live) -> list[int]:
    """The processes that are at work."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        pids = list(getattr(live._pool, "_processes", {}) or {})
        if pids:
            return pids
        time.sleep(0.05)
    return []


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
