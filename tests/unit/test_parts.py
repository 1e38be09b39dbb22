"""Parts: bound to the arms of a scenario, put on what stands there, with mistakes told where they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.files.reading import resolve
from simulation.scenario.load import load

BASE = """\
version: 2
name: base
start: 2026-W01
weeks: 20
follow_up: 20
replications: 1
seed: 4
arms: {ny: 1, gammel: 1, kontrol: 1}
intake: {persons: 60, weeks: 1, arrivals: even}
teams:
  ordinaer: {fte: 1, minutes_per_week: 900}
jobcentres: {a: {}, b: {}}
exits: {job: {level: 0.03}}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: 30, attendance: 1}}
    plans:
      ordinaer: {arms: [ny, gammel, kontrol], team: ordinaer, channel: personlig, every: [{weeks: 4}]}
"""
WEEKLY = """\
version: 2
part: Weekly talks
arms: [deltager]
instead_of: plans
teams:
  projekt: {fte: 2, minutes_per_week: 900, arms: [deltager], caseload: personal}
interventions:
  samtaler:
    kind: samtaler
    plans:
      ugentlig: {arms: [deltager], team: projekt, channel: personlig, every: [{weeks: 1}]}
"""
CLUB = """\
version: 2
part: Club
arms: [deltager]
teams:
  raadgivere: {fte: 1, minutes_per_week: 900, takes_cases: false}
interventions:
  klub:
    kind: jobklub
    referral: {deltager: {ready_week: 0, weekly: 1}}
    accepts: 1
    attendance: 1
    seats: 10
    clubs: 1
    length: {from_weeks: 4, to_weeks: 6}
    sessions_per_week: 2
    session_minutes: 100
    team: raadgivere
"""


def write(folder: Path, top: str, **files: str) -> Path:
    """The base, two parts and these files; the path of the file that takes them in."""
    for name, text in {"base": BASE, "weekly": WEEKLY, "club": CLUB, **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "top.yaml").write_text(f"version: 2\nname: top\n{top}", encoding="utf-8")
    return folder / "top.yaml"


def data(folder: Path, top: str, **files: str) -> dict[str, Any]:
    """What the file says with what it takes in, if that is a scenario."""
    return load(write(folder, top, **files)).resolved.data


def problems(folder: Path, top: str, **files: str) -> list[Problem]:
    """All that is wrong with it."""
    with pytest.raises(InputProblems) as found:
        load(write(folder, top, **files))
    return list(found.value.problems)


def test_a_list_gets_all_names_and_a_key_is_repeated(tmp_path: Path) -> None:
    """The one name of the part stands for two arms."""
    found = data(tmp_path, "extends: [base.yaml, {part: weekly, arms: [ny, gammel]}, {part: club, arms: [gammel, ny]}]")
    assert found["teams"]["projekt"]["arms"] == ["ny", "gammel"]
    said = {"ready_week": 0, "weekly": 1}
    assert found["interventions"]["klub"]["referral"] == {"ny": said, "gammel": said}
    assert found["arms"] == {"ny": 1, "gammel": 1, "kontrol": 1}


def test_a_part_that_tells_arms_apart(tmp_path: Path) -> None:
    """A mapping says which arms are which, also where their names are those of the part the other way round."""
    offers = "{ny: {ready_week: 0, weekly: 0.1}, gammel: {ready_week: 0, weekly: 0.2}}"
    part = CLUB.replace("{deltager: {ready_week: 0, weekly: 1}}", offers).replace("[deltager]", "[ny, gammel]")
    top = "extends: [base.yaml, {part: club, arms: {ny: [gammel, kontrol], gammel: [ny]}}]"
    referral = data(tmp_path, top, club=part)["interventions"]["klub"]["referral"]
    assert {arm: said["weekly"] for arm, said in referral.items()} == {"gammel": 0.1, "kontrol": 0.1, "ny": 0.2}


def test_one_arm_need_not_be_named(tmp_path: Path) -> None:
    """Where the scenario has a single arm, also by its own words."""
    one = "arms: {ny: null, gammel: null}\ninterventions: {samtaler: {plans: {ordinaer: {arms: [kontrol]}}}}"
    found = data(tmp_path, f"extends: [base.yaml, {{part: club}}]\n{one}")
    assert list(found["interventions"]["klub"]["referral"]) == ["kontrol"]


def test_arms_of_the_file_itself_and_parts_of_split_ones(tmp_path: Path) -> None:
    """They are there, wherever they are written."""
    found = data(
        tmp_path, "extends: [base.yaml, {part: club, arms: [f]}, {part: weekly, arms: [x]}]\n"
        "arms: {f: 1}\nsplit: {kontrol: {x: 1, y: 1}}\n"
        "interventions: {samtaler: {plans: {ordinaer: {arms: [ny, gammel, f, y]}}}}",
    )  # fmt: skip
    assert list(found["interventions"]["klub"]["referral"]) == ["f"]
    assert found["teams"]["projekt"]["arms"] == ["x"]


def test_arms_begin_on_the_plan_of_the_part_alone(tmp_path: Path) -> None:
    """What was taken off a plan is told where the part says so."""
    path = write(tmp_path, "extends: [base.yaml, {part: weekly, arms: [ny]}]")
    loaded = load(path)
    plans = loaded.resolved.data["interventions"]["samtaler"]["plans"]
    assert plans["ordinaer"]["arms"] == ["gammel", "kontrol"]
    mark = loaded.resolved.mark(("interventions", "samtaler", "plans", "ordinaer", "arms"))
    assert (Path(mark.file).name, mark.line) == ("weekly.yaml", 4)
    assert [Path(by.file).name for by in loaded.resolved.inherited_by[mark.file]] == ["top.yaml"]
    item = loaded.resolved.mark(("interventions", "samtaler", "plans", "ordinaer", "arms", 1))
    assert (Path(item.file).name, item.line) == ("base.yaml", 19)


def test_plans_for_another_benefit_stay(tmp_path: Path) -> None:
    """Only what the arms would begin on beside the plan of the part is taken away."""
    on_b = BASE.splitlines()[-1].replace("ordinaer: {", "b: {benefits: [b], ", 1)
    base = BASE.replace("name: base", "name: base\nbenefits: {a: {}, b: {share: 0.5}}")
    base = base.replace("[{weeks: 4}]}", "[{weeks: 4}], benefits: [a]}")
    own = "interventions: {samtaler: {plans: {ugentlig: {benefits: [a]}}}}"
    found = data(tmp_path, f"extends: [base.yaml, {{part: weekly, arms: [ny]}}]\n{own}", base=f"{base}{on_b}\n")
    arms = {name: plan["arms"] for name, plan in found["interventions"]["samtaler"]["plans"].items()}
    assert arms == {"ordinaer": ["gammel", "kontrol"], "b": ["ny", "gammel", "kontrol"], "ugentlig": ["ny"]}


def test_a_part_for_those_on_some_benefits(tmp_path: Path) -> None:
    """Its own interventions are for those alone, and so are the plans that people begin on in one that is there; plans
    for other benefits stay. The same part for two benefits does not collide, if what it has is called otherwise."""
    two = BASE + "benefits: {dagpenge: {}, kontanthjaelp: {share: 0.5}}\n"
    weekly, club = "part: weekly, arms: [ny]", "part: club, arms: [ny]"
    entries = f"{{{weekly}, benefits: [dagpenge]}}", f"{{{club}, benefits: [kontanthjaelp]}}"
    resolved = data(tmp_path, f"extends: [base.yaml, {', '.join(entries)}]", base=two)["interventions"]
    assert resolved["samtaler"]["plans"]["ugentlig"]["benefits"] == ["dagpenge"]
    assert "benefits" not in resolved["samtaler"] and resolved["klub"]["benefits"] == ["kontanthjaelp"]
    twice = [f"{{part: weekly, arms: [ny], benefits: [{benefit}], as: {{samtaler: {name}, projekt: {name}_p}}}}"
             for benefit, name in (("dagpenge", "en"), ("kontanthjaelp", "to"))]  # fmt: skip
    channels = "{channels: {personlig: {minutes: 30, attendance: 1}}}"
    own = f"extends: [base.yaml, {', '.join(twice)}]\ninterventions: {{en: {channels}, to: {channels}}}\n"
    found = load(write(tmp_path, own, base=two)).scenario
    assert [found.interventions[name].benefits for name in ("en", "to")] == [["dagpenge"], ["kontanthjaelp"]]
    before = found.interventions["samtaler"].model_dump()["plans"]["ordinaer"]
    assert before["arms"] == ["gammel", "kontrol"]


def test_of_a_split_arm_the_other_parts_stay_on_the_plan(tmp_path: Path) -> None:
    """Nobody else is moved."""
    split = "split: {ny: {a: 1, b: 1}, b: {c: 1, d: 1}}"
    found = data(tmp_path, f"extends: [base.yaml, {{part: weekly, arms: [c]}}]\n{split}")
    assert found["interventions"]["samtaler"]["plans"]["ordinaer"]["arms"] == ["a", "d", "gammel", "kontrol"]


def test_the_same_part_twice(tmp_path: Path) -> None:
    """By other names for its intervention and its team, wherever they are named."""
    found = data(
        tmp_path, "extends:\n  - base.yaml\n  - {part: club, arms: [ny]}\n"
        "  - {part: club, arms: [gammel], as: {klub: klub_2, raadgivere: raadgivere_2}}\n",
    )  # fmt: skip
    assert list(found["interventions"]) == ["samtaler", "klub", "klub_2"]
    assert [found["interventions"][name]["team"] for name in ("klub", "klub_2")] == ["raadgivere", "raadgivere_2"]
    assert list(found["interventions"]["klub_2"]["referral"]) == ["gammel"]
    assert found["teams"]["raadgivere_2"] == found["teams"]["raadgivere"]


def test_a_plan_by_another_name(tmp_path: Path) -> None:
    """In the intervention that is there."""
    plans = "as: {ugentlig: hver_uge, projekt: andre}"
    found = data(tmp_path, f"extends: [base.yaml, {{part: weekly, arms: [ny], {plans}}}]")
    assert found["interventions"]["samtaler"]["plans"]["hver_uge"]["team"] == "andre"


def test_the_file_itself_has_the_last_word(tmp_path: Path) -> None:
    """On what two parts say differently, and on what a part says."""
    other = "version: 2\npart: More\ninterventions: {klub: {kind: jobklub, seats: 12}}\n"
    top = "extends: [base.yaml, {part: club, arms: [ny]}, {part: other}]\ninterventions: {klub: {seats: 14}}"
    assert data(tmp_path, top, other=other)["interventions"]["klub"]["seats"] == 14


def test_the_same_value_is_no_conflict(tmp_path: Path) -> None:
    """Said once more by another part."""
    other = "version: 2\npart: More\ninterventions: {klub: {kind: jobklub, seats: 10}}\n"
    data(tmp_path, "extends: [base.yaml, {part: club, arms: [ny]}, {part: other}]", other=other)


def test_some_jobcentres_alone(tmp_path: Path) -> None:
    """Interventions of the part, and its plans in an intervention of the base."""
    top = "extends: [base.yaml, {part: club, arms: [ny], jobcentres: [a]}, {part: weekly, arms: [ny], jobcentres: [b]}]"
    resolved = resolve(write(tmp_path, top))
    found, there = resolved.data["interventions"], resolved.data["jobcentres"]
    assert found["klub"]["in_jobcentres"] == ["a"]
    assert "in_jobcentres" not in found["samtaler"]
    assert found["samtaler"]["plans"]["ugentlig"]["in_jobcentres"] == ["b"]
    assert found["samtaler"]["plans"]["ordinaer"]["arms"] == ["ny", "gammel", "kontrol"]
    assert there["b"]["interventions"]["samtaler"]["plans"]["ordinaer"]["arms"] == ["gammel", "kontrol"]
    assert there["a"] == {}


def test_for_the_spells_of_some_weeks(tmp_path: Path) -> None:
    """Its plans that arms begin on, at the place of the entry; those that are there keep their arms."""
    entry = "{part: weekly, arms: [ny], spells: {since: 2026-W08, under_way: true}}"
    found = resolve(write(tmp_path, f"extends: [base.yaml, {entry}]"))
    plans = found.data["interventions"]["samtaler"]["plans"]
    assert plans["ugentlig"]["spells"] == {"since": "2026-W08", "under_way": True}
    assert plans["ordinaer"]["arms"] == ["ny", "gammel", "kontrol"]
    mark = found.mark(("interventions", "samtaler", "plans", "ugentlig", "spells", "since"))
    assert (Path(mark.file).name, mark.column) == ("top.yaml", 65)
    sourced = entry.replace("2026-W08", "{value: 2026-W08, kind: rule, source: the law}")
    there = resolve(write(tmp_path, f"extends: [base.yaml, {sourced}]"))
    assert there.origin(("interventions", "samtaler", "plans", "ugentlig", "spells", "since")).source == "the law"
    twice = entry.replace("2026-W08", "2026-W12").replace("weekly,", "weekly, as: {ugentlig: senere},")
    scenario = load(write(tmp_path, f"extends: [base.yaml, {entry}, {twice}]")).scenario
    assert [plan.since() for plan in scenario.interventions["samtaler"].plans.values()] == ["", "2026-W08", "2026-W12"]


def test_every_and_talks_of_one_plan_from_two_files(tmp_path: Path) -> None:
    """The mistake names both, whoever wrote them."""
    plan = "{samtaler: {kind: samtaler, plans: {ordinaer: {talks: [{week: 2}]}}}}"
    part = f"version: 2\npart: Calendar\ninterventions: {plan}\n"
    (found,) = problems(tmp_path, "extends: [base.yaml, {part: part}]", part=part)
    assert found.message.replace(f"{tmp_path}/", "") == (
        "give exactly one of every (intervals) and talks (a list) "
        "(every stands at base.yaml:19, talks stands at part.yaml:3)"
    )


def test_a_team_that_a_part_names_may_be_another_one(tmp_path: Path) -> None:
    """Also if it does not bring that team."""
    part = "version: 2\npart: Few cases\ninterventions: {arbejde: {kind: sagsarbejde, team: projekt}}\n"
    top = "extends: [base.yaml, {part: part, as: {projekt: ordinaer}}]"
    found = resolve(write(tmp_path, top, part=part))
    assert found.data["interventions"]["arbejde"]["team"] == "ordinaer"


FIT = """\
version: 1
parameters:
  exits.job.level: {value: 0.5, low: 0.4, high: 0.6}
  interventions.klub.referral.deltager.weekly: {value: 0.25, low: 0.1, high: 0.4}
"""


def test_a_fit_of_a_part_is_for_what_the_part_says_is_fitted(tmp_path: Path) -> None:
    """Wherever that stands in the scenario; nothing else of it is taken."""
    part = CLUB.replace("weekly: 1", "weekly: fitted") + "fitted: fit.yaml\n"
    path = write(tmp_path, "extends: [base.yaml, {part: club, arms: [ny, gammel]}]\nexits: {job: {level: fitted}}",
                 club=part, fit=FIT)  # fmt: skip
    found = resolve(path)
    assert [problem.path for problem in found.problems] == ["exits.job.level"]
    referral = found.data["interventions"]["klub"]["referral"]
    assert [referral[arm]["weekly"] for arm in ("ny", "gammel")] == [0.25, 0.25]
    (fit,) = set(found.fitted.values())
    assert fit.interval("interventions.klub.referral.gammel.weekly") == (0.1, 0.4)
    assert list(fit.paths) == ["interventions.klub.referral.deltager.weekly"]


def test_fitted_twice_is_the_same_only_if_the_number_is(tmp_path: Path) -> None:
    """The word stands for the number of a fit, and for an effect of a synthesis."""
    club = CLUB.replace("weekly: 1", "weekly: fitted") + "fitted: fit.yaml\n"
    again = "version: 2\npart: Again\narms: [alle]\n"
    again += "interventions: {klub: {kind: jobklub, referral: {alle: {weekly: fitted}}}}\n"
    entries = "extends: [base.yaml, {part: club, arms: [ny]}, {part: again, arms: [ny]}]"
    fit = FIT.replace("deltager.weekly: {value: 0.25", "alle.weekly: {value: 0.3")
    files = {"club": club, "again": again + "fitted: fit_2.yaml\n", "fit": FIT, "fit_2": fit}
    (found,) = resolve(write(tmp_path, entries, **files)).problems
    assert "says fitted (0.3), " in found.message and "says fitted (0.25); say in your own" in found.message
    same = {**files, "fit_2": fit.replace("0.3,", "0.25,")}
    assert not resolve(write(tmp_path, entries, **same)).problems
    effects = [f"effects: {{job: {{log: {{value: evidence, of: talk.work.{who}}}}}}}" for who in ("all", "men")]
    parts = [f"version: 2\npart: P\ninterventions: {{klub: {{kind: jobklub, {each}}}}}\n" for each in effects]
    two = write(tmp_path, "extends: [base.yaml, {part: p}, {part: q}]", p=parts[0], q=parts[1])
    assert "says evidence: talk.work.men, " in resolve(two).problems[0].message


ENTRIES: list[tuple[str, str, str, int]] = [
    ("{part: clubb, arms: [ny]}", "there is no file clubb.yaml", "top.yaml", 29),
    ("{part: base, arms: [ny]}", "base is no part (it has no `part:`)", "top.yaml", 29),
    ("{part: club}", "say which arms the part is for", "top.yaml", 22),
    ("{part: club, arms: [nyy]}", "there is no arm 'nyy' here; did you mean 'ny'?", "top.yaml", 42),
    ("{part: club, arms: [ny, ny]}", "must be a list of arms", "top.yaml", 41),
    ("{part: club, arms: []}", "must be a list of arms", "top.yaml", 41),
    ("{part: club, arms: {deltagr: [ny]}}", "the part has no arm 'deltagr'; did you mean 'deltager'?", "top.yaml", 51),
    ("{part: club, arms: {deltager: [ny], kontrol: [ny]}}", "the part has no arm 'kontrol'", "top.yaml", 67),
    ("{part: club, arm: [ny]}", "unknown key 'arm' of a part that is taken in; did you mean 'arms'?", "top.yaml", 40),
    ("{part: club, arms: [ny], as: {klubb: x}}", "no intervention, team or plan 'klubb'; did you", "top.yaml", 59),
    ("{part: club, arms: [ny], as: klub_2}", "must have the other name for each name", "top.yaml", 51),
    ("{part: club, arms: [ny], as: {klub: 3}}", "must be the other name of 'klub', in text", "top.yaml", 58),
    ("{part: club, arms: [ny], as: {klub: x, a: x}}", "'x' is the other name of 'klub' already", "top.yaml", 64),
    ("{part: shipped/base_dagpenge}", "is no part, but a scenario: name it without `part:`", "top.yaml", 29),
    ("shipped/parts/jobklub", "is a part: a scenario takes it in, by", "top.yaml", 22),
    ("{part: club, arms: [ny], as: {klub: samtaler}}", "of another kind: ", "top.yaml", 22),
    ("{part: club, arms: [ny], benefits: a}", "must be a list of benefits", "top.yaml", 57),
    ("{part: club, arms: [ny], benefits: [su]}", "'su' is not known here", "top.yaml", 57),
    ("{part: club, arms: [ny], jobcentres: a}", "must be a list of jobcentres", "top.yaml", 59),
    ("{part: weekly, arms: [ny], spells: 2026-W08}", "must say which, as a plan does", "top.yaml", 57),
    ("{part: weekly, arms: [ny], spells: {sinc: 2026-W08}}", "did you mean 'since'?", "top.yaml", 58),
    ("{part: weekly, arms: [ny], spells: {since: 2026-W54}}", "write for example", "top.yaml", 65),
    ("{part: club, arms: [ny], spells: {since: 2026-W08}}", "no plan of talks that an arm begins on", "top.yaml", 55),
    ("{arms: [ny]}", "an entry of extends is the name of a file, or `{part: FILE, arms: [ARM]}`", "top.yaml", 22),
    ("club.yaml", "this is a part, which cannot be run by itself", "club.yaml", 1),
]


@pytest.mark.parametrize(("entry", "message", "file", "column"), ENTRIES)
def test_a_part_that_cannot_be_taken_in(entry: str, message: str, file: str, column: int, tmp_path: Path) -> None:
    """Told at its place in the file that takes it in."""
    found = problems(tmp_path, f"extends: [base.yaml, {entry}]")
    marks = [(Path(p.mark.file).name, p.mark.column) for p in found if p.mark and message in p.message]
    assert marks == [(file, column)], [p.message for p in found]


@pytest.mark.parametrize(("file", "text", "message"), [
    ("figures.yaml", "version: 1\ntargets: {a: {figure: 3}}\n", "by `targets: figures.yaml`"),
    ("jobcentersim.yaml", "", "marks the root of files"),
])  # fmt: skip
def test_what_stands_beside_a_scenario_is_told_in_one_line(file: str, text: str, message: str, tmp_path: Path) -> None:
    """And not by all that it lacks to be one."""
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        load(tmp_path / file)
    assert [message in each.message for each in caught.value.problems] == [True]


FILES: list[tuple[str, str, str, int]] = [
    ("seats: 10", "seats: null", "a part adds: it takes nothing away", 12),
    ("seats: 10", "seat: 10", "unknown key 'seat'; did you mean 'seats'?", 12),
    ("part: Club", "part: 3", "must be text", 2),
    ("version: 2\n", "", "missing key 'version'", 1),
    ("version: 2", "version: 1", "must be 2", 1),
    ("part: Club", "part: Club\nweeks: 3", "a part has no 'weeks'; it may have", 3),
    ("part: Club", "part: Club\nextends: base.yaml", "a part has no 'extends'", 3),
    ("part: Club", "part: Club\ninstead_of: plan", "must be plans (got 'plan')", 3),
    ("arms: [deltager]", "arms: [deltager, deltager]", "must be a list of names, each once", 3),
    ("arms: [deltager]", "arms: [deltagr]", "'deltager' is none of the arms of this part (`arms:`); did you mean", 9),
    ("part: Club", "part: Club\nfitted: nowhere.yaml", "there is no file nowhere.yaml", 3),
]


@pytest.mark.parametrize(("old", "new", "message", "line"), FILES)
def test_mistakes_of_a_part_are_told_in_its_file(old: str, new: str, message: str, line: int, tmp_path: Path) -> None:
    """With the entry through which it was taken in."""
    found = problems(tmp_path, "extends: [base.yaml, {part: club, arms: [ny]}]", club=CLUB.replace(old, new, 1))
    (told,) = [problem for problem in found if message in problem.message]
    assert told.mark is not None
    assert (Path(told.mark.file).name, told.mark.line) == ("club.yaml", line)
    assert [Path(by.file).name for by in told.inherited_by] == ["top.yaml"]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """Of several parts, and of their entries."""
    found = problems(tmp_path, "extends: [base.yaml, {part: club, arms: [x]}, {part: weekly, arm: [ny]}, {part: no}]")
    assert len(found) == 3


def test_what_is_set_otherwise_names_both_files(tmp_path: Path) -> None:
    """By two parts, or by a part and the base, at the entry."""
    other = "version: 2\npart: More\nteams: {ordinaer: {fte: 2}}\ninterventions:\n  klub: {kind: jobklub, seats: 12}\n"
    found = problems(tmp_path, "extends: [base.yaml, {part: club, arms: [ny]}, {part: other}]", other=other)
    texts = [problem.message.replace(f"{tmp_path}/", "") for problem in found]
    assert texts == [
        "other.yaml:3 says 2, base.yaml:11 says 1; say in your own file which holds",
        "other.yaml:5 says 12, club.yaml:12 says 10; say in your own file which holds",
    ]
    assert [problem.mark and problem.mark.column for problem in found] == [48, 48]


def test_a_place_for_one_arm_takes_no_two(tmp_path: Path) -> None:
    """A subsidy is earned by one arm."""
    part = "version: 2\npart: Subsidy\narms: [deltager]\ninterventions: {tilskud: {kind: incitament, arm: deltager}}\n"
    (found,) = problems(tmp_path, "extends: [base.yaml, {part: tilskud, arms: [ny, gammel]}]", tilskud=part)
    assert found.message == "interventions.tilskud.arm is of one arm alone, not of ny, gammel"


def test_what_a_part_adds_to_what_is_there_holds_everywhere(tmp_path: Path) -> None:
    """So it cannot be for some jobcentres alone, but for plans."""
    part = "version: 2\npart: Letters\ninterventions: {samtaler: {kind: samtaler, priority: statutory_first}}\n"
    (found,) = problems(tmp_path, "extends: [base.yaml, {part: breve, jobcentres: [a]}]", breve=part)
    assert "the part adds priority to 'samtaler', which is there" in found.message


def test_a_part_by_itself_is_no_scenario(tmp_path: Path) -> None:
    """And says how it is used."""
    write(tmp_path, "")
    with pytest.raises(InputProblems) as found:
        load(tmp_path / "club.yaml")
    assert "`extends: [BASE, {part: club, arms: [ARM]}]`" in str(found.value)
