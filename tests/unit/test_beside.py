"""Figures drawn by a process of their own: the same files, and what happens where it cannot."""

from __future__ import annotations

import os
import pathlib
import time
from collections.abc import Iterator
from functools import partial

import pytest

from simulation import load, run
from simulation.experiments.compare import Comparison
from simulation.report import ran as of_run
from simulation.report.figures import beside
from simulation.report.figures.beside import Beside, files_of
from simulation.report.ran import Ran
from simulation.report.store import draw_into
from simulation.results.result import Result
from tests.commands import asked, cli


@pytest.fixture
def drawer() -> Iterator[Beside]:
    """A process that is ready to draw."""
    made = Beside()
    assert made._ready.result(60) is None
    yield made
    made.close()


def draw(folder: pathlib.Path, where: int | None = None) -> None:
    """Two files, one of them in a folder, and the process that made them; it dies in another than `where`."""
    if where is not None and where != os.getpid():
        os._exit(1)
    (folder / "first").mkdir()
    (folder / "first" / "a.png").write_bytes(b"a")
    (folder / "process").write_text(str(os.getpid()))


def fail(folder: pathlib.Path) -> None:
    raise ZeroDivisionError("no such figure")


def test_files_are_put_where_they_belong(drawer: Beside, tmp_path: pathlib.Path) -> None:
    """By another process, into a folder that is there by then."""
    drawer.begin(draw)(tmp_path)
    assert (tmp_path / "first" / "a.png").read_bytes() == b"a"
    assert (tmp_path / "process").read_text() != str(os.getpid())


def test_what_drawing_raises_is_raised(drawer: Beside, tmp_path: pathlib.Path) -> None:
    """When the figures are to be put."""
    put = drawer.begin(fail)
    with pytest.raises(ZeroDivisionError, match="no such figure"):
        put(tmp_path)


def test_where_the_process_dies_this_one_draws(drawer: Beside, tmp_path: pathlib.Path) -> None:
    """And so it does from then on."""
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        drawer.begin(partial(draw, where=os.getpid()))(folder)
        assert (folder / "process").read_text() == str(os.getpid())


def test_who_is_not_ready_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """This process draws instead."""
    monkeypatch.setattr(beside, "_load", partial(time.sleep, 60))
    slow, began = Beside(), time.monotonic()
    slow.begin(draw)(tmp_path)
    assert (tmp_path / "process").read_text() == str(os.getpid())
    assert time.monotonic() - began < 30


def test_nobody_is_called_where_that_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a small run, with one processor, or in a script that calls the command; nor for one that is so large that
    sending it takes much memory, in all scenarios together."""
    loaded = load("scenarios/paa_rette_vej_i_job.yaml")
    monkeypatch.setattr(beside, "Beside", lambda: "somebody")
    for processors, replications, program, called in (
        (2, 20, True, "somebody"), (2, 1, True, None), (1, 20, True, None), (2, 20, False, None),
        (2, 200, True, "somebody"), (2, 201, True, None),
    ):  # fmt: skip
        monkeypatch.setattr(beside, "_processors", lambda there=processors: there)
        monkeypatch.setattr(beside, "_is_the_program", lambda so=program: so)
        assert beside.beside([loaded], replications) == called
        assert beside.beside([loaded, loaded], replications) == (called if replications < 200 else None)
    monkeypatch.undo()
    assert not beside._is_the_program()


def test_figures_of_a_run_are_the_same_to_the_last_byte(drawer: Beside, tmp_path: pathlib.Path) -> None:
    """Whoever draws them."""
    ran = Ran([run(load("scenarios/base_kontanthjaelp.yaml"), replications=2)])
    drawn = partial(draw_into, ran, made_by="somebody")
    files = drawer._executor.submit(files_of, drawn).result(120)
    assert files == files_of(drawn) and any(name.endswith(".png") for name in files) and "captions.md" in files


class Changing:
    """What is worked out when first asked for, as a result is; it takes its time to be sent."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def __getstate__(self) -> dict[str, object]:
        found = dict(self.__dict__)
        time.sleep(0.2)  # an executor would be in the middle of it while tables are made
        return found | {"known": dict(self.known)}

    def draw(self, folder: pathlib.Path) -> None:
        (folder / "known").write_text(",".join(self.known))


def test_what_changes_while_tables_are_made_is_drawn_as_it_was(drawer: Beside, tmp_path: pathlib.Path) -> None:
    changing = Changing()
    put = drawer.begin(changing.draw)
    changing.known["later"] = 1
    put(tmp_path)
    assert (tmp_path / "known").read_text() == ""


def test_who_draws_what_it_tells_holds_scenarios_against_each_other_once(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, undrawn: None
) -> None:
    """For the tables, the figures and what is printed."""
    made: list[Comparison] = []

    class Counted(Comparison):
        def __init__(self, *results: Result) -> None:
            made.append(self)
            super().__init__(*results)

    monkeypatch.setattr(of_run, "Comparison", Counted)
    assert cli(*asked("compare", tmp_path, 2), "--out", tmp_path / "out").exit_code == 0
    assert len(made) == 1
