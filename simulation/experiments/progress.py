"""How far work has come, and the bar that shows it."""

from __future__ import annotations

from types import TracebackType

from tqdm import tqdm


class Progress:
    """How much of `total` is done, counted in `unit` (a noun in the singular); if `show`, with a bar and the time left.

    It counts by itself because a hidden bar of tqdm does not.
    """

    def __init__(self, total: int, unit: str, show: bool, done: int = 0) -> None:
        self.total, self.unit, self.done = total, unit, done
        self._bar = tqdm(total=total, initial=done, unit=unit, disable=not show, mininterval=0.2)

    def add(self, amount: int) -> None:
        """So much more is done."""
        self.done += amount
        self._bar.update(amount)

    def close(self) -> None:
        """Leave the bar as it is."""
        self._bar.close()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
