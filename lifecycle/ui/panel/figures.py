"""Charts and figures on the page: was and now, the two main charts, one more by choice, and each one's CSV."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

import streamlit as st

from lifecycle import charts, words
from lifecycle.charts.effect import effect
from lifecycle.charts.headlines import Headline, worth_telling
from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.course.pipeline import Stage
from lifecycle.outputs import pdf
from lifecycle.ui.components.flips import SentFigure
from lifecycle.ui.components.hall_charts import EXPLORING
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import chance, handouts
from lifecycle.ui.session import addressbar, cached, kept, prices, runs

FURTHER = tuple(charts.CHARTS)[len(charts.MAIN) :]
# What a chart shows, as its buttons say it to who hears them: "CSV of the flow at Ingestion".
SPOKEN: Mapping[str, str] = {
    "Freshness": "the freshness",
    "Load": "the load",
    "Latency": "the latency",
    "Where the time goes": "where the time goes",
    "Queues": "the queues",
    "Losses": "the losses",
    "Load by stage": "the load by stage",
    "Flow": "the flow",
    "Waiting": "what waits",
    "Users": "how long users wait",
    "Queries": "how long queries take",
    "Views": "how long dashboards take",
    "Given up": "the views given up",
    "Age seen": "the age of what is seen",
    "Reads": "the age of what is read",
}
NO_BREAK = "\u00a0"
PLOTLY = {"displaylogo": False, "displayModeBar": False, "showTips": False, "responsive": True}


def comparison(course: Course, now: Day, ghost: Day | None, left_out: Container[str] = ()) -> None:
    """The headline figures: what they are now, and, beside a ghost, what they were.

    `left_out` are those that a lesson does not reveal yet, by name; a single one that it does stands alone.
    """
    book = prices.current(course)
    after, before = cached.headline(now, book), cached.headline(ghost, book) if ghost else None
    shown = {name: figure for name, figure in after.items() if name not in left_out}
    if len(shown) > 1:
        with st.container(key="effect"):
            sentences = " ".join(filter(None, (_effect(now, ghost, after, before), _slowest(now))))
            st.markdown(course.marking().mark(sentences))
    with st.container(horizontal=True, key="headline", gap="small"):
        for one, change in changes(shown, before):
            st.metric(plain(one.label), one.shown, change, delta_color="off", delta_arrow="off", help=one.about)


def _effect(now: Day, ghost: Day | None, after: Mapping[str, Headline], before: Mapping[str, Headline] | None) -> str:
    """What the change from the run before came to, in a sentence."""
    if ghost is None or before is None:
        return ""
    sentence = effect(now.pipeline, ghost.scenario, now.scenario, before, after)
    return f"**{plain(sentence)}**" if sentence else ""


def _slowest(now: Day) -> str:
    """The stage where most of the way's time goes, as a link to what happens there."""
    step = cached.slowest(now)
    if step is None:
        return ""
    label = plain(next(stage.label for stage in now.pipeline.stages if stage.id == step.station))
    return (
        f"The slowest step is [{label}](?stage={step.station}&view=watch): on average an event spends "
        f"{words.duration(step.spent_s)} there, {step.share:.0%} of its way.".replace("%", f"{NO_BREAK}%")
    )


def changes(after: Mapping[str, Headline], before: Mapping[str, Headline] | None) -> list[tuple[Headline, str | None]]:
    """The headlines that are worth telling, each with what it was beside a ghost, in words; None without one."""
    if before is None:
        return [(figure, None) for figure in after.values() if worth_telling(figure)]
    return [
        (figure, _change(before[name], figure)) for name, figure in after.items() if worth_telling(figure, before[name])
    ]


def sent(after: Mapping[str, Headline], before: Mapping[str, Headline] | None) -> list[SentFigure]:
    """The same for a page that shows them by itself."""
    return [SentFigure(label=one.label, shown=one.shown, change=change or "") for one, change in changes(after, before)]


def _change(old: Headline, new: Headline) -> str:
    changed = words.change(old.value, new.value)
    return changed if old.shown == new.shown else f"was {old.shown} ({changed.replace(' ', NO_BREAK)})"


def main_charts(now: Day, ghost: Day | None) -> None:
    """The two charts that matter most, side by side."""
    for column, name in zip(st.columns(len(charts.MAIN), vertical_alignment="bottom"), charts.MAIN, strict=True):
        with column:
            _chart(name, SPOKEN[name], cached.chart(name, now, ghost))


def further_chart(course: Course, now: Day, ghost: Day | None) -> None:
    """One more chart, by choice."""
    with st.container(key="further"):
        name = st.segmented_control("More charts", FURTHER, key="chart", default=None)
        if name:
            _chart(name, SPOKEN[name], cached.chart(name, now, ghost))
        with st.container(horizontal=True, vertical_alignment="center"):
            if ghost:
                st.caption("The grey is the run before: same seed, so the difference is the change's own.")
                chance.button(course, now.scenario, ghost.scenario)
            elif runs.pin_waits(course, addressbar.current(course)[0]):
                st.caption("The pinned run is of another day, so it is not drawn here.")
            kept.button(course)
            handouts.view_buttons(course, ghost.scenario if ghost else None)


def stage_chart(name: str, stage: Stage, now: Day, ghost: Day | None) -> None:
    """One of a stage's own charts."""
    _chart(f"{name} {stage.id}", f"{SPOKEN[name]} at {stage.label}", cached.chart(name, now, ghost, stage))


def shown(name: str, spoken: str, spec: charts.ChartSpec) -> None:
    """A chart that belongs to no run: `name` is its key and its file's, `spoken` what it shows, in words."""
    _chart(name, spoken, spec)


def _chart(name: str, spoken: str, spec: charts.ChartSpec) -> None:
    slug = name.lower().replace(" ", "-")
    with st.container(key=f"chart-{slug}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"**{plain(spec.finding)}**", width="stretch")
            _download(
                "CSV", spoken, lambda: charts.csv(spec.table), slug, "text/csv", f"The data of this chart: {spoken}"
            )
            about = f"This chart as a picture, {spoken}: vectors, with its finding above it"
            _download("SVG", spoken, lambda: pdf.chart_svg(spec), slug, "image/svg+xml", about)
        figure = cached.plotted(spec, EXPLORING if addressbar.before_a_hall() else 1.0)
        st.plotly_chart(figure, key=f"plot-{slug}", config=PLOTLY, alt=spec.finding)


def _download(kind: str, spoken: str, made: Callable[[], bytes | str], slug: str, mime: str, about: str) -> None:
    """A small button; what tells it from the others of its kind is heard and not seen (see `em` in the style)."""
    ending = kind.lower()
    st.download_button(
        f"{kind} *of {plain(spoken)}*",
        made,
        f"headwaters-{slug}.{ending}",
        mime,
        key=f"{ending}-{slug}",
        type="tertiary",
        on_click="ignore",
        help=about,
    )
