"""Native charts: courses as lines, differences as bars with their intervals; told apart in grey, too."""

from __future__ import annotations

from typing import Any

from simulation.report.handed.sheets import Series, Sheet

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00")
DASHES = ("solid", "dash", "dash_dot", "round_dot", "long_dash", "square_dot")
WIDTH, HEIGHT = 640, 340
SMALL = 0.05
"""A share up to which decimals are shown on its axis."""
BETWEEN = 18
"""Rows from one chart to the next."""


def add_charts(book: Any, made: Any, sheet: Sheet, top: int, row: int) -> None:
    """Put the charts of a sheet into the sheet `made`, two side by side, from a row on; `top` is the row of the head of
    the table that they are of."""
    for place, series in enumerate(sheet.charts):
        chart = _bars(book, sheet, series, top) if series.bars else _lines(book, sheet, series, top)
        chart.set_title({"name": series.title, "name_font": {"size": 11}, "overlay": False})
        chart.set_size({"width": WIDTH, "height": HEIGHT})
        made.insert_chart(row + place // 2 * BETWEEN, 0, chart, {"x_offset": place % 2 * (WIDTH + 20)})


def _lines(book: Any, sheet: Sheet, series: Series, top: int) -> Any:
    chart = book.add_chart({"type": "scatter", "subtype": "straight"})
    first, last = top + 1 + series.first_row, top + 1 + series.last_row
    for number, column in enumerate(series.columns):
        chart.add_series({
            "name": series.names[number] if series.names else [sheet.name, top, column],
            "categories": [sheet.name, first, series.label_column, last, series.label_column],
            "values": [sheet.name, first, column, last, column],
            "line": {"color": COLOURS[number % 6], "width": 2, "dash_type": DASHES[number % 6]},
        })  # fmt: skip
    rows = sheet.rows[series.first_row : series.last_row + 1]
    highest = max((_of(row[column]) for row in rows for column in series.columns), default=0.0)
    shown = ("0%" if highest > SMALL else "0.0%") if series.percent else "#,##0.##"
    xs = [_of(row[series.label_column]) for row in rows]
    ends = {"min": min(xs), "max": max(xs)} if max(xs) > min(xs) else {}
    chart.set_x_axis({"name": series.x_axis, "num_format": "General", **ends})
    chart.set_y_axis({"name": series.y_axis, "min": 0, "num_format": shown, "major_gridlines": _GRID})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("span")
    return chart


def _bars(book: Any, sheet: Sheet, series: Series, top: int) -> Any:
    """One bar a row, with the interval as error bars."""
    assert series.bars is not None
    low, high = series.bars
    (value,) = series.columns
    chart = book.add_chart({"type": "bar"})
    rows = sheet.rows[series.first_row : series.last_row + 1]
    first, last = top + 1 + series.first_row, top + 1 + series.last_row
    ends = [(_of(row[value]) - _of(row[low]), _of(row[high]) - _of(row[value])) for row in rows]
    chart.add_series({
        "name": series.title, "categories": [sheet.name, first, series.label_column, last, series.label_column],
        "values": [sheet.name, first, value, last, value], "fill": {"color": "#0072B2"}, "gap": 60,
        "data_labels": {"value": True, "num_format": "+0.0%;-0.0%;0.0%" if series.percent else "+0.0;-0.0;0.0"},
        "y_error_bars": {"type": "custom", "minus_values": [a for a, _ in ends], "plus_values": [b for _, b in ends]},
    })  # fmt: skip
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"name": series.x_axis, "num_format": "0%" if series.percent else "0", "major_gridlines": _GRID})
    chart.set_legend({"none": True})
    return chart


def _of(entry: Any) -> float:
    return float(entry) if isinstance(entry, int | float) else 0.0


_GRID = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
