"""An intervention from outside: one file and `register`, and a scenario file can use it like any other.

The kaffemøde of these tests is made with nothing but what `simulation.interventions` and its contract offer: a coffee
meeting every week for everybody of some arms, after which jobs come more easily.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import jsonschema
import numpy as np
import pytest
from click.testing import CliRunner
from pydantic import Field

import simulation
from simulation.cli import main
from simulation.interventions import KINDS, Intervention, Running, acts, register
from simulation.interventions.contract import Effects, Found, Outcome, Setting, Sum
from simulation.results.names import Names
from simulation.scenario.check import warnings
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.jsonschema import json_schema
from simulation.world.labels import Label
from simulation.world.spec import Ids, Weeks
from simulation.world.world import World
from tests.helpers import exits_follow, make, survival_of


class Kaffemoede(Intervention):
    """Coffee every torsdag."""

    kind: Literal["kaffemoede"]
    arms: Annotated[list[str], Field(min_length=1, description="Arms that are invited")]
    cups: Annotated[int, Field(ge=0, description="Cups that a ledig drinks", json_schema_extra={"unit": "cups"})] = 1
    from_week: Annotated[Weeks, Field(description="Week of the run of the first meeting")] = 0
    effects: Annotated[Effects, Field(description="Factor on exit intensities in the week after a meeting")] = {}

    refers: ClassVar[Mapping[str, str]] = {"arms.*": "arms", "effects.<key>": "exits"}
    counts: ClassVar[Mapping[str, Label]] = {"cups": Label("Cups of coffee", "Kopper kaffe")}
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "cups": Outcome(
            "cups", "Cups of coffee; everybody, whole run", Sum("cups"), label=Label("Coffee", "Kaffe")
        )
    }

    def problems(self, setting: Setting) -> Found:
        if self.from_week >= setting.weeks:
            yield ("from_week",), f"the first coffee is in week {self.from_week}, the run ends in week {setting.weeks}"

    def doubts(self, setting: Setting) -> Found:
        if self.cups > 9:
            yield ("cups",), f"{self.cups} cups a week are more than 9"



class KaffemoedeRunning(Running):
    """Who has had coffee last torsdag."""

    def __init__(self, settings: Kaffemoede, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.invited = np.isin(world.ledige.arm, [world.arms.index(arm) for arm in settings.arms])
        self.awake = np.zeros(len(world.ledige), dtype=bool)
        self.coffee = self.effect("effects", settings.effects)

    def effects(self, week: int) -> None:
        """tirsdag: who has had coffee is awake."""
        self.coffee.hold(np.flatnonzero(self.awake))

    def gone(self, week: int, ids: Ids) -> None:
        self.awake[ids] = False

    def tilbud(self, week: int) -> None:
        """torsdag: coffee is poured."""
        if week >= self.settings.from_week:
            ids = self.world.ledige.on_benefit()
            ids = ids[self.invited[ids]]
            self.awake[ids] = True
            self.count(week, "cups", ids, np.full(len(ids), self.settings.cups))


@pytest.fixture(autouse=True)
def kaffemoede() -> Iterator[None]:
    """Known during a test, and forgotten after it."""
    register("kaffemoede", Kaffemoede, KaffemoedeRunning)
    yield
    KINDS.pop("kaffemoede", None)


FILE = """\
version: 2
name: Kaffe
start: 2026-W01
weeks: 12
follow_up: 12
replications: 1
seed: 5
arms: {deltager: 1, kontrol: 1}
intake: {persons: 40000, weeks: 1}
teams: {}
jobcentres: {ribe: {}}
exits:
  job: {level: {value: 0.04, kind: assumed, source: test}}
  andet: {level: 0.01}
interventions:
  fredagskaffe:
    kind: kaffemoede
    arms: [deltager, kontrol]
    cups: 2
    from_week: 3
    effects: {job: 2.0}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A scenario file that uses it."""
    file = tmp_path / "kaffe.yaml"
    file.write_text(FILE, encoding="utf-8")
    return file


def edited(path: Path, old: str, new: str) -> Path:
    """The file with one text replaced."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_it_acts(path: Path) -> None:
    """First coffee on torsdag in week 3, so the factor 2 from the tirsdag of week 4 on; |z| < LIMIT in every week."""
    intensity = np.array([0.04 * (2.0 if week >= 4 else 1.0) + 0.01 for week in range(12)])
    exits_follow(simulation.load(path).scenario, survival_of(intensity))


def test_it_acts_on_its_arms_alone(path: Path) -> None:
    """By the same luck kontrol leaves as without it, to the last bit, and deltagere do not."""
    edited(path, "arms: [deltager, kontrol]", "arms: [deltager]")
    with_ = simulation.load(path)
    without = with_.with_({"interventions.fredagskaffe.effects": {}})
    found = [simulation.run(each).estimate for each in (with_, without)]
    leaves = [[of("exit_job", arm, 12).value for of in found] for arm in ("kontrol", "deltager")]
    assert leaves[0][0] == leaves[0][1]
    assert leaves[1][0] > leaves[1][1]


def test_its_outcome_is_shown_by_its_name(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cups for everybody on benefit in weeks 3 to 11; in the result, its table, its meaning and on screen."""
    monkeypatch.chdir(tmp_path)
    result = simulation.run(simulation.load(path))
    on_benefit = sum(result.estimate("on_benefit", "alle", week).value for week in range(3, 12))
    assert result.estimate("fredagskaffe_cups").value == 2 * on_benefit
    assert result.estimate("fredagskaffe_cups", "deltager").value < 2 * on_benefit
    row = result.table().query("outcome == 'fredagskaffe_cups' and group == 'alle'").iloc[0]
    assert (row["unit"], row["value"]) == ("cups", 2 * on_benefit)
    meant = result.names.meaning(result.names.read("fredagskaffe_cups"))
    assert meant.unit == "cups" and "Cups of coffee" in meant.definition
    said = CliRunner().invoke(main, ["run", str(path), "--quiet", "--all"])
    assert said.exit_code == 0, said.output
    assert any("fredagskaffe" in line and "cups" in line for line in said.output.splitlines())


def test_its_outcome_can_be_cited(path: Path) -> None:
    """In a milestone; and a misspelt one is found."""
    milestone = "milestones:\n  kaffe: {outcome: fredagskaffe_%s, expected: 9, yellow_from: 0.1, red_above: 0.25, "
    milestone += 'source: test, page: "1"}\n'
    edited(path, "interventions:\n", milestone % "cups" + "interventions:\n")
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 0
    found = CliRunner().invoke(main, ["check", str(edited(path, "fredagskaffe_cups", "fredagskaffe_cup"))])
    assert found.exit_code == 2 and "did you mean 'fredagskaffe_cups'" in found.stderr


@pytest.mark.parametrize(
    ("old", "new", "message", "line", "column"),
    [
        ("    cups: 2", "    cps: 2", "unknown key 'cps'; did you mean 'cups'?", 19, 5),
        ("[deltager, kontrol]", "[deltager, kontol]", "'kontol' is not known here; did you mean 'kontrol'?", 18, 22),
        ("{job: 2.0}", "{jobb: 2.0}", "'jobb' is not known here; did you mean 'job'?", 21, 15),
        ("{job: 2.0}", "{job: -1}", "must be 0 or more (got -1)", 21, 20),
        ("from_week: 3", "from_week: 12", "the first coffee is in week 12, the run ends in week 12", 20, 16),
        ("cups: 2", "cups: {value: 2, unit: litres, kind: assumed, source: test}", "the unit here is cups", 19, 19),
        ("kind: kaffemoede", "kind: kaffemøde", "unknown kind 'kaffemøde'; did you mean 'kaffemoede'?", 17, 11),
        ("    arms: [deltager, kontrol]\n", "", "missing key 'arms'", 16, 3),
    ],
)
def test_it_is_checked(path: Path, old: str, new: str, message: str, line: int, column: int) -> None:
    """Keys, names, limits, units and its own problems, each at its place."""
    with pytest.raises(InputProblems) as found:
        simulation.load(edited(path, old, new))
    problems = [problem for problem in found.value.problems if message in problem.message]
    assert problems, found.value
    mark = problems[0].mark
    assert mark is not None and (mark.line, mark.column) == (line, column)


def test_its_doubts_are_warnings(path: Path) -> None:
    """At their place, with what it says itself."""
    found = warnings(simulation.load(edited(path, "cups: 2", "cups: 10")))
    (warning,) = (each for each in found if each.path.startswith("interventions."))  # the arms are alike, too
    assert (warning.message, warning.severity) == ("10 cups a week are more than 9", "warning")
    assert warning.mark is not None and (warning.mark.line, warning.mark.column) == (19, 11)


def test_check_tells_what_it_does_on_which_weekday(path: Path) -> None:
    """In the words of the running part."""
    said = CliRunner().invoke(main, ["check", str(path)]).stdout
    for weekday, words in (("Tuesday", "who has had coffee is awake"), ("Thursday", "coffee is poured")):
        assert any(weekday in line and words in line for line in said.splitlines()), said
    assert acts(Kaffemoede.model_construct(kind="kaffemoede")).keys() == {"tirsdag", "torsdag"}


def test_it_is_in_the_json_schema() -> None:
    """With its keys, units and descriptions; and without it once it is forgotten."""
    schema = json_schema()
    properties = schema["$defs"]["Kaffemoede"]["properties"]
    of_every_kind = {"kind", "name", "displacement", "in_jobcentres", "benefits", "runs"}
    assert of_every_kind | {"arms", "cups", "from_week", "effects"} == set(properties)
    assert properties["cups"]["unit"] == "cups"
    assert properties["from_week"]["description"] == "Week of the run of the first meeting"
    written = {"version": 2, "interventions": {"kaffe": {"kind": "kaffemoede", "arms": ["deltager"], "cups": 2}}}
    validator = jsonschema.validators.validator_for(schema)(schema)
    validator.check_schema({"$defs": {"Kaffemoede": schema["$defs"]["Kaffemoede"]}})  # all: tests/cli/test_check.py
    validator.validate(written)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"interventions": {"kaffe": {"kind": "kaffemoede", "cps": 2}}})
    KINDS.pop("kaffemoede")
    assert "Kaffemoede" not in json.dumps(json_schema())


def test_a_forgotten_kind_is_unknown(path: Path) -> None:
    """What the fixture takes away is away: the tests of this file leave nothing behind."""
    KINDS.pop("kaffemoede")
    with pytest.raises(InputProblems, match="unknown kind 'kaffemoede'"):
        simulation.load(path)


def test_an_overlay_may_change_it(path: Path, tmp_path: Path) -> None:
    """As any other part of a scenario."""
    over = tmp_path / "mere.yaml"
    over.write_text("version: 2\nextends: kaffe.yaml\nname: Mere\ninterventions: {fredagskaffe: {cups: 5}}\n")
    settings: Any = simulation.load(over).scenario.interventions["fredagskaffe"]
    assert (settings.cups, settings.from_week) == (5, 3)


# --- the registry ---------------------------------------------------------------------------------------------------


def test_a_taken_word_is_refused() -> None:
    """Another class under the word of an old kind or of this one."""

    class Te(Kaffemoede):
        """Tea, called coffee."""

    class Klub(Kaffemoede):
        """A kind that calls itself jobklub."""

        kind: Literal["jobklub"]  # type: ignore[assignment]

    before = dict(KINDS)
    for impostor, word in ((Te, "kaffemoede"), (Klub, "jobklub")):
        with pytest.raises(ValueError, match=f"there is a kind of intervention called '{word}' already"):
            register(word, impostor, KaffemoedeRunning)
    with pytest.raises(ValueError, match="must have the field kind: Literal\\['te'\\]"):
        register("te", Te, KaffemoedeRunning)
    assert before == KINDS


def test_registering_twice_does_no_harm() -> None:
    """A module may be imported again."""
    before = dict(KINDS)
    register("kaffemoede", Kaffemoede, KaffemoedeRunning)
    assert before == KINDS


def test_every_kind_is_registered_under_its_own_word() -> None:
    """The word in the field `kind` is the key."""
    for word, kind in KINDS.items():
        assert kind.settings.model_json_schema()["properties"]["kind"]["const"] == word


# --- what an intervention is called, and what it is ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("klub_nord_started", "jobklub"),
        ("bureauer_started", "vikar"),
        ("koordinering_wait", "koordineret_indsats"),
        ("stoette_wait", "mentor"),
        ("klub_nord_referred", "jobklub"),
    ],
)
def test_an_outcome_means_what_its_own_kind_says(outcome: str, kind: str) -> None:
    """Whatever the scenario calls the intervention: unit and definition are those of its kind."""
    name, suffix = outcome.rsplit("_", 1)
    own = KINDS[kind].settings.outcomes[suffix]
    of_that_kind = KINDS[kind].settings.model_construct(kind=kind)
    praktik = KINDS["praktik"].settings.model_construct(kind="praktik", referral={})
    scenario = make().model_copy(update={"interventions": {"praktik": praktik, name: of_that_kind}})
    names = Names(scenario)
    meant = names.meaning(names.read(outcome))
    assert (meant.unit, meant.definition.partition(": ")[2]) == (own.unit, own.definition)
