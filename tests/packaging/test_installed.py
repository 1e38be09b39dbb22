"""The wheel, on a machine with nothing but Python, from a folder of wheels and without a network: docs/install.md is
carried out. On Linux, where a process can be cut off from the network (`unshare`)."""

from __future__ import annotations

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest

from tasks import python_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
CUT_OFF = ("unshare", "--user", "--map-root-user", "--net", "--")
BUILD = "import sys; from setuptools import build_meta; getattr(build_meta, sys.argv[1])(sys.argv[2])"


def commands_of_the_page() -> list[list[str]]:
    """What docs/install.md says after `python`: making the folder of wheels, writing down their hashes, installing."""
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    starts = ("python3 -m pip wheel", 'python3 -c "', "~/jobcentersim-1/bin/python -m pip install")
    return [shlex.split(next(line for line in lines if line.startswith(start)))[1:] for start in starts]


def can_be_cut_off() -> bool:
    found = shutil.which(CUT_OFF[0])
    return found is not None and subprocess.run([*CUT_OFF, "true"], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not can_be_cut_off(), reason="a process cannot be cut off from the network here"),
]


def carried_out(*words: object, at: pathlib.Path) -> str:
    """What a command prints that ends well, in a folder; no variable of this environment leads back to the checkout."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JOBCENTERSIM"))}
    done = subprocess.run(
        [str(word) for word in words], cwd=at, capture_output=True, text=True, encoding="utf-8", env=clean, check=False
    )
    assert done.returncode == 0, f"{words}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def built(source: pathlib.Path, out: pathlib.Path, what: str) -> pathlib.Path:
    """A wheel or an sdist of a folder, by the setuptools of this environment and without the network."""
    carried_out(*CUT_OFF, sys.executable, "-c", BUILD, f"build_{what}", out, at=source)
    (made,) = out.iterdir()
    return made


def unpacked(wheel: pathlib.Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[pathlib.Path, pathlib.Path]:
    """The wheel of the checkout, and that of its sdist."""
    at = tmp_path_factory.mktemp("built")
    source, first, sdists, second = (at / name for name in ("source", "first", "sdists", "second"))
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for file in carried_out(*listed, at=ROOT).split("\0"):
        if file and (ROOT / file).is_file():
            (source / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / file, source / file)
    for folder in (first, sdists, second):
        folder.mkdir()
    sdist = built(source, sdists, "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(at / "from", filter="data")
    (inside,) = (at / "from").iterdir()
    return built(source, first, "wheel"), built(inside, second, "wheel")


def test_the_wheel_of_an_sdist_is_that_of_the_checkout(wheels: tuple[pathlib.Path, pathlib.Path]) -> None:
    of_checkout, of_sdist = map(unpacked, wheels)
    assert of_checkout == of_sdist and len(of_checkout) > 900


def test_everything_works_without_checkout_and_network(
    wheels: tuple[pathlib.Path, pathlib.Path], tmp_path: pathlib.Path
) -> None:
    """Made and installed by the commands of the page, and used: from `selftest` to reports."""
    house, at = tmp_path / "wheelhouse", tmp_path / "elsewhere"
    at.mkdir()
    carried_out(sys.executable, "-m", "venv", tmp_path / "fresh", at=at)
    python = python_of(tmp_path / "fresh")
    program = python.with_name("jobcentersim")
    wheel, lock, install = commands_of_the_page()
    carried_out(python, *wheel[:-1], wheels[0], at=tmp_path)
    carried_out(python, *lock, at=house)
    locked = (house / "locked.txt").read_text(encoding="utf-8")
    altered = locked.replace(found := locked[-64:], found[::-1])
    (house / "altered.txt").write_text(altered, encoding="utf-8")
    refused = subprocess.run(
        [*CUT_OFF, python, *install[:-1], "altered.txt"], cwd=house, capture_output=True, text=True, check=False
    )
    assert refused.returncode and "DO NOT MATCH THE HASHES" in refused.stderr and not program.exists()
    carried_out(*CUT_OFF, python, *install, at=house)

    def answer(*words: object) -> str:
        return carried_out(*CUT_OFF, program, *words, at=at)

    assert str(tmp_path) in carried_out(python, "-c", "import simulation; print(simulation.__file__)", at=at)
    told = json.loads(answer("selftest", "--json"))
    assert told["passed"] and not told["missing"] and told["seconds"] < 60
    for kind in ("scenarios", "parts", "targets", "fits", "prices"):
        assert len(answer("list", kind).splitlines()) > 4
    answer("run", "shipped/paa_rette_vej_graense_25", "--replications", 2)
    pages = answer("report", "results/paa_rette_vej_graense_25", "--lang", "da").split()
    assert [pathlib.Path(page).name for page in pages] == ["report.da.html", "report.da.xlsx"]
    assert all(pathlib.Path(page).stat().st_size > 10_000 for page in pages)
    assert answer("verify", next((at / "results" / "paa_rette_vej_graense_25").iterdir())).startswith("ok: ")
    answer("init", "mit_jobcenter", "--persons", 100, "--lang", "da")
    answer("run", "mit_jobcenter/what_if.yaml", "--replications", 2)
    answer("cba", "shipped/friheden/loven", "shipped/friheden/tredjedel_faerre", "--replications", 2)
    answer("evidence")
    assert list((at / "results" / "evidence").glob("forest_*.png"))
