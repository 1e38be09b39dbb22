"""The data of rehearsals, as arrays, and as files that are kept when they are finished."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.results.trial.tally import Course, Moments, Tally
from simulation.world.spec import Floats, Ints

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Data:
    """Of rehearsals of these `numbers`: the `trial` as run; `null`, the same people without treatment, registered as
    the control is; `unequal`, those registered by lot, None where lots are registered alike; `whole` and `whole_null`,
    trial and null with nothing lacking, None where nothing is. `looks` and `null_looks` are earlier ones, one for each
    week. `means` of every outcome, shape (rehearsals, 4, outcomes): of those not treated in the trial as run, of the
    same people without treatment, of everybody without, and of everybody treated (NaN where that was not simulated).
    """

    numbers: Ints
    trial: Tally
    null: Tally | None = None
    unequal: Tally | None = None
    whole: Tally | None = None
    whole_null: Tally | None = None
    looks: tuple[Tally, ...] = ()
    null_looks: tuple[Tally, ...] = ()
    means: Floats = field(default_factory=lambda: np.zeros((0, 4, 0)))

    @classmethod
    def joined(cls, parts: Sequence[Data], numbers: Sequence[int]) -> Data:
        """The rehearsals of these numbers, in this order, each from the first part that has it."""
        found: dict[int, int] = {}
        every = np.concatenate([part.numbers for part in parts]).tolist()
        for row, number in enumerate(every):
            found.setdefault(number, row)
        rows = np.array([found[number] for number in numbers])
        one = parts[0]

        def whole(name: str) -> Tally | None:
            tallies = [getattr(part, name) for part in parts]
            return None if getattr(one, name) is None else Tally.joined(tallies).of(rows)

        def several(name: str) -> tuple[Tally, ...]:
            looks = [[getattr(part, name)[n] for part in parts] for n in range(len(getattr(one, name)))]
            return tuple(Tally.joined(each).of(rows) for each in looks)

        trial = whole("trial")
        assert trial is not None
        return cls(
            np.array(numbers), trial, whole("null"), whole("unequal"), whole("whole"), whole("whole_null"),
            several("looks"), several("null_looks"), np.concatenate([part.means for part in parts])[rows],
        )  # fmt: skip


def differs(one: Data, other: Data) -> list[int]:
    """The numbers of `other` whose data are not the same, to the bit, in `one`."""
    same = Data.joined([one], other.numbers.tolist())
    apart = np.zeros(len(other.numbers), dtype=bool)
    for mine, theirs in zip(_by_number(same), _by_number(other), strict=True):
        unlike = (mine != theirs) & ~((mine != mine) & (theirs != theirs))  # neither is known in both
        apart |= unlike.reshape(len(apart), -1).any(axis=1)
    return [int(number) for number in other.numbers[apart]]


def _by_number(data: Data) -> Iterator[NDArray[Any]]:
    """All arrays that have a row for each rehearsal."""
    yield data.means
    for _, tally in _tallies(data):
        yield from (array for key, array in _arrays(tally).items() if key not in ("jobcentre", "stratum"))


def pack(data: Data) -> bytes:
    """The bytes of an .npz file."""
    arrays: Arrays = {"numbers": data.numbers, "means": data.means}
    for name, tally in _tallies(data):
        arrays |= {f"{name}/{key}": array for key, array in _arrays(tally).items()}
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


def unpack(content: bytes) -> Data:
    """What was packed. Raises ValueError, KeyError, TypeError or zipfile.BadZipFile if it is no such file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays: Arrays = {name: file[name] for name in file.files}
    tallies: dict[str, Arrays] = {}
    for key, array in arrays.items():
        name, _, rest = key.partition("/")
        if rest:
            tallies.setdefault(name, {})[rest] = array
    single = {f.name: _tally(tallies[f.name]) for f in fields(Data) if f.name in tallies}
    looks = {
        name: tuple(_tally(tallies[f"{name}:{n}"]) for n in range(len(tallies)) if f"{name}:{n}" in tallies)
        for name in ("looks", "null_looks")
    }
    whole: dict[str, Any] = {**single, **looks}
    return Data(numbers=arrays["numbers"], means=arrays["means"], **whole)


def _tallies(data: Data) -> Iterator[tuple[str, Tally]]:
    for name in ("trial", "null", "unequal", "whole", "whole_null"):
        if (tally := getattr(data, name)) is not None:
            yield name, tally
    for name in ("looks", "null_looks"):
        yield from ((f"{name}:{n}", tally) for n, tally in enumerate(getattr(data, name)))


def _arrays(tally: Tally) -> Arrays:
    arrays: Arrays = {name: getattr(tally, name) for name in ("jobcentre", "stratum", "persons", "taken_up")}
    for kind, by_outcome in (("courses", tally.courses), ("moments", tally.moments)):
        for outcome, parts in by_outcome.items():
            arrays |= {f"{kind}/{outcome}/{n}": part for n, part in enumerate(parts)}
    return arrays


def _tally(arrays: Mapping[str, NDArray[Any]]) -> Tally:
    courses: dict[str, Course] = {}
    moments: dict[str, Moments] = {}
    for key in arrays:
        kind, _, rest = key.partition("/")
        outcome = rest.rpartition("/")[0]
        parts: Any = [arrays[f"{kind}/{outcome}/{n}"] for n in range(3)] if outcome else []
        if kind == "courses":
            courses[outcome] = Course(*parts)
        elif kind == "moments":
            moments[outcome] = Moments(*parts)
    jobcentre, stratum, persons, taken_up = (arrays[name] for name in ("jobcentre", "stratum", "persons", "taken_up"))
    return Tally(jobcentre, stratum, persons, taken_up, courses, moments)
