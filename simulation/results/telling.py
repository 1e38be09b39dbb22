"""What a result and a comparison tell of themselves in Python: in words, as a picture, in a notebook.

The words and pictures come from the report, which a result does not know; the front door says where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from simulation.world.keywords import kindly
from simulation.world.labels import LANGUAGES, Language

if TYPE_CHECKING:
    import pandas as pd


class Teller(Protocol):
    """Who finds the words and draws the picture."""

    def summary(self, told: Any, language: Language) -> str:
        """The first screen."""

    def answer(self, told: Any, language: Language) -> str:
        """The answer in sentences."""

    def tell(self, told: Any, outcome: str, group: str | None, week: int | None, language: Language) -> str:
        """A figure in a sentence."""

    def overview(self, told: Any, outcomes: Sequence[str], group: str | None, language: Language) -> pd.DataFrame:
        """Figures by their labels, as a DataFrame."""

    def plot(self, told: Any, outcome: str | None, group: str | None, language: Language) -> Any:
        """The course of an outcome as a figure that shows itself."""

    def each(self, told: Any, outcomes: Sequence[str], differences: bool, language: Language) -> pd.DataFrame:
        """All scenarios side by side."""

    def plot_each(self, told: Any, outcome: str, language: Language) -> Any:
        """Their differences from the first as a figure that shows itself."""


class Answers:
    """What tells its first screen and its answer in words."""

    @kindly
    def summary(self, language: Language = "en") -> str:
        """The first screen: the headline, the answer in two sentences, what its intervals hold.

        >>> print(RESULT.summary().splitlines()[0][:5])
        Small
        """
        return _teller().summary(self, _known(language))

    @kindly
    def answer(self, language: Language = "en") -> str:
        """The answer of the first screen, in two or three sentences written from the numbers.

        >>> COMPARISON.answer()
        'What moves most: ...'
        """
        return _teller().answer(self, _known(language))

    def _repr_html_(self) -> str:
        """The summary, as a notebook shows it; names from files are text there, and no markup."""
        return _as_html(self.summary())


class AnswersWithPicture(Answers):
    """... and draws the one picture that there is of it."""

    @kindly
    def plot(self, language: Language = "en") -> Any:
        """The picture, which shows itself in a notebook; `savefig` writes it into a file."""
        return _teller().plot(self, None, None, _known(language))


class Tells(Answers):
    """What a result, a comparison or a sweep tells: in words, in a table to look at, as a picture, in a notebook."""

    @kindly
    def tell(
        self, outcome: str, group: str | None = None, week: int | None = None, language: Language = "en"
    ) -> str:
        """One figure in a sentence: its level; or from where to where it moves and by how much, with the interval of
        the difference; or, where that interval holds 0, that it is not measurable. Without a `group` it is of whom the
        question is about, without a `week` of the whole follow-up. Raises KeyError, with a suggestion, if there is no
        such figure.

        >>> RESULT.tell("exit_job", week=16)
        'Left to a job within 16 weeks: ... %.'
        """
        return _teller().tell(self, outcome, group, week, _known(language))

    @kindly
    def overview(self, *outcomes: str, group: str | None = None, language: Language = "en") -> pd.DataFrame:
        """Some outcomes by their labels, to be looked at: scenarios, arms or points side by side, each figure with its
        interval, 95 %, and two scenarios with their difference. The headline if no outcome is named. `table()` has
        numbers to reckon with. Raises KeyError, with a suggestion, if there is no such figure.

        >>> list(RESULT.overview("exit_job", "talk_share").index)
        ['Left to a job within 16 weeks, %', 'Weeks with a talk, of weeks on benefit, %']
        """
        return _teller().overview(self, outcomes, group, _known(language))

    @kindly
    def plot(self, outcome: str | None = None, group: str | None = None, language: Language = "en") -> Any:
        """The course of an outcome over the weeks since enrolment, with its simulation error, 95 %: of every arm, or of
        one `group`; absent, of exits to a job. Or a figure by its name, such as `differences`; of a sweep, an outcome
        at every point. The figure shows itself in a notebook; `savefig` writes it into a file.
        Raises KeyError, with a suggestion, if there is no such outcome, group or course.

        >>> RESULT.plot("talk_share")._repr_png_()[1:4]
        b'PNG'
        """
        return _teller().plot(self, outcome, group, _known(language))


class TellsOfEach(Tells):
    """... and what an answer under all uncertainty tells of each of its scenarios."""

    @kindly
    def each(self, *outcomes: str, differences: bool = False, language: Language = "en") -> pd.DataFrame:
        """Some outcomes of all scenarios, to be looked at: a row for each, with the 95 % of the draws of everything; or
        their `differences` from the first. An outcome may be of a group, `caseload@team:ordinaer`; "–" stands where a
        scenario does not have it. Raises KeyError, with a suggestion, if none has."""
        return _teller().each(self, outcomes, differences, _known(language))

    @kindly
    def plot_each(self, outcome: str, language: Language = "en") -> Any:
        """How far an outcome of every scenario is from that of the first: the interval of everything that is unsure,
        and within it that of the simulation. Raises KeyError, with a suggestion, if there is no such figure."""
        return _teller().plot_each(self, outcome, _known(language))


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
