"""What an export says of itself, in both languages: what it is, its rules, and its columns."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.world.labels import Label

SIMULATED = Label(
    "SIMULATED: nobody in it exists. Replication {replication} of '{title}' (seed {seed}), by jobcentersim {version}.",
    "SIMULERET: ingen af personerne findes. Gentagelse {replication} af '{title}' (seed {seed}), skrevet af "
    "jobcentersim {version}.",
)
PERSONS = Label(
    "{persons} persons, {start} to {end}. {never} left benefit before they were enrolled and are not in it.",
    "{persons} personer, {start} til {end}. {never} forlod ydelsen før indskrivning og er ikke med.",
)
NAMES = Label(
    "Persons are called S and a number, by which `diary --ledig` knows them. It is no civil registration number.",
    "Personerne hedder S og et nummer, det samme som i `diary --ledig`. Det er ikke et CPR-nummer.",
)
ONE_DAY = Label(
    "One-day rule: a week has the code of what somebody was on for a single day of it. Exits are on Tuesdays, so a "
    "spell has a week more here than at the ends of weeks, by which the tables of results count.",
    "Endagsregel: én dag i en uge er nok til ugens kode. Afgang sker om tirsdagen, så et forløb er en uge længere her "
    "end opgjort ved udgangen af ugerne, som resultattabellerne tæller efter.",
)
RANKING = Label(
    "Several in one week: the code that stands first in `ranking` of codes.yaml. Nearly all of that order is assumed.",
    "Flere i samme uge: den kode, der står først i `ranking` i codes.yaml. Næsten hele den rækkefølge er antaget.",
)
CODES = Label(
    "THE CODES ARE AN ASSUMPTION; codes.yaml says how sure each is. Put in your own and give it with --codes.",
    "KODERNE ER EN ANTAGELSE; codes.yaml siger, hvor sikker hver enkelt er. Ret dem til, og brug --codes.",
)
WITHOUT = Label(
    "Weeks are empty because no code is known: {states}.",
    "Ugerne er tomme, fordi ingen kode er kendt: {states}.",
)
EMPTY_WEEKS = Label(
    "An empty week means: no benefit that has a code. It may be a job, own means, or something without a code here.",
    "En tom uge betyder: ingen ydelse med en kode. Det kan være job, selvforsørgelse eller noget uden kode her.",
)
BEFORE = Label(
    "Weeks before {start} are known of those alone who were on benefit before enrolment; of all others they are empty.",
    "Uger før {start} er kun kendt for dem, der var på ydelse før indskrivningen; for alle andre er de tomme.",
)
WEEKS = Label(
    "Weeks are ISO weeks (y_2053 is week 53 of 2020). Thursday decides of which month a week is.",
    "Ugerne er ISO-uger (y_2053 er uge 53 i 2020). Torsdagen afgør, hvilken måned en uge hører til.",
)
MONTHS = Label(
    "grad_ is paid hours, as they are at the ends of the weeks of the month, in parts of {hours} hours a week; empty "
    "without any. Months that are whole in the run, from 2008 on. The register's own scale is not public: assumed.",
    "grad_ er betalte timer ved udgangen af månedens uger i andele af {hours} timer om ugen; tom uden timer. Kun hele "
    "måneder i kørslen, fra 2008. Registrets egen skala er ikke offentlig: antaget.",
)
NO_JOBS = Label(
    "There are no months: the scenario has no jobs (`job_spells`), so nothing is known after an exit.",
    "Der er ingen måneder: scenariet har ingen job (`job_spells`), så intet er kendt efter afgang.",
)
NO_MONTHS = Label(
    "There are no months: the run has no whole one from 2008 on, when they begin in the register.",
    "Der er ingen måneder: kørslen har ingen hel måned fra 2008 eller senere, hvor de begynder i registret.",
)
INDUSTRY = Label(
    "branche_ is empty, for the model knows no industries.",
    "branche_ er tom, for modellen kender ingen brancher.",
)
ONE_INDUSTRY = Label(
    "branche_ is {code} in every month with paid hours, as codes.yaml says; the model knows no industries.",
    "branche_ er {code} i alle måneder med betalte timer, som codes.yaml siger; modellen kender ingen brancher.",
)
LACKING = Label(
    "What the model does not know is not there: sex, municipality, unemployment fund, own-pay periods, death.",
    "Det, modellen ikke kender, er ikke med: køn, kommune, a-kasse, arbejdsgiverperioder, død.",
)
CLOCK = Label(
    "Times: the model has days and no clock. Seconds after midnight (Danish time) are the order within a day alone. It "
    "does not say which caseworker (org:resource).",
    "Tidspunkter: modellen har dage og intet ur. Sekunder efter midnat (dansk tid) er kun rækkefølgen på dagen. "
    "Hvilken sagsbehandler det var (org:resource), siger modellen ikke.",
)
FOR_GOOD = Label(
    "Who has left for anything but a job that may end stays there to the end of the run.",
    "Den, der er afgået til andet end et job, som kan ophøre, bliver dér til kørslens slutning.",
)
COLUMNS: Mapping[str, Label] = {
    "pnr": Label("person, an invented name", "person, et opdigtet navn"),
    "number": Label("number of the ledig, for `diary --ledig`", "den lediges nummer, til `diary --ledig`"),
    "jobcentre": Label("jobcentre, as the scenario calls it", "jobcenter, som scenariet kalder det"),
    "arm": Label("group, as the scenario calls it", "gruppe, som scenariet kalder den"),
    "has_*": Label("level of a characteristic, as the scenario calls it", "niveau af et kendetegn, som i scenariet"),
    "y_YYWW": Label("code of the week; empty: none", "ugens kode; tom: ingen"),
    "branche_YYYY_MM": Label("industry of the month; empty: none", "månedens branche; tom: ingen"),
    "grad_YYYY_MM": Label(
        "paid hours in parts of full time; empty: none", "betalte timer i andele af fuld tid; tom: ingen"
    ),
    "spell": Label("number of the state among those of the person, from 1", "tilstandens nummer for personen, fra 1"),
    "state": Label("what she was on, as the scenario calls it", "hvad hun var på, som scenariet kalder det"),
    "kind": Label("benefit or destination", "ydelse eller destination"),
    "code": Label("code of the list; empty: none", "kode i listen; tom: ingen"),
    "first_day": Label("first day", "første dag"),
    "last_day": Label("last day; that of the run where it goes on", "sidste dag; kørslens, hvor den ikke er slut"),
    "days": Label("days from first to last", "dage fra første til sidste"),
    "ended": Label("false: the run ends first", "false: kørslen slutter først"),
    "case:concept:name": Label("case: the person", "sag: personen"),
    "concept:name": Label("activity: what happened", "aktivitet: hvad der skete"),
    "time:timestamp": Label("day, Danish time; seconds are an order", "dag, dansk tid; sekunder er en rækkefølge"),
    "case:*": Label("of the person, as in persons", "om personen, som i persons"),
}
"""What a column holds, by its name or by what many are called."""
README = Label(
    "{about}\n{persons}\n\n{rules}\n\nFiles:\n{files}\n\n"
    "schema.json says what each column is, and how sure each code.\n",
    "{about}\n{persons}\n\n{rules}\n\nFiler:\n{files}\n\n"
    "schema.json siger, hvad hver kolonne er, og hvor sikker hver kode er.\n",
)
ROWS = Label("{file}: {rows} rows", "{file}: {rows} rækker")
