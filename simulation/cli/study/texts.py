"""The files of a study as they are written, in both languages; gaps are `$gap`."""

from __future__ import annotations

from simulation.world.labels import Label

BASE = Label(
    """\
# $title: the base, against which the what-if is held.
#
# Only what is written here is your own. Everything else is inherited from $base and was not measured in
# your municipality. What you have changed: `jobcentersim params $base base.yaml`. Where values come from:
# `jobcentersim check --origin exits base.yaml`.
#
# A number with a source is {value, unit, kind, source}; kind is published, evidence, calibrated, assumed or rule.
# Write where your own numbers come from.
version: 2
extends: $base
targets: targets.yaml  # published figures that the model is shown beside
name: $name
description: $description

intake:
  # So many begin $intake, all of them in one jobcentre.
  persons: {value: $persons, unit: persons, kind: assumed, source: $own}

teams:
  $team:
    # Full-time caseworkers for these persons alone; $minutes minutes a week of each are for talks.
    fte: {value: $staff, unit: full-time staff, kind: assumed, source: $own}
$limit
jobcentres:
  $jobcentre: {name: $place}
$sized""",
    """\
# $title: udgangspunktet, som forslaget holdes op imod.
#
# Kun det, der står her, er jeres eget. Alt andet er arvet fra $base og er ikke målt i jeres kommune.
# Hvad I har ændret: `jobcentersim params $base base.yaml`. Hvor værdierne kommer fra: `jobcentersim check
# --origin exits base.yaml`.
#
# Et tal med kilde skrives {value, unit, kind, source}; kind er published, evidence, calibrated, assumed eller rule.
# Skriv, hvor jeres egne tal kommer fra.
version: 2
extends: $base
targets: targets.yaml  # offentliggjorte tal, som modellen vises ved siden af
name: $name
description: $description

intake:
  # Så mange begynder $intake, alle i ét jobcenter.
  persons: {value: $persons, unit: persons, kind: assumed, source: $own}

teams:
  $team:
    # Fuldtidsstillinger til disse personer alene; hver har $minutes minutter om ugen til samtaler.
    fte: {value: $staff, unit: full-time staff, kind: assumed, source: $own}
$limit
jobcentres:
  $jobcentre: {name: $place}
$sized""",
)
LIMIT = Label(
    "    # Who finds the team full waits for a caseworker.\n"
    "    caseload_limit: {value: $limit, unit: cases per full-time caseworker, kind: assumed, source: $own}\n"
    "    at_limit: wait\n",
    "    # Er teamet fuldt, ventes der på en sagsbehandler.\n"
    "    caseload_limit: {value: $limit, unit: cases per full-time caseworker, kind: assumed, source: $own}\n"
    "    at_limit: wait\n",
)
NO_LIMIT = Label(
    "    # No limit: whoever comes gets a caseworker, however many cases she has.\n",
    "    # Intet loft: alle får en sagsbehandler, uanset hvor mange sager der er i forvejen.\n",
)
SIZED = Label(
    "\n# As many per person as in $base.\n",
    "\n# Lige så mange pr. person som i $base.\n",
)
WHAT_IF = Label(
    """\
# What if a full-time caseworker had at most $limit cases, with the same staff?
#
# A what-if holds only what differs from the base. Change the number, or another one, and run it again.
version: 2
extends: base.yaml
name: $name
teams:
  $team:
    caseload_limit: {value: $limit, unit: cases per full-time caseworker, kind: assumed, source: what-if}
    at_limit: wait  # who finds the team full waits for a caseworker
""",
    """\
# Hvad nu, hvis en fuldtidssagsbehandler højst havde $limit sager, med samme bemanding?
#
# Et forslag rummer kun det, der er anderledes end i udgangspunktet. Ret tallet, eller et andet, og kør igen.
version: 2
extends: base.yaml
name: $name
teams:
  $team:
    caseload_limit: {value: $limit, unit: cases per full-time caseworker, kind: assumed, source: forslag}
    at_limit: wait  # er teamet fuldt, ventes der på en sagsbehandler
""",
)
TARGETS = Label(
    """\
# Published figures that the model is shown beside. The one below is an EXAMPLE from $file: it is published, but
# not of your municipality. Replace it by your own (jobindsats.dk, an evaluation, your own records), or delete it.
#
# A figure needs:
#   outcome, group, week    what it is of: `jobcentersim run base.yaml` lists outcomes in tables/schema.json; group
#                           alle is everybody; week is weeks since enrolment (leave it out: the whole follow-up)
#   figure, rounding        the number (a share of 91 % is 0.91) and half its last printed digit (0.005)
#   source, page            where it is printed
#   definition              how the publisher counted: whom, when, from which day
# And, if you know it, n (persons that it is of) or se with se_source: its own uncertainty is then shown.
#
# With `role: fit` on figures of your own, values can be fitted to them (docs/calibration.md).
version: 1
targets:
  example_to_be_replaced:
$example    caveat: "EXAMPLE, not of this municipality: replace or delete it"
""",
    """\
# Offentliggjorte tal, som modellen vises ved siden af. Tallet herunder er et EKSEMPEL fra $file: det er
# offentliggjort, men ikke jeres kommunes. Erstat det med jeres egne (jobindsats.dk, en evaluering, egne opgørelser),
# eller slet det.
#
# Et tal skal have:
#   outcome, group, week    hvad det er et tal for: `jobcentersim run base.yaml` skriver udfaldene i tables/schema.json;
#                           group alle er alle personer; week er uger siden start (udeladt: hele opfølgningen)
#   figure, rounding        tallet (en andel på 91 % er 0.91) og det halve af sidste trykte ciffer (0.005)
#   source, page            hvor det står
#   definition              hvordan det er opgjort: hvem, hvornår og regnet fra hvilken dag
# Og, hvis det er kendt, n (antal personer bag tallet) eller se med se_source: så vises tallets egen usikkerhed.
#
# Med `role: fit` på jeres egne tal kan værdier kalibreres til dem (docs/calibration.md).
version: 1
targets:
  example_to_be_replaced:
$example    caveat: "EKSEMPEL, ikke denne kommunes tal: erstat eller slet det"
""",
)
README = Label(
    """\
# $title

What happens if a full-time caseworker has at most $limit cases?

| file | what it is |
|---|---|
| `base.yaml` | your municipality today: $persons persons, $staff full-time caseworkers |
| `what_if.yaml` | what differs: at most $limit cases |
| `targets.yaml` | published figures to hold the model against; the one in it is an example to be replaced |
| `notebook.ipynb` | the same comparison in a notebook |

```
jobcentersim check base.yaml what_if.yaml      is everything as it should be? Nothing is run
jobcentersim run what_if.yaml                  what the limit does, beside the base
jobcentersim compare base.yaml what_if.yaml    the differences, with their intervals
```

`check` warns that people will wait for a caseworker where the limit is below what the staff can carry. That is the
question, not a mistake.

1. Correct the persons and the staff in `base.yaml`, with their sources.
2. Change the limit in `what_if.yaml`, or anything else: a what-if holds only what differs.
3. Put your own figures into `targets.yaml`.

Everything that is not in these files is inherited from `$base` and is not of your municipality:
`jobcentersim list` names what is shipped, `jobcentersim check --origin teams base.yaml` tells where values come from. A
colleague with the same version of jobcentersim gets the same figures from these files.
""",
    """\
# $title

Hvad sker der, hvis en fuldtidssagsbehandler højst har $limit sager?

| fil | hvad det er |
|---|---|
| `base.yaml` | kommunen i dag: $persons personer, $staff fuldtidsstillinger |
| `what_if.yaml` | det, der er anderledes: højst $limit sager |
| `targets.yaml` | offentliggjorte tal at holde modellen op imod; tallet i filen er et eksempel, der skal erstattes |
| `notebook.ipynb` | samme sammenligning i en notebook |

```
jobcentersim check base.yaml what_if.yaml              er alt, som det skal være? Intet køres
jobcentersim run what_if.yaml --lang da                hvad loftet gør, ved siden af udgangspunktet
jobcentersim compare base.yaml what_if.yaml --lang da  forskellene med deres intervaller
```

`check` advarer om, at nogle kommer til at vente på en sagsbehandler, når loftet ligger under det, bemandingen skal
bære. Det er spørgsmålet, ikke en fejl.

1. Ret antallet af personer og bemandingen i `base.yaml`, og angiv kilderne.
2. Ret loftet i `what_if.yaml`, eller noget helt andet: et forslag rummer kun det, der er anderledes.
3. Skriv jeres egne tal i `targets.yaml`.

Alt, der ikke står i disse filer, er arvet fra `$base` og er ikke jeres kommunes: `jobcentersim list` viser,
hvad der følger med, og `jobcentersim check --origin teams base.yaml`, hvor værdierne kommer fra. En kollega med samme
version af jobcentersim får de samme tal ud af filerne.
""",
)
