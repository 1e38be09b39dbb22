"""A pipe, a socket or a device is refused at every door where a file is read, and never waited for."""

from __future__ import annotations

import os
import re
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from simulation import load
from simulation.report.exported.reading import read_dream
from simulation.report.verify import check_files
from simulation.results.identity import PROGRAM
from simulation.results.tables.manifest import Damaged, altered, hash_of, read_manifest
from simulation.results.tables.unfinished import read_request
from simulation.results.whole import sealed
from simulation.scenario.files.fitted import Fit
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.regular import NoFile, content_of
from tests.cases.places import CASES, said

SMALL = CASES / "decimal-comma-in-braces" / "base.yaml"
pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")


OWN = {
    "scenario/files/regular.py", "scenario/files/problems.py", "results/tables/manifest.py",  # which refuse it first
    "experiments/machine.py", "results/tables/checkout.py", "results/identity.py",  # of the machine, git, the program
    "results/whole.py", "results/measures/packed.py", "cli/console.py",  # written, or in a file that was read
    "report/exported/reading.py",  # after others were refused
    "cli/upgrade.py", "cli/look.py", "cli/study/command.py", "report/exported/files.py",  # written
    "report/figures/beside.py", "experiments/packed_draws.py",  # drawn by another process, or in a file that was read
    "results/tables/expected.py", "report/handed/html.py",  # of the program
    "scenario/files/roots.py", "app/kept.py",  # only what is a file
    "app/page.py", "app/server.py",  # of the program, what it has made itself, and the page's own address
}  # fmt: skip
"""Modules that open files themselves."""


def test_nothing_else_opens_files() -> None:
    opening = re.compile(r"\.read_text\(|\.read_bytes\(|\bopen\(")
    found = {file for file in PROGRAM.rglob("*.py") if opening.search(file.read_text(encoding="utf-8"))}
    assert {file.relative_to(PROGRAM).as_posix() for file in found} == OWN


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def test_what_is_no_file_is_called_what_it_is(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        kinds = {pipe(tmp_path / "p"): "a named pipe", tmp_path / "s": "a socket", Path("/dev/zero"): "a device"}
        for path, kind in kinds.items():
            with pytest.raises(NoFile, match=f"this is {kind}"):
                content_of(path)
    (tmp_path / "link").symlink_to(tmp_path / "p")
    with pytest.raises(NoFile, match="a named pipe"):
        content_of(tmp_path / "link")


@pytest.mark.parametrize("command", ["check", "run", "compare", "sweep", "calibrate", "validate"])
def test_commands_refuse_a_pipe(command: str, tmp_path: Path) -> None:
    here = pipe(tmp_path / "scenario.yaml")
    answer = said(command, *([SMALL] if command == "compare" else []), here)
    assert answer.exit_code == 2, answer.output
    assert f"{here}:1:1: error: this is a named pipe, not a file" in answer.stderr
    assert stat.S_ISFIFO(here.stat().st_mode)


@pytest.mark.parametrize("key", ["extends", "targets", "fitted"])
def test_files_that_are_named_refuse_a_pipe(key: str, tmp_path: Path) -> None:
    pipe(tmp_path / "other.yaml")
    (tmp_path / "s.yaml").write_text(f"{SMALL.read_text(encoding='utf-8')}{key}: other.yaml\n", encoding="utf-8")
    with pytest.raises(InputProblems) as refused:
        load(tmp_path / "s.yaml")
    assert refused.value.problems[0].path == key and "other.yaml" in str(refused.value)


def test_draws_that_are_a_pipe(tmp_path: Path) -> None:
    pipe(tmp_path / "fit.draws.csv")
    with pytest.raises(InputProblems, match="this is a named pipe"):
        Fit(str(tmp_path / "fit.yaml"), {}, tmp_path).draws()


def test_a_line_of_a_pipe_is_not_shown(tmp_path: Path) -> None:
    text = str(InputProblems([Problem("wrong", Mark(str(pipe(tmp_path / "p")), 1, 1))]))
    assert text.endswith("p:1:1: error: wrong")


@pytest.mark.parametrize(
    "read",
    [lambda at: read_manifest(at.parent), hash_of, lambda at: read_request(at.parent) or content_of(at),
     lambda at: [*sealed(at.parent, "*", ".json")] or content_of(at)],
)  # fmt: skip
def test_files_of_results_that_are_pipes(read: Callable[[Path], object], tmp_path: Path) -> None:
    at = pipe(tmp_path / "manifest.json")
    pipe(tmp_path / "request.json")
    with pytest.raises((NoFile, Damaged), match="this is a named pipe"):
        read(at)


@pytest.fixture
def manifest(tmp_path: Path) -> dict[str, object]:
    """Of a folder `results` with two tables, beside which there is another one."""
    tables = tmp_path / "results" / "tables"
    tables.mkdir(parents=True)
    for name in ("a", "b"):
        (tables / f"{name}.csv").write_text(f"{name}\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text("a\n", encoding="utf-8")
    return {"tables": {f"tables/{n}.csv": hash_of(tables / f"{n}.csv") for n in "ab"}, "files": {}, "versions": {}}


def test_a_link_out_of_a_results_folder_is_told_and_not_followed(tmp_path: Path, manifest: dict[str, object]) -> None:
    """Though what it leads to has the right hash."""
    folder = tmp_path / "results"
    assert altered(folder, manifest) == {}
    (folder / "tables" / "a.csv").unlink()
    (folder / "tables" / "a.csv").symlink_to(tmp_path / "a.csv")
    told = f"a link out of the folder, to {tmp_path / 'a.csv'}, and not followed"
    assert altered(folder, manifest) == {"tables/a.csv": told}
    assert check_files(folder, manifest).differences == [f"tables/a.csv is {told}"]


def test_links_within_a_results_folder_and_to_it_are_followed(tmp_path: Path, manifest: dict[str, object]) -> None:
    folder = tmp_path / "results"
    (folder / "tables").rename(folder / "moved")
    (folder / "tables").symlink_to(folder / "moved")
    (tmp_path / "link").symlink_to(folder)
    assert altered(tmp_path / "link", manifest) == {}
    (folder / "moved" / "b.csv").unlink()
    pipe(folder / "moved" / "b.csv")
    assert altered(folder, manifest) == {"tables/b.csv": "not readable (this is a named pipe, not a file)"}


def test_a_register_is_no_pipe(tmp_path: Path) -> None:
    for name in ("dream.csv", "dream.dta", "dream.parquet"):
        with pytest.raises(InputProblems, match="this is a named pipe, not a file"):
            read_dream(pipe(tmp_path / name))
