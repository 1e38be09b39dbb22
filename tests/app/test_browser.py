"""The page in a real browser: one whole path, held against the command line. `python3 tasks.py app` runs it."""

from __future__ import annotations

import json
import pathlib
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pandas as pd
import pytest

from simulation.app import rows, words
from simulation.app.kept import program_environment
from simulation.app.picked import LOOK
from simulation.app.words import NO_ENTRY
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.scenario.load import load
from tests.app.browser import LAPTOP, PHONE, Browser, Served, alive, descendants, served, shot, until
from tests.app.world import EVIL, write

pytestmark = pytest.mark.browser
BASE = "shipped/base_2027_dagpenge"
PERSONS = 2_500
ASKED = f"""version: 2
extends: {BASE}
name: {PERSONS} persons
intake: {{persons: {PERSONS}}}
teams: {{ordinaer: {{fte: 6.8}}, a_kasse: {{fte: 4.1}}}}
interventions: {{praktik: {{places: 54, matches_per_week: 13.6}}}}
"""
"""The base, so large as the time is asked for: staff and places in proportion."""
MOVES, FIRST, SECONDS = 20, 5, 2.0


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("study")
    write(folder)
    (folder / "asked.yaml").write_text(ASKED, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def page(study: pathlib.Path) -> Iterator[Served]:
    with served(study, "--lang", "da") as found:
        yield found


@pytest.fixture
def browser(tmp_path: pathlib.Path) -> Iterator[Browser]:
    found = Browser(LAPTOP, tmp_path)
    yield found
    found.driver.quit()


def test_nothing_without_the_token(page: Served, browser: Browser) -> None:
    for address in (page.address.partition("?")[0], page.address[:-1], f"{page.address}x"):
        browser.driver.get(address)
        assert until(lambda: NO_ENTRY in browser.text())
        assert not browser.all("[data-testid=stSelectbox]") and "2027" not in browser.text()


def test_a_whole_path_against_the_command_line(
    page: Served, browser: Browser, study: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    """Open, pick, move two sliders, read the changed numbers, download the report; all 40 replications are those that
    `compare` and `cba` find for the saved file, digit by digit. Nothing is fetched from elsewhere."""
    browser.driver.get(page.address)
    browser.pick("base_2027_dagpenge")
    browser.until_known()
    before = browser.rows()
    shot(browser, "laptop_da_base")
    both = ("Sagsloft, sager pr. fuldtidssagsbehandler, Kommunen", "Fuldtidsstillinger, Kommunen")
    for moved, name in enumerate(both, 1):
        slider = until(lambda name=name: browser.sliders()[name])  # type: ignore[misc]
        for _ in range(9):
            slider.send_keys("\ue012")  # to the left
        until(lambda count=moved: browser.state()[1].count("→") == count)  # type: ignore[misc]
    until(lambda: browser.state()[0] == words.ALL_HERE.da.format(n=40), 300)
    shown, changed = browser.rows(), browser.state()[1]
    shot(browser, "laptop_da_moved")
    shot(browser, "laptop_da_long", 3000)
    row = "Sagsstamme pr. fuldtidssagsbehandler, sager, Kommunen"
    assert len(before[row]) == 1 and len(shown[row]) == 3 and all(interval for _, interval in shown[row])
    assert "Fuldtidsstillinger, Kommunen 5 → " in changed and "intet → " in changed
    browser.press(words.REPORT.da)
    until(lambda: words.DOWNLOAD_REPORT.da in browser.text(), 600)
    browser.press(words.DOWNLOAD_REPORT.da)
    browser.press(words.DOWNLOAD_BOOK.da)
    got = until(lambda: sorted(tmp_path.glob("report.da.*[lx]"))[1] and sorted(tmp_path.glob("report.da.*[lx]")))
    (made,) = (study / "results").glob("*/*/report.da.html")
    assert [file.read_bytes() for file in got] == [made.with_suffix(end).read_bytes() for end in (".html", ".xlsx")]
    browser.click("[data-testid=stRadio] label", "English")
    money_said = until(lambda: next(each.text for each in browser.all("p.jc-money") if "public" in each.text))
    file = study / "dagpenge_2025_27_aendret.yaml"
    for command in ("compare", "cba"):
        done = subprocess.run(
            [sys.executable, "-m", "simulation.cli", command, BASE, file, "--replications", "40", "--json", "--out",
             tmp_path / "again", "--workers", "2", "--quiet"], capture_output=True, check=True, text=True,
            env=program_environment(),
        )  # fmt: skip
        found = json.loads(done.stdout)
        assert command == "compare" or found["answer"].startswith(money_said)
        folder = pathlib.Path(found["results_dir"])
        held = _compared if command == "compare" else _money
        held(folder, file, shown)
    fetched = browser.driver.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")
    assert fetched and all(str(each).startswith("http://127.0.0.1:") for each in fetched), fetched
    assert {each.name for each in study.iterdir()} == {"small.yaml", "asked.yaml", file.name, "results"}


def _compared(folder: pathlib.Path, file: pathlib.Path, shown: dict[str, list[tuple[str, str]]]) -> None:
    """Every difference on the page is that of the table, and at least a dozen are."""
    table = pd.read_csv(folder / "tables" / "differences.csv")
    table = table[table["week"].isna() & table["month"].isna()]
    names = Names(load(file).scenario)
    wording, held = Wording(names, "da"), 0
    for row in table.itertuples():
        figure = names.figure(names.read(str(row.outcome)), str(row.group), None)
        whose = "" if row.group == "alle" else wording.group(figure.group)
        what = ", ".join(filter(None, (wording.figure(figure), whose)))
        if what in shown and len(shown[what]) == 3 and row.low < row.high:
            unit = names.unit(figure.outcome)
            assert shown[what][2][1] == wording.span(unit, row.low, row.high, True), what
            held += 1
    assert held >= 12


def _money(folder: pathlib.Path, file: pathlib.Path, shown: dict[str, list[tuple[str, str]]]) -> None:
    table = pd.read_csv(folder / "tables" / "cba.csv")
    row = table[(table["account"] == "kommune") & (table["year"].astype(str) == "all")].iloc[0]
    figure, interval = shown["Kommune"][0]
    number, unit = figure.split(" ", 1)
    scale = {"kr.": 1.0, "t.kr.": 1e3, "mio. kr.": 1e6}[unit]
    wording = Wording(Names(load(file).scenario), "da")
    digits = 2 if scale == 1e6 else 0
    assert number == wording.number("", row["kr"] / scale, True, digits)
    low, high = (wording.number("", row[f"kr_{end}"] / scale, True, digits) for end in ("low", "high"))
    assert interval == f"[{low}; {high}]"


def test_names_from_a_file_do_nothing(page: Served, browser: Browser) -> None:
    """They stand there as they are written: no picture is fetched, nothing is run."""
    browser.driver.get(page.address)
    browser.pick("small.yaml")
    browser.until_known()
    assert EVIL in browser.text()
    assert not browser.all("[data-testid=stMain] img") and not browser.all("[data-testid=stSidebar] img")
    assert not browser.all("script[src*=alert]") and browser.driver.execute_script("return window.alerted") is None
    until(lambda: browser.sliders())
    assert any(EVIL in name for name in browser.sliders())


def test_two_seconds(page: Served, browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    """At N = 2,500: from the key that moves a slider to the changed numbers in the browser, of 5 paired replications
    with their intervals; 20 designs that were never seen before, 95th percentile."""
    browser.driver.get(page.address)
    browser.pick("asked.yaml")
    browser.until_known()
    sliders = until(browser.sliders)
    luck, took = random.Random(1), list[float]()
    seen = {""}
    for _ in range(MOVES):
        before = browser.state()[1]
        slider = luck.choice(list(sliders))
        began = time.monotonic()
        sliders[slider].send_keys("\ue012")
        until(lambda before=before: browser.state()[1] not in ("", before))  # type: ignore[misc]
        took.append(time.monotonic() - began)
        changed = browser.state()[1]
        assert changed not in seen
        seen.add(changed)
        cells = browser.rows()["Afgang til job inden 53 uger, %"]
        assert len(cells) == 3 and cells[0][1] and cells[1][1]
    took.sort()
    middle, late = took[MOVES // 2], took[int(0.95 * MOVES) - 1]
    with capsys.disabled():
        print(f"\n{MOVES} moves at N = {PERSONS}: median {middle:.2f} s, 95th percentile {late:.2f} s, "
              f"longest {took[-1]:.2f} s")  # fmt: skip
    assert late <= SECONDS


def test_figures_stay_while_more_come(page: Served, browser: Browser) -> None:
    """From the first ones on there are always some, at every look; a page that goes blank cannot be read."""
    browser.driver.get(page.address)
    browser.pick("base_2027_dagpenge")
    browser.until_known()
    browser.driver.execute_script(
        "window.blank = 0; setInterval(() => { if (!document.querySelector('table.jc')) window.blank += 1 }, 5)"
    )
    until(lambda: browser.state()[0] == words.ALL_HERE.da.format(n=40), 300)
    assert browser.driver.execute_script("return window.blank") == 0


def test_english_and_a_phone(page: Served, tmp_path: pathlib.Path) -> None:
    """On a narrow screen nothing is wider than it, in either language; levers are behind the sign for the sidebar."""
    phone = Browser(PHONE, tmp_path, phone=True)
    try:
        phone.driver.get(page.address)
        phone.click("[data-testid=stExpandSidebarButton]")
        phone.pick("base_2027_dagpenge")
        phone.until_known()
        slider = until(lambda: phone.sliders()["Fuldtidsstillinger, Kommunen"])
        shot(phone, "phone_da_levers")
        slider.send_keys("\ue012")
        until(lambda: phone.state()[1])
        phone.click("[data-testid=stSidebarCollapseButton] button")
        time.sleep(1)
        shot(phone, "phone_da_moved")
        wide = "return document.documentElement.scrollWidth <= window.innerWidth"
        assert phone.driver.execute_script(wide)
        phone.click("[data-testid=stExpandSidebarButton]")
        phone.click("[data-testid=stRadio] label", "English")
        until(lambda: "replications" in phone.state()[0])
        phone.click("[data-testid=stSidebarCollapseButton] button")
        time.sleep(1)
        shot(phone, "phone_en_moved")
        assert phone.driver.execute_script(wide)
        assert until(lambda: rows.DIFFERENCE.en in phone.driver.page_source and "Ændret" not in phone.text())
    finally:
        phone.driver.quit()


def test_ctrl_c_ends_everything(study: pathlib.Path, browser: Browser) -> None:
    """The command, the page and all that simulates, also in the middle of it; exit code 130."""
    with served(study, "--lang", "en") as other:
        browser.driver.get(other.address)
        browser.pick("base_2027_dagpenge")
        until(lambda: len(descendants(other.process.pid)) >= 3)  # the page, and processes that simulate
        shot(browser, "laptop_en_begins")
        there = descendants(other.process.pid)
        other.process.send_signal(signal.SIGINT)
        assert other.process.wait(30) == 130
        until(lambda: not any(map(alive, there)), 20)


def test_a_command_that_is_killed_leaves_nothing(study: pathlib.Path, browser: Browser) -> None:
    """The page and all that simulates end as well, though nobody told them to."""
    with served(study, "--lang", "en") as other:
        browser.driver.get(other.address)
        browser.pick("base_2027_dagpenge")
        until(lambda: len(descendants(other.process.pid)) >= 3)
        there = descendants(other.process.pid)
        other.process.kill()
        until(lambda: not any(map(alive, there)), 30)


def test_what_cannot_be_used_has_room(page: Served, browser: Browser, study: pathlib.Path) -> None:
    """It stands where the figures would, not in the narrow column of the levers."""
    wrong = study / "wrong.yaml"
    wrong.write_text("version: 2\nextends: small.yaml\nteems: {}\n", encoding="utf-8")
    try:
        browser.driver.get(page.address)
        until(lambda: browser.all("[data-testid=stSelectbox] input"))
        time.sleep(LOOK)  # the folder is looked through again
        browser.pick("small.yaml")
        browser.until_known()
        browser.pick("wrong.yaml")
        until(lambda: "wrong.yaml:3:1" in browser.all("[data-testid=stMain]")[0].text)
        assert not browser.all("[data-testid=stSidebar] [data-testid=stAlert]") and not browser.all("table.jc")
    finally:
        wrong.unlink()
