"""Practice tables: what is written of a register that is reckoned by hand, that it is read back, what is refused."""

from __future__ import annotations

import pathlib
from functools import cache

import numpy as np
import pytest

from simulation.municipal.beside import HOURS, TOUCHED
from simulation.municipal.headings import Asked
from simulation.municipal.place import ENDED, OPENED, PERSONS, STARTED, STOCK, places
from simulation.municipal.recognise import read
from simulation.municipal.table import Table
from simulation.results.measures.printed import Planes
from simulation.results.tables.practice import PREFIX, Municipality, tables
from simulation.world.ledige import GONE, LEDIG, OUT
from tests.commands import cli
from tests.helpers import make

WEEKS = 53
"""2026, of which the last week is not known: December lacks it (it has weeks 48 to 52)."""
FEBRUARY, MARCH = 2026 * 12 + 1, 2026 * 12 + 2


def municipality(least: int = 1) -> Municipality:
    """Ten persons on dagpenge all year but for person 0, who is there in weeks 0 to 5, in a job afterwards, and person
    1, who comes in week 10; 2 to 4 are in an offer in week 9, 5 has paid hours in it; all have talks in weeks 4 and
    8."""
    on = np.ones((WEEKS, 10), dtype=bool)
    on[6:, 0] = on[:10, 1] = False
    status = np.where(on, LEDIG, 0)
    status[6:, 0] = GONE
    talk, offer, hours = (np.zeros(on.shape, dtype=bool) for _ in range(3))
    talk[[4, 8]] = True
    offer[9, 2:5] = hours[9, 5] = True
    planes = Planes(status, {"": on, "dagpenge": on}, talk & on, talk & False, offer, hours.astype(np.uint8),
                    np.zeros(10, dtype=np.intp), 1)  # fmt: skip
    scenario = make(weeks=WEEKS, benefits={"dagpenge": {}}, exits={"job": {"level": 0.1}})
    return Municipality.of("Opdigtet By", scenario, planes, least)


def written(least: int = 1) -> dict[str, list[str]]:
    """Lines by table."""
    return {each.table: each.text().removeprefix("\ufeff").split("\r\n")[:-1]
            for each in tables(municipality(least), {"dagpenge": "dagpenge"})}  # fmt: skip


def test_figures_are_those_that_are_reckoned_by_hand() -> None:
    """Nine are there, from week 10 on nine again. In February person 0 has one of four weeks: 8 + 1/4 full-time."""
    found = written()
    assert found["y01a02"][:4] == ["Periode;Område;Antal personer;Antal fuldtidspersoner",
                                   "2026M01;Opdigtet By;9;9", "2026M02;Opdigtet By;9;8", "2026M03;Opdigtet By;9;9"]
    assert found["y01a02"][-1] == "2026M12;Opdigtet By;9;7"  # four of five weeks are known
    assert found["y01a24"][2:4] == ["2026M02;Opdigtet By;9;0;1;8", "2026M03;Opdigtet By;8;1;0;9"]
    assert found["y01a24"][-2:] == ["2026M11;Opdigtet By;9;0;;", "2026M12;Opdigtet By;;;;"]
    of_february = [line for line in found["y01a27"] if line.startswith("2026M02")]
    assert of_february[0] == "2026M02;Opdigtet By;Varighed i alt;1;6,0"
    assert "2026M02;Opdigtet By;5-13 uger;1;" in of_february and len(of_february) == 8
    assert "2026M02;Opdigtet By;5-13 uger;8" in found["y01a21"]  # nine weeks
    assert found["y01c14"][6:8] == ["2026M02;Opdigtet By;0-3 mdr.;8;2,0", "2026M02;Opdigtet By;3-6 mdr.;0;"]
    assert found["y01c14"][11] == "2026M03;Opdigtet By;0-3 mdr.;9;1,8"  # 16 talks of nine
    assert found["y01c07"][3] == f"2026M03;Opdigtet By;{100 * 3 / 35:.1f};{100 * 3 / 9:.1f}".replace(".", ",")
    assert found["y01j01"][3] == "2026M03;Opdigtet By;1;11,1"
    assert found["y01b15"][1:4] == [f"2026Q1;Opdigtet By;{status};{share}" for status, share in (
        ("A-dagpenge", "0,0"), ("Lønmodtagerbeskæftigelse", "100,0"), ("Selvforsørgelse", "0,0"))]  # fmt: skip
    assert found["y25i01"][2] == "2026M02;Opdigtet By;8;8"
    assert found["y25i09"][1:] == ["2026M12;Opdigtet By;7;7"]  # nine with 42 weeks or more, four of five weeks known


def test_small_numbers_may_be_hidden_and_so_is_what_is_made_of_them() -> None:
    """One spell that ended, with its mean, and three in an offer; none at all is no small number."""
    found = written(least=4)
    assert "2026M02;Opdigtet By;Varighed i alt;;" in found["y01a27"]
    assert found["y01a24"][2] == "2026M02;Opdigtet By;9;0;;8"
    assert found["y01c07"][3] == "2026M03;Opdigtet By;;" and found["y01c07"][1] == "2026M01;Opdigtet By;0,0;0,0"
    assert found["y01j01"][3] == "2026M03;Opdigtet By;;"


SCENARIO = """version: 2
name: Lille By
start: 2024-W01
weeks: 120
follow_up: 50
measured_from: 40
replications: 1
seed: 5
arms: {alle: 1}
intake: {persons: 900, weeks: 120, arrivals: random}
teams: {team: {fte: 1, minutes_per_week: 5000}}
jobcentres: {by: {}}
exits: {job: {level: 0.05}}
benefits: {dagpenge: {}}
job_spells: {hours: {37: 1}, end_intensity: {0: 0.02}, returns: 0.7}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: 30, attendance: 0.9}}
    plans: {plan: {arms: [alle], team: team, channel: personlig, every: [{weeks: 4}]}}
"""


@cache
def folder(base: pathlib.Path) -> pathlib.Path:
    (base / "lille.yaml").write_text(SCENARIO, encoding="utf-8")
    done = cli("practice-tables", base / "lille.yaml", "--municipality", "Opdigtet By", "--out", base / "tables")
    assert done.exit_code == 0, done.output
    assert "SIMULATED figures of Opdigtet By, which does not exist" in done.output
    return base / "tables"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return folder(tmp_path_factory.mktemp("practice"))


def read_back(made: pathlib.Path) -> dict[str, Table]:
    found = {}
    for file in sorted(made.glob("*.csv")):
        table = read(str(file), Asked()).table
        assert table is not None
        found[file.name] = table
    return found


def test_every_table_is_read_back_and_known_as_simulated(made: pathlib.Path) -> None:
    read_tables = read_back(made)
    assert len(read_tables) == 10 and cli("import", *made.glob("*.csv")).exit_code == 0
    for name, table in read_tables.items():
        assert table.publisher == "simulated by jobcentersim" and table.table.lower() == name[len(PREFIX) : -4]
        assert table.distinct("area") == ["Opdigtet By"] and all(not each.missing or each.missing == "empty"
                                                                for each in table.observations)  # fmt: skip
        lines = (made / name).read_text(encoding="utf-8-sig").splitlines()
        first = 2 + len(table.groups)
        printed = sorted(cell.replace(",", ".") for line in lines[1:] for cell in line.split(";")[first:])
        assert printed == sorted(each.value for each in table.observations)
    place = places([*read_tables.values()])["opdigtet by"]
    persons, full_time = (place.series[what, "dagpenge"].values for what in (PERSONS, STOCK))
    assert len(persons) == 18 and all(full_time[month] <= persons[month] for month in persons)
    flows = [flow for _, flow in sorted(place.flows.items())]
    assert all({OPENED, STARTED, ENDED} <= {*flow} for flow in flows[:-3]) and ENDED not in flows[-1]
    assert min(place.beside.running["dagpenge"].over(13).values()) > 0.2 and place.beside.status["dagpenge"].quarters
    assert {(TOUCHED, "dagpenge"), (HOURS, "dagpenge")} <= {*place.beside.shares}
    assert "findes ikke" not in (made / "LAES_MIG.txt").read_text(encoding="utf-8")
    assert "SIMULATED FIGURES. Opdigtet By does not exist" in (made / "LAES_MIG.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "changes", "told"), [
    (("--municipality", "Randers Kommune"), {}, "Randers is real, and these figures are not"),
    (("--municipality", "Region Midtjylland"), {}, "give a name that no place has"),
    (("--municipality", " "), {}, "give a name"),
    (("--municipality", "By"), {"benefits: {dagpenge: {}}\n": ""}, "does not say which benefit it is"),
    (("--municipality", "By"), {"dagpenge": "dagpengee"}, "'dagpengee' has no tables; did you mean 'dagpenge'?"),
    (("--municipality", "By", "--benefit", "sygdom"), {}, "'sygdom' has no tables"),
    (("--municipality", "By", "--benefit", "dagpenge"), {"{dagpenge: {}}": "{dagpenge: {}, kontanthjaelp: {}}"},
     "the scenario says which benefits it has"),
    (("--municipality", "By"), {"measured_from: 40": "measured_from: 116"}, "weeks: the run has 1 months"),
    (("--municipality", "By"), {"level: 0.05": "level: x"}, "exits.job.level"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(
    words: tuple[str, ...], changes: dict[str, str], told: str, tmp_path: pathlib.Path
) -> None:
    text = SCENARIO
    for before, after in changes.items():
        text = text.replace(before, after)
    (tmp_path / "lille.yaml").write_text(text, encoding="utf-8")
    refused = cli("practice-tables", tmp_path / "lille.yaml", *words, "--out", tmp_path / "tables")
    assert refused.exit_code == 2 and told in refused.stderr, refused.output
    assert not (tmp_path / "tables").exists()


def test_nothing_is_overwritten(made: pathlib.Path) -> None:
    before = {file: file.read_bytes() for file in made.iterdir()}
    again = cli("practice-tables", made.parent / "lille.yaml", "--municipality", "By", "--out", made)
    assert again.exit_code == 2 and "this is there already" in again.stderr
    assert {file: file.read_bytes() for file in made.iterdir()} == before


def test_who_lost_a_job_supports_herself() -> None:
    """Three months after her spell person 0 is out of her job and on nothing."""
    place = municipality()
    place.planes.status[6:, 0] = OUT
    shares = next(each for each in tables(place, {"dagpenge": "dagpenge"}) if each.table == "y01b15").rows
    assert ("2026Q1", "Opdigtet By", "Selvforsørgelse", "100,0") in shares
