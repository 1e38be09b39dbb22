"""Everything a new machine needs, one word at a time: python3 tasks.py WORD.

Needs Python 3.11 or newer and nothing else: the first call makes a virtual environment in .venv and installs
the project and what its tests need. Works on Windows, macOS and Linux.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
ORACLE = ROOT / ".venv-oracle"  # Ciw brings a package `tests`, which shall not lie beside the project's own

CLUSTER = ROOT / ".venv-cluster"  # dask is a large thing to have for one option
DOCS = ROOT / ".venv-docs"  # Sphinx is for readers of the site alone
SITE = ROOT / "build" / "site"
APP = ROOT / ".venv-app"  # Streamlit is a large thing to have for one page


def python_of(venv_folder: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv_folder / "Scripts" / "python.exe" if os.name == "nt" else venv_folder / "bin" / "python"


PYTHON = python_of(VENV)
WORKERS = ("--workers", str(os.cpu_count() or 1))
SHARED = ("-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal")
"""Options of pytest by which processes share the tests: four at most, since each takes up to a GB. Neighbours, which
often read the same run, mostly stay in one process."""
FITS = (
    "dagpenge", "esbjerg_tidlig_indsats", "paa_rette_vej_i_job", "tre_hovedveje_jobklub", "tre_hovedveje_vikar",
    "tre_hovedveje_virksomhedsforloeb", "fleksjob_andre_aktoerer", "sygedagpenge", "base_2027_dagpenge",
)  # fmt: skip
"""Files of targets that are fitted, each after those whose values its scenario uses."""


def prepare(folder: Path = VENV, extras: str = "dev") -> None:
    """Make a virtual environment and install the project there with these extras, unless that is done already."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words, before pip says it in its own
        sys.exit(f"jobcentersim needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = folder / "installed-for"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Setting up {folder.name} (once; a few minutes at most) ...", flush=True)
    venv.create(folder, with_pip=True, clear=folder.exists())
    pip = (python_of(folder), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    call(*pip, "--editable", f".[{extras}]")
    stamp.write_text(wanted)


def call(*words: str | Path) -> None:
    """Run one command in the project folder; a failure ends this script with its exit code.

    What Python compiles lies in .venv, whatever the environment says of it: tests start Python a hundred times, and
    would compile the whole program each time."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [str(word) for word in words], cwd=ROOT, env={**own, "PYTHONPYCACHEPREFIX": str(VENV / "bytecode")}
    )
    if done.returncode:
        sys.exit(done.returncode)


def demo() -> None:
    """Simulate På rette vej i job with at most 25 cases each, against the trial as it was; report and workbook."""
    name = "paa_rette_vej_graense_25"
    call(PYTHON, "-m", "simulation.cli", "run", f"scenarios/{name}.yaml")
    call(PYTHON, "-m", "simulation.cli", "report", f"results/{name}")


def test() -> None:
    """Pass the tests: style, types, then everything that is quick."""
    call(PYTHON, "-m", "ruff", "check", ".")
    call(PYTHON, "-m", "mypy")
    call(PYTHON, "-m", "pytest", *SHARED)


def slow() -> None:
    """The statistical checks that take minutes."""
    call(PYTHON, "-m", "pytest", "-m", "slow")


def oracle() -> None:
    """Hold toy jobcentres against Ciw, hazard ratios and analyses of trials against lifelines and statsmodels, and
    decisions against heormodel, in an environment of its own."""
    prepare(ORACLE, "oracle,test")
    call(python_of(ORACLE), "-m", "pytest", "-m", "oracle", "tests/oracle")


def cluster() -> None:
    """The commands on a real dask cluster on this machine, with workers and scheduler killed; its own environment."""
    prepare(CLUSTER, "cluster,test")
    call(python_of(CLUSTER), "-m", "pytest", "-m", "cluster", "tests/dask")


def docs() -> None:
    """Build the documentation as a site that is read and searched offline; its own environment."""
    prepare(DOCS, "docs,test")
    python = python_of(DOCS)
    call(python, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-E", "-c", "docs", "-b", "html", ".", SITE)
    call(python, "-m", "pytest", "-m", "site", "tests/docs/test_site.py")
    print(f"Open {SITE / 'docs' / 'index.html'}")


def app() -> None:
    """The page in Streamlit's harness and in a real browser (Debian: chromium-driver); its own environment."""
    prepare(APP, "app,browser,test")
    call(python_of(APP), "-m", "pytest", "-m", "browser or not slow", "tests/app")
    call(python_of(APP), "-m", "pytest", "-m", "parquet", "tests/cli")  # Streamlit brings pyarrow


def bench() -> None:
    """Time the engine and the commands, against a plain C loop, a SimPy model or another checkout; options: --help."""
    call(PYTHON, "benchmarks/bench.py", *sys.argv[2:])


def calibrate() -> None:
    """Fit all parameters to the published figures anew, and validate them; options are those of `calibrate`."""
    options = sys.argv[2:] or WORKERS
    for name in FITS:
        call(PYTHON, "-m", "simulation.cli", "calibrate", f"calibration/targets/{name}.yaml", *options)
    call(PYTHON, "-m", "simulation.cli", "validate", *WORKERS)
    print("To ship the validation and renew docs/calibration.md: .venv/bin/python -m calibration.page FOLDER")


def expected() -> None:
    """Renew the expected tables after a change that is meant to change results; read the diff before a commit."""
    call(PYTHON, "-m", "tests.expected.renew")


def notebooks() -> None:
    """Carry out the notebooks, or those that are named, and store them with what they show; some minutes each."""
    call(PYTHON, "-m", "tests.notebooks", *sys.argv[2:])


ALL = (demo, test, slow, oracle, cluster, docs, app, bench, calibrate, expected, notebooks)
TASKS = {task.__name__: task for task in ALL}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        print(__doc__, *(f"\n  {name:9} {task.__doc__}" for name, task in TASKS.items()))
        sys.exit(2)
    if sys.argv[1] not in (oracle.__name__, cluster.__name__, docs.__name__, app.__name__):
        prepare()
    TASKS[sys.argv[1]]()
