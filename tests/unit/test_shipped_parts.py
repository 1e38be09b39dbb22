"""The parts that are shipped: each goes on the bases that its page names, and every number of it has a source."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.shipped import PARTS, names
from simulation.scenario.files.yamlfile import read
from simulation.scenario.load import Loaded, load

PAGE = Path(__file__).resolve().parents[2] / "docs" / "parts.md"
BASES = ("dagpenge", "kontanthjaelp", "sygedagpenge", "ledighedsydelse", "tre_hovedveje")
OF_TODAY = tuple(f"2027_{name}" for name in ("dagpenge", "kontanthjaelp_jobparat", "ledighedsydelse"))
"""The bases that rules of 2024 to 2027 are for."""
FRIHEDEN = "friheden/"
ALONE = {"esbjerg_lvu": "esbjerg_kalender", "sagsarbejde": "ugentlige_samtaler"} | {
    name.removeprefix("shipped/parts/"): f"rules/dk_2027/{'fire_samtaler' if 'fire_samtaler' in name else 'dagpenge'}"
    for name in names(PARTS)
    if FRIHEDEN in name
}
"""Parts that go on top of another one."""
FOR_HALF = {
    "fleksjob_anden_aktoer": "interventions: {fleksjob: {brokers: {kommune: {arms: [b]}}}}",
    "praktik_uge_9": "",
}
"""Parts that are for an arm beside others, and what a scenario has to say itself then."""


def on_base(part: str, base: str, folder: Path) -> Loaded:
    """The part on a base, for everybody, or for half of them."""
    below = f"{{part: shipped/parts/{ALONE[part]}}}, " if part in ALONE else ""
    text = f"version: 2\nname: x\nextends: [shipped/base_{base}, {below}{{part: shipped/parts/{part}}}]\n"
    if part in FOR_HALF:
        text = text.replace("}]", ", arms: [a]}]") + "split: {alle: {a: 1, b: 1}}\n" + FOR_HALF[part]
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    return load(folder / "x.yaml")


@cache
def told() -> dict[str, tuple[str, ...]]:
    """The bases that the page names for every part, in its table."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if len(row) == 3 and row[0].startswith("`parts/")]
    return {row[0].strip("`").removeprefix("parts/"): tuple(row[2].split(" (")[0].split(", ")) for row in rows}


def test_the_page_has_all_of_them() -> None:
    """In its table, one row each."""
    assert sorted(told()) == sorted(name.removeprefix("shipped/parts/") for name in names(PARTS))


@pytest.mark.parametrize("name", [name.removeprefix("shipped/parts/") for name in names(PARTS)])
def test_a_part_goes_on_the_bases_that_the_page_names(name: str, tmp_path: Path) -> None:
    """On those and no others; what it adds has sources, and a name in both languages."""
    file = names(PARTS)[f"shipped/parts/{name}"]
    data = read(file).data
    assert data["name_da"] and data["description"]
    goes = []
    for base in OF_TODAY if name.startswith(("rules/", FRIHEDEN)) else BASES:
        try:
            loaded = on_base(name, base, tmp_path)
        except InputProblems:
            continue
        goes.append(base)
        assert [row["path"] for row in loaded.parameters() if row["file"] == str(file) and not row["kind"]] == []
        assert set(data.get("interventions", ())) <= set(loaded.scenario.interventions)
    assert tuple(goes) == told()[name]
