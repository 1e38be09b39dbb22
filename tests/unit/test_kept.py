"""Replications that are kept: exactly what they were, in files that are whole or not taken up."""

from __future__ import annotations

import dataclasses
import pathlib
import zipfile

import numpy as np
import pytest

from simulation import load
from simulation.experiments.kept import Kept
from simulation.experiments.replicate import replicate
from simulation.results.measures.packed import ARRAYS, pack, unpack
from simulation.results.measures.replication import Replication, simulate
from simulation.results.tables.inputs import labels
from simulation.results.tables.run_tables import tables
from simulation.scenario.schema import Scenario
from tests.all_kinds import everything
from tests.sweeps import write


def same(a: Replication, b: Replication) -> None:
    """To the last bit, in the same order and of the same kinds; but for the seconds."""
    assert a.number == b.number and list(a.outcomes) == list(b.outcomes) and list(a.counts) == list(b.counts)
    assert np.array_equal(a.outcomes.row, b.outcomes.row, equal_nan=True)
    pairs = [(a.counts[name], b.counts[name]) for name in a.counts]
    pairs += [(getattr(a.staff, field), getattr(b.staff, field)) for field in ARRAYS]
    pairs += [(a.staff.totals[name], b.staff.totals[name]) for name in a.staff.totals]
    assert list(a.staff.totals) == list(b.staff.totals) and len(pairs) > 20
    for before, after in pairs:
        assert before.dtype == after.dtype and np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
    for outcome, group, time in list(a.outcomes)[:50]:
        assert a.outcomes.named(outcome, str(group), time) == b.outcomes.named(outcome, str(group), time)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return everything()


def test_what_is_packed_is_what_comes_out(scenario: Scenario) -> None:
    """With every kind of intervention; also where arrays are not as long in every replication."""
    found = simulate(scenario, [0, 3])
    for packed, unpacked in zip(found, unpack(pack(found), scenario), strict=True):
        same(packed, unpacked)
    longer = dataclasses.replace(found[1].staff, caseload=found[1].staff.caseload[:-1])
    found[1] = dataclasses.replace(found[1], staff=longer)
    content = pack(found)
    for packed, unpacked in zip(found, unpack(content, scenario), strict=True):
        same(packed, unpacked)
    assert content == pack(found)


def test_a_whole_number_keeps_its_value_whatever_its_size(scenario: Scenario) -> None:
    """Stored in fewer bytes, but never in too few."""
    (one,) = simulate(scenario, [0])
    shape = one.staff.cases.shape
    for ends in ((0, 255), (0, 256), (-1, 255), (-(2**31), 2**31), (-(2**62), 2**62)):
        cases = np.zeros(shape, dtype=np.int64)
        cases.flat[0], cases.flat[1] = ends
        changed = dataclasses.replace(one, staff=dataclasses.replace(one.staff, cases=cases))
        same(changed, unpack(pack([changed]), scenario)[0])


def test_a_file_that_is_not_whole_is_not_taken_up(tmp_path: pathlib.Path) -> None:
    """Cut off, altered, of another name, half written, or no such file: simulated again, with the same tables."""
    loaded = load(write(tmp_path))
    (whole,) = replicate([loaded], 6, batch=2, kept=Kept(tmp_path / "kept"))
    files = sorted((tmp_path / "kept").iterdir())
    assert len(files) == 3
    files[0].write_bytes(files[0].read_bytes()[:-20])
    middle = len(content := bytearray(files[1].read_bytes())) // 2
    content[middle] ^= 1
    files[1].write_bytes(content)
    (tmp_path / "kept" / f".{files[2].name}.123").write_bytes(b"half")
    (tmp_path / "kept" / files[2].name.replace("-4-5-", "-0-1-").replace(".npz", "x.npz")).write_bytes(b"other")
    kept = Kept(tmp_path / "kept")
    (again,) = replicate([loaded], 6, kept=kept)
    assert kept.resumed == 2
    before, after = tables(whole), tables(again)
    assert all(before[name].equals(after[name]) for name in before)
    assert Kept(tmp_path / "kept").read(loaded.scenario, 3).keys() == {0, 1, 2}  # no more than is asked for


def test_replications_are_of_one_scenario(tmp_path: pathlib.Path) -> None:
    """Another number of replications is the same work; another seed or value is not."""
    loaded = load(write(tmp_path))
    replicate([loaded], 2, kept=Kept(tmp_path / "kept"))
    for changes, there in (({"replications": 9}, 2), ({"seed": 6}, 0), ({"teams.team.fte": 3}, 0)):
        assert len(Kept(tmp_path / "kept").read(loaded.with_(changes).scenario, 9)) == there


def test_no_code_comes_out_of_a_file(scenario: Scenario, tmp_path: pathlib.Path) -> None:
    """An array of objects, which NumPy would unpickle, is refused."""
    content = pack(simulate(scenario, [0]))
    source, target = tmp_path / "a.npz", tmp_path / "b.npz"
    source.write_bytes(content)
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            with after.open(name, "w") as member:
                if name == "cases.npy":
                    np.lib.format.write_array(member, np.array([[{}]], dtype=object), allow_pickle=True)
                else:
                    member.write(before.read(name))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        unpack(target.read_bytes(), scenario)


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["s/a.yaml"], ["a"]),
        (["s/a.yaml", "s/b.yaml"], ["a", "b"]),
        (["old/a.yaml", "new/a.yaml"], ["old_a", "new_a"]),
        (["a.yaml", "new/a.yaml"], ["a", "new_a"]),
        (["x/old/a.yaml", "y/old/a.yaml", "b.yaml"], ["x_old_a", "y_old_a", "b"]),
        (["s/a.yaml", "s/a.yml"], ["a", "a_2"]),
        (["s/a.yaml", "s/a.yaml"], ["a", "a_2"]),
        (["s/base.yaml"], ["base_2"]),
        (["s/...yaml"], ["scenario"]),
    ],
)
def test_files_have_names_that_tell_them_apart(files: list[str], names: list[str], tmp_path: pathlib.Path) -> None:
    """Wherever the whole lies."""
    for root in (tmp_path, tmp_path / "elsewhere"):
        assert labels([str(root / file) for file in files], ("base",)) == names
