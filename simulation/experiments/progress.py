"""How far work has come: a bar on a terminal and in a notebook, or one plain line a minute where output is kept."""

from __future__ import annotations

import contextlib
import sys
import time
from types import TracebackType
from typing import ClassVar

from tqdm import tqdm

from simulation.world.labels import Label, Language

EVERY = 60.0
"""Seconds between two lines, and before the first one."""
DONE = Label("{done} of {total} {units} done ({share}), {left} left",
             "{done} af {total} {units} er færdige ({share}), {left} tilbage")  # fmt: skip
MINUTES = Label("about {minutes} minutes", "omkring {minutes} minutter")
ONE_MINUTE = Label("about one minute", "omkring et minut")
HALF_A_MINUTE = Label("about half a minute", "omkring et halvt minut")
UNITS = {
    "replication": Label("replications", "gentagelser"),
    "draw": Label("draws", "trækninger"),
    "rehearsal": Label("rehearsals", "gennemspilninger"),
    "set": Label("sets of values", "sæt af værdier"),
}
"""What is counted."""


class Progress:
    """How much of `total` is done, counted in `unit` (a noun in the singular); if `show`, with a bar and the time left,
    or with lines where the program was told so (`as_lines`).

    It counts by itself because a hidden bar of tqdm does not.
    """

    as_lines: ClassVar[bool] = False
    """Whether this process shows lines on standard error: the command line sets it where that is no terminal."""

    language: ClassVar[Language] = "en"
    """The language of these lines."""

    def __init__(self, total: int, unit: str, show: bool, done: int = 0) -> None:
        self.total, self.unit, self.done = total, unit, done
        self._there, self._began, self._told = done, time.monotonic(), time.monotonic()
        self._lines = show and self.as_lines
        bar = show and not self._lines
        self._bar = tqdm(total=total, initial=done, unit=unit, disable=not bar, mininterval=0.2)

    def add(self, amount: int) -> None:
        """So much more is done."""
        self.done += amount
        self._bar.update(amount)
        now = time.monotonic()
        if self._lines and now - self._told >= EVERY and self.done < self.total:
            self._told = now
            with contextlib.suppress(OSError, ValueError):  # nobody reads it: no reason to stop the work
                print(self.line(now - self._began), file=sys.stderr, flush=True)

    def more(self, amount: int) -> None:
        """So much more is to be done than was known."""
        self.total += amount
        self._bar.total = self.total
        self._bar.refresh()

    def line(self, seconds: float) -> str:
        """How far it has come after so many seconds, in a line without control characters."""
        left, lang = seconds * (self.total - self.done) / max(self.done - self._there, 1), self.language
        label = MINUTES if left >= 90 else ONE_MINUTE if left >= 45 else HALF_A_MINUTE
        return DONE.told(
            lang, done=_number(self.done, lang), total=_number(self.total, lang), share=f"{self.done / self.total:.0%}",
            units=UNITS[self.unit].told(lang) if self.unit in UNITS else f"{self.unit}s",
            left=label.told(lang, minutes=_number(round(left / 60), lang)),
        )  # fmt: skip

    def close(self) -> None:
        """Leave the bar as it is."""
        self._bar.close()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _number(number: int, language: Language) -> str:
    text = f"{number:,}"
    return text.replace(",", ".") if language == "da" else text
