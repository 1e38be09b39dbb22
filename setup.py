"""Building a wheel: what comes with the program lies inside it (everything else stands in pyproject.toml).

In the checkout scenarios and the files of calibration stay where one looks for them; a wheel has copies of them, as
they are and in folders as they lie, in `simulation/shipped` (simulation/scenario/files/shipped.py finds both).
"""

from __future__ import annotations

import pathlib
import shutil
from collections.abc import Iterator

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = pathlib.Path(__file__).resolve().parent
SHIPPED = (
    "scenarios/*.yaml", "scenarios/organisation/*.yaml", "scenarios/parts/*.yaml", "scenarios/kombinationer/*.yaml",
    "scenarios/hvad_hvis/*.yaml", "scenarios/indikatorer/*.yaml", "scenarios/friheden/*.yaml",
    "scenarios/oevelse/*.yaml", "scenarios/forsoeg/*.yaml", "scenarios/prices/*.yaml",
    "scenarios/parts/rules/*/*.yaml", "scenarios/parts/kontakt/*.yaml", "scenarios/parts/friheden/*.yaml",
    "scenarios/parts/friheden/*/*.yaml",
    "calibration/targets/*.yaml", "calibration/priors/*.yaml", "calibration/fitted/*",
    "calibration/evidence/synthesis.yaml", "tests/expected/base_kontanthjaelp.csv",
)  # fmt: skip
"""The expected table is what `jobcentersim selftest` holds a run against."""


class WithShipped(build_py):
    """Modules, and the shipped files; not for an editable install, which finds those of the checkout."""

    def run(self) -> None:
        super().run()
        for file in [] if self.editable_mode else _shipped():
            target = pathlib.Path(self.build_lib, "simulation", "shipped", file)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / file, target)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        copied = [str(pathlib.Path(self.build_lib, "simulation", "shipped", file)) for file in _shipped()]
        return [*super().get_outputs(include_bytecode), *([] if self.editable_mode else copied)]


def _shipped() -> Iterator[str]:
    for pattern in SHIPPED:
        yield from (file.relative_to(ROOT).as_posix() for file in sorted(ROOT.glob(pattern)) if file.is_file())


setup(cmdclass={"build_py": WithShipped})
