"""The README of a study of one municipality: what came from where, what is the nation's, what is assumed."""

from __future__ import annotations

from simulation.cli.study.place_files import Study, ahead, cases, misses, own_lines
from simulation.cli.study.place_talks import CONTACTS
from simulation.cli.study.place_targets import not_held
from simulation.cli.study.place_texts import LEFT_OUT, NATION, OWN, WANTED, fill
from simulation.municipal.modelled import FILLS, SEEN
from simulation.municipal.place import month_text
from simulation.world.labels import Label

TEXT = Label(
    """\
# {title}

{files}

```
jobcentersim check base.yaml what_if.yaml      is everything as it should be? Nothing is run
jobcentersim run base.yaml                     how it goes today
jobcentersim report results/base               ... and the stock of {first} to {last} beside the published one
jobcentersim compare base.yaml what_if.yaml    what twice as many talks would do, with intervals
{commands}```
{question}
## What came from where

{groups}

From the nation or assumed, where it is not said above: where people leave to, what talks do, jobs that end, hours.
Talks are, where none are printed, those of the rules of 2024 on dagpenge and kontanthjælp, and else those of the
shipped bases; offers are left out.
**The staff is assumed** ({cases:,.0f} simulated persons at a time, by recommended cases of each group, 577 minutes a
week each in direct contact): put your own into `teams` of `base.yaml`, with where it is from. Displacement is left
out. A simulated person stands for {scale}.

## How it is fitted

`months.csv` has the arithmetic. The stock of each month is its level times its season; persons of a month are
full-time persons times persons each. Everybody leaves by one weekly intensity, which held talks raise. Inflow is
what it must be for the stock, in each group for itself, and the intensity what it must be for what is named above.
The stock that was there comes evenly over the first half-year of a run, so that its talks do not all fall due at
once; two years later, when the year that is known begins, nothing goes by it: where people stay for years, no exit
and no talk depends on how long they have been there. The year ahead ({ahead})
has the last level and the season: it is no forecast of the trade cycle (`jobcentersim backtest` tells how good it
would have been).

Mean distance of the closed form from the published stock, month by month: {misses}. `report` shows what the
simulation makes of it, the long-term share beside it.
{doubts}""",
    """\
# {title}

{files}

```
jobcentersim check base.yaml what_if.yaml              er alt, som det skal være? Intet køres
jobcentersim run base.yaml --lang da                   hvordan det går i dag
jobcentersim report results/base --lang da             ... og bestanden fra {first} til {last}, også den offentliggjorte
jobcentersim compare base.yaml what_if.yaml --lang da  hvad dobbelt så mange samtaler ville gøre, med intervaller
{commands}```
{question}
## Hvad kom hvorfra

{groups}

Landets tal eller antaget, hvor andet ikke er sagt ovenfor: hvor folk går hen, samtalernes virkning, job der ophører,
timer. Hvor samtaler ikke er offentliggjort, er de reglernes fra 2024 på dagpenge og kontanthjælp og ellers de
medfølgende udgangspunkters; tilbud er udeladt. **Bemandingen er antaget** ({cases:,.0f} simulerede personer ad gangen,
efter vejledende sagstal for hver gruppe, 577 minutter om ugen hver i direkte kontakt): skriv jeres egen i `teams` i
`base.yaml`, med kilde. Fortrængning er udeladt. En simuleret person står for {scale}.

## Sådan er der tilpasset

`months.csv` har regnestykket. Bestanden i hver måned er niveau gange sæson; personer i måneden er fuldtidspersoner
gange personer pr. fuldtidsperson. Alle forlader ydelsen med én ugentlig intensitet, som afholdte samtaler hæver.
Tilgangen er den, som bestanden kræver, i hver gruppe for sig, og intensiteten den, som det nævnte ovenfor kræver.
Bestanden fra før kommer jævnt over kørslens første halve år, så dens samtaler ikke alle skal holdes på én gang; to
år senere, når det kendte år begynder, afhænger intet af det: hvor folk bliver i årevis, afhænger hverken afgang
eller samtaler af, hvor længe de har været der. Det kommende år
({ahead}) har det seneste niveau og sæsonen: det er ingen konjunkturprognose (`jobcentersim backtest` siger, hvor
god den ville have været).

Gennemsnitlig afstand mellem den lukkede form og den offentliggjorte bestand, måned for måned: {misses}. `report`
viser, hvad simuleringen gør ved den, med langtidsandelen ved siden af.
{doubts}""",
)
FILES = Label(
    """\
| file | what it is |
|---|---|
| `base.yaml` | today: {groups}, with one staff |
| `what_if.yaml` | what differs: twice as many talks with the municipality |
{plans}| `targets.yaml` | published figures, each as its publisher defines it |
| `months.csv` | the arithmetic of the fit, month by month |
{more}""",
    """\
| fil | hvad det er |
|---|---|
| `base.yaml` | i dag: {groups}, med én bemanding |
| `what_if.yaml` | det, der er anderledes: dobbelt så mange samtaler i kommunen |
{plans}| `targets.yaml` | offentliggjorte tal, hvert med udgiverens definition |
| `months.csv` | tilpasningens regnestykke, måned for måned |
{more}""",
)
LAW = Label(
    """\
| `loven_2027.yaml` | the act of 2027 on talks, for dagpenge, job-ready kontanthjælp and ledighedsydelse |
| `tredjedel_faerre.yaml` | under the act, a third fewer staff in the municipality |
| `planer/` | the same third fewer, under other plans |
""",
    """\
| `loven_2027.yaml` | loven fra 2027 om samtaler, for dagpenge, jobparate på kontanthjælp og ledighedsydelse |
| `tredjedel_faerre.yaml` | under loven, en tredjedel færre ansatte i kommunen |
| `planer/` | den samme tredjedel færre, med andre planer |
""",
)
FEWER = Label("| `tredjedel_faerre.yaml` | a third fewer staff in the municipality |\n",
              "| `tredjedel_faerre.yaml` | en tredjedel færre ansatte i kommunen |\n")  # fmt: skip
OF_LAW = Label(
    """\
jobcentersim compare base.yaml loven_2027.yaml   what the act of 2027 would do
jobcentersim compare loven_2027.yaml tredjedel_faerre.yaml planer/*.yaml   a third fewer: which plan loses least?
""",
    """\
jobcentersim compare base.yaml loven_2027.yaml --lang da   hvad loven fra 2027 ville gøre
jobcentersim compare loven_2027.yaml tredjedel_faerre.yaml planer/*.yaml --lang da   hvad taber mindst?
""",
)
OF_FEWER = Label("jobcentersim compare base.yaml tredjedel_faerre.yaml   what a third fewer staff would do\n",
                 "jobcentersim compare base.yaml tredjedel_faerre.yaml --lang da   en tredjedel færre ansatte\n")
QUESTION = Label(
    """
Every plan holds for the whole run, so a comparison is of two worlds that have always been so, by the same luck. Talks
held and cases per caseworker stand beside exits and weeks. With 577 minutes a week it is cases, and rarely talks, that
fill the posts: that fewer staff then cost little is what these assumptions say (`check` tells how busy a team is).
The plans are shipped designs; another one of `jobcentersim list parts` (friheden) is a file of three lines beside
`loven_2027.yaml`: `version: 2`, a `name`, and `extends: [loven_2027.yaml, {part: shipped/parts/friheden/NAME}]`.
""",
    """
Hver plan gælder hele kørslen, så en sammenligning er mellem to verdener, der altid har været sådan, med samme
tilfældighed. Afholdte samtaler og sager pr. sagsbehandler står ved siden af afgang og uger. Med 577 minutter om ugen
er det sagerne og sjældent samtalerne, der fylder stillingerne: at færre ansatte så koster lidt, er hvad disse
antagelser siger (`check` fortæller, hvor travlt et team har). Planerne er medfølgende design; et andet fra
`jobcentersim list parts` (friheden) er en fil på tre linjer ved siden af `loven_2027.yaml`: `version: 2`, et `name` og
`extends: [loven_2027.yaml, {part: shipped/parts/friheden/NAVN}]`.
""",
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
    act = any(CONTACTS[key].act for key in study.keys)
    plans = (LAW if act else FEWER).told(language)
    names = {each.key: study.called(each) for each in study.groups}
    more = "".join(fill(ALONE, language, key=key) for key in names) if len(names) > 1 else ""
    groups = [
        fill(OF_GROUP, language,
            name=names[each.key], source=each.source, persons=each.persons, persons_source=each.persons_source,
            whose=(OWN if each.own else NATION).told(language), wanted=WANTED[each.wanted.what].told(language),
            value=each.wanted.value,
            by=each.wanted_source, weeks=each.fit.stay.weeks, own=each.parts.own,
            begun=each.fit.begun[FILLS : FILLS + SEEN].mean(),
        )
        + "".join(f"\n  * {line}" for line in own_lines(study, each))
        for each in study.groups
    ]  # fmt: skip
    left_out = [f"* {LEFT_OUT.told(language, what=each.told(language))}" for each in modelled.left_out]
    return fill(TEXT, language,
        title=study.title, files=fill(FILES, language, groups="; ".join(names.values()), more=more, plans=plans),
        commands=(OF_LAW if act else OF_FEWER).told(language), question=QUESTION.told(language) if act else "",
        groups="\n".join([*groups, *left_out]), cases=cases(study),
        scale=study.scale,
        ahead=ahead(study), first=month_text(modelled.seen[0]), last=month_text(modelled.seen[-1]),
        misses=", ".join(fill(MISSED, language, key=key, miss=miss) for key, miss in misses(study).items()),
        doubts="".join(f"\n{each}\n" for each in [*not_held(study), *doubtful]),
    )  # fmt: skip
