"""The figure of where everybody is after some weeks, beside what is published."""

from __future__ import annotations

from simulation.report.figures.drawing import Picture
from simulation.report.figures.lines import scenario_names
from simulation.report.figures.looks import in_manner, looks
from simulation.report.figures.published import own_published
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.groups import Group, arm_group
from simulation.results.names import ALLE
from simulation.world.labels import Label, plain

MODEL = Label("model (bar: one trial of this size, 95 %)", "model (streg: ét forsøg af denne størrelse, 95 %)")
OF_SCENARIO = Label("{name} (bar: one trial of this size, 95 %)", "{name} (streg: ét forsøg af denne størrelse, 95 %)")
PUBLISHED = Label("published (bar: binomial, 95 %)", "offentliggjort (streg: binomial, 95 %)")
AFTER = Label("After {weeks} weeks, {who}", "Efter {weeks} uger, {who}")
SEEN = Label("% of those who can be seen", "% af dem, der kan ses")
TITLE = Label("After {weeks} weeks {share} % are still on benefit{more}",
              "Efter {weeks} uger er {share} % stadig på ydelse{more}")  # fmt: skip
MORE = Label("; most others: {where}, {share} %", "; flest andre: {where}, {share} %")
TWO = Label("Still on benefit after {weeks} weeks: {list}", "Stadig på ydelse efter {weeks} uger: {list}")
OF = Label("{share} % ({name})", "{share} % ({name})")
BENEFIT = Label("on benefit", "på ydelse")
BAND = Label("Bars: see the key", "Streger: se signaturforklaringen")
CAPTION = Label(
    "Where everybody is after some weeks. Filled: mean of the model, with the range in which one trial of this size "
    "would fall, 95 %, were the model true. Diamonds: published figures with their binomial 95 % interval, where it is "
    "known of how many persons they are. Parameter uncertainty is in neither",
    "Hvor alle er efter nogle uger. Udfyldt: modellens gennemsnit med det interval, hvor ét forsøg af denne størrelse "
    "ville ligge, 95 %, hvis modellen var sand. Ruder: offentliggjorte tal med binomialt 95 %-interval, hvor antallet "
    "af personer er kendt. Parameterusikkerhed indgår ikke",
)


def draw_places(ran: Ran, wording: Wording) -> Picture | None:
    """Share in each state: the model with where one trial would fall, the published figure with its binomial interval;
    nothing where a scenario does not ask for it."""
    scenarios = [result.loaded.scenario for result in ran.compared]
    weeks = [week for week in scenarios[0].states_at if all(week in scenario.states_at for scenario in scenarios)]
    if not weeks:
        return None
    names = ["benefit", *dict.fromkeys(name for each in scenarios for name in (*each.benefits, *each.exits))]
    group = ALLE if len(scenarios[0].arms) > 1 else arm_group(next(iter(scenarios[0].arms)))
    several = len(scenarios) > 1
    picture = Picture(max(2.4 + 3.7 * len(weeks), 7.6), 0.9 + (0.36 + 0.13 * len(scenarios)) * len(names))
    panels = picture.subplots(1, len(weeks), squeeze=False, sharex=True)[0]
    entries = {}
    for number, (result, title, look) in enumerate(
        zip(ran.compared, scenario_names(ran, wording), looks(len(scenarios)), strict=True)
    ):
        published = {(b.figure.outcome, b.figure.week): b for b in own_published(result) if b.named.group == group}
        shift = 0.22 - 0.44 * (number + 0.5) / (len(scenarios) + 0.0) if several else 0.13
        colour, marker = ("#0072B2", "o") if look.marker == "None" else (look.colour, look.marker)
        for panel, week in zip(panels, weeks, strict=True):
            for y, name in enumerate(reversed(names)):
                if name not in ("benefit", *result.loaded.scenario.benefits, *result.loaded.scenario.exits):
                    continue
                e = result.estimate(f"state_{name}", group, week)
                reach = [[100 * (e.value - e.trial_low)], [100 * (e.trial_high - e.value)]]
                bar = panel.errorbar(100 * e.value, y + shift, xerr=reach, fmt=marker, color=colour, capsize=3, ms=5)
                entries[wording.say(OF_SCENARIO, name=title) if several else wording.say(MODEL)] = bar
                beside = published.get((f"state_{name}", week))
                if beside is None or beside.figure.figure is None:
                    continue
                share, (low, high) = beside.figure.figure, beside.sampling or (beside.figure.figure,) * 2
                bar = panel.errorbar(
                    100 * share, y - (0.3 if several else 0.13), xerr=[[100 * (share - low)], [100 * (high - share)]],
                    fmt="D", color="black", capsize=3, ms=4, mfc="white",
                )  # fmt: skip
                entries[wording.say(PUBLISHED)] = bar
    for panel, week in zip(panels, weeks, strict=True):
        panel.set_yticks(range(len(names)), [state(wording, name) for name in reversed(names)])
        picture.name(panel, wording.say(AFTER, weeks=week, who=plain(wording.group(group))), len(weeks))
        panel.set(xlabel=wording.say(SEEN), xlim=(0, None), ylim=(-0.6, len(names) - 0.4))
        in_manner(panel, wording.language, y=False)
        panel.tick_params(labelleft=panel is panels[0])
    return picture.finish(_title(ran, wording, group, weeks[-1]), wording.say(CAPTION), wording.say(BAND), entries)


def state(wording: Wording, name: str) -> str:
    """What a state is called."""
    return wording.say(BENEFIT) if name == "benefit" else wording.exit(name)


def _title(ran: Ran, wording: Wording, group: Group, week: int) -> str:
    shares = [result.estimate("state_benefit", group, week).value for result in ran.compared]
    texts = [wording.number("share", share) for share in shares]
    if len(shares) > 1:
        told = [wording.say(OF, share=text, name=name)
                for text, name in zip(texts, scenario_names(ran, wording, base=False), strict=True)]  # fmt: skip
        return wording.say(TWO, weeks=week, list=", ".join(told))
    exits = ran.compared[0].loaded.scenario.exits
    value, name = max((ran.compared[0].estimate(f"state_{name}", group, week).value, name) for name in exits)
    more = wording.say(MORE, where=state(wording, name), share=wording.number("share", value))
    return wording.say(TITLE, weeks=week, share=texts[0], more=more)
