"""The command `init`: asks what a study is of, where somebody sits at a terminal, and writes its files."""

from __future__ import annotations

import pathlib
import re
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from simulation.cli.console import INPUT_WRONG, Failed, say, typed
from simulation.cli.options import lang_option
from simulation.cli.study.groups import GROUPS
from simulation.cli.study.place import FILES_OPTION, begin_place
from simulation.world.labels import Label, Language

if TYPE_CHECKING:
    from simulation.cli.study.files import Answers



class _Number(click.FloatRange):
    """A number, of which a decimal comma is told by its name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Fails with what to write."""
        if isinstance(value, str) and re.fullmatch(r"\d+,\d+", value.strip()):
            self.fail(f"use a decimal point: {value.strip().replace(',', '.')} (got '{value}')", param, ctx)
        return super().convert(value, param, ctx)


PERSONS, STAFF = click.IntRange(1, 1_000_000), _Number(0, 10_000, min_open=True)
LIMIT = click.IntRange(1, 100_000)
ASK_GROUP = Label("Target group", "Målgruppe")
ASK_PLACE = Label("Municipality or jobcentre", "Kommune eller jobcenter")
ASK_PERSONS = Label("Persons who begin {weeks}", "Personer, der begynder {weeks}")
ASK_STAFF = Label("Full-time caseworkers for them", "Fuldtidssagsbehandlere til dem")
ASK_LIMIT = Label("Cases per full-time caseworker at most today (0: no limit)",
                  "Højst antal sager pr. fuldtidssagsbehandler i dag (0: intet loft)")  # fmt: skip
ASK_LOWER = Label("... and in the what-if", "... og i forslaget")
A_PLACE = Label("My municipality", "Min kommune")
WRITTEN = Label(
    "Written to {folder}: {files}.\n"
    "{title}: {persons} persons, {staff} full-time caseworkers; the what-if has at most {lower} cases for each.\n"
    "Next: cd {there}, then jobcentersim run what_if.yaml. README.md says what to change.",
    "Skrevet i {folder}: {files}.\n"
    "{title}: {persons} personer, {staff} fuldtidssagsbehandlere; i forslaget højst {lower} sager til hver.\n"
    "Næste trin: cd {there}, derefter jobcentersim run what_if.yaml --lang da. README.md siger, hvad der skal "
    "rettes.",
)
OPTIONS = {"target_group": "target-group", "place": "jobcentre", "persons": "persons", "staff": "staff",
           "limit": "caseload-limit", "lower": "what-if-limit"}  # fmt: skip
Value = TypeVar("Value")


@click.command()
@click.argument("folder", type=click.Path(path_type=pathlib.Path))
@click.option("--target-group", type=click.Choice(list(GROUPS)), help="Whom the study is of; default: dagpenge.")
@click.option("--jobcentre", "place", metavar="NAME", help="What the municipality or the jobcentre is called.")
@click.option("--persons", type=PERSONS, help="Persons who begin; default: as many as in the shipped base.")
@click.option("--staff", type=STAFF, help="Full-time caseworkers; default: as many per person as in the base.")
@click.option("--caseload-limit", "limit", type=LIMIT,
              help="Cases per full-time caseworker at most, today; default: no limit.")  # fmt: skip
@click.option("--what-if-limit", "lower", type=LIMIT, help="... and in the what-if; default: one that will be felt.")
@FILES_OPTION
@click.option("--municipality", metavar="NAME", help="With --from: of which place the study is.")
@click.option("--similar", multiple=True, metavar="NAME", help="With --from: a municipality to show beside it; may be "
              "repeated.")  # fmt: skip
@click.option("--until", default="", metavar="MONTH", help="With --from: the last month that is used; default: all but "
              "the newest.")  # fmt: skip
@lang_option
def init(
    folder: pathlib.Path, lang: Language, sources: tuple[pathlib.Path, ...], municipality: str | None,
    similar: tuple[str, ...], until: str, **given: Any,
) -> None:  # fmt: skip
    """Begin a study of one's own in a folder: scenario, what-if, published figures, notebook and README.

    What is not given is asked for on a terminal, and is as usual otherwise. Nothing is ever overwritten. With --from
    and --municipality the study is of a place, fitted to its published tables.
    """
    from simulation.cli.study.files import TITLE, files, shown

    if sources or municipality or similar or until:
        _of_place(folder, sources, municipality, similar, until, given, lang)
        return

    _refuse_what_is_there(folder, ("base.yaml", "what_if.yaml", "targets.yaml", "notebook.ipynb", "README.md"))
    answers = _answers(given, lang, at_a_terminal())
    texts = files(answers)
    try:
        _write(folder, texts)
    except OSError as error:
        raise Failed(f"error: {error.filename or folder}: {error.strerror}", INPUT_WRONG) from None
    title = TITLE.told(lang, group=answers.group.label.told(lang), place=answers.place)
    say(WRITTEN.told(lang, folder=folder, there=typed(folder), files=", ".join(texts), title=title, lower=answers.lower,
                     persons=shown(answers.persons, lang), staff=shown(answers.staff, lang)))  # fmt: skip


def _of_place(
    folder: pathlib.Path, sources: tuple[pathlib.Path, ...], municipality: str | None, similar: tuple[str, ...],
    until: str, given: Mapping[str, Any], lang: Language,
) -> None:  # fmt: skip
    """A study of a municipality from its files."""
    if not sources or not municipality:
        raise Failed("error: --from FILE and --municipality NAME go together\nNothing was written.", INPUT_WRONG)
    if others := [name for name, value in given.items() if value is not None]:
        names = ", ".join(f"--{OPTIONS[name]}" for name in others)
        message = f"error: {names}: with --from, that is what the files say, and the staff is in base.yaml"
        raise Failed(f"{message}\nNothing was written.", INPUT_WRONG)
    texts, told = begin_place(folder, sources, municipality, similar, until, lang)
    _refuse_what_is_there(folder, tuple(texts))
    try:
        _write(folder, texts)
    except OSError as error:
        raise Failed(f"error: {error.filename or folder}: {error.strerror}", INPUT_WRONG) from None
    say("\n".join(told))


def at_a_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _answers(given: Mapping[str, Any], lang: Language, ask: bool) -> Answers:
    """What was given, was answered to a question, or is usual. Raises Failed for what cannot be."""
    from simulation.cli.study.files import Answers, base_of, intake_weeks, usual_limit, usual_staff
    from simulation.scenario.files.yamlfile import control_character

    def answer(key: str, question: Label, usual: Value, kind: Any, **gaps: object) -> Value:
        if given[key] is not None or not ask:
            return usual if given[key] is None else given[key]
        found: Value = click.prompt(question.told(lang, **gaps), default=usual, type=kind, err=True)
        return found

    target_group = answer("target_group", ASK_GROUP, "dagpenge", click.Choice(list(GROUPS)))
    base, team = base_of(target_group), GROUPS[target_group].team
    place = answer("place", ASK_PLACE, A_PLACE.told(lang), str)
    if wrong := control_character(place) or ("" if len(place.split("\n")) == 1 and place.strip() else "give a name"):
        raise Failed(f"error: --jobcentre: {wrong}\nNothing was written.", INPUT_WRONG)
    persons = answer("persons", ASK_PERSONS, base.scenario.intake.persons, PERSONS, weeks=intake_weeks(base, lang))
    staff = answer("staff", ASK_STAFF, usual_staff(base, team, persons), STAFF)
    limit = answer("limit", ASK_LIMIT, 0, click.IntRange(0, 100_000)) or None
    lower = answer("lower", ASK_LOWER, usual_limit(base, team, persons, staff, limit), LIMIT)
    if lower == limit:
        message = f"error: --what-if-limit: {lower} is the limit of the base as well, so nothing would differ"
        raise Failed(f"{message}\nNothing was written.", INPUT_WRONG)
    return Answers(target_group, place.strip(), persons, staff, limit, lower, lang)


def _refuse_what_is_there(folder: pathlib.Path, names: tuple[str, ...]) -> None:
    if folder.exists() and not folder.is_dir():
        raise Failed(f"error: {folder}: this is a file, not a folder\nNothing was written.", INPUT_WRONG)
    if there := [name for name in names if (folder / name).exists() or (folder / name).is_symlink()]:
        message = f"error: {folder}: {', '.join(there)} {'is' if len(there) == 1 else 'are'} there already"
        raise Failed(f"{message}; a study is never overwritten\nNothing was written.", INPUT_WRONG)


def _write(folder: pathlib.Path, texts: Mapping[str, str]) -> None:
    """Write files that are not there yet. Raises OSError; what was written until then is taken away again."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[pathlib.Path] = []
    try:
        for name, text in texts.items():
            (folder / name).parent.mkdir(exist_ok=True)
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                written.append(folder / name)
                file.write(text)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        raise
