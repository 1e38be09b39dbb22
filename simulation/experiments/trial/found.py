"""What rehearsals of a trial found: of every size that was asked for how its analyses do, how large the trial must be,
and how likely it succeeds by what the evidence says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from simulation.results.names import Names
from simulation.results.telling import AnswersWithPicture
from simulation.results.trial.operating import Interval, Operating, Point, Test, Truths
from simulation.scenario.load import Loaded
from simulation.world.spec import Floats

if TYPE_CHECKING:
    import pandas as pd

    from simulation.scenario.trial import Trial

Of = Literal["persons", "jobcentres"]
LOG_RATIO = "log hazard ratio"


class Needed(NamedTuple):
    """How many persons, or jobcentres, give 80 % power; `within` False: more or fewer than were simulated."""

    by: Of
    interval: Interval
    within: bool


class Assurance(NamedTuple):
    """How likely the trial finds a significant effect (`success`), and one in the direction of the true one (`right`),
    over so many draws of what the evidence says; `effects` are the true effects by lot in these draws."""

    success: Interval
    right: Interval
    draws: int
    effects: Floats


@dataclass(frozen=True)
class Rehearsed(AnswersWithPicture):
    """A trial and how it does. The first of `points` is of the scenario's own size with staff that follows; `seconds`
    are of this call, in which `resumed` rehearsals were taken up from an earlier one."""

    loaded: Loaded
    primary: Test
    points: Sequence[Point]
    needed: Needed | None
    assurance: Assurance | None
    rehearsals: int
    seconds: float = 0.0
    resumed: int = 0

    @property
    def trial(self) -> Trial:
        """The trial as the scenario has it."""
        trial = self.loaded.scenario.trial
        assert trial is not None
        return trial

    @property
    def own(self) -> Point:
        """The trial of the scenario's own size."""
        return self.points[0]

    @property
    def chief(self) -> Operating:
        """How the primary analysis of it does."""
        return self.own.operating[self.primary]

    @property
    def truths(self) -> Truths:
        """What treatment does to the primary outcome in a trial of this size."""
        return self.own.truths[self.primary.outcome]

    @cached_property
    def names(self) -> Names:
        """What the outcomes are called."""
        return Names(self.loaded.scenario)

    def named(self, outcome: str) -> str:
        """What an outcome of the trial is called among those of a run."""
        destination = outcome.removeprefix("exit_")
        return f"together_{destination}" if destination in self.loaded.scenario.together else outcome

    def unit(self, test: Test) -> str:
        """The unit of what a test estimates. Raises KeyError if there is no such outcome."""
        return self.names.unit(self.named(test.outcome)) if test.measure == "difference" else LOG_RATIO

    def table(self) -> pd.DataFrame:
        """A row per size of the trial and test: how often it rejects, and how far what it estimates is from the
        truth."""
        import pandas as pd

        return pd.DataFrame([
            {**_size(point), **_test(test), "primary": "yes" if test == self.primary else "no", "unit": self.unit(test),
             **_figures(of), **_course(point)}
            for point in self.points for test, of in point.operating.items()
        ])  # fmt: skip

    def truths_table(self) -> pd.DataFrame:
        """A row per size of the trial and outcome: the three effects that are true in the model, and how alike persons
        of one jobcentre are."""
        import pandas as pd

        rows = []
        for point in self.points:
            for outcome, truths in point.truths.items():
                row: dict[str, Any] = {**_size(point), "outcome": outcome, "unit": self.names.unit(self.named(outcome))}
                row |= {k: v for name in Truths._fields for k, v in _ends(name, getattr(truths, name))}
                clustering = point.clustering.get(outcome)
                row |= dict(_ends("icc", clustering.icc if clustering else None))
                row |= dict(_ends("design_effect", clustering.design_effect if clustering else None))
                rows.append(row)
        return pd.DataFrame(rows)

    def places_table(self) -> pd.DataFrame:
        """A row per size of the trial, outcome of exits and number of jobcentres: in what share of rehearsals so many
        at least have significantly more exits among the treated when each is tested by itself. As far as it happens,
        and one beyond; without rows where jobcentres are drawn, or there is one."""
        import pandas as pd

        rows = [
            {**_size(point), "outcome": outcome, "at_least": least,
             **dict(_ends("as_run", as_run)), **dict(_ends("no_effect", null)), "luck": luck}
            for point in self.points for outcome, of in point.places.items()
            for least, (as_run, null, luck) in enumerate(zip(*of, strict=True))
            if least and (as_run.value or null.value or of.trial[least - 1].value or of.null[least - 1].value)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def estimates_table(self) -> pd.DataFrame:
        """A row per rehearsal of the scenario's own size: what the primary analysis finds in it."""
        import pandas as pd

        found = self.chief.estimates
        return pd.DataFrame({
            "rehearsal": range(len(found.p)), "estimate": found.estimate, "low": found.low, "high": found.high,
            "error": found.error, "freedom": found.freedom, "p": found.p, "unit": self.unit(self.primary),
        })  # fmt: skip

    def __repr__(self) -> str:
        power = self.chief.power
        return f"<{self.rehearsals} rehearsals of {self.loaded.scenario.name}: power {power.value:.3f}>"


def _size(point: Point) -> dict[str, Any]:
    return {
        "persons": point.persons, "jobcentres": point.jobcentres, "staff": point.staff, "rehearsals": point.rehearsals,
    }  # fmt: skip


def _test(test: Test) -> dict[str, Any]:
    return {
        "outcome": test.outcome, "measure": test.measure, "errors": test.errors, "population": test.population,
    }  # fmt: skip


def _figures(of: Operating) -> dict[str, Any]:
    """All figures of a test, each with its ends."""
    row: dict[str, Any] = {}
    for name in ("power", "type_i", "effects_off", "estimate"):
        row |= dict(_ends(name, getattr(of, name)))
    row |= {"spread": of.spread, "error": of.error}
    for name in ("truth", "bias", "coverage", "type_s", "type_m", "smallest"):
        row |= dict(_ends(name, getattr(of, name)))
    return {**row, "attainable": of.attainable}


def _course(point: Point) -> dict[str, Any]:
    """Who was recruited, treated and analysed."""
    control, treated = point.taken_up or (None, None)
    parts = {
        "recruited": point.recruited, "in_data": point.in_data, "stopped_early": point.stopped_early,
        "treated_of_control": control, "treated_of_treated": treated,
    }  # fmt: skip
    return {k: v for name, interval in parts.items() for k, v in _ends(name, interval)}


def _ends(name: str, interval: Interval | None) -> Iterator[tuple[str, float | None]]:
    """A figure with both ends of its interval, None where there is none."""
    yield name, None if interval is None else interval.value
    yield f"{name}_low", None if interval is None else interval.low
    yield f"{name}_high", None if interval is None else interval.high
