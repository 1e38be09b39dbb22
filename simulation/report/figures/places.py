"""Figure of where everybody is after some weeks, beside what is published."""

from __future__ import annotations

from simulation.report.figures.drawing import Album, legend, new_figure
from simulation.results.result import Result


def where_they_are(album: Album, result: Result) -> None:
    """Share in each state: the model with where one trial would fall, the published figure with its binomial interval;
    nothing where a scenario does not ask for it."""
    scenario = result.loaded.scenario
    if not scenario.states_at:
        return
    group = "alle" if len(scenario.arms) > 1 else next(iter(scenario.arms))
    published = {(b.figure.outcome, b.figure.week): b for b in result.beside_published() if b.figure.group == group}
    names = ["benefit", *scenario.exits]
    figure = new_figure(2.2 + 4.6 * len(scenario.states_at), 1.6 + 0.36 * len(names))
    panels = figure.subplots(1, len(scenario.states_at), squeeze=False)[0]
    for panel, week in zip(panels, scenario.states_at, strict=True):
        for y, name in enumerate(reversed(names)):
            e = result.estimate(f"state_{name}", group, week)
            model = {"fmt": "o", "color": "#0072B2", "capsize": 3, "ms": 5}
            printed = {"fmt": "D", "color": "black", "capsize": 3, "ms": 4, "mfc": "white"}
            panel.errorbar(
                100 * e.value, y + 0.13, xerr=[[100 * (e.value - e.trial_low)], [100 * (e.trial_high - e.value)]],
                label="model (bar: one trial of this size, 95 %)" if y == 0 else None, **model,
            )  # fmt: skip
            beside = published.get((f"state_{name}", week))
            if beside is None or beside.figure.figure is None:
                continue
            share, (low, high) = beside.figure.figure, beside.sampling or (beside.figure.figure,) * 2
            panel.errorbar(
                100 * share, y - 0.13, xerr=[[100 * (share - low)], [100 * (high - share)]],
                label="published (bar: binomial, 95 %)" if name == names[0] else None, **printed,
            )  # fmt: skip
        panel.set_yticks(range(len(names)), list(reversed(names)))
        panel.set(title=f"After {week} weeks, {group}", xlabel="% of those who can be seen", xlim=(0, None))
    for panel in panels[1:]:
        panel.tick_params(labelleft=False)
    legend(figure, panels[0])
    height, width = figure.get_figheight(), figure.get_figwidth()
    figure.subplots_adjust(bottom=1.0 / height, left=1.5 / width, right=0.97, top=1 - 0.4 / height, wspace=0.1)
    album.add(
        figure, "states",
        "Where everybody is after some weeks. Circles: mean of the model, with the range in which one trial of this "
        "size would fall, 95 %, were the model true. Diamonds: published figures with their binomial 95 % interval, "
        "where it is known of how many persons they are. Parameter uncertainty is in neither.",
        band="Bars: see the legend",
    )  # fmt: skip
