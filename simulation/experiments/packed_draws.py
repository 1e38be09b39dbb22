"""Finished draws in few files: what a results folder keeps of them, so that all uncertainty can be told again without
simulating.

While work goes on, every draw is a file of its own (`points`). When it is done, those of one set are packed into one
sealed file, which is named by the folder in which they lay.
"""

from __future__ import annotations

import io
import json
import pathlib
import zipfile
from collections.abc import Mapping

import numpy as np

from simulation.experiments.points import FiguresByNumber, Points
from simulation.results.names import figure_of
from simulation.results.whole import sealed, write_sealed

ENDING = ".npz"
BETWEEN = "-"
"""Between the folders of a set in the name of its file; none of them has one."""
NOT_READABLE = (ValueError, KeyError, TypeError, zipfile.BadZipFile)
Drawn = dict[int | None, FiguresByNumber]
"""Figures by draw and by number of the replication."""


def pack_draws(folder: pathlib.Path, target: pathlib.Path) -> list[pathlib.Path]:
    """Pack every set of finished draws below a folder into a file of `target`; the files. Raises OSError."""
    sets = sorted({file.parent for file in folder.rglob("*.json")})
    for each in sets:
        points = Points(each, figure_of)
        if points.read():
            name = BETWEEN.join(each.relative_to(folder).parts)
            write_sealed(target, name, ENDING, _pack(points.done))
    return [file for file, _ in sealed(target, "*", ENDING)]


def unpack_draws(folder: pathlib.Path) -> Mapping[str, Drawn]:
    """The draws of every set that a folder has, by the name of the set; files that cannot be trusted are left out."""
    found: dict[str, Drawn] = {}
    for file, content in sealed(folder, "*", ENDING):
        try:
            found[file.name.removesuffix(ENDING).rpartition(BETWEEN)[0]] = _unpack(content)
        except NOT_READABLE:
            continue
    return found


def _pack(done: Drawn) -> bytes:
    """The figures as an array of shape (draws × replications, figures)."""
    draws = sorted(done.items(), key=lambda item: item[0] or 0)
    rows = [(draw, number, figures) for draw, by_number in draws for number, figures in by_number.items()]
    names = list(dict.fromkeys(figure for _, _, figures in rows for figure in figures))
    values = np.array([[figures.get(name, np.nan) for name in names] for _, _, figures in rows])
    about = {"figures": names, "rows": [(draw, number) for draw, number, _ in rows]}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        with file.open(zipfile.ZipInfo("values.npy"), "w") as member:
            np.lib.format.write_array(member, values, allow_pickle=False)
        file.writestr(zipfile.ZipInfo("about.json"), json.dumps(about))
    return out.getvalue()


def _unpack(content: bytes) -> Drawn:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        about = json.loads(file.read("about.json"))
        with file.open("values.npy") as member:
            values = np.lib.format.read_array(member, allow_pickle=False).tolist()
    names = [figure_of(written) for written in about["figures"]]
    done: Drawn = {}
    for (draw, number), row in zip(about["rows"], values, strict=True):
        done.setdefault(draw, {})[number] = dict(zip(names, row, strict=True))
    return done
