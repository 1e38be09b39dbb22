"""Tables have types: what is stored is read back as it was, as a DataFrame and through Parquet."""

from __future__ import annotations

import io
import json
import pathlib

import numpy as np
import pandas as pd
import pytest

from simulation.results.tables import folder as stored_by
from simulation.results.tables.csvs import as_text
from simulation.results.tables.typed import read_table, types_of
from tests.commands import COMMANDS, answer, asked

pytestmark = pytest.mark.usefixtures("undrawn")


def as_read(column: pd.Series) -> list[object]:
    """The cells, None where there is nothing."""
    return [None if pd.isna(cell) or cell == "" else cell for cell in column]


@pytest.mark.parametrize("command", COMMANDS)
def test_tables_are_read_back_as_they_were(
    command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cell by cell and to the last bit, by the types of `schema.json`, which has every column of every table."""
    made: dict[str, pd.DataFrame] = {}
    whole = stored_by.csv_text

    def noted(frame: pd.DataFrame, *more: object) -> str:
        text = whole(frame, *more)  # type: ignore[arg-type]
        made[text] = frame
        return text

    monkeypatch.setattr(stored_by, "csv_text", noted)
    place = pathlib.Path(answer(*asked(command, tmp_path, 3), "--out", tmp_path / "out")["results_dir"])
    types = json.loads((place / "tables" / "schema.json").read_text(encoding="utf-8"))["types"]
    files = sorted((place / "tables").glob("*.csv"))
    assert sorted(types) == [file.stem for file in files] and files
    kinds = {kind for columns in types.values() for kind in columns.values()}
    assert kinds >= {"number", "text"}
    for file in files:
        frame, found = made[file.read_text(encoding="utf-8")], read_table(place, file.stem)
        assert list(found.columns) == list(types[file.stem]) == [as_text(str(name)) for name in frame.columns]
        for name, kind in types[file.stem].items():
            was, read = as_read(frame[name]), as_read(found[name])
            texts = kind in ("text", "empty")
            assert [as_text(str(cell)) if texts and cell is not None else cell for cell in was] == read, (file, name)


@pytest.mark.parquet
@pytest.mark.parametrize("command", COMMANDS)
def test_parquet_is_as_the_csv(command: str, tmp_path: pathlib.Path) -> None:
    place = pathlib.Path(answer(*asked(command, tmp_path, 3), "--out", tmp_path / "out")["results_dir"])
    for file in (place / "tables").glob("*.csv"):
        frame, content = read_table(place, file.stem), io.BytesIO()
        frame.to_parquet(content)
        pd.testing.assert_frame_equal(pd.read_parquet(content), frame, check_exact=True)


def test_the_type_of_a_column_is_that_of_what_is_in_it() -> None:
    frame = pd.DataFrame({
        "a": [1.5, np.nan], "b": [1, 2], "c": [1, None], "d": [None, None], "e": ["", ""], "f": ["x", None],
        "g": [True, False], "h": pd.Series([3, None], dtype=object), "i": pd.Series([3, "x"], dtype=object),
        "j": pd.Series([0.5, 1], dtype=object), "k": pd.Series([True, None], dtype=object),
    })  # fmt: skip
    assert types_of(frame) == {
        "a": "number", "b": "whole number", "c": "number", "d": "empty", "e": "empty", "f": "text",
        "g": "true or false", "h": "whole number", "i": "text", "j": "number", "k": "true or false",
    }  # fmt: skip
