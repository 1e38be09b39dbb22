"""STRESS-DES and ODD, filled in from a run. Purpose and assumptions are the analyst's; what the run knows stands here.

STRESS-DES: Monks and others 2019. ODD: Grimm and others 2020.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulation.report.handed.assumed import counted
from simulation.report.handed.keys import plain
from simulation.report.handed.material import Material
from simulation.report.handed.repeating import facts
from simulation.report.handed.titles import title_of
from simulation.report.wording import Wording
from simulation.results.result import Result
from simulation.results.settling import settling
from simulation.world.labels import Label

OPEN = Label("(for the author to fill in)", "(udfyldes af forfatteren)")
STRESS: Mapping[str, Label] = {
    "purpose": Label("1.1 Purpose of the model", "1.1 Modellens formål"),
    "outputs": Label("1.2 Model outputs", "1.2 Modellens output"),
    "aims": Label("1.3 Aims of the experiments", "1.3 Formål med eksperimenterne"),
    "overview": Label("2.1 Base model overview", "2.1 Overblik over basismodellen"),
    "base": Label("2.2 Base model logic", "2.2 Basismodellens logik"),
    "scenario": Label("2.3 Scenario logic", "2.3 Scenariernes logik"),
    "algorithms": Label("2.4 Algorithms", "2.4 Algoritmer"),
    "entities": Label("2.5.1 Entities", "2.5.1 Enheder"),
    "activities": Label("2.5.2 Activities", "2.5.2 Aktiviteter"),
    "resources": Label("2.5.3 Resources", "2.5.3 Ressourcer"),
    "queues": Label("2.5.4 Queues", "2.5.4 Køer"),
    "ends": Label("2.5.5 Entry and exit points", "2.5.5 Tilgang og afgang"),
    "sources": Label("3.1 Data sources", "3.1 Datakilder"),
    "processing": Label("3.2 Pre-processing", "3.2 Forbehandling"),
    "inputs": Label("3.3 Input parameters", "3.3 Inputparametre"),
    "assumptions": Label("3.4 Assumptions", "3.4 Antagelser"),
    "initial": Label("4.1 Initialisation", "4.1 Start"),
    "length": Label("4.2 Run length", "4.2 Kørslens længde"),
    "estimation": Label("4.3 Estimation approach", "4.3 Estimation"),
    "software": Label("5.1 Software", "5.1 Software"),
    "sampling": Label("5.2 Random sampling", "5.2 Tilfældige tal"),
    "execution": Label("5.3 Model execution", "5.3 Afvikling"),
    "system": Label("5.4 System specification", "5.4 Maskine"),
    "code": Label("6.1 Access to the model", "6.1 Adgang til modellen"),
}
ODD: Mapping[str, tuple[Label, tuple[str, ...]]] = {
    "purpose": (Label("1 Purpose and patterns", "1 Formål og mønstre"), ("purpose", "patterns")),
    "entities": (Label("2 Entities, state variables, scales", "2 Enheder, tilstande og skala"), ("entities", "scales")),
    "process": (Label("3 Process overview and scheduling", "3 Processer og rækkefølge"), ("overview", "base")),
    "concepts": (Label("4 Design concepts", "4 Designprincipper"), ("concepts", "sampling")),
    "initial": (Label("5 Initialization", "5 Initialisering"), ("initial",)),
    "inputs": (Label("6 Input data", "6 Inputdata"), ("sources", "inputs")),
    "submodels": (Label("7 Submodels", "7 Delmodeller"), ("activities", "algorithms")),
}
"""Items, each of several of the texts below."""
TEXTS: Mapping[str, Label] = {
    "outputs": Label(
        "{outcomes} outcomes, each with unit and definition (last part of this annex): exits by destination, talks, "
        "caseloads, waits, offers, time used.",
        "{outcomes} mål, hvert med enhed og definition (sidste del af bilaget): afgang efter destination, samtaler, "
        "sagsstammer, ventetider, tilbud, tidsforbrug.",
    ),
    "aims": Label("To compare: {titles}.", "At sammenligne: {titles}."),
    "aims_of_one": Label("To compare the arms {arms} in {titles}.", "At sammenligne grupperne {arms} i {titles}."),
    "overview": Label(
        "A week has six steps in this order: intake and staff at work; exits; ends of courses; referral and matching; "
        "talks as far as minutes last; register and checks.",
        "En uge har seks trin i denne rækkefølge: tilgang og medarbejdere på arbejde; afgang; forløb, der slutter; "
        "henvisning og matchning; samtaler, så langt minutterne rækker; register og kontrol.",
    ),
    "base": Label(
        "Demand, delivery, effect: a plan asks for talks and places, teams deliver what minutes, limits and places "
        "allow, and only what was delivered changes the weekly intensity of leaving.",
        "Efterspørgsel, levering, effekt: en plan beder om samtaler og pladser, teams leverer, hvad minutter, lofter "
        "og pladser tillader, og kun det leverede ændrer den ugentlige intensitet for afgang.",
    ),
    "scenario": Label(
        "{changes} keys differ from the base; the part “Everything that was changed” lists them.",
        "{changes} nøgler afviger fra basis; de står under “Alt, der er ændret”.",
    ),
    "scenario_alone": Label("One scenario, run alone.", "Ét scenarie, kørt alene."),
    "algorithms": Label(
        "Competing exits by exponential reserves, exact for intensities that are constant within a week; talks by "
        "order of priority until minutes are used; cases by the team's rule up to its limit.",
        "Konkurrerende afgang med eksponentielle reserver, eksakt for intensiteter, der er konstante inden for en uge; "
        "samtaler efter prioritet, til minutterne er brugt; sager efter teamets regel op til loftet.",
    ),
    "entities": Label(
        "{persons} persons in {jobcentres} jobcentres, by arm ({arms}); teams ({teams}) with posts and desks; places.",
        "{persons} personer i {jobcentres} jobcentre, efter gruppe ({arms}); teams ({teams}) med stillinger og borde; "
        "pladser.",
    ),
    "activities": Label("Efforts: {interventions}.", "Indsatser: {interventions}."),
    "no_activities": Label("No efforts; exits alone.", "Ingen indsatser; kun afgang."),
    "resources": Label(
        "Full-time staff by team in each jobcentre: {staff}.", "Fuldtidsstillinger pr. team i hvert jobcenter: {staff}."
    ),
    "no_resources": Label("No staff.", "Ingen medarbejdere."),
    "queues": Label(
        "For a caseworker, where a team is at its limit; for a talk, by priority and then by week due; for places, in "
        "order of referral. Who leaves benefit leaves every queue.",
        "Til en sagsbehandler, hvor et team er ved loftet; til en samtale, efter prioritet og derefter uge; til "
        "pladser, i henvisningernes rækkefølge. Den, der afgår, forlader alle køer.",
    ),
    "ends": Label("Intake over {weeks} weeks; exits to {exits}.", "Tilgang over {weeks} uger; afgang til {exits}."),
    "sources": Label("{sources}.", "{sources}."),
    "no_sources": Label("No value states a source.", "Ingen værdi har en kilde."),
    "processing": Label(
        "None in the run: values stand in the scenario as published; {fitted} are fitted to published figures.",
        "Ingen i kørslen: værdierne står i scenariet, som de er offentliggjort; {fitted} er tilpasset "
        "offentliggjorte tal.",
    ),
    "inputs": Label(
        "{total} values in tables/parameters.csv and in the workbook, each with kind, source and range.",
        "{total} værdier i tables/parameters.csv og i regnearket, hver med slags, kilde og interval.",
    ),
    "assumptions": Label(
        "{assumed} of {total} values are assumed (all listed above). Displacement of others' jobs: {displacement}.",
        "{assumed} af {total} værdier er antaget (alle står ovenfor). Fortrængning af andres job: {displacement}.",
    ),
    "initial": Label(
        "{elapsed} weeks on benefit before enrolment; measured are those enrolled in weeks {first} to "
        "{last}.{settling}",
        "{elapsed} uger på ydelse før indskrivning; målt på dem, der indskrives i uge {first} til {last}.{settling}",
    ),
    "length": Label(
        "{weeks} weeks; {follow_up} weeks of follow-up for everybody measured.",
        "{weeks} uger; {follow_up} ugers opfølgning af alle, der måles på.",
    ),
    "estimation": Label(
        "{times} replications by common random numbers; 95 % intervals of the mean or of the paired difference.",
        "{times} gentagelser med fælles tilfældige tal; 95 %-intervaller for middelværdien eller den parrede forskel.",
    ),
    "software": Label("{program}; {versions}.", "{program}; {versions}."),
    "sampling": Label(
        "{chance}. Seed {seed}. What a person draws does not depend on anybody else.",
        "{chance}. Seed {seed}. Hvad en person trækker, afhænger ikke af andre.",
    ),
    "execution": Label(
        "Discrete events by week and weekday (SimPy), {workers} processes, {seconds} seconds.",
        "Diskrete hændelser efter uge og ugedag (SimPy), {workers} processer, {seconds} sekunder.",
    ),
    "system": Label("{platform}.", "{platform}."),
    "code": Label(
        "MIT licence; commit {commit}; the folder keeps the input and what `jobcentersim verify` needs.",
        "MIT-licens; commit {commit}; mappen gemmer input og det, som `jobcentersim verify` har brug for.",
    ),
    "patterns": Label("Held against {figures} published figures.", "Holdt mod {figures} offentliggjorte tal."),
    "scales": Label("One step is a week; {weeks} weeks from {start}.", "Ét trin er en uge; {weeks} uger fra {start}."),
    "concepts": Label(
        "Emergence: queues and waits follow from staff and demand. No adaptation, learning or prediction by persons. "
        "Interaction through staff, places and displacement.",
        "Køer og ventetider følger af medarbejdere og efterspørgsel. Personer tilpasser sig ikke, lærer ikke og "
        "forudser ikke. De påvirker hinanden gennem medarbejdere, pladser og fortrængning.",
    ),
}
SETTLED = Label(
    " While people come in (weeks {begins} to {ends}), the number on benefit has its long-run level from week "
    "{settled} on (MSER-5){late}.",
    " Mens der kommer nye til (uge {begins} til {ends}), er antallet på ydelse på sit langsigtede niveau fra uge "
    "{settled} (MSER-5){late}.",
)
LATE = Label(
    ": those measured first meet fewer people than later ones",
    ": de først målte møder færre på ydelse end de senere",
)
NOT_SETTLED = Label(
    " While people come in (weeks {begins} to {ends}), the number on benefit does not come to a long-run level "
    "(MSER-5): what is measured is of these people in these weeks, and of no jobcentre in its long run.",
    " Mens der kommer nye til (uge {begins} til {ends}), når antallet på ydelse ikke et langsigtet niveau (MSER-5): "
    "det målte gælder disse personer i disse uger og ikke et jobcenter på langt sigt.",
)
MOST_SOURCES = 12


def stress(material: Material, wording: Wording) -> Iterator[tuple[str, str]]:
    """Every item of STRESS-DES with its text."""
    texts = _texts(material, wording)
    for key, item in STRESS.items():
        yield wording.say(item), texts.get(key) or wording.say(OPEN)


def odd(material: Material, wording: Wording) -> Iterator[tuple[str, str]]:
    """Every item of ODD with its text."""
    texts = _texts(material, wording)
    for item, parts in ODD.values():
        yield wording.say(item), " ".join(texts.get(part) or wording.say(OPEN) for part in parts)


def _texts(material: Material, wording: Wording) -> dict[str, str]:
    """Every text whose gaps this run fills."""
    gaps = {**_of_scenario(material, wording), **_of_run(material, wording)}
    chosen = {key: key for key in TEXTS}
    if not gaps["interventions"]:
        chosen["activities"] = "no_activities"
    if not gaps["staff"]:
        chosen["resources"] = "no_resources"
    if not gaps["sources"]:
        chosen["sources"] = "no_sources"
    if len(material.loaded) == 1 and material.swept is None:
        chosen |= {"aims": "aims_of_one", "scenario": "scenario_alone"}
    found = {key: TEXTS[chosen[key]].told(wording.language, **gaps) for key in TEXTS}
    return found | {"purpose": material.loaded[-1].scenario.description}


def _of_scenario(material: Material, wording: Wording) -> dict[str, object]:
    loaded = material.loaded[0]
    scenario, last = loaded.scenario, material.loaded[-1]
    assumed, total = counted(last)
    first_week, last_week = scenario.measured_weeks()
    parameters = last.parameters()
    sources = [str(row["source"]) for row in parameters if row.get("kind") in ("published", "evidence", "rule")]
    named = list(dict.fromkeys(source.partition(":")[0] for source in sources))
    return {
        "titles": "; ".join(title_of(each, wording.language) for each in material.loaded),
        "persons": plain(sum(scenario.persons().values()), wording),
        "jobcentres": len(scenario.jobcentres),
        "arms": ", ".join(wording.arm(arm) for arm in scenario.arms),
        "teams": ", ".join(wording.team(team) for team in scenario.teams) or "–",
        "staff": ", ".join(f"{wording.team(name)} {plain(team.fte, wording)}" for name, team in scenario.teams.items()),
        "interventions": ", ".join(wording.intervention(name) for name in last.scenario.interventions),
        "weeks": scenario.weeks,
        "follow_up": scenario.follow_up,
        "start": scenario.start,
        "exits": ", ".join(wording.outcome(f"exit_{name}") for name in scenario.exits),
        "sources": "; ".join(named[:MOST_SOURCES]) + (" …" if len(named) > MOST_SOURCES else ""),
        "assumed": assumed,
        "total": total,
        "fitted": sum(1 for row in parameters if row.get("fitted")),
        "displacement": wording.number("share", scenario.displacement) + " %",
        "elapsed": scenario.intake.elapsed_weeks,
        "first": first_week,
        "last": last_week,
        "figures": len(scenario.published),
    }


def _of_run(material: Material, wording: Wording) -> dict[str, object]:
    manifest, ran = material.manifest, material.ran
    run, known = manifest.get("run") or {}, {label.en: text for label, text in facts(material, wording)}
    outcomes = {f.outcome for f in (ran.compared[0].keys if ran is not None else material.swept.columns)}  # type: ignore[union-attr]
    changes = {c.key for comparison in ran.comparisons for c in comparison.changes} if ran is not None else set()
    swept = () if material.swept is None else material.swept.grid.axes
    return {
        "outcomes": len(outcomes),
        "changes": len(changes) or len(swept),
        "times": material.replications,
        "program": known["Program"],
        "versions": known["Versions"],
        "chance": manifest.get("chance"),
        "seed": known["Seed"],
        "workers": run.get("workers", 1),
        "platform": run.get("platform") or "–",
        "seconds": plain(run.get("seconds", 0), wording),
        "settling": "" if ran is None else _settling(ran.compared[0], wording),
        "commit": known.get("Commit") or "–",
    }


def _settling(base: Result, wording: Wording) -> str:
    """From when on the base holds its long-run number on benefit, as a sentence."""
    begins, ends, settled = settling(base)
    if settled is None:
        return wording.say(NOT_SETTLED, begins=begins, ends=ends)
    late = wording.say(LATE) if settled > base.loaded.scenario.measured_weeks()[0] else ""
    return wording.say(SETTLED, begins=begins, ends=ends, settled=settled, late=late)
