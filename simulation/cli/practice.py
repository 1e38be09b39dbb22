"""The command `practice-tables`: tables as a publisher prints them, of a municipality that is simulated."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

import click

from simulation.cli.console import INPUT_WRONG, Failed, say, typed
from simulation.cli.options import SEED, lang_option
from simulation.world.labels import Label, Language

if TYPE_CHECKING:
    from simulation.scenario.schema import Scenario

README = "LAES_MIG.txt"
NOTHING = "Nothing was written."
ABOUT = Label(
    """\
SIMULATED FIGURES. {name} does not exist: these tables were written by jobcentersim {version} from the scenario
"{title}" (seed {seed}), in the shape of the files of Jobindsats. They are for practice, and for holding a fit against a
truth that is known. They are no published figures of any place, and the scenario is the truth behind them.

{first} to {last}; the records of the last week have not come in, so the newest month is too low.
{hidden}
""",
    """\
SIMULEREDE TAL. {name} findes ikke: tabellerne er skrevet af jobcentersim {version} ud fra scenariet "{title}"
(seed {seed}), i samme form som Jobindsats' filer. De er til øvelse og til at holde en tilpasning op mod en sandhed, man
kender. De er ingen offentliggjorte tal for noget sted, og scenariet er sandheden bag dem.

{first} til {last}; den sidste uges registreringer er ikke kommet ind, så den nyeste måned er for lav.
{hidden}
""",
)
HIDDEN = Label("Counts below {least} are not shown.", "Antal under {least} er ikke vist.")
ALL_SHOWN = Label("Small numbers are shown.", "Små tal er vist.")
WRITTEN = Label(
    "SIMULATED figures of {name}, which does not exist, for practice: {number} tables written to {folder}.\n"
    "Next: jobcentersim init FOLDER --from {there} --municipality {municipality}",
    "SIMULEREDE tal for {name}, som ikke findes, til øvelse: {number} tabeller skrevet i {folder}.\n"
    "Næste trin: jobcentersim init MAPPE --from {there} --municipality {municipality}",
)


@click.command("practice-tables")
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@click.option("--municipality", required=True, metavar="NAME",
              help="What the simulated municipality is called; no real one.")  # fmt: skip
@click.option("--out", required=True, type=click.Path(path_type=pathlib.Path, file_okay=False),
              help="Folder to write the tables to.")  # fmt: skip
@click.option("--benefit", metavar="NAME",
              help="Which benefit it is, where the scenario has no `benefits`: dagpenge, ...")  # fmt: skip
@click.option("--hide-below", "least", type=click.IntRange(1, 1000), default=1, metavar="N",
              help="Leave counts below N empty, and what is made of them; default: all are shown.")  # fmt: skip
@click.option("--seed", type=SEED, help="Seed of the one replication; default: that of the scenario.")
@lang_option
def practice_tables(
    scenario: pathlib.Path, municipality: str, out: pathlib.Path, benefit: str | None, least: int, seed: int | None,
    lang: Language,
) -> None:  # fmt: skip
    """Write SIMULATED tables in the shape of Jobindsats' files: for practice, and to test a fit against a known truth.

    One replication of the scenario is the municipality, all its jobcentres together. Printed are the months from
    `measured_from` on, as the publisher counts them: persons, full-time persons, spells begun, ended and running,
    talks, activation, status after an ended spell, long-term unemployed. The newest month is incomplete, as it is in
    real files.
    """
    from importlib.metadata import version

    from simulation.cli.pieces import load_all
    from simulation.large import run_batch
    from simulation.results.measures.printed import Planes
    from simulation.results.tables.practice import PREFIX, Municipality, tables

    _refuse_a_real_one(municipality)
    (loaded,) = load_all([scenario], {"settings": (), "seed": seed, "as_json": False})
    of = loaded.scenario
    benefits = _benefits(of, benefit)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Failed(f"error: {out}: this is there already; choose another folder\n{NOTHING}", INPUT_WRONG)
    place = Municipality.of(municipality, of, Planes.of(of, run_batch(of, [0])), least)
    if len(place.printed) < 2:
        message = f"the run has {len(place.printed)} months from measured_from on (week {of.measured_from})"
        raise Failed(f"error: {scenario}: weeks: {message}: make it longer\n{NOTHING}", INPUT_WRONG)
    texts = {f"{PREFIX}{each.table}.csv": each.text() for each in tables(place, benefits)}
    hidden = ALL_SHOWN.told(lang) if least == 1 else HIDDEN.told(lang, least=least)
    first, last = place.months[place.printed[0]].text, place.months[-1].text
    title = of.name_da if lang == "da" and of.name_da else of.name
    texts[README] = ABOUT.told(lang, name=municipality, version=version("jobcentersim"), title=title, seed=of.seed,
                               first=first, last=last, hidden=hidden)  # fmt: skip
    _write(out, texts)
    say(WRITTEN.told(lang, name=municipality, number=len(texts) - 1, folder=out, there=typed(out),
                     municipality=typed(municipality)))  # fmt: skip


def _refuse_a_real_one(name: str) -> None:
    """Simulated figures under the name of a real place would be taken for its own. Raises Failed."""
    from simulation.municipal.areas import known_area, other_area
    from simulation.scenario.files.yamlfile import control_character

    if (known := known_area(name)) is not None:
        message = f"{known[1]} is real, and these figures are not; give a name that no place has, as 'Opdigtet By'"
    elif other_area(name):
        message = f"'{name}' is an area of published tables; give a name that no place has, as 'Opdigtet By'"
    elif wrong := control_character(name):
        message = wrong
    elif not name.strip() or len(name.split("\n")) > 1 or ";" in name:
        message = "give a name, in one line and without ';'"
    else:
        return
    raise Failed(f"error: --municipality: {message}\n{NOTHING}", INPUT_WRONG)


def _benefits(of: Scenario, benefit: str | None) -> dict[str, str]:
    """What the publisher calls each benefit of the scenario. Raises Failed for one that has no tables."""
    from simulation.results.tables.practice import TABLES
    from simulation.scenario.files.problems import did_you_mean

    if len(of.benefits) > 1 and benefit is not None:
        message = f"the scenario says which benefits it has ({', '.join(of.benefits)})"
        raise Failed(f"error: --benefit: {message}\n{NOTHING}", INPUT_WRONG)
    names = [*of.benefits] or [""]
    called = {name: benefit or name for name in names}
    for published in called.values():
        if published not in TABLES:
            what = f"'{published}' has no tables{did_you_mean(published, list(TABLES))}"
            what = what if published else "the scenario does not say which benefit it is"
            raise Failed(f"error: --benefit: {what} (there are {', '.join(TABLES)})\n{NOTHING}", INPUT_WRONG)
    return called


def _write(folder: pathlib.Path, texts: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise Failed(f"error: {error.filename or folder}: {error.strerror}", INPUT_WRONG) from None
