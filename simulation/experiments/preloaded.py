"""Imported by the process that workers are forked from, and by no other: what every worker needs is loaded here once.

It gives up where the process that it is for has ended meanwhile, so that nobody waits for it.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module

MODULES = (
    "numpy",
    "pydantic",
    "scipy.special",
    "simulation.scenario.load",
    "simulation.results.measures.replication",
    "simulation.interventions.samtaler.running",
    "simulation.experiments.sweep",
    "simulation.cli",
)

_parent = os.getppid()
for _module in MODULES:
    if os.getppid() != _parent:
        os._exit(0)
    import_module(_module)
gc.freeze()  # what is loaded stays as it is, in memory that all workers share
