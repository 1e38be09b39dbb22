"""`report` from outside: one safe file, a workbook with the numbers of the tables, what is refused, what stays."""

from __future__ import annotations

import csv
import json
import pathlib
import re
import shutil
from html import unescape
from html.parser import HTMLParser

import openpyxl
import pytest

from simulation.results.tables.manifest import hashes_of, read_manifest, seal_of
from tests.commands import answer, asked, cli
from tests.conftest import undraw
from tests.sweeps import write

pytestmark = pytest.mark.usefixtures("undrawn")
UNSAFE = "<script>alert(1)</script> & \"Ærø\""
PAGES = re.compile(r'<(?:main|div) class="page">(.*?)</(?:main|div)>', re.DOTALL)
CODE = re.compile(r"<code>.*?</code>", re.DOTALL)
COLUMNS = {"base": "Base", "scenario": "Value", "difference": "Difference", "low": "Low, 95 %", "high": "High, 95 %"}
VOID = ("meta", "img", "br")


class Seen(HTMLParser):
    """What a browser would fetch or carry out, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def compared(folder: pathlib.Path) -> pathlib.Path:
    """A results folder of a comparison whose second scenario has a dangerous name."""
    words = asked("compare", folder, 3)
    other = folder / "other.yaml"
    text = other.read_text(encoding="utf-8").replace("name: Other", f"name: {json.dumps(UNSAFE, ensure_ascii=False)}")
    other.write_text(text, encoding="utf-8")
    return pathlib.Path(answer(*words, "--out", folder / "out")["results_dir"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The results folder of a comparison with everything that can be made of it, in both languages."""
    with pytest.MonkeyPatch.context() as patched:
        undraw(patched)
        folder = compared(tmp_path_factory.mktemp("report"))
    for language in ("en", "da"):
        done = cli("report", folder, "--lang", language)
        assert done.exit_code == 0, done.output
    return folder


def text_of(page: str) -> str:
    return re.sub(r"<[^>]*>", " ", page)


@pytest.mark.parametrize("name", ["report.html", "report.da.html"])
def test_report_is_one_safe_file(name: str, made: pathlib.Path) -> None:
    page = (made / name).read_text(encoding="utf-8")
    seen = Seen()
    seen.feed(page)
    assert not seen.open and "script" not in seen.elements
    assert all(place.startswith("data:image/png;base64,") for place in seen.fetched) and seen.fetched
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style and "@import" not in style and "http" not in page
    assert "&lt;script&gt;" in page and len(page) < 5_000_000
    assert f'<html lang="{"da" if ".da." in name else "en"}">' in page


def test_two_pages_tell_no_code_names(made: pathlib.Path) -> None:
    """But for keys and commands, which are printed as such."""
    for name in ("report.html", "report.da.html"):
        pages = PAGES.findall((made / name).read_text(encoding="utf-8"))
        assert len(pages) == 2
        for page in pages:
            words = text_of(CODE.sub("", page))
            assert not re.findall(r"\b\w+_\w+\b", words), words
    english, danish = (text_of((made / name).read_text(encoding="utf-8")) for name in ("report.html", "report.da.html"))
    assert "Left to a job" in english and "Afgang til job" in danish and "Left to a job" not in danish


def test_report_repeats_what_is_told(made: pathlib.Path) -> None:
    """Every warning, the accounting identity, and hardly anything of the checklists is left open."""
    page = unescape((made / "report.html").read_text(encoding="utf-8"))
    manifest = read_manifest(made)
    warned = json.loads(cli("check", made / "inputs" / manifest["scenarios"][1]["file"], "--json").stdout)
    assert warned and all(each["message"] in page for each in warned)
    assert manifest["fingerprint"] in page and f"jobcentersim compare {manifest['request']['scenarios'][0]}" in page
    assert page.count("(for the author to fill in)") <= 4 and page.count("(MSER-5)") >= 1
    rows = re.findall(r"<tr>\s*<td>(All who[^<]*)</td>(.*?)</tr>", page, re.DOTALL)
    sums = [re.findall(r">([\d.,]+)<", cells) for _, cells in rows]
    assert len(sums) == 2 and sums[0] == sums[1] and len(sums[0]) == 2


def test_nothing_of_the_result_is_touched(made: pathlib.Path) -> None:
    """`verify` finds it sound, and so does what hashes it anew; made again it is the same to the byte."""
    found = cli("verify", made, "--replications", 1)
    assert found.exit_code == 0, found.output
    assert not any(place.startswith("report") for place in hashes_of(made))
    before = {file.name: file.read_bytes() for file in made.glob("report*")}
    assert len(before) == 4
    assert cli("report", made).exit_code == 0
    assert {file.name: file.read_bytes() for file in made.glob("report*")} == before


def stored(folder: pathlib.Path, table: str) -> list[dict[str, str]]:
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sheet(folder: pathlib.Path, name: str, file: str = "report.xlsx") -> list[dict[str, object]]:
    """The rows of a sheet by the heads of its columns; the head is the row above which the sheet is held."""
    made = openpyxl.load_workbook(folder / file)[name]
    top = int(re.sub(r"\D", "", made.freeze_panes)) - 1
    head, *rows = made.iter_rows(min_row=top, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_workbook_has_the_numbers_of_the_tables(made: pathlib.Path) -> None:
    whole = [row for row in stored(made, "differences") if not row["week"] and not row["month"]]
    told = {(row["Key"], row["Of"], row["Jobcentre"] or ""): row for row in sheet(made, "Differences")}
    known = [row for row in whole if row["difference"]]
    groups = {"alle": "everybody"}
    held = 0
    for row in known:
        key = (row["outcome"], groups.get(row["group"], row["group"]), row["jobcentre"])
        if key in told:
            held += 1
            for column, head in COLUMNS.items():
                assert told[key][head] == pytest.approx(float(row[column]), abs=1e-12), key
    assert held > 20
    outcomes = [row for row in sheet(made, "Outcomes") if row["Key"] == "exit_job" and row["Of"] == "everybody"]
    rows = [row for name in ("base_outcomes", "scenario_outcomes") for row in stored(made, name)]
    rows = [row for row in rows if row["outcome"] == "exit_job" and row["group"] == "alle" and not row["week"]]
    assert [row["Value"] for row in outcomes] == pytest.approx([float(row["value"]) for row in rows], abs=1e-12)


def test_workbook_is_set_up(made: pathlib.Path) -> None:
    """A contents sheet with links, numbers with formats, charts, frozen heads, paper; text is never a formula."""
    book = openpyxl.load_workbook(made / "report.xlsx")
    contents = book.worksheets[0]
    links = [cell.hyperlink.location for row in contents.iter_rows() for cell in row if cell.hyperlink]
    assert [link.split("!")[0].strip("'") for link in links] == [
        name for name in book.sheetnames[1:] if not name.endswith(", charts")
    ]
    assert sum(len(each._charts) for each in book.worksheets) >= 3
    for each in book.worksheets:
        assert each.page_setup.orientation == "landscape" and str(each.page_setup.paperSize) == "9"
        assert not [cell.coordinate for row in each.iter_rows() for cell in row if cell.data_type == "f"]
        assert each.title == "Contents" or each.title.endswith(", charts") or each.freeze_panes
    shares = [row for row in book["Outcomes"].iter_rows(min_row=2) if row[4].value == "%"]
    assert shares and {row[5].number_format for row in shares if row[5].value is not None} == {"0.0%"}


def test_a_name_that_looks_like_a_formula_is_text(tmp_path: pathlib.Path) -> None:
    small = write(tmp_path)
    text = small.read_text(encoding="utf-8")
    small.write_text(re.sub(r"name: .*", 'name: "=1+1"', text, count=1), encoding="utf-8")
    folder = pathlib.Path(answer("run", small, "--replications", 2, "--out", tmp_path / "out")["results_dir"])
    assert cli("report", folder, "--xlsx").exit_code == 0 and not (folder / "report.html").exists()
    made = openpyxl.load_workbook(folder / "report.xlsx").worksheets[0]["A1"]
    assert (made.value, made.data_type) == ("=1+1", "s")


def test_what_cannot_be_made_is_refused(made: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """In a sentence, with what to do; nothing is made."""
    folder = tmp_path / "copy"
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("report*"))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    def refused(sentence: str, **otherwise: object) -> None:
        changed = {**manifest, **otherwise}
        (folder / "manifest.json").write_text(json.dumps({**changed, "seal": seal_of(changed)}), encoding="utf-8")
        done = cli("report", folder)
        assert done.exit_code == 2 and sentence in done.stderr and "Traceback" not in done.output
        assert done.stderr.endswith("Nothing was made.\n") and not list(folder.glob("report*"))

    refused("not complete (1 of 3 replications)", complete=False, replications={"asked": 3, "done": 1})
    refused("another version of the program (0.0.9", program={"version": "0.0.9", "text": "other"})
    refused("reports are made of run, compare, sweep, trial and cba", request=None)
    for file in (folder / "replications").iterdir():
        file.unlink()
    refused("is gone")
    (folder / "tables" / "differences.csv").write_text("altered\n", encoding="utf-8")
    refused("tables/differences.csv is altered")
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    assert cli("report", folder).exit_code == 2 and cli("report", tmp_path / "nowhere").exit_code == 2


@pytest.mark.parametrize("asked", [".", "small", "small/0123-points"])
def test_a_run_that_was_killed_is_not_called_damaged(asked: str, tmp_path: pathlib.Path) -> None:
    """Before it had any table; by the folder itself, or one that it lies in."""
    stopped = tmp_path / "small" / "0123-points"
    stopped.mkdir(parents=True)
    (stopped / "request.json").write_text("{}", encoding="utf-8")
    done = cli("report", tmp_path / asked)
    assert done.exit_code == 2 and f"go on with `jobcentersim resume {stopped}`" in done.stderr


def test_several_scenarios_stand_in_one_table_and_one_drawing(tmp_path: pathlib.Path) -> None:
    """By letters or short names, the same in both; a line for each scenario that is held against the base."""
    words = asked("compare", tmp_path, 2)
    third = tmp_path / "third.yaml"
    third.write_text("version: 2\nextends: small.yaml\nname: Third <b>\nteams: {team: {fte: 0.5}}\n", encoding="utf-8")
    words.insert(3, third)
    told = answer(*words, "--out", tmp_path / "out")["comparisons"]
    folder = pathlib.Path(told[0]["results_dir"])
    assert cli("report", folder, "--html").exit_code == 0
    first, second = PAGES.findall((folder / "report.html").read_text(encoding="utf-8"))
    drawing = first[first.index("<svg") : first.index("</svg>")]
    assert drawing.count("<circle") % 2 == 0 and drawing.count("<circle") and "<b>" not in first
    heads = re.findall(r"<th[^>]*>([^<]*)</th>", first)
    assert len([head for head in heads if head and f">{head}</text>" in drawing]) >= 2
    assert "teams.team.fte" in first and "<svg" not in second


@pytest.mark.parametrize("command", ["run", "sweep"])
def test_other_commands_have_reports(command: str, tmp_path: pathlib.Path) -> None:
    """Of a scenario alone and of a sweep."""
    folder = pathlib.Path(answer(*asked(command, tmp_path, 2), "--out", tmp_path / "out")["results_dir"])
    done = cli("report", folder, "--lang", "da")
    assert done.exit_code == 0, done.output
    page = (folder / "report.da.html").read_text(encoding="utf-8")
    assert len(PAGES.findall(page)) == 2 and "Svaret" in page and "Bilag" in page
    book = openpyxl.load_workbook(folder / "report.da.xlsx")
    assert book.sheetnames[:2] == ["Indhold", "Svar"]
    if command == "sweep":
        rows = stored(folder, "sweep")
        told = [row for row in sheet(folder, "Punkter", "report.da.xlsx") if row["Nøgle"] == "exit_job"]
        values = [float(row["value"]) for row in rows if row["outcome"] == "exit_job"]
        assert sorted(float(str(row["Værdi"])) for row in told) == pytest.approx(sorted(values), abs=1e-12)
        (chart, *_) = book["Kurver"]._charts
        assert (chart.x_axis.scaling.min, chart.x_axis.scaling.max) == (1, 2)  # the values that were tried
