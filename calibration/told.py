"""What a fit says of published figures, in words: by what they are of, not by their keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from calibration.skill import LEVELS
from calibration.study import Study
from calibration.validate import HeldOut, LeftOut
from simulation.report.wording import Wording
from simulation.results.groups import ALLE

if TYPE_CHECKING:
    import pandas as pd

Expected = HeldOut | LeftOut


def labels_of(study: Study) -> Mapping[str, str]:
    """What every target is of that is fitted to or validated on, such as "Weeks with a talk, % (participants)", by its
    name."""
    labels = {}
    for part in study.parts:
        wording = Wording(part.names)
        for name, figure in part.keys.items():
            who = "" if figure.group == ALLE else f" ({wording.group(figure.group)})"
            labels[name] = wording.figure(figure) + who
    return labels


def numbers_of(study: Study, figure: Expected) -> tuple[str, str]:
    """The published figure, and the model's with its interval, 95 %."""
    part = next(part for part in study.parts if figure.name in part.keys)
    wording, unit = Wording(part.names), part.units[figure.name]
    middle = figure.mean if isinstance(figure, HeldOut) else figure.middle
    published = wording.number(unit, float(figure.target.figure or 0.0))
    return published, f"{wording.number(unit, middle)} {wording.span(unit, figure.low, figure.high)}"


def expected_table(study: Study, figures: Sequence[Expected]) -> pd.DataFrame:
    """A row a figure: what is published, what the model expects, and by how many standard deviations of both together
    the published one lies above."""
    import pandas as pd

    labels = labels_of(study)
    rows = {labels[figure.name]: [*numbers_of(study, figure), _signed(figure.z)] for figure in figures}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["published", "expected [95 %]", "standard deviations"])


def sentence(study: Study, figure: Expected) -> str:
    """A published figure beside what the model expects, and whether it lies where 95 % of such figures would."""
    published, expected = numbers_of(study, figure)
    where = "within" if figure.inside(max(LEVELS)) else "outside"
    told = f"published {published} where the model expects {expected}, {where} what a publisher would find in 95 %"
    return f"{labels_of(study)[figure.name]}: {told}."


def _signed(z: float) -> str:
    rounded = round(z, 1)
    return f"{rounded:+.1f}".replace("-", "\N{MINUS SIGN}") if rounded else "0.0"
