"""Quantities of finished replications, kept as files."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.economy.items import Item
from simulation.economy.quantities import Quantities
from simulation.economy.staff import Way
from simulation.world.spec import Floats, Ints

BY_TEXT = ("unsaid", "arms", "moved")
"""Tables of quantities whose names are texts, and no items."""


class Piece(NamedTuple):
    """The quantities of some replications by number, shape (replications,)."""

    numbers: Ints
    quantities: Quantities


def joined(pieces: Sequence[Piece], numbers: Sequence[int]) -> Quantities:
    """Those of these numbers, in this order; an item that a piece does not have is 0 in it."""
    rows = {int(number): (p, row) for p, piece in enumerate(pieces) for row, number in enumerate(piece.numbers)}
    places = [rows[number] for number in numbers]
    first = pieces[0].quantities

    def put(parts: Sequence[dict[Any, Floats]]) -> dict[Any, Floats]:
        names = sorted({name for part in parts for name in part}, key=str)
        nothing = np.zeros(len(first.years))
        return {name: np.array([parts[p][name][row] if name in parts[p] else nothing for p, row in places])
                for name in names}  # fmt: skip

    ways: list[Way] = list(first.staff)
    persons = np.array([pieces[p].quantities.persons[row] for p, row in places])
    return Quantities(
        first.years, first.weeks, persons, put([dict(piece.quantities.of) for piece in pieces]),
        {way: put([dict(piece.quantities.staff[way]) for piece in pieces]) for way in ways},
        *(put([dict(getattr(piece.quantities, table)) for piece in pieces]) for table in BY_TEXT),
    )  # fmt: skip


def differ(one: Quantities, other: Quantities) -> bool:
    """Whether any number of the same replications is another one in the other; what is not there is 0."""
    both = [_tables(one), _tables(other)]
    nothing = np.zeros((len(one), len(one.years)))
    names = {(table, name) for tables in both for table, rows in tables.items() for name in rows}
    pairs = ([tables.get(table, {}).get(name, nothing) for tables in both] for table, name in names)
    return one.weeks != other.weeks or any(not np.array_equal(a, b) for a, b in pairs)


def _tables(found: Quantities) -> dict[str, Mapping[Any, Floats]]:
    """Everything that there is an array of, by what it is in a file."""
    by_name: dict[str, Mapping[Any, Floats]] = {"of": found.of, **{table: getattr(found, table) for table in BY_TEXT}}
    return {**by_name, **{f"staff {way}": each for way, each in found.staff.items()}}


def pack(piece: Piece) -> bytes:
    """The bytes of an .npz file."""
    found = piece.quantities
    tables = _tables(found)
    about = {
        "years": found.years, "weeks": found.weeks, "staff": list(found.staff),
        "names": {table: list(rows) for table, rows in tables.items()},
    }  # fmt: skip
    arrays: dict[str, NDArray[Any]] = {
        "numbers": piece.numbers, "persons": found.persons, "about": np.array(json.dumps(about)),
    }  # fmt: skip
    shape = (len(piece.numbers), len(found.years))
    for table, rows in tables.items():
        arrays[table] = np.array([*rows.values()], dtype=np.float64).reshape(-1, *shape)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def unpack(content: bytes) -> Piece:
    """What was packed. Raises ValueError, KeyError, TypeError or zipfile.BadZipFile if it is no such file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    about = json.loads(str(arrays["about"]))

    def items(table: str) -> dict[Item, Floats]:
        return {Item(*name): each for name, each in zip(about["names"][table], arrays[table], strict=True)}

    staff = {way: items(f"staff {way}") for way in about["staff"]}
    return Piece(arrays["numbers"], Quantities(
        tuple(about["years"]), tuple(about["weeks"]), arrays["persons"], items("of"), staff,
        *(dict(zip(about["names"][table], arrays[table], strict=True)) for table in BY_TEXT),
    ))  # fmt: skip
