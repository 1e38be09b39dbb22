"""The file of evidence: what is shipped can be trusted to be whole, and mistakes are told where they stand."""

from __future__ import annotations

import json
import math
import pathlib

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from calibration.evidence.page import PAGE, plots
from calibration.evidence.read import EVIDENCE, read_evidence
from calibration.evidence.schema import ALL
from calibration.evidence.shares import error_of_contrast
from calibration.priors import NORMAL_95
from calibration.synthesised import effects_of
from simulation.cli import main
from simulation.scenario.files.problems import InputProblems

SYNTHESIS = EVIDENCE.with_name("synthesis.yaml")

SMALL = """\
version: 1
name: two
date: '2026-11-29'
mean_prior: {value: 0.5, unit: log exit rate, kind: assumed, source: weak}
widening: {A: 1, B: 1.25, C: 1.25, D: 1.5}
between_places: {sd: 0.1, low: 0, high: 0.15, source: a judgement}
curve: {per_month: 0.9, mean_life_weeks: 6, remote: 0.7}
mechanisms:
  talk: {what: talks, destinations: [work], tau_scale: 0.1, unknown: much}
studies:
  one:
    study: one
    country: DK
    design: RCT
    population: all
    quantity: found a job
    printed_unit: share
    source: a paper
    family: one
    mechanism: talk
    group: ordinary
    destination: work
    grade: B
    estimate: 0.1
    estimate_how: from the shares
    error: {how: imputed, sd: 0.1, basis: a guess}
    used: true
"""


GRADED = SMALL[SMALL.index("grade: B") : SMALL.index(", sd: 0.1, basis")]


def _file(tmp_path: pathlib.Path, text: str) -> pathlib.Path:
    path = tmp_path / "evidence.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("grade: B", "grade: E", ":23:12:", "'E'"),
        ("destination: work", "destination: disability_pension", ":22:18:", "is no destination of 'talk'"),
        ("    mechanism: talk", "    mechanism: walk", ":20:16:", "no mechanism 'walk'"),
        ("    family: one\n", "", ":11:3:", "missing key 'family'"),
        ("how: imputed", "how: guessed", ":26:12:", "'guessed'"),
        ("    used: true", "    used: false", ":12:5:", "not_used"),
        ("grade: B", "grade: A", ":12:5:", "cannot be a guess"),
        (GRADED, GRADED.replace("B", "A").replace("imputed", "given"), ":12:5:", "'printed_interval'"),
        ("    estimate: 0.1\n", "", ":12:5:", "needs estimate"),
        ("group: ordinary", "group: all", ":21:12:", "no group is called 'all'"),
        ("group: ordinary", "group: none", ":21:12:", "no group is called 'none'"),
        ("group: ordinary", "group: Under 30", ":21:12:", "cannot be a name here"),
        ("  talk: {what", "  ../talk: {what", ":9:12:", "'../talk' cannot be a name here"),
        ("[work]", "[to work]", ":9:38:", "cannot be a name here"),
        (" D: 1.5", " C: 1.5", ":5:", "C"),
    ],
)
def test_a_mistake_is_told_where_it_stands(
    tmp_path: pathlib.Path, old: str, new: str, at: str, message: str
) -> None:
    assert old in SMALL
    result = CliRunner().invoke(main, ["evidence", str(_file(tmp_path, SMALL.replace(old, new)))])
    assert result.exit_code == 2
    assert message in result.output
    assert at in result.output
    assert "Traceback" not in result.output


DOSED = SMALL.replace(
    "mechanisms:\n",
    "mechanisms:\n  talk_dose: {what: talks, measured: true, destinations: [work], tau_scale: 0.1, unknown: much}\n",
) + """\
doses:
  one:
    group: ordinary
    treated: {personal: [4]}
    control: {}
    mean_weeks: 20
    outcome: rate
    horizon_weeks: 26
    assumed: all of it
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("one:\n    group: ordinary\n    tr", "two:\n    group: ordinary\n    tr", "there is no study 'two'"),
        ("    group: ordinary\n    tr", "    group: all\n    tr", "no group is called 'all'"),
        ("personal: [4]", "personal: [30]", "week 30 or later come after the horizon of 26 weeks"),
        ("treated: {personal: [4]}", "treated: {}", "both arms have the same talks"),
        ("mean_weeks: 20", "mean_weeks: 2", "more than 5 times as long as people stay"),
        ("    estimate: 0.1", "    estimate: 3", "no effect of talks between -2.5 and 2.5 comes to 3"),
        ("true, destinations: [work]", "true, destinations: [pension]", "has the destination 'work'"),
        ("measured: true,", "measured: true, judged: [{destination: work, group: ordinary, source: a survey}],",
         "of 'ordinary' there are studies: one"),
        ("measured: true,", "measured: true, judged: [{destination: work, group: old, source: a survey}, "
         "{destination: work, group: old, source: a survey}],", "'old' is judged already"),
        ("{sd: 0.1, low: 0, high", "{sd: 0.1, low: 0.12, high", "must lie within low and high"),
    ],
)  # fmt: skip
def test_a_dose_or_a_judgement_that_cannot_be_used_is_told(
    tmp_path: pathlib.Path, old: str, new: str, message: str
) -> None:
    effects = effects_of(read_evidence(_file(tmp_path, DOSED)))
    assert [(e.name, list(e.studies)) for e in effects] == [("talk_dose", ["one"]), ("talk", ["one"])]
    assert old in DOSED
    with pytest.raises(InputProblems, match=message):
        read_evidence(_file(tmp_path, DOSED.replace(old, new)))


def test_an_experiment_enters_a_mechanism_once(tmp_path: pathlib.Path) -> None:
    entry = SMALL[SMALL.index("  one:") :]
    again = SMALL + entry.replace("  one:", "  two:", 1)
    with pytest.raises(InputProblems, match="enters 'talk' twice"):
        read_evidence(_file(tmp_path, again))
    other = SMALL + entry.replace("  one:", "  two:", 1).replace("family: one", "family: one\n    trial: b")
    assert len(read_evidence(_file(tmp_path, other)).studies) == 2


def test_guesses_are_widened_and_nothing_else(tmp_path: pathlib.Path) -> None:
    guessed = read_evidence(_file(tmp_path, SMALL))
    assert guessed.variance(guessed.studies["one"]) == pytest.approx((0.1 * 1.25) ** 2)
    given = read_evidence(_file(tmp_path, SMALL.replace("how: imputed", "how: given")))
    assert given.variance(given.studies["one"]) == pytest.approx(0.1**2)
    by_hand = read_evidence(_file(tmp_path, SMALL.replace("sd: 0.1, basis", "sd: 0.1, widened: true, basis")))
    assert by_hand.variance(by_hand.studies["one"]) == pytest.approx(0.1**2)


def test_an_estimate_is_what_its_printed_shares_say(tmp_path: pathlib.Path) -> None:
    """log(-log 0.4) - log(-log 0.55) = 0.4270; a nought is checked like any other number."""
    shares = SMALL.replace("how: imputed, sd: 0.1", "how: recomputed, shares: [0.6, 0.45], persons: [240, 310]")
    right = read_evidence(_file(tmp_path, shares.replace("estimate: 0.1", "estimate: 0.427"))).studies["one"]
    assert right.error is not None and right.error.sd == error_of_contrast((0.6, 0.45), (240, 310))
    for wrong in ("0.43", "-0.427", "0.0"):
        with pytest.raises(InputProblems, match=r"the shares of 'error' say 0\.427"):
            read_evidence(_file(tmp_path, shares.replace("estimate: 0.1", f"estimate: {wrong}")))


def test_with_a_wider_prior_of_the_spread_less_is_known_of_the_mean() -> None:
    """But where all studies are means of trials: their errors hold the spread."""
    for effect in effects_of(read_evidence()):
        changed = [other.posterior for other in effect.without if "spread between trials" in other.what]
        assert len(changed) == bool(effect.studies)
        for wide in changed:
            assert wide.tau == pytest.approx(2 * effect.posterior.tau)
            if all(entry.pools_trials for entry in effect.studies.values()):
                assert wide.mu.sd == pytest.approx(effect.posterior.mu.sd)
            else:
                assert wide.mu.sd > effect.posterior.mu.sd


def test_error_of_shares_is_the_scatter_of_binomial_draws() -> None:
    """20,000 draws: the sd of an sd is 0.5 %; within 3 % counts as equal, the delta method's own error in it."""
    shares, persons = (0.6, 0.45), (240, 310)
    rng = np.random.default_rng(17)
    found = [rng.binomial(n, p, 20_000) / n for p, n in zip(shares, persons, strict=True)]
    drawn = np.std(np.log(-np.log1p(-found[0])) - np.log(-np.log1p(-found[1])))
    assert error_of_contrast(shares, persons) == pytest.approx(drawn, rel=0.03)


def test_shipped_evidence_is_what_it_says() -> None:
    """Recalled figures and pools that may hold a founding trial are not in it; printed intervals give their errors."""
    file = read_evidence()
    assert not {"RTWC-02", "THREATM-01", "METAVOO-01", "METALY-01", "METAALMP-01"} & file.studies.keys()
    assert not [name for name in file.studies if name.startswith("MEM-")]
    for name, entry in file.studies.items():
        if entry.grade == "A":
            assert entry.error is not None and entry.printed_interval is not None, name
            low, high = entry.printed_interval
            assert entry.error.sd == pytest.approx(math.log(high / low) / 2 / NORMAL_95, abs=0.001), name
            assert entry.estimate == pytest.approx(math.log(entry.printed[0] if entry.printed else 0), abs=0.001), name


def test_exits_to_different_destinations_are_never_pooled(tmp_path: pathlib.Path) -> None:
    """Neither in a group nor in all of them; and every study that is used is in its own group once."""
    file = read_evidence()
    effects = effects_of(file)
    for effect in effects:
        assert {entry.destination for entry in effect.studies.values()} <= {effect.destination}
    once = [effect for effect in effects if effect.group != ALL and not effect.mechanism.measured]
    told = [name for effect in once for name in effect.studies]
    assert sorted(told) == sorted(name for name, entry in file.studies.items() if entry.used)

    one = SMALL[SMALL.index("  one:") :]
    two = one.replace("  one:", "  two:", 1).replace("family: one", "family: two")
    two = two.replace("estimate: 0.1", "estimate: 0.9")
    both = SMALL.replace("[work]", "[work, off_benefit]") + two
    apart = both[: both.index("  two:")] + two.replace("destination: work", "destination: off_benefit")
    pooled, = effects_of(read_evidence(_file(tmp_path, both)))
    alone = effects_of(read_evidence(_file(tmp_path, apart)))
    assert [(e.destination, list(e.studies)) for e in alone] == [("work", ["one"]), ("off_benefit", ["two"])]
    assert alone[0].posterior.mu.mean < pooled.posterior.mu.mean < alone[1].posterior.mu.mean


def test_the_shipped_synthesis_is_what_the_command_makes(tmp_path: pathlib.Path) -> None:
    """Numbers to the third decimal, where machines may differ in the last; all else to the letter."""
    result = CliRunner().invoke(main, ["evidence", "--json", "--out", str(tmp_path)])
    assert result.exit_code == 0
    answer = json.loads(result.output)
    folder = pathlib.Path(answer["results_dir"])
    made = yaml.safe_load((folder / "synthesis.yaml").read_text(encoding="utf-8"))
    _same(made, yaml.safe_load(SYNTHESIS.read_text(encoding="utf-8")))
    drawn = {path.stem.removeprefix("forest_") for path in folder.glob("forest_*.png")}
    assert drawn == {row["mechanism"] for row in answer["effects"] if row["studies"]}
    shown = plots(PAGE.read_text(encoding="utf-8"))
    assert len(shown) == 5
    for plot in shown:  # as wide and as high: as many rows
        assert plot.read_bytes()[16:24] == (folder / plot.name).read_bytes()[16:24], plot
    stored = {path.name for path in folder.iterdir()}
    assert {"effects.csv", "sensitivity.csv", "studies.csv", "validation.csv", "captions.md"} <= stored


def test_tables_can_be_opened_and_old_plots_do_not_stay(tmp_path: pathlib.Path) -> None:
    """A text that a spreadsheet would carry out has an apostrophe in front."""
    evidence = _file(tmp_path, SMALL.replace("source: a paper", "source: '=1+1'"))
    folder = tmp_path / "evidence"
    folder.mkdir()
    for name in ("forest_walk.png", "mine.png"):
        (folder / name).write_bytes(b"old")
    assert CliRunner().invoke(main, ["evidence", str(evidence), "--out", str(tmp_path)]).exit_code == 0
    assert {path.name for path in folder.glob("*.png")} == {"forest_talk.png", "mine.png"}
    assert ",'=1+1\n" in (folder / "studies.csv").read_text(encoding="utf-8")


def test_the_synthesis_is_written_over_an_older_one_alone(tmp_path: pathlib.Path) -> None:
    """Any other place is refused before anything is written."""
    words = ["evidence", str(_file(tmp_path, SMALL)), "--out", str(tmp_path / "results"), "--fitted"]
    other, target = tmp_path / "other.yaml", tmp_path / "synthesis.yaml"
    other.write_text("version: 1\n", encoding="utf-8")
    for place, message in (
        (tmp_path, "this is a directory"),
        (other, "this is no synthesis, so it is not overwritten"),
        (tmp_path / "nowhere" / "synthesis.yaml", "there is no such folder"),
    ):
        result = CliRunner().invoke(main, [*words, str(place)])
        assert result.exit_code == 2
        assert message in result.output
    assert other.read_text(encoding="utf-8") == "version: 1\n"
    assert not (tmp_path / "results").exists()
    for _ in range(2):
        assert CliRunner().invoke(main, [*words, str(target)]).exit_code == 0
    assert target.read_bytes() == (tmp_path / "results" / "evidence" / "synthesis.yaml").read_bytes()


def test_results_that_cannot_be_stored_are_a_failed_run(tmp_path: pathlib.Path) -> None:
    (tmp_path / "results").write_text("a file", encoding="utf-8")
    result = CliRunner().invoke(main, ["evidence", str(_file(tmp_path, SMALL)), "--out", str(tmp_path / "results")])
    assert result.exit_code == 3
    assert "could not be stored" in result.output


def _same(made: object, kept: object) -> None:
    if isinstance(made, dict) and isinstance(kept, dict):
        assert list(made) == list(kept)
        for key in made:
            _same(made[key], kept[key])
    elif isinstance(made, list) and isinstance(kept, list):
        assert len(made) == len(kept)
        for one, other in zip(made, kept, strict=True):
            _same(one, other)
    elif isinstance(made, float):
        assert made == pytest.approx(kept, abs=0.0011)
    else:
        assert made == kept
