"""The report of `cba` from outside: one safe file in both languages, with the numbers of the tables, what amounts are
made of, and a command that repeats it."""

from __future__ import annotations

import html
import json
import pathlib
import re
import shlex
import shutil
import subprocess

import pandas as pd
import pytest

from simulation.economy.cba.answer import assessed
from simulation.economy.cba.asked import plan_of
from simulation.economy.cba.found import ACCOUNTS
from simulation.economy.cba.levels import levels
from simulation.economy.cba.running import simulated
from simulation.economy.items import Item
from simulation.report.economy.called import in_one
from simulation.report.economy.page.document import cba_document
from simulation.report.economy.page.material import Page, Priced
from simulation.report.handed.blocks import NOT_KNOWN, Document, Table
from simulation.results.tables.manifest import read_manifest
from simulation.scenario.load import load
from simulation.world.labels import LANGUAGES, Language
from tests.cli.test_report import CODE, PAGES, UNSAFE, Seen, text_of
from tests.commands import answer, cli, tables
from tests.priced import write_once, write_priced

HEADINGS = {
    "en": ("The question", "The answer", "What this does not say", "Base, scenario and difference, all years",
           "What it takes to pay", "How sure it is", "What knowing more is worth", "Whether a trial is worth its price",
           "How it was made, and how to repeat it", "By payer and year: base, scenario and difference",
           "Who pays which share: rules", "Prices that are used: Easy prices", "All assumed values"),
    "da": ("Spørgsmålet", "Svaret", "Det siger svaret ikke", "Basis, scenarie og forskel, alle år",
           "Hvad der skal til, for at det betaler sig", "Hvor sikkert det er", "Hvad mere viden er værd",
           "Er et forsøg sin pris værd?", "Sådan er det lavet, og sådan gentages det",
           "Efter betaler og år: basis, scenarie og forskel", "Hvem betaler hvilken andel: regler",
           "Brugte priser: Easy prices", "Alle antagne værdier"),
}  # fmt: skip


MANIFEST = {
    "fingerprint": "0123456789ab", "run": {"finished": "2027-01-01"}, "replications": {"asked": 2},
    "scenarios": [{"seed": 5}], "request": {"scenarios": ["small.yaml", "other.yaml"]},
}  # fmt: skip


def names(language: str) -> str:
    return "report.html" if language == "en" else f"report.{language}.html"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The results folder of an assessment with draws and trials, with a scenario of a dangerous name and a price of a
    dangerous source, and its report in both languages."""
    folder = tmp_path_factory.mktemp("report")
    base, other, prices = write_priced(folder)
    unsafe = json.dumps(UNSAFE, ensure_ascii=False)
    other.write_text(other.read_text("utf-8").replace("name: Two more", f"name: {unsafe}"), encoding="utf-8")
    text = prices.read_text("utf-8").replace("unit: kr a year, kind: assumed, source: invented",
                                             f"unit: kr a year, kind: assumed, source: {unsafe}")  # fmt: skip
    prices.write_text(text, encoding="utf-8")
    asked = ["--prices", prices, "--draws", 10, "--trial", "100,400", "--people", 1000, "--out", folder / "out"]
    found = pathlib.Path(answer("cba", base, other, *asked)["results_dir"])
    for language in LANGUAGES:
        done = cli("report", found, "--html", "--lang", language)
        assert done.exit_code == 0 and done.stdout == f"{found / names(language)}\n", done.output
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_safe_file(made: pathlib.Path, language: Language) -> None:
    page = (made / names(language)).read_text(encoding="utf-8")
    seen = Seen()
    seen.feed(page)
    assert not seen.open and "script" not in seen.elements
    assert len(seen.fetched) == 3 and all(each.startswith("data:image/png;base64,") for each in seen.fetched)
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style and "@import" not in style and "http" not in page
    assert page.count("&lt;script&gt;") >= 5 and len(page) < 5_000_000 and f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_is_there_and_no_code_name_on_the_pages(made: pathlib.Path, language: Language) -> None:
    page = (made / names(language)).read_text(encoding="utf-8")
    found = [html.unescape(each) for each in re.findall(r"<h2>(.*?)</h2>", page)]
    assert [each for each in found if each in HEADINGS[language]][: len(HEADINGS[language])]
    assert not set(HEADINGS[language]) - set(found)
    assert not set(HEADINGS["da" if language == "en" else "en"][:9]) & set(found)
    pages = PAGES.findall(page)
    assert len(pages) == 2
    for each in pages:
        assert not re.findall(r"\b\w+_\w+\b", text_of(CODE.sub("", each)))


def test_the_page_has_the_numbers_of_the_tables(made: pathlib.Path) -> None:
    """Whole kroner with their intervals, of each account and year."""
    stored = pd.read_csv(made / "tables" / "cba.csv")
    page = html.unescape((made / "report.html").read_text(encoding="utf-8"))
    table = page[page.index("<h2>The answer</h2>") : page.index("<figure")]
    for account, told in (("kommune", "Municipality"), ("stat", "State"), ("public", "Public together")):
        shown = re.search(rf"<td>{told}</td>(.*?)</tr>", table, re.DOTALL)
        assert shown
        cells = re.findall(r'<td class="number">(.*?)</td>', shown[1])
        rows = stored[stored["account"] == account]
        assert len(cells) == len(rows) == 3
        for cell, kr in zip(cells, rows["kr"], strict=True):
            value = float(cell.split(" ")[0].replace("−", "-").replace(",", ""))
            assert value == pytest.approx(kr / 1000, abs=0.5), (account, cell)
    assert "thousand kr at prices of 2027" in table and "[ ] is simulation error, 95 %." in table


def test_levels_and_differences_agree(tmp_path: pathlib.Path) -> None:
    """What an account has in the scenario less what it has in the base is its net, in each year."""
    base, other, prices = write_priced(tmp_path)
    plan, account, _ = plan_of([load(base), load(other)], {"prices": str(prices), "replications": 3})
    found = simulated(plan)
    told = assessed(plan, found, account)
    before, after = levels(plan, found.written)
    for each in ACCOUNTS:
        for a, b, net in zip(after[each], before[each], told.against[0].net[each], strict=True):
            assert a.value - b.value == pytest.approx(net.value, abs=1e-6)
    assert any(part.value for part in before["borger"])


def shown_tables(document: Document, heading: str) -> list[Table]:
    (section,) = (each for each in (*document.first, *document.second, *document.annex) if each.heading == heading)
    return [block for block in section.blocks if isinstance(block, Table)]


def priced(folder: pathlib.Path, scenarios: int = 1, change: tuple[str, str] | None = None, **asked: object) -> Priced:
    """What a report is made of, without a results folder."""
    base, other, prices = write_priced(folder)
    if change:
        assert change[0] in prices.read_text("utf-8")
        prices.write_text(prices.read_text("utf-8").replace(*change), encoding="utf-8")
    loaded = [load(base), load(other)]
    loaded += [load(other).with_({"teams.team.fte": 3 + n}, name=f"{2 + n} more") for n in range(1, scenarios)]
    plan, account, trials = plan_of(loaded, {"prices": str(prices), "replications": 2, **asked})
    found = simulated(plan)
    return Priced(folder, MANIFEST, assessed(plan, found, account, trials), found.written)


def test_prices_and_rules_have_their_year_kind_and_source(tmp_path: pathlib.Path) -> None:
    """A rule and a price that change at a date: what holds in the years of the run, and since when."""
    price = "price: {value: 1000.0, unit: kr a week, kind: assumed, source: invented, range: [900, 1100]}"
    dated = price[:-1] + ", from: {2027-W01: {value: 1040, unit: kr a week, kind: rule, source: the new act, range: " \
        "[1000, 1200]}}}"  # fmt: skip
    document = cba_document(priced(tmp_path, change=(price, dated)))
    (prices,) = shown_tables(document, "Prices that are used: Easy prices")
    (benefit,) = (row for row in prices.rows if "dagpenge" in str(row[0]))
    assert [*benefit[1:]] == [
        "2027–2028", "1,040 kr a week", "2027", "1,040 (person-weeks)", "rule", "1,000–1,200", "the new act",
    ]  # fmt: skip
    assert re.fullmatch(r"Benefit: dagpenge, step 1(, \d)*", str(benefit[0]))
    (staff,) = (row for row in prices.rows if str(row[0]).startswith("Staff"))
    assert [*staff[1:]] == [
        "2027–2028", "520,000 kr a year", "2027", "10,000 (full-time weeks)", "assumed", "–", "invented",
    ]  # fmt: skip
    (rules,) = shown_tables(document, "Who pays which share: rules")
    steps = [row for row in rules.rows if "step" in str(row[0])]
    assert [row[2] for row in steps] == [
        f"State {state} %, Municipality {100 - state} %" for state in (80, 40, 30, 20)]
    assert {(row[1], row[4]) for row in steps} == {("2016", "invented")}
    (flows,) = shown_tables(document, "Who pays whom for a unit")
    taxes = [row[:3] for row in rules.rows if str(row[0]).startswith("Tax")]
    assert taxes == [["Tax “tax”: of the money left", "2016", "40 %"],
                     ["Tax “tax”: of it, to the municipality", "2016", "50 %"]]  # fmt: skip
    (paid,) = (row[1:] for row in flows.rows if str(row[0]).startswith("Staff"))
    assert [*paid] == ["2027–2028", "Municipality → Staff 100 %", "assumed", "invented"]
    first = next(row for row in flows.rows if row[0] == "Benefit: dagpenge, step 1")
    assert first[1] == "2027–2028" and first[3] == "the steps above"
    assert first[2] == "State → Citizens 80 %; Municipality → Citizens 20 %; Citizens → State 20 %; " \
        "Citizens → Municipality 20 %"  # fmt: skip


def test_items_are_called_in_words(tmp_path: pathlib.Path) -> None:
    """A benefit, a part of a fee, and what has no words: without the sign between them."""
    words = Page(priced(tmp_path).assessed, "da", priced=priced(tmp_path)).words
    for item, told in ((Item("benefit", "fleksloentilskud", "3"), "Ydelse: fleksløntilskud, trin 3"),
                       (Item("pension", "foertidspension"), "Pension: førtidspension"),
                       (Item("fee", "team", "first_trial"), "Honorar: team, første arbejdsprøvning"),
                       (Item("fee", "team", "own_part"), "Honorar: team, own part")):  # fmt: skip
        assert in_one(item, words) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_paid_once_is_called_so_in_every_table(tmp_path: pathlib.Path, language: Language) -> None:
    """The effort has one-off costs in it, and what was changed its units in the language of the report."""
    base, other, prices = write_once(tmp_path)
    plan, account, _ = plan_of([load(base), load(other)], {"prices": str(prices), "replications": 2})
    found = simulated(plan)
    told = Priced(tmp_path, MANIFEST, assessed(plan, found, account), found.written)
    text = str(cba_document(told, language))
    effort, times = {"en": ("one-off costs: the public pays more", "times"),
                     "da": ("engangsudgifter: det offentlige betaler mere", "gange")}[language]  # fmt: skip
    assert effort in text and f"'{times}'" in text
    assert language == "en" or ("'ISO-uge'" in text and "'ISO week'" not in text)


def test_scenarios_of_one_name_are_called_the_same_in_the_copy_that_is_kept(tmp_path: pathlib.Path) -> None:
    """Otherwise `verify` finds every row of every table changed, and the report has paths of the machine."""
    base, other, prices = write_priced(tmp_path)
    (tmp_path / "more").mkdir()
    (tmp_path / "jobcentersim.yaml").write_text("", "utf-8")  # all below is one project
    again = tmp_path / "more" / other.name
    text = other.read_text("utf-8").replace("small.yaml", "../small.yaml")
    again.write_text(text.replace("fte: 3", "fte: 2"), "utf-8")
    asked = ["--prices", prices, "--replications", 2, "--out", tmp_path / "out"]
    found = pathlib.Path(answer("cba", base, other, again, *asked)["results_dir"])
    labels = set(pd.read_csv(found / "tables" / "cba.csv")["scenario"])
    assert labels == {"Two more (other.yaml)", "Two more (more/other.yaml)"}
    done = cli("verify", found)
    assert done.exit_code == 0, done.output
    assert cli("report", found, "--html").exit_code == 0
    assert str(tmp_path) not in (found / "report.html").read_text("utf-8")


def test_prices_of_several_years_have_a_row_each(tmp_path: pathlib.Path) -> None:
    """Where they differ: a benefit that changes for the last of the 13 weeks that the run has of 2027 (week 52), and
    staff that does not."""
    dated = "from: {2027-W52: {value: 1040, unit: kr a week, kind: rule, source: the new act}}"
    document = cba_document(priced(tmp_path, change=("range: [900, 1100]}", f"range: [900, 1100], {dated}}}")))
    (prices,) = shown_tables(document, "Prices that are used: Easy prices")
    benefit = [row for row in prices.rows if "dagpenge" in str(row[0])]
    mean = f"{(12 * 1000 + 1040) / 13:,.0f} (person-weeks)"
    assert [(row[1], row[4]) for row in benefit] == [("2027", mean), ("2028", "1,040 (person-weeks)")]
    assert [row[1] for row in prices.rows if str(row[0]).startswith("Staff")] == ["2027–2028"]


def test_the_controllers_table_and_what_it_hangs_on_stand_in_the_annex(tmp_path: pathlib.Path) -> None:
    """The table has the amounts of `budget`, and the tornado a row for every number that moves the gain."""
    made = priced(tmp_path, tornado=2)
    document = cba_document(made)
    (table,) = shown_tables(document, "Controller's table: 2027 and three years more")
    row = next(row for row in table.rows if row[0] == "Municipality: net")
    block = next(each for each in made.assessed.budget.blocks if each.of == "difference")
    told = [float(str(cell).split(" ")[0].replace("−", "-").replace(",", "")) for cell in row[1:] if cell != NOT_KNOWN]
    known = [part.value for part in block.kroner["kommune"]["net"] if part.value == part.value]
    assert told and told == pytest.approx([kr / 1000 for kr in known], abs=0.5)
    assert table.rows[0][1:] == ["13 of 52", "17 of 52", "0 of 52", "0 of 52"]
    (hangs,) = shown_tables(document, "On which number the result hangs")
    moving = [moved for moved in made.assessed.tornadoes[0].bars if moved.span > 0]
    assert hangs.rows and len(hangs.rows) == min(len(moving), 20)
    without = cba_document(priced(tmp_path))
    assert "On which number the result hangs" not in [each.heading for each in without.annex]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_draws_it_says_that_it_was_not_asked(tmp_path: pathlib.Path, language: Language) -> None:
    document = cba_document(priced(tmp_path), language)
    (sure,) = (each for each in document.second if each.heading in ("How sure it is", "Hvor sikkert det er"))
    (text,) = sure.blocks
    assert "--draws" in str(text)
    assert not [each for each in document.annex if each.heading in ("What knowing more is worth", "Hvad viden er værd")]


@pytest.mark.parametrize(("scenarios", "lead"), [(2, None), (4, "For the public, 0 of 4 scenarios gain and 4 cost")])
def test_several_scenarios(tmp_path: pathlib.Path, scenarios: int, lead: str | None) -> None:
    """Each has its row, its own picture, and of many the annex has what is told of each."""
    document = cba_document(priced(tmp_path, scenarios))
    (answers,) = (each for each in document.first if each.heading == "The answer")
    table = next(block for block in answers.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["Two more", *(f"{2 + n} more" for n in range(1, scenarios))]
    assert lead is None or str(answers.blocks[0]).find(lead) > 0
    further = [each for each in document.annex if each.heading == "Further figures"]
    assert [len(each.blocks) for each in further] == ([] if scenarios == 2 else [4])
    assert ("The answer" in [each.heading for each in document.annex]) == (scenarios == 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_changes_it_says_so(tmp_path: pathlib.Path, language: Language) -> None:
    """A scenario with other input and the same figures: no gain, no loss, no ratio, no year."""
    base, _, prices = write_priced(tmp_path)
    other = load(base).with_({"interventions.samtaler.window_weeks": 9, "interventions.samtaler.effects.job": 1.0})
    before = load(base).with_({"interventions.samtaler.effects.job": 1.0})
    plan, account, _ = plan_of([before, other], {"prices": str(prices), "replications": 2})
    found = simulated(plan)
    manifest = {
        "fingerprint": "0123456789ab", "run": {}, "replications": {"asked": 2}, "scenarios": [{"seed": 5}],
        "request": {"scenarios": ["small.yaml", "other.yaml"]},
    }  # fmt: skip
    document = cba_document(Priced(tmp_path, manifest, assessed(plan, found, account), found.written), language)
    told = str(next(each for each in document.first if each.heading == HEADINGS[language][1]).blocks)
    assert {"en": "For the public nothing changes.", "da": "For det offentlige ændres intet."}[language] in told
    (takes,) = shown_tables(Document(language, "", "", (), document.second, (), ""), HEADINGS[language][4])
    none = {"en": "0.0", "da": "0,0"}[language]
    assert [row[1] for row in takes.rows] == ["–", "0", "–", "–", none, none, "–", "–"]


def test_an_unknown_trial_says_why_in_both_languages(tmp_path: pathlib.Path) -> None:
    found = priced(tmp_path, draws=4, trial="100", people=1000)
    assert found.assessed.sure is not None and found.assessed.sure.worth is not None
    for language, why in (("en", "are too few for a surface of"), ("da", "er for få til en flade med")):
        document = cba_document(found, language)  # type: ignore[arg-type]
        (trial,) = (each for each in document.second if each.heading in (HEADINGS["en"][7], HEADINGS["da"][7]))
        assert why in str(trial.blocks)
        assert why in " ".join(str(each.blocks) for each in document.annex)


def test_the_command_of_the_page_repeats_it(made: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the kept input, to the same fingerprint and tables."""
    page = html.unescape((made / "report.html").read_text(encoding="utf-8"))
    (line,) = re.findall(r"<code>jobcentersim (cba .*?)</code>", page)
    monkeypatch.chdir(made / "inputs")
    again = answer(*shlex.split(line), "--out", made.parent.parent / "again")
    assert again["fingerprint"] == read_manifest(made)["fingerprint"]
    assert tables(again) == tables({"results_dir": str(made)})


def test_nothing_of_the_result_is_touched(made: pathlib.Path) -> None:
    """Made again the report is the same to the byte, and `verify` finds the folder sound."""
    before = (made / "report.html").read_bytes()
    assert cli("report", made, "--html").exit_code == 0 and (made / "report.html").read_bytes() == before
    assert cli("verify", made, "--replications", 1).exit_code == 0


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("chromium") and shutil.which("pdftotext")), reason="Chromium prints")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("scenarios", "draws"), [(1, None), (1, 12), (3, 12), (6, 12)])
def test_two_pages_are_two_pages(tmp_path: pathlib.Path, language: Language, scenarios: int, draws: int | None) -> None:
    """As printed: the foot of each stands on its own page, and the annex begins on the third."""
    from simulation.report.economy.page.document import page_file

    asked = {"draws": draws, "trial": "100,400,1600", "people": 1000} if draws else {}
    (file,) = page_file(priced(tmp_path, scenarios, **asked), language)
    print_to = tmp_path / "report.pdf"
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={print_to}", str(file)],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    for page, text in ((1, "replications · 1"), (2, "replications · 2"), (3, "Annex")):
        found = subprocess.run(["pdftotext", "-f", str(page), "-l", str(page), str(print_to), "-"], check=True,
                               capture_output=True, text=True, timeout=60).stdout  # fmt: skip
        wanted = text.replace("replications", "gentagelser").replace("Annex", "Bilag") if language == "da" else text
        assert wanted in found
