"""The README of a study of one municipality: what came from where, what is the nation's, what is assumed."""

from __future__ import annotations

from simulation.cli.study.place_files import Study, ahead, cases, misses, own_lines
from simulation.cli.study.place_targets import not_held
from simulation.cli.study.place_texts import NATION, OWN, WANTED, fill
from simulation.municipal.modelled import FILLS, SEEN
from simulation.municipal.place import month_text
from simulation.world.labels import Label

TEXT = Label(
    """\
# {title}

{files}

```
jobcentersim check base.yaml what_if.yaml      is everything as it should be? Nothing is run
jobcentersim run base.yaml                     the stock of {first} to {last} beside the published one
jobcentersim compare base.yaml what_if.yaml    what talks every other week would do, with intervals
```

## What came from where

{groups}

From the nation or assumed, where it is not said above: where people leave to, talks and what they do, jobs that
end, hours.
**The staff is assumed** ({cases:.0f} simulated persons at a time, 45 each): put your own into `teams` of
`base.yaml`, with where it is from. Displacement is left out. A simulated person stands for {scale}.

## How it is fitted

`months.csv` has the arithmetic. The stock of each month is its level times its season; persons of a month are
full-time persons times persons each. Everybody leaves by one weekly intensity, which held talks raise. Inflow is
what it must be for the stock, and the intensity what it must be for what is named above. The year ahead ({ahead})
has the last level and the season: it is no forecast of the trade cycle (`jobcentersim backtest` tells how good it
would have been).

Mean distance of the closed form from the published stock, month by month: {misses}. `run` shows what the simulation
makes of it, the long-term share beside it.
{doubts}""",
    """\
# {title}

{files}

```
jobcentersim check base.yaml what_if.yaml      er alt, som det skal være? Intet køres
jobcentersim run base.yaml                     bestanden fra {first} til {last} ved siden af den offentliggjorte
jobcentersim compare base.yaml what_if.yaml    hvad samtaler hver anden uge ville gøre, med intervaller
```

## Hvad kom hvorfra

{groups}

Landets tal eller antaget, hvor andet ikke er sagt ovenfor: hvor folk går hen, samtaler og deres virkning, job der
ophører, timer.
**Bemandingen er antaget** ({cases:.0f} simulerede personer ad gangen, 45 til hver): skriv jeres egen i `teams` i
`base.yaml`, med kilde. Fortrængning er udeladt. En simuleret person står for {scale}.

## Sådan er der tilpasset

`months.csv` har regnestykket. Bestanden i hver måned er niveau gange sæson; personer i måneden er fuldtidspersoner
gange personer pr. fuldtidsperson. Alle forlader ydelsen med én ugentlig intensitet, som afholdte samtaler hæver.
Tilgangen er den, som bestanden kræver, og intensiteten den, som det nævnte ovenfor kræver. Det kommende år
({ahead}) har det seneste niveau og sæsonen: det er ingen konjunkturprognose (`jobcentersim backtest` siger, hvor
god den ville have været).

Gennemsnitlig afstand mellem den lukkede form og den offentliggjorte bestand, måned for måned: {misses}. `run`
viser, hvad simuleringen gør ved den, med langtidsandelen ved siden af.
{doubts}""",
)
FILES = Label(
    """\
| file | what it is |
|---|---|
| `base.yaml` | today: {groups}, with one staff |
| `what_if.yaml` | what differs: talks every other week in the first six months |
| `targets.yaml` | published figures, each as its publisher defines it |
| `months.csv` | the arithmetic of the fit, month by month |
{more}""",
    """\
| fil | hvad det er |
|---|---|
| `base.yaml` | i dag: {groups}, med én bemanding |
| `what_if.yaml` | det, der er anderledes: samtaler hver anden uge i det første halve år |
| `targets.yaml` | offentliggjorte tal, hvert med udgiverens definition |
| `months.csv` | tilpasningens regnestykke, måned for måned |
{more}""",
)
MISSED = Label("{key} {miss:.1%}", "{key} {miss:.1%}")
ALONE = Label("| `{key}.yaml`, `targets_{key}.yaml` | this group alone, met month by month |\n",
              "| `{key}.yaml`, `targets_{key}.yaml` | denne gruppe alene, ramt måned for måned |\n")  # fmt: skip
OF_GROUP = Label(
    "* **{name}**. Stock: {source}. Persons each: {persons:.3f} ({persons_source}). Length, {whose}: {wanted} "
    "{value:.4g} ({by}), which gives {weeks:.1f} weeks. Season: {own:.0%} its own, the rest the nation's. "
    "{begun:.0f} begin a month.",
    "* **{name}**. Bestand: {source}. Personer pr. fuldtidsperson: {persons:.3f} ({persons_source}). Varighed, "
    "{whose}: {wanted} {value:.4g} ({by}), som giver {weeks:.1f} uger. Sæson: {own:.0%} egen, resten landets. "
    "{begun:.0f} begynder pr. måned.",
)


def readme(study: Study, doubtful: list[str]) -> str:
    """The text."""
    language, modelled = study.language, study.modelled
    names = {each.key: each.benefit.name_da if language == "da" else each.benefit.name for each in study.groups}
    more = "".join(fill(ALONE, language, key=key) for key in names) if len(names) > 1 else ""
    groups = [
        fill(OF_GROUP, language,
            name=names[each.key], source=each.source, persons=each.persons, persons_source=each.persons_source,
            whose=(OWN if each.own else NATION).told(language), wanted=WANTED[each.wanted.what].told(language),
            value=each.wanted.value,
            by=each.wanted_source, weeks=each.fit.stay.weeks, own=each.parts.own,
            begun=each.fit.begun[FILLS : FILLS + SEEN].mean(),
        )
        + "".join(f"\n  * {line}" for line in own_lines(each))
        for each in study.groups
    ]  # fmt: skip
    return fill(TEXT, language,
        title=study.title, files=fill(FILES, language, groups=", ".join(names.values()), more=more),
        groups="\n".join([*groups, *(f"* {each}" for each in modelled.left_out)]), cases=cases(study),
        scale=study.scale,
        ahead=ahead(study), first=month_text(modelled.seen[0]), last=month_text(modelled.seen[-1]),
        misses=", ".join(fill(MISSED, language, key=key, miss=miss) for key, miss in misses(study).items()),
        doubts="".join(f"\n{each}\n" for each in [*not_held(study), *doubtful]),
    )  # fmt: skip
