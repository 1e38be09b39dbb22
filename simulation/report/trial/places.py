"""In how many jobcentres a rehearsed trial finds an effect of their own, and how many luck gives, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.report.trial.numbers import Numbers
from simulation.world.labels import Label

FEWEST = 2
"""One may stand out in nearly every second trial without any effect; several look like more."""
SEVERAL = Label(
    "At least {number} of {jobcentres} jobcentres see significantly more exits by themselves in {as_run}; where there "
    "is no effect in {null}, and by luck in {luck} (each wrong in 2.5 %).",
    "Mindst {number} af {jobcentres} jobcentre ser for sig selv en signifikant højere afgang i {as_run}; hvor ingen "
    "effekt er, i {null}, og ved ren tilfældighed i {luck} (hver fejler i 2,5 %).",
)


def several(telling: Numbers) -> Iterator[str]:
    """At least FEWEST of the jobcentres, where they are asked for (`outcomes_by: [jobcentres]`) and told apart."""
    rehearsed, words = telling.rehearsed, telling.words
    own, of = rehearsed.own, rehearsed.own.places.get(rehearsed.primary.outcome)
    if of is None or not rehearsed.loaded.scenario.by_jobcentre:
        return
    luck = f"{words.number('share', float(of.luck[FEWEST]))} %"
    shares = {"as_run": telling.share(of.trial[FEWEST]), "null": telling.share(of.null[FEWEST]), "luck": luck}
    yield words.say(SEVERAL, number=FEWEST, jobcentres=own.jobcentres, **shares)
