"""The notebooks run, each opens with a question and closes with an answer from the numbers, and shows a picture."""

from __future__ import annotations

import base64
import io
import pathlib
import re
from collections.abc import Iterator

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from tests import notebooks as storing
from tests.notebooks import (
    LARGEST,
    MARKS,
    carried_out,
    faults,
    in_few_colours,
    outputs,
    paths,
    sources,
    tidied,
    without_marks,
)  # fmt: skip

FEW = """
import simulation
from calibration import validate
from simulation.experiments import needed
from simulation.scenario import asked
one = lambda door, **few: lambda *given, **named: door(*given, **{**named, **few})
ends = lambda v: {**v, "step": v["stop"] - v["start"]} if "step" in v else [v[0], v[-1]]
simulation.run, simulation.compare = one(simulation.run, replications=2), one(simulation.compare, replications=2)
simulation.compare_each = one(simulation.compare_each, replications=2)
simulation.sweep = lambda base, over, whole=simulation.sweep, ends=ends, **named: whole(
    base, {k: ends(v) for k, v in over.items()}, **{**named, "replications": 2})
simulation.uncertain = one(simulation.uncertain, replications=2, draws=2)
fewer = {"rehearsals": 12, "draws": 10, "workers": 1}  # so many that some find an effect
simulation.rehearse = lambda scenario, n=(), jobcentres=(), whole=simulation.rehearse, few=fewer, **named: whole(
    scenario, n=n[-1:], jobcentres=jobcentres[:1], **{k: few.get(k, v) for k, v in named.items()})
needed.needed_effects, asked.POINTS = one(needed.needed_effects, replications=1), 2
validate.held_out = one(validate.held_out, draws=2)
"""
"""Run before a notebook, perhaps not the first in its kernel: two replications, of sweeps the ends, few draws. That the
notebook runs with what the program offers is the question here; what it finds stands in the stored one."""
LONGEST_CELL = 25
ANSWERS = ("## The answer", "## Svaret")
notebooks = pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
SHORT = ("first_look",)
"""Carried out by the quick tests; all the others are by the slow ones."""
carried = [pytest.param(path, marks=() if path.stem in SHORT else pytest.mark.slow) for path in paths()]


@pytest.fixture(scope="module")
def kernel() -> Iterator[KernelManager]:
    """One for all notebooks, for it takes seconds to start and to import what they all do."""
    manager = KernelManager(kernel_name="python3")
    yield manager
    manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("path", carried, ids=lambda path: path.stem)
def test_notebook_runs(path: pathlib.Path, kernel: KernelManager) -> None:
    assert not faults(carried_out(path, FEW, kernel))


@notebooks
def test_stored_notebook_is_what_ran(path: pathlib.Path) -> None:
    """If it is not: python3 tasks.py notebooks NAME."""
    stored = nbformat.read(path, as_version=4)
    assert stored.metadata.ran == sources(stored)
    assert not faults(stored) and path.stat().st_size <= LARGEST
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert max(len(cell.source.splitlines()) for cell in code) <= LONGEST_CELL


@notebooks
def test_notebook_opens_with_a_question_and_closes_with_an_answer(path: pathlib.Path) -> None:
    """The question is the title; the answer is written by the last cell of code, with the numbers of the run."""
    stored = nbformat.read(path, as_version=4)
    title = stored.cells[0].source.splitlines()[0]
    assert title.startswith("# ") and title.endswith("?")
    last = [cell for cell in stored.cells if cell.cell_type == "code"][-1]
    assert last.source.count("{") >= 5 and "text/markdown" in last.outputs[0].data
    assert any(cell.source in ANSWERS for cell in stored.cells)


def test_what_is_not_stored() -> None:
    """A warning, an error, a place on the machine, a function of its own, and nothing to look at."""
    told = [
        new_output("stream", name="stderr", text="DeprecationWarning"),
        new_output("execute_result", {"text/plain": "load('/home/anna/my.yaml')"}),
    ]
    notebook = new_notebook(cells=[new_markdown_cell("# Why?"), new_code_cell("def f(): ...", outputs=told)])
    found = faults(notebook)
    assert found[0] == "it shows no picture" and "defines a function" in found[1]
    assert "DeprecationWarning" in found[2] and found[3] == "it shows /home/"


def test_a_notebook_is_stored_without_what_another_run_has_otherwise() -> None:
    pixel = (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    picture = new_output("execute_result", {"image/png": pixel}, execution_count=7, metadata={"seen": True})
    cell = new_code_cell("1", outputs=[picture], execution_count=7, metadata={"execution": {"iopub": "now"}})
    stored = tidied(new_notebook(cells=[new_markdown_cell("# Why?"), cell], metadata={"widgets": {}}))
    assert [each.id for each in stored.cells] == ["cell-00", "cell-01"] and not stored.cells[1].metadata
    (shown,) = outputs(stored)
    assert shown.execution_count == stored.cells[1].execution_count == 1 and not shown.metadata
    assert shown.data["image/png"] == in_few_colours(in_few_colours(pixel))
    assert set(stored.metadata) == {"kernelspec", "language_info", "ran"}


@notebooks
def test_no_picture_has_letters_that_look_like_something_left_to_do(path: pathlib.Path) -> None:
    assert not MARKS.search(path.read_text(encoding="utf-8"))


def test_a_picture_is_pressed_less_where_its_letters_would_look_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other letters, and every pixel as before; a mark that no letters are without is refused."""
    image = Image.effect_noise((40, 40), 60).quantize(16)
    first = without_marks(image)
    monkeypatch.setattr(storing, "MARKS", re.compile(re.escape(first)))
    other = without_marks(image)
    pixels = [Image.open(io.BytesIO(base64.b64decode(each))).convert("RGB").tobytes() for each in (first, other)]
    assert other != first and pixels[0] == pixels[1] == image.convert("RGB").tobytes()
    monkeypatch.setattr(storing, "MARKS", re.compile("iVBOR"))
    with pytest.raises(ValueError, match="cannot be stored"):
        without_marks(image)
