"""Replications as bytes: small, exact, and without anything that is carried out when they are read.

The bytes are an .npz file (NumPy arrays, no pickle) with a text `about.json` that names them. Whole numbers are stored
in as few bytes as the largest needs.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulation.results.measures.replication import Figures, Replication
from simulation.results.measures.staffing import Staffing
from simulation.results.names import Names, figure_of
from simulation.scenario.schema import Scenario
from simulation.world.names import Name

LEVEL = 1
"""Of compression: higher ones take three times as long for a quarter less."""
ARRAYS = tuple(field.name for field in dataclasses.fields(Staffing) if field.name != "totals")
TOTALS = "total:"


def pack(replications: Sequence[Replication]) -> bytes:
    """Replications that were simulated together, in one file. How long they took is not kept."""
    figures = list(replications[0].outcomes)
    counts = sorted({name for replication in replications for name in replication.counts})
    arrays: dict[str, list[np.ndarray]] = {"outcomes": [replication.outcomes.row for replication in replications]}
    for number, count in enumerate(counts):
        none = np.zeros_like(next(r.counts[count] for r in replications if count in r.counts))
        arrays[f"count:{number}"] = [replication.counts.get(count, none) for replication in replications]
    for field in ARRAYS:
        arrays[field] = [getattr(replication.staff, field) for replication in replications]
    for name in replications[0].staff.totals:
        arrays[TOTALS + name] = [replication.staff.totals[name] for replication in replications]
    about: dict[str, Any] = {"numbers": [r.number for r in replications], "figures": figures, "counts": counts}
    about["measured"] = [replication.measured for replication in replications]
    about["types"] = {name: str(parts[0].dtype) for name, parts in arrays.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as file:
        for name, parts in arrays.items():
            same = len({part.shape for part in parts}) == 1
            for ending, array in [("", np.stack(parts))] if same else [(f".{n}", p) for n, p in enumerate(parts)]:
                with file.open(f"{name}{ending}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, _narrow(array), allow_pickle=False)
        file.writestr(zipfile.ZipInfo("about.json"), json.dumps(about))
    return out.getvalue()


def unpack(content: bytes, scenario: Scenario) -> list[Replication]:
    """The replications of such a file, each equal to what was packed but for `seconds`, which are 0.

    Raises ValueError, KeyError, TypeError or zipfile.BadZipFile if it is no such file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        about = json.loads(file.read("about.json"))
        numbers, types = about["numbers"], about["types"]
        members = set(file.namelist())

        def parts(name: str) -> Sequence[np.ndarray]:
            """The array of every replication."""
            if f"{name}.npy" in members:
                return list(_array(file, f"{name}.npy", types[name]))
            return [_array(file, f"{name}.{n}.npy", types[name]) for n in range(len(numbers))]

        arrays = {name: parts(name) for name in types}
    names = Names(scenario)
    figures = [figure_of(written) for written in about["figures"]]
    positions = {figure: position for position, figure in enumerate(figures)}
    texts = {names.write(outcome): outcome for outcome in {figure.outcome for figure in figures}}
    counts = {f"count:{n}": Name(*written) for n, written in enumerate(about["counts"])}
    return [
        Replication(
            number,
            0.0,
            Figures(positions, texts, names.partners, arrays["outcomes"][r]),
            {name: arrays[key][r] for key, name in counts.items() if arrays[key][r].any()},
            _staffing(arrays, r),
            measured,
        )
        for r, (number, measured) in enumerate(zip(numbers, about["measured"], strict=True))
    ]


def _staffing(arrays: Mapping[str, Sequence[np.ndarray]], r: int) -> Staffing:
    totals = {key.removeprefix(TOTALS): parts[r] for key, parts in arrays.items() if key.startswith(TOTALS)}
    return Staffing(totals=totals, **{field: arrays[field][r] for field in ARRAYS})


def _array(file: zipfile.ZipFile, member: str, kind: str) -> np.ndarray:
    with file.open(member) as stored:
        return np.lib.format.read_array(stored, allow_pickle=False).astype(kind, copy=False)


def _narrow(array: np.ndarray) -> np.ndarray:
    if array.dtype.kind not in "iu" or not array.size:
        return array
    ends = (np.min_scalar_type(int(array.min())), np.min_scalar_type(int(array.max())))
    return array.astype(np.result_type(*ends))
