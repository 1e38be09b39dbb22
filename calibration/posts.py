"""Posts: the full-time staff that a trial's delivery takes, where minutes in direct contact are not those of its fit.

    python -m calibration.posts WHAT_IF [TEAM=OUTCOME:GROUP ...] [--draws 12] [--replications 1]

A fit to what was delivered has posts and minutes as they are assumed; no figure tells the two apart. A what-if has
other minutes in some teams. For each of them it is asked how many posts make it deliver what it does in the fit, the
others being as they are there. So many posts that it has as much time as in the fit are enough. Sought is the least
part of those with which the figure that is named for the team, or where none is the minutes that it uses, are as many,
but for 1 %: beyond it no more is delivered, so that is what the delivery implies. Every draw of the parameters from
their posterior is tried with replications of its own.
"""

from __future__ import annotations

import argparse
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from simulation.results.measures.replication import simulate
from simulation.results.names import Names
from simulation.scenario.extended import extended_of
from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.load import Loaded, load
from simulation.world.spec import Floats

LESS = 0.01
"""What may be lacking of what the team delivers with as much time as in the fit."""
STEPS = 7
"""The span in which the posts lie is halved so often: to a hundredth of them."""


class Posts(NamedTuple):
    """Posts of a team in all jobcentres together: as the what-if has them, and what the delivery implies by draw."""

    team: str
    fte: float
    implied: Floats

    @property
    def interval(self) -> tuple[float, float]:
        """95 % of the draws, as if normal."""
        middle, spread = float(self.implied.mean()), 1.96 * float(self.implied.std(ddof=1))
        return middle - spread, middle + spread


def places_of(loaded: Loaded, team: str) -> dict[str, float]:
    """The posts of a team by the dotted path of each number, those of single jobcentres and models included."""
    data = loaded.resolved.data
    holders = {"": data, **{f"jobcentres.{name}.": each for name, each in data["jobcentres"].items()}}
    holders |= {f"organisation_models.{name}.": each for name, each in (data.get("organisation_models") or {}).items()}
    found = {}
    for path, holder in holders.items():
        own = ((holder or {}).get("teams") or {}).get(team) or {}
        if own.get("fte"):
            found[f"{path}teams.{team}.fte"] = float(own["fte"])
    return found


def posts_of(loaded: Loaded, team: str) -> float:
    """The posts of a team in all jobcentres together."""
    return sum(loaded.scenario.teams_of(name)[team].fte for name in loaded.scenario.jobcentres)


class Delivery(NamedTuple):
    """What a team delivers: a figure (outcome and group), or the minutes that it uses over the run in all jobcentres;
    the mean of the replications of these numbers."""

    team: str
    figure: tuple[str, str] | None
    numbers: Sequence[int]

    def of(self, loaded: Loaded) -> float:
        """How much it is in a scenario."""
        found = simulate(loaded.scenario, self.numbers)
        if self.figure is not None:
            figure = Names(loaded.scenario).figure(*self.figure)
            return float(np.mean([each.outcomes[figure] for each in found]))
        number = list(loaded.scenario.teams).index(self.team)
        return float(np.mean([each.staff.minutes_used[..., number].sum() for each in found]))


def implied(
    base: Loaded, what_if: Loaded, figures: Mapping[str, tuple[str, str]], draws: int, replications: int = 1
) -> Iterator[Posts]:
    """What the delivery of a fit implies, for each team whose minutes the what-if changes, by its figure if it has
    one."""
    values = drawn(base, draws)
    for name, team in base.scenario.teams.items():
        minutes = what_if.scenario.teams[name].minutes_per_week
        if minutes == team.minutes_per_week or not Delivery(name, None, [0]).of(base):
            continue  # nothing is changed, or nobody has anything to do
        more = team.minutes_per_week / minutes  # times the posts are as much time as in the fit
        parts = [
            _least(
                base.at({**each, f"teams.{name}.minutes_per_week": minutes}), more,
                Delivery(name, figures.get(name), range(n * replications, (n + 1) * replications)),
            )
            for n, each in enumerate(values)
        ]  # fmt: skip
        yield Posts(name, posts_of(what_if, name), posts_of(base, name) * more * np.array(parts))


def _least(loaded: Loaded, more: float, delivery: Delivery) -> float:
    """The least part of so many times more posts with which as much is delivered as with all of them, but for what may
    be lacking."""
    places = places_of(loaded, delivery.team)

    def delivered(part: float) -> float:
        return delivery.of(loaded.at({path: fte * more * part for path, fte in places.items()}))

    low, high, enough = 0.0, 1.0, (1 - LESS) * delivered(1.0)
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if delivered(middle) >= enough else (middle, high)
    return high


def drawn(loaded: Loaded, draws: int) -> list[dict[str, object]]:
    """Values from the posteriors of all fits of a scenario, by dotted path; without any fit so many times none."""
    found: list[dict[str, object]] = [{} for _ in range(draws)]
    filled = {dotted(path): fit for path, fit in loaded.resolved.fitted.items()}
    for fit in loaded.resolved.fits:
        names, rows = fit.draws()
        for values, row in zip(found, rows[:: len(rows) // draws], strict=False):
            for name, value in zip(names, row.tolist(), strict=True):
                whole = isinstance(fit.point(name), int)
                at = fit.paths[name].values(value) if name in fit.paths else {}
                values |= {path: int(each) if whole else each for path, each in at.items() if filled.get(path) is fit}
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """One line for each team."""
    parser = argparse.ArgumentParser(prog="python -m calibration.posts")
    parser.add_argument("what_if", type=pathlib.Path)
    parser.add_argument("figures", nargs="*", metavar="TEAM=OUTCOME:GROUP")
    parser.add_argument("--draws", type=int, default=12)
    parser.add_argument("--replications", type=int, default=1)
    asked = parser.parse_args(arguments)
    what_if = load(asked.what_if)
    extended = extended_of(what_if, {})
    if extended is None or extended.loaded is None:
        parser.error(f"{asked.what_if}: it extends no scenario that it could be held against")
    figures = {}
    for written in asked.figures:
        team, given, figure = written.partition("=")
        outcome, named, group = figure.partition(":")
        if not given or not named or team not in what_if.scenario.teams:
            there = ", ".join(what_if.scenario.teams)
            parser.error(f"{written}: write a team (of {there}) and its figure, TEAM=OUTCOME:GROUP")
        figures[team] = outcome, group
    for posts in implied(extended.loaded, what_if, figures, asked.draws, asked.replications):
        (low, high), middle = posts.interval, float(posts.implied.mean())
        told = f"{posts.fte:.3g} posts, implied {middle:.3g} [{low:.3g}, {high:.3g}]"
        print(f"{asked.what_if.stem}: {posts.team}: {told}", flush=True)


if __name__ == "__main__":
    main()
