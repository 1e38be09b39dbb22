"""The luck of drawn values: it belongs to (seed, name of the value, number of the draw), and to nothing else.

So a value is the same in every arm and in all scenarios that are compared, whatever else is drawn. In every block of
`STRATA` draws each of as many equal parts of [0, 1] has one draw, in an order of the value's own (a Latin hypercube),
so that the draws of a value are spread as its distribution is.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from simulation.world.draws import word
from simulation.world.spec import Floats

STRATA = 50


def chance(seed: int, name: str, draw: int, again: int = 0) -> float:
    """A uniform number strictly between 0 and 1. `again` counts how often the draw was made anew; those are not
    stratified."""
    if again:
        return float(_uniform(seed, f"{name} draw {draw} again {again}", 1)[0])
    block, place = divmod(draw, STRATA)
    return float(_block(seed, name, block)[place])


@lru_cache(maxsize=4096)
def _block(seed: int, name: str, block: int) -> Floats:
    both = _uniform(seed, f"{name} block {block}", 2 * STRATA)
    order = np.argsort(both[:STRATA], kind="stable")
    return np.asarray((order + both[STRATA:]) / STRATA)


def _uniform(seed: int, text: str, count: int) -> Floats:
    raw = np.random.Philox(key=[seed, word(f"uncertain {text}")]).random_raw(count)
    return (raw >> np.uint64(12)).astype(np.float64) * 2.0**-52 + 2.0**-53
