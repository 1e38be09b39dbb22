"""A small world that is priced, with prices that are easy to reckon with."""

from __future__ import annotations

import pathlib

from simulation.economy.cba.answer import assessed
from simulation.economy.cba.asked import plan_of
from simulation.economy.cba.found import Assessed
from simulation.economy.cba.running import Simulated, simulated
from simulation.scenario.load import load

WORLD = """version: 2
name: Small and priced
start: 2027-W40
weeks: 30
follow_up: 15
replications: 4
seed: 5
benefit: dagpenge
arms: {alle: 1}
intake: {persons: 60, weeks: 10}
teams: {team: {fte: 1, minutes_per_week: 600}}
jobcentres: {ribe: {}}
exits:
  job: {level: {value: 0.05, unit: per week, kind: assumed, source: invented, range: [0.03, 0.07]},
        lives_on: selvforsoergelse}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: 30, attendance: 1}}
    plans: {weekly: {arms: [alle], team: team, channel: personlig, every: [{weeks: 1}]}}
    effects: {job: 1.6}
    window_weeks: 4
"""
OTHER = "version: 2\nextends: small.yaml\nname: Two more\nteams: {team: {fte: 3}}\n"
BENEFIT, STAFF, TAX, HALF = 1000.0, 520_000.0, 0.4, 0.5
STATE = {"1": 0.8, "2": 0.4, "3": 0.3, "4": 0.2}
"""Kroner a week and a year, the share of tax, what of it the municipality has, and refusion by step."""


def number(value: float, unit: str, more: str = "") -> str:
    """A number with a source, as a file of prices must have it."""
    return f"{{value: {value}, unit: {unit}, kind: assumed, source: invented{more}}}"


def shares(state: float) -> str:
    """Who pays a step of refusion."""
    return f"{{stat: {number(state, 'share')}, kommune: {number(round(1 - state, 9), 'share')}}}"


PRICES = f"""version: 1
name: Easy prices
price_year: 2027
first_year: 2016
assessed_by: ours
key_figures:
  ours:
    since: 2023
    discount: {{0: {number(0.05, "share a year")}}}
    net_tax_factor: {number(1.25, "factor")}
    distortion: {number(1.2, "factor")}
taxes: {{tax: {{share: {number(TAX, "share")}, kommune: {number(HALF, "share")}}}}}
refusion: {{{", ".join(f'"{step}": {shares(state)}' for step, state in STATE.items())}}}
prices:
  benefit:
    dagpenge: {{price: {number(BENEFIT, "kr a week", ", range: [900, 1100]")}, year: 2027, refusion: true, to: borger,
               taxes: [tax]}}
  staff:
    any: {{price: {number(STAFF, "kr a year")}, year: 2027, paid: {{kommune: {number(1, "share")}}}, to: personale}}
"""


def write_priced(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path, pathlib.Path]:
    """The base, the scenario with more staff, and the prices, as files."""
    found = [(folder / name, text) for name, text in
             (("small.yaml", WORLD), ("other.yaml", OTHER), ("prices.yaml", PRICES))]  # fmt: skip
    for path, text in found:
        path.write_text(text, encoding="utf-8")
    first, second, third = (path for path, _ in found)
    return first, second, third


def half_from_2028(prices: pathlib.Path) -> None:
    """From 2028 on the state pays half of the staff."""
    text, old = prices.read_text(encoding="utf-8"), f"paid: {{kommune: {number(1, 'share')}}}"
    whole, half = (f"value: {{{each}}}, unit: share, kind: rule, source: invented"
                   for each in ("kommune: 1", "kommune: 0.5, stat: 0.5"))  # fmt: skip
    assert text.count(old) == 1
    prices.write_text(text.replace(old, f"paid: {{{whole}, from: {{2028-W01: {{{half}}}}}}}"), encoding="utf-8")


IT, COURSE, COURSES = 250_000.0, 10_000.0, 3
ONCE = f"once: {{it: {{week: 2028-W10}}, kursus: {{week: 2027-W50, times: {COURSES}}}}}\n"
PAID = f"paid: {{kommune: {number(1, 'share')}}}, to: anden_aktoer"
ONCE_PRICES = f"""  once:
    it: {{price: {number(IT, "kr a time")}, year: 2027, {PAID}}}
    any: {{price: {number(COURSE, "kr a time")}, year: 2027, {PAID}}}
"""
"""What is paid once in the small world, and what it costs."""


def write_once(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path, pathlib.Path]:
    """The small world, the same with more staff and two things paid once, and prices of them."""
    base, other, prices = write_priced(folder)
    other.write_text(other.read_text(encoding="utf-8") + ONCE, encoding="utf-8")
    prices.write_text(prices.read_text(encoding="utf-8") + ONCE_PRICES, encoding="utf-8")
    return base, other, prices


def budgeted(folder: pathlib.Path) -> tuple[Simulated, Assessed]:
    """The small world with things paid once, simulated and assessed over ten draws."""
    base, other, prices = write_once(folder)
    plan, account, _ = plan_of([load(base), load(other)], {"prices": str(prices), "draws": 10, "replications": 12})
    found = simulated(plan)
    return found, assessed(plan, found, account)
