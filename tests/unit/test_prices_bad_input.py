"""What may be written wrongly in a file of prices: told at file:line:col, all of it at once."""

from __future__ import annotations

import pathlib

import pytest

from simulation.economy.prices import read_prices
from simulation.scenario.files.problems import InputProblems

GOOD = """\
version: 1
name: Small
price_year: 2025
first_year: 2016
assessed_by: fm
key_figures:
  fm:
    since: 2023
    discount: {value: {0: 0.035, 35: 0.025}, kind: rule, source: FM}
indices:
  satser:
    what: Rates
    levels: {value: {2024: 100, 2025: 104}, kind: rule, source: BM}
taxes:
  work:
    share: {value: 0.33, unit: share, kind: published, source: SKM, range: [0.3, 0.4]}
    kommune: {value: 0.5, unit: share, kind: assumed, source: half}
refusion:
  value:
    1: {stat: 0.8, kommune: 0.2}
    2: {stat: 0.4, kommune: 0.6}
    3: {stat: 0.3, kommune: 0.7}
    4: {stat: 0.2, kommune: 0.8}
  kind: rule
  source: the act
prices:
  benefit:
    dagpenge:
      price:
        value: 20359
        unit: kr a month
        kind: rule
        source: BM
        from: {2025-W01: {value: 21092, unit: kr a month, kind: rule, source: BM}}
      year: 2024
      index: satser
      refusion: true
      to: borger
      taxes: [work]
  staff:
    any:
      price: {value: 600000, unit: kr a year, kind: assumed, source: judged}
      year: 2025
      paid: {value: {kommune: 0.9, stat: 0.1}, kind: assumed, source: judged}
      to: personale
"""
JUDGED = "source: judged}\n      year"
WRONG = {
    ("price: {value: 600000", "price: {value: -5"): ("42:22", "must be 0 or more (got -5)"),
    ("unit: kr a year", "unit: kr a moth"): (
        "42:22", "the unit of a price of staff is kr a week, kr a month, kr a year (got 'kr a moth'); did you mean"
    ),
    ("unit: kr a year, ", ""): ("42:22", "the unit of a price of staff is kr a week, kr a month, kr a year (got '')"),
    ("{value: 600000, unit: kr a year, kind: assumed, source: judged}", "600000"): ("42:14", "a number without"),
    ("source: BM}}", "}}"): ("34:34", "a value with a source needs `source:`"),
    ("{value: 21092, unit: kr a month, kind: rule, source: BM}", "21092"): ("34:26", "a number without a source"),
    ("kommune: 0.9, stat", "kommune: 0.8, stat"): ("44:21", "the shares must add up to 1 (they add up to 0.9)"),
    ("1: {stat: 0.8, ", "1: {stat: 0.7, "): ("20:8", "the shares must add up to 1 (they add up to 0.9)"),
    ("{kommune: 0.9", "{komune: 0.9"): ("44:30", "(got 'komune'); did you mean 'kommune'?"),
    ("    4: {stat: 0.2, kommune: 0.8}\n", ""): ("18:1", "step 4 of refusion is missing"),
    ("    4: {stat", "    5: {stat"): ("23:8", "must be one of 1, 2, 3, 4, over_18_months (got '5')"),
    ("  staff:", "  stafff:"): ("40:3", "unknown key 'stafff'; did you mean 'staff'?"),
    ("      to: personale", "      too: personale"): ("45:7", "unknown key 'too'; did you mean 'to'?"),
    ("to: personale", "to: staten"): ("45:11", "must be one of stat, kommune, a_kasse"),
    ("index: satser", "index: satsr"): ("36:14", "there is no index 'satsr'; did you mean 'satser'?"),
    ("taxes: [work]", "taxes: [arbejde]"): ("39:15", "there is no tax 'arbejde'; there is work"),
    ("      year: 2025\n", ""): ("41:5", "year is missing: of which year are these kroner?"),
    ("      to: personale", "      to: personale\n      refusion: true"): (
        "46:17", "a benefit alone has steps of refusion, not a staff"
    ),
    ("      refusion: true", "      refusion: true\n      paid: {value: {stat: 1}, kind: rule, source: BM}"): (
        "38:7", "who pays is told twice"
    ),
    ("      to: borger", "      to: borger\n      by_employer: {value: {arbejdsgiver: 1}, kind: rule, source: BM}"): (
        "39:7", "the first weeks after a job are known of sygedagpenge alone"
    ),
    ("assessed_by: fm", "assessed_by: fn"): ("5:14", "there are no key figures 'fn'; there is fm"),
    ("{0: 0.035, 35", "{1: 0.035, 35"): ("9:23", "the first rate must be from year 0 on"),
    ("price_year: 2025", "price_year: 2012"): ("3:13", "2012 lies before first_year (2016)"),
    ("{2024: 100,", "{2024: 0,"): ("13:28", "must be greater than 0"),
    ("{2024: 100,", "{next: 100,"): ("13:22", "'next' is not a year"),
    ("range: [0.3, 0.4]", "range: [0.4, 0.5]"): ("16:76", "the range from 0.4 to 0.5 does not hold the value 0.33"),
    (JUDGED, JUDGED.replace("}", ", range: [5, 1.0e+300]}")): ("42:85", "must be 1e+09 or less (got 1e+300)"),
    (JUDGED, JUDGED.replace("}", ", range: [-5, 700000]}")): ("42:85", "end of the range must be 0 or more (got -5.0)"),
    (JUDGED, JUDGED.replace("}", ", range: [0, .inf]}")): ("42:85", "range must be two numbers"),
    (JUDGED, JUDGED.replace("}", ", range: [700000, 5]}")): ("42:85", "range must be two numbers, the lower one first"),
    ("value: 21092, unit: kr a month", "value: 21092, range: [0, 2e9], unit: kr a month"): (
        "34:48", "an end of the range must be 1e+09 or less"
    ),
    ("range: [0.3, 0.4]", "range: [0.3, 1.4]"): ("16:76", "an end of the range must be 1 or less (got 1.4)"),
    ("      to: personale", "      to: {value: personale, from: {2025-W10: a_kasse}}"): (
        "45:37", "to cannot change at a date; in a file of prices may change prices.NAME.NAME.price"
    ),
    ("{2025-W01: ", "{2025-W54: "): ("34:16", "'2025-W54' is not an ISO week"),
    ("value: 21092", "value: -3"): ("34:34", "must be 0 or more (got -3)"),
    ("version: 1", "version: 2"): ("1:10", "must be 1 (got 2)"),
    ("name: Small", "name: Small\nextends: nowhere.yaml"): ("3:10", "there is no file nowhere.yaml"),
    ("name: Small", "name: Small\nextends: shipped/dk_2062"): ("3:10", "did you mean 'shipped/dk_2026'?"),
    ("name: Small", "name: Small\nextends: small.yaml"): ("3:10", "small.yaml extends itself in the end"),
    ("name: Small", "name: Small\nextends: 7"): ("3:10", "extends must be the name of a file"),
    ("name: Small", "name: Small\nweeks: 52"): ("1:1", "this is no file of prices"),
    ("prices:\n", "price:\n"): ("1:1", "this is no file of prices"),
    ("to: personale", "to: kommune"): ("45:11", "kommune would pay itself"),
    ("      to: borger", "      to: borger\n      transfers: [{payer: stat, receiver: stat, year: 2025, amount: "
     "{value: 3, unit: kr a week, kind: rule, source: BM}}]"): ("39:43", "stat would pay itself"),
    ("name: Small", "name: Small\nname: Smaller"): ("3:1", "key 'name' is given twice"),
    (JUDGED, JUDGED.replace("}", ", range: [0, 7e5]}").replace("year", "transfers: [{payer: stat, receiver: kommune, "
     "year: 2025, amount: {value: 3, unit: kr a year, kind: rule, source: BM}}]\n      year")): (
        "42:85", "at a price of 0 nothing could be told that is paid beside it"
    ),
    ("      to: personale", "      to: personale\n      transfers: [{payer: stat, receiver: kommune, year: 2025, "
     "amount: {value: 3, unit: kr a year, kind: rule, source: BM}}]\n    gratis: {price: {value: 0, unit: kr a year, "
     "kind: rule, source: BM}, year: 2025, transfers: [{payer: stat, receiver: kommune, year: 2025, amount: {value: 3, "
     "unit: kr an hour, kind: rule, source: BM}}]}"): ("47:86", "a price of 0 has nothing beside it to be told by"),
}  # fmt: skip


def refused(folder: pathlib.Path, text: str) -> InputProblems:
    """What is wrong with a file of this text."""
    file = folder / "small.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems) as found:
        read_prices(file)
    return found.value


def test_the_file_itself_is_right(tmp_path: pathlib.Path) -> None:
    (tmp_path / "small.yaml").write_text(GOOD, encoding="utf-8")
    assert len(read_prices(tmp_path / "small.yaml").epochs) == 2


@pytest.mark.parametrize("change", WRONG, ids=lambda change: change[1][:40].strip())
def test_a_mistake_is_told_at_its_place(change: tuple[str, str], tmp_path: pathlib.Path) -> None:
    old, new = change
    assert GOOD.count(old) == 1
    place, message = WRONG[change]
    text = str(refused(tmp_path, GOOD.replace(old, new, 1)))
    at = [line for line in text.splitlines() if f"small.yaml:{place}: error" in line]
    assert any(message in line for line in at), text


def test_all_mistakes_are_told_at_once_and_each_once(tmp_path: pathlib.Path) -> None:
    """Though the file is looked at once for every date."""
    text = GOOD.replace("index: satser", "index: satsr")
    text = text.replace("assumed, source: judged}\n      year", "assumed}\n      year")
    assert [problem.path for problem in refused(tmp_path, text).problems] == [
        "prices.staff.any.price", "prices.benefit.dagpenge.index",
    ]  # fmt: skip


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(InputProblems, match="is called 'shipped/dk_2062'; did you mean 'shipped/dk_2026'"):
        read_prices("shipped/dk_2062")
    with pytest.raises(InputProblems, match="there is no such file"):
        read_prices("dk_2062.yaml")


def test_a_mistake_in_what_is_extended_tells_who_extends_it(tmp_path: pathlib.Path) -> None:
    (tmp_path / "base.yaml").write_text(GOOD.replace("value: 600000", "value: -5"), encoding="utf-8")
    text = str(refused(tmp_path, "version: 1\nname: Own\nextends: base.yaml\nprices: {staf: null}\n"))
    assert "base.yaml:42:22: error" in text and "inherited by" in text and "small.yaml:3" in text
    assert "small.yaml:4:10: error" in text and "there is no 'staf' here to take away; did you mean 'staff'?" in text
