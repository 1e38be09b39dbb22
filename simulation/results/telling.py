"""What a result and a comparison tell of themselves in Python: in words, as a picture, in a notebook.

The words and pictures come from the report, which a result does not know; the front door says where they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from simulation.world.keywords import kindly
from simulation.world.labels import LANGUAGES, Language


class Teller(Protocol):
    """Who finds the words and draws the picture."""

    def summary(self, told: Any, language: Language) -> str:
        """The first screen."""

    def plot(self, told: Any, outcome: str | None, group: str | None, language: Language) -> Any:
        """The course of an outcome as a figure that shows itself."""


class Tells:
    """What can be told in words: `summary()`, `plot()`, and what a notebook shows."""

    @kindly
    def summary(self, language: Language = "en") -> str:
        """The first screen: the headline, the answer in two sentences, what its intervals hold.

        >>> print(RESULT.summary().splitlines()[0][:5])
        Small
        """
        return _teller().summary(self, _known(language))

    @kindly
    def plot(self, outcome: str | None = None, group: str | None = None, language: Language = "en") -> Any:
        """The course of an outcome over the weeks since enrolment, with its simulation error, 95 %: of every arm, or of
        one `group`; absent, of exits to a job. The figure shows itself in a notebook; `savefig` writes it into a file.
        Raises KeyError, with a suggestion, if there is no such outcome, group or course.

        >>> RESULT.plot("talk_share")._repr_png_()[1:4]
        b'PNG'
        """
        return _teller().plot(self, outcome, group, _known(language))

    def _repr_html_(self) -> str:
        """The summary, as a notebook shows it; names from files are text there, and no markup."""
        return _as_html(self.summary())


class _Told:
    teller: Callable[[], Teller] | None = None


def told_by(teller: Callable[[], Teller]) -> None:
    """Say where words and pictures come from; it is asked when they are needed first."""
    _Told.teller = staticmethod(teller)


def _teller() -> Teller:
    if _Told.teller is None:
        raise RuntimeError("`import simulation` says who tells of results")
    return _Told.teller()


def _known(language: str) -> Language:
    for known in LANGUAGES:
        if language == known:
            return known
    raise ValueError(f"language must be one of {', '.join(LANGUAGES)} (got {language!r})")


def _as_html(text: str) -> str:
    from html import escape

    return f"<pre>{escape(text)}</pre>"
