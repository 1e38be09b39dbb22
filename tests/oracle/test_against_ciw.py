"""Toy jobcentres against Ciw, a library for networks of queues by others: `python3 tasks.py oracle`.

Decision rule: |z| < LIMIT for every figure of every toy jobcentre, engine against Ciw, z = difference / combined
standard error over independent replications (200 on each side, by seeds of their own); and each of the two against the
closed form by its own standard error. Seeds are fixed.

What the rule lets pass. One combined standard error is, in per cent of the figure: mean wait 2.7, 3.3 and 5.8 (one desk
at loads of 0.7, 0.85 and 0.95), 3.8 and 3.1 (four desks); share on time 0.6 to 2.7; in line for a caseworker 1.3, 2.7
and 6.5 (limits of 40, 50 and 60); cases 0.1 to 0.3.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import LIMIT
from tests.oracle.compare import TOYS, simulated, table, z_of

pytestmark = pytest.mark.oracle


@pytest.mark.parametrize("name", TOYS)
def test_engine_ciw_and_closed_form_agree(name: str) -> None:
    """All three pairs, for every figure."""
    z = z_of(name)
    assert max(abs(each) for three in z.values() for each in three) < LIMIT, z


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("4 desks × 3 talks, load 0.9, cases in turn", "4 desks × 3 talks, load 0.9, by chance"),
        ("limit of 50 cases", "limit of 40 cases"),
    ],
)
def test_ciw_tells_toy_jobcentres_apart(name: str, other: str) -> None:
    """The rule has power: one toy jobcentre of the engine is far outside it against another one of Ciw."""
    engine, ciw = simulated(name), TOYS[other].ciw()
    assert abs(engine["wait"].z_against(ciw["wait"])) > LIMIT


def test_table_of_the_page_is_what_is_measured() -> None:
    """docs/queueing.md shows this table, to the last digit."""
    page = (Path(__file__).parents[2] / "docs" / "queueing.md").read_text(encoding="utf-8")
    assert "\n".join(table()) in page, "python -m tests.oracle.compare prints it anew"
