"""The figure of employment by month, with what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.report.figures.drawing import Picture, Table, band_in
from simulation.report.figures.lines import scenario_names
from simulation.report.figures.looks import Look, draw_line, in_manner, looks
from simulation.report.figures.published import own_published
from simulation.report.figures.sentences import whole
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.monthly import since_enrolment
from simulation.results.names import ALLE, Figure
from simulation.results.result import Result
from simulation.world.labels import Label
from simulation.world.spec import MONTH

SHOWN = ("observed_month", "employed_month", "employed_net_month")
BEGINS = {
    "referral": Label("referral", "henvisning"), "enrolment": Label("enrolment", "indskrivning"),
}  # fmt: skip
EMPLOYED = Label("Employed", "I beskæftigelse")
NET = Label("Employed, less the share in the month of {begin}",
            "I beskæftigelse, fratrukket andelen i måneden for {begin}")  # fmt: skip
MONTHS = Label("months since {begin}", "måneder siden {begin}")
SHARE = Label("% of those seen for the whole month", "% af dem, der kan ses hele måneden")
SEEN = Label("Persons seen in month", "Personer, der kan ses i måned")
MODEL = Label("model", "model")
PUBLISHED = Label("published, with its rounding", "offentliggjort, med afrunding")
TITLE = Label("{list} employed {months} months after {begin}", "{list} i beskæftigelse {months} måneder efter {begin}")
RANGE = Label("From {a} ({first}) to {b} ({last})", "Fra {a} ({first}) til {b} ({last})")
OF = Label("{number} ({name})", "{number} ({name})")
CAPTION = Label(
    "Share with one paid hour or more in the month, of those who can be seen for the whole month since {begin} (a "
    "month is {weeks} weeks, month 0 that of the {begin}); to the right less the share of month 0. A course of a group "
    "that is followed, not an effect",
    "Andel med mindst én lønnet time i måneden blandt dem, der kan ses i hele måneden siden {begin} (en måned er "
    "{weeks} uger, måned 0 er måneden for {begin}); til højre fratrukket andelen i måned 0. Et forløb for en gruppe, "
    "der følges, ikke en effekt",
)


def draw_employment(ran: Ran, wording: Wording) -> Picture | None:
    """Employment by month since referral (where nobody counts from one, since enrolment), with the published figures;
    nothing where no months are counted, or nobody can be employed."""
    begin, called = "referral", {name: name for name in SHOWN}
    if not any(_has(result, called["employed_month"]) for result in ran.compared):
        begin, called = "enrolment", {name: since_enrolment(name) for name in SHOWN}
    names = scenario_names(ran, wording)
    having = [(name, result, look) for name, result, look in zip(names, ran.compared, looks(len(names)), strict=True)
              if _has(result, called["employed_month"])]  # fmt: skip
    if not having:
        return None
    began = wording.say(BEGINS[begin])
    picture = Picture(9.6, 3.6)
    panels = picture.subplots(1, 2)
    gross, net = called["employed_month"], called["employed_net_month"]
    shown = {gross: wording.say(EMPLOYED), net: wording.say(NET, begin=began)}
    cited = False
    for _, result, look in having:
        for panel, outcome in zip(panels, shown, strict=True):
            months, course = result.series(outcome, "alle")
            draw_line(panel, months, course, look, 100, len(having))
            for beside in own_published(result):
                figure = beside.figure
                if figure.outcome == outcome and figure.group == "alle" and figure.figure is not None:
                    panel.errorbar(figure.time, 100 * figure.figure, yerr=100 * figure.rounding, fmt="D", ms=5,
                                   mfc="white", color="black", capsize=3, zorder=4)  # fmt: skip
                    cited = True
    for panel, (outcome, title) in zip(panels, shown.items(), strict=True):
        picture.name(panel, title, 2)
        panel.set(xlabel=wording.say(MONTHS, begin=began), xlim=(0, None))
        panel.set_ylim(0 if outcome == called["employed_month"] else min(0.0, panel.get_ylim()[0]), None)
        in_manner(panel, wording.language)
    panels[0].set_ylabel(wording.say(SHARE))
    caption = wording.say(CAPTION, begin=began, weeks=wording.number("weeks", MONTH, digits=2))
    band = band_in(wording.language, len(having)) + (f". ◇ {wording.say(PUBLISHED)}" if cited else "")
    plainly = dict(zip(names, scenario_names(ran, wording, base=False), strict=True))
    told = [(plainly[name], result, look) for name, result, look in having]
    return picture.finish(_title(wording, told, called, began), caption, band,
                          table=_seen(wording, having, called))  # fmt: skip


def _seen(wording: Wording, having: Sequence[tuple[str, Result, Look]], called: Mapping[str, str]) -> Table:
    """How many can be seen, in every third month or further apart."""
    last = min(int(result.series(called["observed_month"], "alle")[0][-1]) for _, result, _ in having)
    months = list(range(0, last + 1, max(3, -(-last // 8))))
    rows = []
    for name, result, look in having:
        numbers, observed = result.series(called["observed_month"], "alle")
        by_month = dict(zip(numbers.tolist(), observed, strict=True))
        cells = [whole(wording, by_month[month].value) if month in by_month else "–" for month in months]
        rows.append((look, name if len(having) > 1 else wording.say(MODEL), cells))
    return Table(wording.say(SEEN), list(map(str, months)), rows)


def _title(wording: Wording, having: Sequence[tuple[str, Result, Look]], called: Mapping[str, str], began: str) -> str:
    months = min(int(result.series(called["employed_month"], "alle")[0][-1]) for _, result, _ in having)
    months = min(months, 12)
    values = [result.estimate(called["employed_month"], ALLE, months).value for _, result, _ in having]
    texts = [f"{wording.number('share', value)} %" for value in values]
    names = [title for title, _, _ in having]
    if len(texts) == 1:
        told = texts[0]
    elif len(texts) == 2:
        told = ", ".join(wording.say(OF, number=text, name=name) for text, name in zip(texts, names, strict=True))
    else:
        low, high = int(np.argmin(values)), int(np.argmax(values))
        told = wording.say(RANGE, a=texts[low], first=names[low], b=texts[high], last=names[high])
    return wording.say(TITLE, list=told, months=months, begin=began)


def _has(result: Result, outcome: str) -> bool:
    """Whether a result has the course of an outcome by month."""
    return Figure(outcome, ALLE, 0) in result.keys
