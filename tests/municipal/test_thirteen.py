"""The thirteen things that are known to break readers of published tables, each in files made from a seed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulation.municipal.headings import Asked
from simulation.municipal.recognise import read
from simulation.scenario.files.problems import InputProblems
from tests.municipal.mutator import MAKERS, Made, Reading, make

SEEDS = range(6)


def asked(made: Made) -> Asked:
    return Asked(areas=made.asked[1:2])


def reading(made: Made) -> tuple[Reading, str, dict[str, str]]:
    found = read(str(made.file), asked(made))
    assert found.table is not None
    every = found.table.observations
    rows = {(each.area, each.period.text, each.groups, each.measure, each.value, each.missing) for each in every}
    assert len(rows) == len(every)
    told = "\n".join(each.told("en") for each in (*found.table.notes, *found.mind))
    return rows, told, {each.period.text: each.period.start for each in every}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("thing", range(len(MAKERS)), ids=[maker.__name__ for maker in MAKERS])
def test_of_thirteen_things_each_is_read_rightly_or_refused_in_words(thing: int, seed: int, tmp_path: Path) -> None:
    made = make(thing, seed, tmp_path)
    if made.refused:
        with pytest.raises(InputProblems, match=re.escape(made.refused)):
            read(str(made.file), asked(made))
        return
    rows, told, starts = reading(made)
    assert rows == made.reading
    for words in made.mind:
        assert words in told
    for text, start in made.starts.items():
        assert starts.get(text, start) == start


def test_a_seed_makes_the_same_file_again(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    for thing in range(len(MAKERS)):
        first, again = make(thing, 3, tmp_path), make(thing, 3, tmp_path / "again")
        assert first.reading == again.reading and first.refused == again.refused
        if first.file.suffix != ".xlsx":  # a workbook says when it was made
            assert first.file.read_bytes() == again.file.read_bytes()


def test_even_and_odd_seeds_make_both_forms(tmp_path: Path) -> None:
    refused = {
        maker.__name__: [bool(make(thing, seed, tmp_path).refused) for seed in (0, 1)]
        for thing, maker in enumerate(MAKERS)
    }
    both = {"totals", "periods", "labels", "municipality", "weeks", "encoding"}
    assert {name for name, each in refused.items() if each == [False, True]} == both
    assert all(each == [False, False] for name, each in refused.items() if name not in both)
