"""Every mechanism of the file of evidence put together: by destination, and there by target group and for all groups.

Exits to different destinations are never pooled. What hangs on one family or one grade is told by leaving it out. A
group and `all` are two views of the same studies: a scenario takes one of them. So are the effort as a whole and the
effect of talks that the model measures it by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from calibration.evidence.instrument import measured
from calibration.evidence.schema import ALL, NOBODY, Entry, EvidenceFile, Given, Imputed, Judged, Mechanism
from calibration.synthesis import Posterior, synthesise


@dataclass(frozen=True)
class Without:
    """The posterior without some studies, or with another prior. `left` studies remain."""

    what: str
    posterior: Posterior
    left: int


@dataclass(frozen=True)
class Effect:
    """What is known of a mechanism in exits to one destination of a target group. Without studies it is the prior."""

    name: str
    mechanism: Mechanism
    destination: str
    group: str
    studies: Mapping[str, Entry]
    posterior: Posterior
    without: tuple[Without, ...] = field(default=())
    judged: Judged | None = None

    @property
    def imputed(self) -> int:
        """How many of the errors are guesses."""
        return sum(entry.error is not None and entry.error.how == "imputed" for entry in self.studies.values())


def effects_of(file: EvidenceFile) -> list[Effect]:
    """All effects, in the order of the file. Raises ValueError if no effect of talks comes to a study's result."""
    effects = []
    for name, mechanism in file.mechanisms.items():
        if mechanism.measured:
            used = dict(as_measured(file, name))
        else:
            used = {key: e for key, e in file.studies.items() if e.used and e.mechanism == name}
        for destination in mechanism.destinations:
            to_it = {key: e for key, e in used.items() if e.destination == destination}
            groups = list(dict.fromkeys(e.group for e in to_it.values() if e.group is not None))
            if len(groups) > 1:
                effects.append(_effect(file, name, destination, ALL, to_it))
            for group in groups:
                of_it = {key: e for key, e in to_it.items() if e.group == group}
                effects.append(_effect(file, name, destination, group, of_it))
            judged = [each for each in mechanism.judged if each.destination == destination]
            effects += [_judged(file, name, each) for each in judged]
            if not (used or judged):
                effects.append(_effect(file, name, destination, NOBODY, {}))
    return effects


def as_measured(file: EvidenceFile, mechanism: str) -> Iterator[tuple[str, Entry]]:
    """The studies whose dose is known, with the effect of talks that the model says their results come to."""
    for name, dose in file.doses.items():
        entry = file.studies[name]
        estimate, error = dose.estimate if dose.estimate is not None else entry.estimate, entry.error
        if estimate is None or error is None:
            raise ValueError(f"{name} has a dose, and no estimate or error")
        found = measured(dose, file.curve, estimate, dose.sd or error.sd)
        if isinstance(error, Imputed):
            scaled: Imputed | Given = error.model_copy(update={"sd": found.error})
        else:
            scaled = Given(how="given", sd=found.error, basis=error.basis)
        how = "what the model says that talks come to, at the dose of the study"
        changed = {"mechanism": mechanism, "group": dose.group, "used": True, "not_used": None,
                   "estimate": found.effect, "estimate_how": how, "error": scaled}  # fmt: skip
        yield name, entry.model_copy(update=changed)


def _effect(file: EvidenceFile, name: str, destination: str, group: str, studies: Mapping[str, Entry]) -> Effect:
    mechanism = file.mechanisms[name]
    posterior = posterior_of(file, mechanism, studies)
    return Effect(name, mechanism, destination, group, studies, posterior, tuple(_without(file, mechanism, studies)))


def _judged(file: EvidenceFile, name: str, judged: Judged) -> Effect:
    """What a survey says of a group without studies; or that nothing is known."""
    mechanism = file.mechanisms[name]
    sd, centre = judged.sd or file.mean_prior, judged.mean or 0.0
    posterior = synthesise([], [], tau_scale=mechanism.tau_scale, mean_prior=sd, centre=centre)
    return Effect(name, mechanism, judged.destination, judged.group, {}, posterior, judged=judged)


def posterior_of(
    file: EvidenceFile,
    mechanism: Mechanism,
    studies: Mapping[str, Entry],
    *,
    wider_mean: float = 1,
    wider_tau: float = 1,
) -> Posterior:
    """The posterior of these studies; the scales of both priors are those of the file times `wider_...`."""
    rows = list(studies.values())
    return synthesise(
        [entry.estimate for entry in rows if entry.estimate is not None],
        [file.variance(entry) for entry in rows],
        tau_scale=mechanism.tau_scale * wider_tau,
        mean_prior=file.mean_prior * wider_mean,
        pools_trials=[entry.pools_trials for entry in rows],
    )


def _without(file: EvidenceFile, mechanism: Mechanism, studies: Mapping[str, Entry]) -> list[Without]:
    """Each family and each grade left out, where others remain; and each of both priors twice as wide."""
    changed = []
    families = {f"family {e.family}": [k for k in studies if studies[k].family == e.family] for e in studies.values()}
    grades = {f"grade {e.grade}": [k for k in studies if studies[k].grade == e.grade] for e in studies.values()}
    for what, names in {**families, **dict(sorted(grades.items()))}.items():
        rest = {key: entry for key, entry in studies.items() if key not in names}
        if rest:
            changed.append(Without(f"without {what}", posterior_of(file, mechanism, rest), len(rest)))
    if studies:
        wide = posterior_of(file, mechanism, studies, wider_mean=2)
        apart = posterior_of(file, mechanism, studies, wider_tau=2)
        changed.append(Without("prior of the mean twice as wide", wide, len(studies)))
        changed.append(Without("prior of the spread between trials twice as wide", apart, len(studies)))
    return changed
