"""What can be moved of a scenario, and what a position writes."""

from __future__ import annotations

import pathlib

import pytest

from simulation.app.kept import NotSaved, file_name, overlay, save
from simulation.app.levers import Lever, Value, changes_of, levers_of
from simulation.app.live import designed
from simulation.app.plain import plain_text
from simulation.app.shown import InWords
from simulation.scenario.changes import changes
from simulation.scenario.load import Loaded, load
from simulation.world.staff.teams import NO_LIMIT
from tests.app.world import write

SAMTALER = "interventions.samtaler"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(write(tmp_path_factory.mktemp("base")))


def by_key(base: Loaded) -> dict[str, Lever]:
    return {lever.key: lever for lever in levers_of(base)}


def moved(base: Loaded, **chosen: Value) -> dict[str, object]:
    """What is changed, without sources; `__` stands for a dot."""
    told = changes_of(base, levers_of(base), {key.replace("__", "."): value for key, value in chosen.items()})
    return {key: value["value"] if isinstance(value, dict) else value for key, value in told.items()}


def test_there_is_a_lever_for_what_a_scenario_has_and_for_nothing_else(base: Loaded) -> None:
    """Not for what changes at a date (`dated.fte`), minutes that differ (`telefon`), or what is no talk (`brev`)."""
    plans, places = f"{SAMTALER}.plans", "interventions.praktik.places"
    assert set(by_key(base)) == {
        "teams.team.caseload_limit", "teams.team.fte", "teams.team.minutes_per_week", "teams.dated.caseload_limit",
        "teams.dated.minutes_per_week", f"{plans}.listed.talks", f"{plans}.listed.channel",
        f"{plans}.listed.other_channel.share", f"{plans}.later.every.0.weeks", f"{plans}.later.every.1.weeks",
        f"{plans}.later.channel", f"{SAMTALER}.channels.personlig.minutes", "interventions.fri.grounds",
        "subgroups.fritagelse", places,
    }  # fmt: skip
    assert all(lever.base in lever.positions for lever in levers_of(base))
    labels = [InWords(base, "da").called(lever) for lever in levers_of(base)]
    assert len(set(labels)) == len(labels)


def test_every_position_of_every_lever_is_a_scenario(base: Loaded) -> None:
    """The base's own position changes nothing; every other one changes what it says, and no more."""
    levers = levers_of(base)
    assert changes_of(base, levers, {lever.key: lever.base for lever in levers}) == {}
    for lever in levers:
        for value in lever.values:
            if value != lever.base:
                design = designed(base, changes_of(base, [lever], {lever.key: value}), "Moved")
                wanted = {key for key in lever.positions[value] if not key.endswith("talks")}
                assert wanted <= {change.key for change in changes(base, design)} | {lever.key}, (lever.key, value)


def test_what_positions_write(base: Loaded) -> None:
    assert moved(base, teams__team__fte=0.6) == {"teams.team.fte": 0.6, "jobcentres.vejle.teams.team.fte": 1.2}
    assert moved(base, teams__team__caseload_limit=25) == {"teams.team.caseload_limit": 25}
    listed = f"{SAMTALER}.plans.listed.talks"
    assert moved(base, **{listed: 2}) == {listed: [{"week": 2}, {"week": 6}]}
    shares = moved(base, subgroups__fritagelse=0.6)
    assert shares == pytest.approx({
        "subgroups.fritagelse.fritages.share": 0.6, "subgroups.fritagelse.ja.share": 0.3,
        "subgroups.fritagelse.nej.share": 0.1,
    })  # fmt: skip
    limited = designed(base, {"teams.team.caseload_limit": 25}, "Limited")
    assert moved(limited, teams__team__caseload_limit=NO_LIMIT) == {"teams.team.caseload_limit": None}
    with pytest.raises(KeyError):
        moved(base, teams__team__fte=17)


def test_a_saved_design_is_what_was_simulated(base: Loaded, tmp_path: pathlib.Path) -> None:
    """All levers at once: the file says the same, every number in it has a source, and a list keeps those it had."""
    folder = pathlib.Path(base.file).parent
    levers = levers_of(base)
    chosen = {lever.key: next(v for v in reversed(lever.values) if v != lever.base) for lever in levers}
    del chosen[f"{SAMTALER}.plans.later.every.0.weeks"]  # the other interval of its list is moved
    told = changes_of(base, levers, chosen)
    file = save(folder, "Prøve, å: 1", overlay(base, "small.yaml", "Prøve, å: 1", told))
    assert file.name == "proeve_aa_1.yaml"
    again, design = load(file), designed(base, told, "Prøve, å: 1")
    assert again.scenario == design.scenario and again.scenario.name == "Prøve, å: 1"
    origins = {row["path"]: row for row in again.values()}
    kept = origins[f"{SAMTALER}.plans.later.every.0.weeks"]
    assert (kept["value"], kept["kind"], kept["source"], kept["page"]) == (5, "published", "a report", "7")
    assert origins["teams.team.fte"]["source"] == "what-if" and origins["teams.team.fte"]["kind"] == "assumed"
    file.unlink()


def test_nothing_is_overwritten(tmp_path: pathlib.Path) -> None:
    assert save(tmp_path, "One", "text").read_text() == "text"
    assert save(tmp_path, "one!", "text").name == "one.yaml"  # the same design again
    with pytest.raises(NotSaved, match=r"one\.yaml: there is another file of that name"):
        save(tmp_path, "One", "another text")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "beyond.yaml")
    with pytest.raises(NotSaved):
        save(tmp_path, "link", "text")
    assert not (tmp_path / "beyond.yaml").exists() and (tmp_path / "one.yaml").read_text() == "text"
    (tmp_path / "latin.yaml").write_bytes(b"name: \xe6")  # no UTF-8
    with pytest.raises(NotSaved) as said:
        save(tmp_path, "latin", "text")
    assert said.value.told("da") == "latin.yaml: der er en anden fil med det navn, og den bliver, som den er."
    assert (tmp_path / "latin.yaml").read_bytes() == b"name: \xe6"
    with pytest.raises(NotSaved, match=r"gone\.yaml cannot be written: No such file"):
        save(tmp_path / "nowhere", "Gone", "text")


@pytest.mark.parametrize("title", ["../../etc/passwd", "/abs/olute", "..", "con\x00trol", "日本", "", "a" * 500])
def test_a_name_is_one_file_of_the_folder(title: str) -> None:
    try:
        name = file_name(title)
    except NotSaved:
        assert title in ("..", "日本", "")
        return
    assert pathlib.PurePath(name).name == name and len(name) <= 65 and name.isascii()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![p](http://e.dk/p.png)", r"\!\[p\](http\://e\.dk/p\.png)"),
        ("**b** :red[a] :smile: $x$", r"\*\*b\*\* \:red\[a\] \:smile: \$x\$"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("2027. loven", r"2027\. loven"),
        ("- punkt", r"\- punkt"),
        ("Sagsloft, sager pr. fuldtid: 1,5 (A-kassen)", "Sagsloft, sager pr. fuldtid: 1,5 (A-kassen)"),
        ("two\nlines", "two lines"),
    ],
)
def test_text_stands_as_it_is_written(text: str, shown: str) -> None:
    assert plain_text(text) == shown


def test_levers_in_words(base: Loaded) -> None:
    """In both languages, with the numbers of the language; a share in per cent."""
    levers, da, en = by_key(base), InWords(base, "da"), InWords(base, "en")
    fte, limit = levers["teams.team.fte"], levers["teams.team.caseload_limit"]
    assert da.called(fte).startswith("Fuldtidsstillinger, ") and da.position(fte, 0.3) == "0,3"
    assert da.position(limit, NO_LIMIT) == "intet" and en.position(limit, NO_LIMIT) == "none"
    share = levers[f"{SAMTALER}.plans.listed.other_channel.share"]
    assert da.position(share, 0.448) == "44,8 %" and "telefon" in en.called(share)
    first, second = (levers[f"{SAMTALER}.plans.later.every.{n}.weeks"] for n in (0, 1))
    assert da.called(first) == "Uger mellem samtaler, later"
    assert da.called(second) == "Uger mellem samtaler fra uge 20, later"
    assert da.changed([share], {share.key: 0.5}) == ["Andel af samtaler ved telefon, listed 44,8 % → 50 %"]
