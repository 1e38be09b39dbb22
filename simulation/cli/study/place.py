"""A study of one municipality from its files (`init --from`), and the back-test of what it would say (`backtest`)."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from simulation.cli.console import INPUT_WRONG, Failed, typed
from simulation.world.labels import Label, Language

if TYPE_CHECKING:
    from simulation.cli.study.place_files import Study
    from simulation.municipal.modelled import Modelled
    from simulation.municipal.place import Place

ENDINGS = {".csv", ".json", ".xlsx", ".px"}
PATH = click.Path(path_type=pathlib.Path)
FILES_OPTION = click.option("--from", "sources", multiple=True, type=PATH, metavar="FILE",
                            help="A published table, or a folder of them; may be repeated.")  # fmt: skip
Found = TypeVar("Found")
NOTHING = "Nothing was written."
BY_IMPORT = "Such options are those of `jobcentersim import FILE --out imported`; what that writes is read here."
NO_TABLES = Label("{folder}: no table is in it ({endings})", "{folder}: der er ingen tabel i den ({endings})")
WRITTEN = Label("Written to {folder}: {files}.", "Skrevet i {folder}: {files}.")
OF_GROUP = Label(
    "{group}: {cases:,.0f} persons at a time, {weeks:.1f} weeks on benefit ({wanted} {value:.3g}, {whose}), "
    "{inflow:,.0f} begin a month; the closed form is {miss:.1%} from the stock in the mean month of {first} to {last}",
    "{group}: {cases:,.0f} personer ad gangen, {weeks:.1f} uger på ydelse ({wanted} {value:.3g}, {whose}), "
    "{inflow:,.0f} begynder pr. måned; den lukkede form er {miss:.1%} fra bestanden i en gennemsnitlig måned fra "
    "{first} til {last}",
)  # fmt: skip
TREND = Label("Mind: the stock of {group} moved by {trend:+.0%} in a year, so it is not steady",
              "Husk: bestanden af {group} ændrede sig {trend:+.0%} på et år, så den er ikke stabil")  # fmt: skip
STATIONARY = Label(
    "Mind: the length of {group} is that of ended spells, which is that of begun ones in a steady stock alone",
    "Husk: varigheden for {group} er de afsluttede forløbs; kun i en stabil bestand er den også de påbegyndtes",
)
CLIPPED = Label(
    "Mind: in {number} of 48 months the stock of {group} falls faster than one intensity lets it, so a few begin and "
    "it is missed there",
    "Husk: i {number} af 48 måneder falder bestanden af {group} hurtigere, end én intensitet tillader, så nogle få "
    "begynder, og den rammes ikke dér",
)
SCALE = Label("A simulated person stands for {scale}.", "En simuleret person står for {scale}.")
NEXT = Label("Next: cd {there}, then jobcentersim run base.yaml, and jobcentersim compare base.yaml what_if.yaml. "
             "README.md says which others there are.",
             "Næste: cd {there}, derefter jobcentersim run base.yaml --lang da og jobcentersim compare base.yaml "
             "what_if.yaml --lang da. README.md siger, hvilke andre der er.")  # fmt: skip


def begin_place(
    folder: pathlib.Path, sources: Sequence[pathlib.Path], municipality: str, similar: Sequence[str], until: str,
    lang: Language,
) -> tuple[dict[str, str], list[str]]:
    """The files of a study of a municipality, and what to tell of it; `similar` names places to show beside it. Raises
    Failed for what cannot be."""
    from simulation.cli.study import place_files as files
    from simulation.cli.study.place_plans import what_ifs
    from simulation.cli.study.place_readme import readme
    from simulation.cli.study.place_talks import dose_of
    from simulation.cli.study.place_targets import further_targets, watched_of
    from simulation.cli.study.similar import TABLE, overlays, section, table
    from simulation.municipal.contradictions import contradictions, doubts
    from simulation.municipal.modelled import model
    from simulation.municipal.place import place_called

    found = places_in(sources)
    place = _asked(lambda: place_called(found, municipality))
    if wrong := contradictions(place):
        refused = "\n".join(f"error: {each}" for each in wrong)
        refused += "\nThese files contradict each other, whatever their definitions are."
        raise Failed(f"{refused} {NOTHING}", INPUT_WRONG)
    nation = next((each for each in found.values() if each.code == "000"), None)
    modelled = _asked(lambda: model(place, nation, dose_of, _until(place, until)))
    whole = files.study_of(modelled, modelled.groups, lang, nation)
    texts = {"base.yaml": files.scenario(whole, "targets.yaml", watched_of(whole)),
             "targets.yaml": files.targets(whole) + further_targets(whole),
             **what_ifs(whole), "months.csv": files.months_table(whole)}  # fmt: skip
    if len(modelled.groups) > 1:
        for group in modelled.groups:
            one, name = files.study_of(modelled, [group], lang, nation), f"targets_{group.key}.yaml"
            texts |= {f"{group.key}.yaml": files.scenario(one, name, watched_of(one)),
                      name: files.targets(one) + further_targets(one)}  # fmt: skip
    texts["README.md"] = readme(whole, doubts(place))
    if similar:
        others = _similar(found, similar, modelled, nation)
        texts |= overlays(whole, others) | {TABLE: table(whole, others)}
        texts["README.md"] += section(whole, others)
    told = [WRITTEN.told(lang, folder=folder, files=", ".join(texts)), *_told(modelled, whole, doubts(place), lang)]
    return texts, [*told, NEXT.told(lang, there=typed(folder))]


def _until(place: Place, text: str) -> int | None:
    """The last month that is used, None if that is not said. Raises Failed for one of which the files have nothing."""
    from simulation.municipal.place import STOCK, month_text

    if not text:
        return None
    month = month_asked(text)
    newest = max((max(each.values) for (what, _), each in place.series.items() if what == STOCK), default=month)
    if month > newest:
        message = f"--until: {month_text(month)} is after {month_text(newest)}, the newest month of {place.name}"
        raise Failed(f"error: {message} in the files\n{NOTHING}", INPUT_WRONG)
    return month


def _similar(
    found: Mapping[str, Place], names: Sequence[str], modelled: Modelled, nation: Place | None
) -> list[Modelled]:  # fmt: skip
    """Other places by the same fit, in the same months. Raises Failed with everything that is wrong."""
    from simulation.cli.study.place_talks import dose_of
    from simulation.municipal.contradictions import contradictions
    from simulation.municipal.modelled import model
    from simulation.municipal.place import place_called
    from simulation.scenario.files.problems import InputProblems, Problem

    others: dict[str, Modelled] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            place = place_called(found, name)
            if place.name == modelled.place.name or place.name in others:
                twice = "the municipality of the study" if place.name == modelled.place.name else "named twice"
                raise InputProblems([Problem(f"--similar: {place.name} is {twice}")])
            if wrong := contradictions(place):
                raise InputProblems([Problem(f"{place.name}: {each}") for each in wrong])
            others[place.name] = model(place, nation, dose_of, modelled.seen[-1])
        except InputProblems as error:
            problems += error.problems
    if problems:
        raise _failed(problems)
    return list(others.values())


def _told(modelled: Modelled, study: Study, doubtful: list[str], lang: Language) -> list[str]:
    from simulation.cli.study.place_files import misses
    from simulation.cli.study.place_targets import not_held
    from simulation.cli.study.place_texts import LEFT_OUT, NATION, OWN, WANTED, fill
    from simulation.municipal.cohort import LENGTH, STAY
    from simulation.municipal.modelled import FILLS, SEEN
    from simulation.municipal.modelled import TREND as MOVES
    from simulation.municipal.place import month_text

    lines, seen = [], slice(FILLS, FILLS + SEEN)
    miss = misses(study)
    for group in modelled.groups:
        whose = (OWN if group.own else NATION).told(lang)
        lines.append(fill(OF_GROUP, lang,
            group=group.key, cases=group.fit.point[seen].mean(), weeks=group.fit.stay.weeks,
            wanted=WANTED[group.wanted.what].told(lang),
            value=group.wanted.value, whose=whose, inflow=group.fit.begun[seen].mean(), miss=miss[group.key],
            first=month_text(modelled.seen[0]), last=month_text(modelled.seen[-1])))  # fmt: skip
        if abs(group.trend) > MOVES:
            lines.append(fill(TREND, lang, group=group.key, trend=group.trend))
        if group.wanted.what in (LENGTH, STAY) and group.own:
            lines.append(fill(STATIONARY, lang, group=group.key))
        if group.fit.clipped:
            lines.append(fill(CLIPPED, lang, group=group.key, number=group.fit.clipped))
    lines += not_held(study)
    lines += [LEFT_OUT.told(lang, what=each.told(lang)) for each in modelled.left_out]
    lines += [f"{'Husk' if lang == 'da' else 'Mind'}: {each}" for each in doubtful]
    if study.scale > 1:
        lines.append(SCALE.told(lang, scale=study.scale))
    return lines


def places_in(sources: Sequence[pathlib.Path]) -> dict[str, Place]:
    """The places of tables in files and folders. Raises Failed with everything that is wrong."""
    from simulation.municipal.headings import Asked
    from simulation.municipal.place import places
    from simulation.municipal.recognise import read
    from simulation.municipal.table import Table
    from simulation.scenario.files.problems import InputProblems, Problem

    problems: list[Problem] = []
    tables: list[Table] = []
    for file in _files(sources):
        try:
            found = read(str(file), Asked())
        except InputProblems as error:
            problems += error.problems
        else:
            tables += [] if found.table is None else [found.table]
    if problems:
        by_import = any("say --" in each.message for each in problems)
        raise _failed(problems, [BY_IMPORT] if by_import else [])
    return _asked(lambda: places(tables))


def _files(sources: Sequence[pathlib.Path]) -> list[pathlib.Path]:
    files: list[pathlib.Path] = []
    for source in sources:
        if not source.is_dir():
            files.append(source)
            continue
        inside = sorted(file for file in source.iterdir() if file.suffix.lower() in ENDINGS)
        if not inside:
            message = NO_TABLES.told("en", folder=source, endings=", ".join(sorted(ENDINGS)))
            raise Failed(f"error: {message}\n{NOTHING}", INPUT_WRONG)
        files += inside
    return list(dict.fromkeys(files))


def _asked(ask: Callable[[], Found]) -> Found:
    from simulation.scenario.files.problems import InputProblems

    try:
        return ask()
    except InputProblems as error:
        raise _failed(error.problems) from None


def _failed(problems: Sequence[object], hints: Sequence[str] = ()) -> Failed:
    from simulation.municipal.contents import line_shown
    from simulation.scenario.files.problems import Problem, render

    told = [each for each in problems if isinstance(each, Problem)]
    return Failed("\n".join([render(told, line_shown), *hints, NOTHING]), INPUT_WRONG)


def month_asked(text: str) -> int:
    """The number of a month as people write it. Raises Failed."""
    from simulation.municipal.periods import NoPeriod, period_of
    from simulation.municipal.place import month_of

    try:
        month = month_of(period_of(text))
    except NoPeriod as error:
        raise Failed(f"error: --until: {error}\n{NOTHING}", INPUT_WRONG) from None
    if month is None:
        raise Failed(f"error: --until: write a month, as 2025M07 (got '{text}')\n{NOTHING}", INPUT_WRONG)
    return month
