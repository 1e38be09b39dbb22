"""Work whose finished parts are known by the numbers of their replications: kept in files, and carried out as far as it
is not there yet. Trials and assessments are such work; what a part holds, and its bytes, are their own matter."""

from __future__ import annotations

import pathlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from simulation.experiments.executors import Workers
from simulation.experiments.progress import Progress
from simulation.experiments.work import Piece, Stopped, carry_out
from simulation.results.whole import sealed, write_sealed
from simulation.world.spec import Ints

ENDING = ".npz"
NOT_READABLE = (ValueError, KeyError, TypeError, zipfile.BadZipFile)


class Numbered(Protocol):
    """Has the replications of these numbers."""

    @property
    def numbers(self) -> Ints:
        """The numbers, shape (replications,)."""


Part = TypeVar("Part", bound=Numbered)
Name = TypeVar("Name")


@dataclass(frozen=True)
class KeptParts(Generic[Part]):
    """Finished parts in a folder (None: nowhere), each a file by the name of what it is of."""

    folder: pathlib.Path | None
    pack: Callable[[Part], bytes]
    unpack: Callable[[bytes], Part]

    def read(self, name: str) -> Iterator[Part]:
        """Those of this name; what cannot be read will be simulated again."""
        if self.folder is None or not self.folder.is_dir():
            return
        for _, content in sealed(self.folder, f"{name}-*", ENDING):
            try:
                yield self.unpack(content)
            except NOT_READABLE:
                continue

    def keep(self, name: str, part: Part) -> None:
        """Keep a finished part at once. Raises OSError."""
        if self.folder is not None:
            write_sealed(self.folder, f"{name}-{part.numbers[0]}-{part.numbers[-1]}", ENDING, self.pack(part))


def carry_out_rest(
    wanted: Mapping[Name, Sequence[int]], kept: KeptParts[Part], text: Callable[[Name], str],
    pieces: Callable[[Mapping[Name, list[int]]], Iterable[Piece[Name, Part]]], workers: Workers, unit: str,
    progress: bool,
) -> tuple[dict[Name, list[Part]], int]:  # fmt: skip
    """Parts of all that is wanted, and how many replications of them were kept before; `text` is the name in files,
    `pieces` makes the work of what is missing, and the bar counts in `unit`. Raises Stopped on Ctrl-C, OSError if
    nothing can be kept, and what `carry_out` raises."""
    done = read_parts(wanted, kept, text)
    total, missing = sum(map(len, wanted.values())), missing_of(wanted, done)
    there = total - sum(map(len, missing.values()))

    def keep(name: Name, part: Part) -> None:
        done[name].append(part)
        kept.keep(text(name), part)

    try:
        with Progress(total, unit, progress, there) as bar:
            carry_out(pieces(missing), keep, bar, workers)
    except Stopped as stopped:  # one that was kept may not have been counted yet
        stopped.done = total - sum(map(len, missing_of(wanted, done).values()))
        raise
    return done, there


def read_parts(
    wanted: Iterable[Name], kept: KeptParts[Part], text: Callable[[Name], str]
) -> dict[Name, list[Part]]:
    """What is kept of all that is wanted."""
    return {name: list(kept.read(text(name))) for name in wanted}


def missing_of(wanted: Mapping[Name, Sequence[int]], done: Mapping[Name, Sequence[Part]]) -> dict[Name, list[int]]:
    """The numbers that are not there yet."""
    there = {name: {int(number) for part in parts for number in part.numbers} for name, parts in done.items()}
    return {name: [number for number in numbers if number not in there[name]] for name, numbers in wanted.items()}
