"""The figure of offers: who waits for one, and is lost meanwhile."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulation.report.figures.caseload import WEEK
from simulation.report.figures.drawing import Picture, band_in
from simulation.report.figures.lines import SAME, nearly_same, scenario_names
from simulation.report.figures.looks import QUIET, Look, draw_line, height_of, in_manner, looks
from simulation.report.figures.sentences import whole
from simulation.report.ran import Ran
from simulation.report.wording import Wording
from simulation.results.intervals import COUNTED, estimates
from simulation.results.result import Result
from simulation.world.labels import Label
from simulation.world.names import Name
from simulation.world.spec import Ints

HIGH, TOGETHER, MOST_OFFERS = 3.0, 6, 4
"""Inches of a panel; lines that share one, with more there is a row for each offer; and the most rows."""
WAITING = Label("Waiting", "Venter")
LOST = Label("Lost while waiting", "Tabt i ventetiden")
WHO_WAIT = Label("ledige who wait for an offer", "ledige, der venter på et tilbud")
WHO_LEFT = Label("left benefit or gave up, so far", "afgået eller opgivet, indtil nu")
OF_OFFER = Label("{offer}, {scenario}", "{offer}, {scenario}")
TITLE = Label("{offer}: up to {numbers} wait", "{offer}: op til {numbers} venter")
IN = Label("{number} ({name})", "{number} ({name})")
CAPTION = Label(
    "Ledige who wait for an offer, and those who left benefit or gave up while they waited, added up, by week of the "
    "run, all jobcentres and arms together",
    "Ledige, der venter på et tilbud, og dem, der forlod ydelsen eller opgav, mens de ventede, lagt sammen, pr. uge i "
    "simuleringen, alle jobcentre og grupper under ét",
)


class Queue(NamedTuple):
    """Who waits for one offer in one scenario: by replication and week, and lost so far."""

    offer: str
    called: str
    scenario: str
    label: str
    look: Look
    waiting: Ints
    lost: Ints


def draw_queues(ran: Ran, wording: Wording) -> Picture | None:
    """Waiting for each offer by week of the run, and lost while waiting so far; nothing where nobody waits."""
    queues = _queues(ran, wording)
    if not queues:
        return None
    longest = sorted(queues, key=lambda offer: -max(queue.waiting.mean() for queue in queues[offer]))
    rows = [[queue for offer in queues for queue in queues[offer]]]
    if len(rows[0]) > TOGETHER:
        rows = [queues[offer] for offer in longest[:MOST_OFFERS]]
        rows = [[queue._replace(label=queue.scenario) for queue in lines] for lines in rows]
    else:
        loud = iter(looks(len(rows[0])))
        rows = [[queue if queue.look is QUIET else queue._replace(look=next(loud)) for queue in rows[0]]]
    picture = Picture(9.2, HIGH * len(rows))
    grid = picture.subplots(len(rows), 2, squeeze=False, sharex=True)
    for lines, panels in zip(rows, grid, strict=True):
        for queue in lines:
            weeks = np.arange(queue.waiting.shape[1])
            for panel, counted in zip(panels, (queue.waiting, queue.lost), strict=True):
                draw_line(panel, weeks, estimates(counted.T, [COUNTED] * len(weeks)), queue.look, 1, len(lines))
        for panel, called, axis in zip(panels, (WAITING, LOST), (WHO_WAIT, WHO_LEFT), strict=True):
            of = f", {lines[0].called}" if len(rows) > 1 else ""
            picture.name(panel, wording.say(called) + of, 2)
            panel.set(ylabel=wording.say(axis), xlim=(0, None), ylim=(0, height_of(panel)))
            in_manner(panel, wording.language)
    for panel in grid[-1]:
        panel.set_xlabel(wording.say(WEEK))
    entries = {queue.label: queue.look.handle() for lines in rows for queue in lines}
    title = _title(ran, wording, queues[longest[0]])
    return picture.finish(title, wording.say(CAPTION), band_in(wording.language, max(map(len, rows))), entries)


def _queues(ran: Ran, wording: Wording) -> dict[str, list[Queue]]:
    """By offer; an offer for which the same wait in all scenarios has one quiet line."""
    names, found = scenario_names(ran, wording), {}
    each = looks(len(names))
    for offer in dict.fromkeys(name for result in ran.compared for name in result.loaded.scenario.interventions):
        lines = []
        for result, name, look in zip(ran.compared, names, each, strict=True):
            waiting = result.weekly(Name(offer, "waiting"))
            if waiting.any():
                called = Wording(result.names, wording.language).intervention(offer)
                label = wording.say(OF_OFFER, offer=called, scenario=name) if len(names) > 1 else called
                lines.append(Queue(offer, called, name, label, look, waiting, _lost(result, offer)))
        if not lines:
            continue
        means = [line.waiting.mean(axis=0) for line in lines]
        if len(lines) > 1 and all(nearly_same(mean, means[0]) for mean in means):
            label = wording.say(SAME, arm=lines[0].called)
            lines = [lines[0]._replace(scenario=label, label=label, look=QUIET)]
        found[offer] = lines
    return found


def _lost(result: Result, offer: str) -> Ints:
    gone = [result.weekly(Name(offer, what)) for what in ("left_waiting", "gave_up")]
    return np.cumsum(gone[0] + gone[1], axis=1)


def _title(ran: Ran, wording: Wording, queues: list[Queue]) -> str:
    """Of the offer for which most wait."""
    names = scenario_names(ran, wording, base=False)
    offer = queues[0].called
    ends = [float(result.weekly(Name(queues[0].offer, "waiting")).mean(axis=0).max()) for result in ran.compared]
    texts = [whole(wording, end) for end in ends]
    low, high = int(np.argmin(ends)), int(np.argmax(ends))
    if texts[low] == texts[high]:
        numbers = texts[low]
    elif ends[high] - ends[low] < 0.01 * ends[high]:
        numbers = f"{texts[low]}–{texts[high]}"
    else:
        order = [0, 1] if len(ends) == 2 else [low, high]
        numbers = " – ".join(wording.say(IN, number=texts[n], name=names[n]) for n in order)
    return wording.say(TITLE, offer=offer[:1].upper() + offer[1:], numbers=numbers)
