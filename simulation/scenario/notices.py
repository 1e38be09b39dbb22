"""What an obligation does before it begins, wherever it stands in a scenario: what cannot be, and what never bites."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.interventions.contract import stateless
from simulation.interventions.parts.before import Before
from simulation.interventions.parts.referrals import Referral
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.never import parts_of
from simulation.scenario.schema import Scenario


def notice_problems(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Interventions named as if they kept a state."""
    for path, part in parts_of((), scenario):
        if isinstance(part, Before):
            for within, message in stateless(("not_in",), part.not_in, scenario):
                yield (*path, *within), message


def notice_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Notice at a referral that nobody is ever given."""
    for path, part in parts_of((), scenario):
        if not isinstance(part, Referral) or part.before is None or part.before.notice != "referral":
            continue
        if part.weekly == 0 and part.push is None:
            yield (*path, "before", "notice"), "nobody is ever referred (weekly: 0, no push), so nobody has notice"
