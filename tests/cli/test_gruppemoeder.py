"""Group meetings from a YAML file alone, run from the command line as a user would."""

from __future__ import annotations

import csv
import json
import pathlib

import pytest
from click.testing import CliRunner

from simulation.cli import main

FILE = pathlib.Path(__file__).resolve().parent / "files" / "gruppemoeder.yaml"


@pytest.mark.usefixtures("undrawn")
def test_a_scenario_of_group_meetings(tmp_path: pathlib.Path) -> None:
    """27 are due every week: three tables of eight, 125 minutes each, and three for whom there are too few. The others
    talk alone, 30 minutes each, for which 1.5 × 600 are enough."""
    done = CliRunner().invoke(main, ["run", str(FILE), "--json", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    folder = pathlib.Path(json.loads(done.stdout)["results_dir"])
    with (folder / "tables" / "outcomes.csv").open(encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if not row.get("week") and not row.get("month")]
    found = {(row["outcome"], row["group"]): float(row["value"]) for row in rows if row["value"]}
    for outcome, group, value in (
        ("too_few_share", "gruppe", 3 / 27), ("too_few_share", "samtale", 0), ("no_time_share", "gruppe", 0),
        ("talk_share", "gruppe", 24 / 27), ("talk_share", "samtale", 1), ("called_on_time_share", "gruppe", 1),
        ("utilisation_peak", "gruppe", 375 / 400), ("utilisation_peak", "samtale", 810 / 900),
    ):  # fmt: skip
        assert abs(found[outcome, group] - value) < 1e-6, (outcome, group, found[outcome, group])


def test_check_reckons_with_seats(tmp_path: pathlib.Path) -> None:
    """27 talks of 125 / 8 minutes are 422, and there are 400: a rough sum, as if the last table were full."""
    sum_ = "422 minutes of talks asked for (27 cases × 1 talks each × 16 minutes)"
    assert sum_ in CliRunner().invoke(main, ["check", str(FILE)]).output
    with_room = tmp_path / "room.yaml"
    with_room.write_text(FILE.read_text(encoding="utf-8").replace("400", "430"), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(with_room)])
    assert done.exit_code == 0 and "asked for" not in done.output
