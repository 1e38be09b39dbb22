"""Parts that change what is there (`changes: true`), in a file and in a notebook: what they say holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from tests.unit.test_parts import data, problems, write

SELDOM = """\
version: 2
part: Seldom
arms: [deltager]
changes: true
teams:
  ordinaer: {fte: 3, caseload_limit: 40}
interventions:
  samtaler:
    kind: samtaler
    channels: {telefon: {minutes: 10, attendance: 1}}
    plans:
      ordinaer: {channel: telefon, every: [{weeks: 13}]}
"""
AWAY = "version: 2\npart: No club\nchanges: true\nteams: {raadgivere: null}\ninterventions: {klub: null}\n"


def test_what_it_says_holds_over_what_is_there(tmp_path: Path) -> None:
    """Key by key, and a list whole; what it does not say is left, and the file itself has the last word."""
    top = "extends: [base.yaml, {part: seldom, arms: [ny]}]\nteams: {ordinaer: {caseload_limit: 30}}\n"
    found = data(tmp_path, top, seldom=SELDOM)
    assert found["teams"]["ordinaer"] == {"fte": 3, "minutes_per_week": 900, "caseload_limit": 30}
    plan = found["interventions"]["samtaler"]["plans"]["ordinaer"]
    assert plan == {
        "arms": ["ny", "gammel", "kontrol"], "team": "ordinaer", "channel": "telefon", "every": [{"weeks": 13}]
    }  # fmt: skip
    mark = load(tmp_path / "top.yaml").resolved.mark(("teams", "ordinaer", "fte"))
    assert (Path(mark.file).name, mark.line) == ("seldom.yaml", 6)


def test_null_takes_away_what_another_part_added(tmp_path: Path) -> None:
    top = "extends: [base.yaml, {part: club, arms: [ny]}, {part: away}]\n"
    found = data(tmp_path, top, away=AWAY)
    assert list(found["teams"]) == ["ordinaer"] and list(found["interventions"]) == ["samtaler"]


def test_with_other_names_it_changes_what_is_called_so(tmp_path: Path) -> None:
    """So that a change goes on a study of one's own, whose team is called otherwise."""
    part = SELDOM.replace("ordinaer: {fte", "kommunen: {fte")
    found = data(tmp_path, "extends: [base.yaml, {part: seldom, arms: [ny], as: {kommunen: ordinaer}}]\n", seldom=part)
    assert found["teams"]["ordinaer"]["fte"] == 3 and list(found["teams"]) == ["ordinaer"]


@pytest.mark.parametrize(
    ("part", "entry", "place", "said"),
    [
        (AWAY, "{part: it}", "it.yaml:4", "there is no 'raadgivere' here to take away"),
        (AWAY.replace("changes: true\n", ""), "{part: it}", "it.yaml:3", "unless it says `changes: true`"),
        (SELDOM.replace("true", "false"), "{part: it, arms: [ny]}", "it.yaml:4", "must be true, or left out"),
        (SELDOM, "{part: it, arms: [ny], jobcentres: [a]}", "top.yaml:3", "does so for everybody"),
        (SELDOM, "{part: it, arms: [ny], benefits: [a]}", "top.yaml:3", "does so for everybody"),
        (SELDOM, "{part: it, arms: [ny], spells: {since: 2027-W01}}", "top.yaml:3", "does so for everybody"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(tmp_path: Path, part: str, entry: str, place: str, said: str) -> None:
    found = problems(tmp_path, f"extends: [base.yaml, {entry}]\n", it=part)
    told = [f"{Path(each.mark.file).name}:{each.mark.line}: {each.message}" for each in found if each.mark]
    assert any(place in each and said in each for each in told), told


def test_what_is_not_there_to_take_away_says_who_took_the_part_in(tmp_path: Path) -> None:
    """Two designs may not go together, and only the line of `extends` tells which was the second."""
    (found,) = problems(tmp_path, "extends: [base.yaml, {part: club, arms: [ny]}, {part: away}, {part: away}]\n",
                        away=AWAY)[:1]  # fmt: skip
    assert [(Path(by.file).name, by.line) for by in found.inherited_by] == [("top.yaml", 3)]


def test_in_a_notebook_a_part_is_put_on_as_in_a_file(tmp_path: Path) -> None:
    """The same scenario, with the same sources; a name that is not there is told as there."""
    in_file = load(write(tmp_path, "extends: [base.yaml, {part: seldom, arms: [ny]}]\n", seldom=SELDOM))
    base = load(tmp_path / "base.yaml")
    put = base.with_part("seldom", arms=["ny"], name="top")
    assert put.scenario == in_file.scenario and base.scenario.teams["ordinaer"].fte == 1
    with pytest.raises(InputProblems, match=r"did you mean 'seldom\.yaml'"):
        base.with_part("seldm")
