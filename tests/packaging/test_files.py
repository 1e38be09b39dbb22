"""What a wheel and an sdist hold, and that everything that tells a version tells the same one."""

from __future__ import annotations

import pathlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from simulation.scenario import catalogue
from simulation.scenario.files import shipped

ROOT = pathlib.Path(__file__).resolve().parents[2]
SELFTEST = "tests/expected/base_kontanthjaelp.csv"
"""The table that `selftest` holds a run against."""


def setup(*words: str) -> None:
    """One command of setup.py, which needs no network."""
    done = subprocess.run(
        [sys.executable, "setup.py", "-q", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def files_below(folder: pathlib.Path) -> set[str]:
    """Files in a folder by their paths from there, without what Python compiled."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The folder of which a wheel is made."""
    folder = tmp_path_factory.mktemp("wheel")
    setup("build_py", "--build-lib", str(folder))
    return folder


def shipped_files() -> Iterator[str]:
    """What the program finds of scenarios and calibration in a checkout, and the draws of fits beside them."""
    for kind in catalogue.KINDS:
        yield from (file.relative_to(ROOT).as_posix() for file in shipped.names(kind).values())
    yield from (file.relative_to(ROOT).as_posix() for file in (ROOT / "calibration" / "fitted").glob("*.csv"))
    yield SELFTEST


def test_a_wheel_has_the_whole_program_and_all_that_comes_with_it(wheel: pathlib.Path) -> None:
    """Templates, styles and whatever else stands beside the code, too; but nothing else, and no benchmark."""
    of_program = {f"simulation/{file}" for file in files_below(ROOT / "simulation")} | {"jobcentersim.py"}
    of_program |= {f"calibration/{file}" for file in files_below(ROOT / "calibration") if file.endswith(".py")}
    inside = {f"simulation/shipped/{file}" for file in shipped_files()}
    beside = {"calibration/evidence/effects.yaml", "calibration/evidence/synthesis.yaml"}
    assert files_below(wheel) == of_program | inside | beside
    assert len(inside) > 250 and not any("/bench/" in file for file in inside)


def test_what_is_shipped_is_copied_as_it_is(wheel: pathlib.Path) -> None:
    """So that the same version gives the same bytes, and is found by the same names."""
    home = wheel / "simulation" / "shipped"
    assert all((home / file).read_bytes() == (ROOT / file).read_bytes() for file in shipped_files())
    for kind in catalogue.KINDS:
        assert list(shipped.names(kind, home)) == list(shipped.names(kind))


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="which files belong to the project, git alone knows")
def test_an_sdist_is_the_checkout(tmp_path: pathlib.Path) -> None:
    setup("egg_info", "--egg-base", str(tmp_path))
    listed = (tmp_path / "jobcentersim.egg-info" / "SOURCES.txt").read_text(encoding="utf-8").splitlines()
    found = {file for file in listed if ".egg-info/" not in file}
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    known = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    kept = {file for file in known.split("\0") if file and (ROOT / file).is_file()}
    assert found == kept


def project() -> dict[str, Any]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def test_a_citation_is_of_this_version_and_by_whom_the_licence_says() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    told = project()
    assert (citation["version"], citation["license"]) == (told["version"], told["license"])
    assert citation["authors"] == told["authors"]
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert all(f"(c) 2026 {author['name']}\n" in licence for author in citation["authors"])
    assert citation["cff-version"] == "1.2.0" and {"message", "title", "type"} < citation.keys()


def test_nothing_but_the_project_and_its_citation_has_the_version() -> None:
    """The program asks what is installed, so no file of it says a version."""
    version = project()["version"]
    texts = {file: file.read_text(encoding="utf-8") for folder in ("simulation", "calibration")
             for file in (ROOT / folder).rglob("*.py")}  # fmt: skip
    assert len(texts) > 400 and not [file for file, text in texts.items() if f'"{version}"' in text]
