"""In how many jobcentres a trial finds an effect of their own, and how many luck alone would give.

An evaluator who tests each jobcentre by itself finds some that stand out, effect or not. With a test whose errors are
what they claim, k or more of G come by luck with the chance that a binomial (G, p / 2) has; with few exits the test is
positive more seldom than that, or more often, and `chance_of_one` is how often.
"""

from __future__ import annotations

import numpy as np

from simulation.results.ends import share_of
from simulation.results.trial.operating import Interval, Places
from simulation.results.trial.tally import CONTROL, TREATED, Tally
from simulation.world.spec import Bools, Floats

P = 0.05


def places(trial: Tally, null: Tally, outcome: str) -> Places:
    """How many jobcentres are positive in rehearsals as run, in the same where nobody is treated, and by luck. Raises
    KeyError for an outcome that is not told by exits."""
    as_run, nothing = positive(trial, outcome), positive(null, outcome)
    return Places(at_least(as_run), at_least(nothing), by_luck(as_run.shape[1]))


def positive(tally: Tally, outcome: str, p: float = P) -> Bools:
    """Where significantly more of the treated than of the control have left to it by the end of the follow-up: shape
    (rehearsals, jobcentres), in the order of the jobcentres' numbers.

    By two proportions with one variance, two-sided at p, of those in the data; of whom nothing more is known has not
    left as far as the evaluator knows. In a jobcentre without persons of both lots there is no test, and none is
    positive. Raises KeyError for an outcome that is not told by exits.
    """
    in_jobcentre = (tally.jobcentre == np.unique(tally.jobcentre)[:, None]).astype(float)  # (jobcentres, cells)
    left = in_jobcentre @ tally.courses[outcome].events.sum(axis=-1)
    persons = in_jobcentre @ tally.persons
    return by_two_proportions(left[..., TREATED], persons[..., TREATED], left[..., CONTROL], persons[..., CONTROL], p)


def by_two_proportions(treated: Floats, of_treated: Floats, control: Floats, of_control: Floats, p: float) -> Bools:
    """Whether a share is significantly above another one, two-sided at p: counts and persons, of one shape."""
    from scipy.special import ndtr

    with np.errstate(divide="ignore", invalid="ignore"):
        shared = (treated + control) / (of_treated + of_control)
        error = np.sqrt(shared * (1 - shared) * (1 / of_treated + 1 / of_control))
        z = (treated / of_treated - control / of_control) / error
    return np.asarray(ndtr(-np.nan_to_num(z)) <= p / 2)


def at_least(found: Bools) -> tuple[Interval, ...]:
    """In what share of rehearsals at least 0, 1, ... jobcentres are positive: of `positive`."""
    rehearsals, jobcentres = found.shape
    counts = [int((found.sum(axis=1) >= least).sum()) for least in range(jobcentres + 1)]
    return tuple(Interval(count / rehearsals, *share_of(count, rehearsals), rehearsals) for count in counts)


def by_luck(jobcentres: int, chance: float = P / 2) -> Floats:
    """The chance that at least 0, 1, ... of so many jobcentres are positive, each with this chance and independently of
    the others: shape (jobcentres + 1,)."""
    from scipy.stats import binom

    return np.asarray(binom.sf(np.arange(-1, jobcentres), jobcentres, chance))


def chance_of_one(of_treated: int, of_control: int, share: float, p: float = P) -> float:
    """How often a jobcentre of that size is positive though the same share of both lots leave: over all counts that
    there can be. Tends to p / 2 as exits become many."""
    from scipy.stats import binom

    treated, control = np.meshgrid(np.arange(of_treated + 1.0), np.arange(of_control + 1.0), indexing="ij")
    persons = np.full_like(treated, of_treated), np.full_like(control, of_control)
    rejects = by_two_proportions(treated, persons[0], control, persons[1], p)
    weights = binom.pmf(treated, of_treated, share) * binom.pmf(control, of_control, share)
    return float(weights[rejects].sum())
