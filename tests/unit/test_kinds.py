"""The list of kinds: each is imported when it is asked for, and what the list says of it is so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from simulation.interventions import KINDS, register

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, sys, simulation
loaded = simulation.load("scenarios/base_kontanthjaelp.yaml")
print(json.dumps([sorted({each.kind for each in loaded.scenario.interventions.values()}), [*sys.modules]]))
"""


def test_every_kind_of_the_list_could_be_registered() -> None:
    """What `register` asks of a kind holds for those of the list, too, and those have something in common of which the
    list says so."""
    for word, kind in KINDS.items():
        register(word, kind.settings, kind.running)
        assert kind.in_common == bool(kind.settings.common_counts or kind.settings.common_outcomes), word


def test_a_scenario_loads_the_kinds_that_it_names_alone() -> None:
    """With that of talks, which the load of staff is reckoned from; and neither SciPy nor what makes tables and
    figures."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    named, modules = json.loads(done.stdout)
    loaded = {module.split(".")[2] for module in modules if module.startswith("simulation.interventions.")}
    assert loaded - {"contract", "parts"} == {*named, "samtaler"}
    assert not {"scipy", "pandas", "matplotlib"} & set(modules)


def test_help_loads_nothing_of_the_model() -> None:
    """It is there at once."""
    program = "import sys; from simulation.cli import main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"numpy", "pydantic", "yaml", "simulation.scenario"} & set(done.stdout.split())
