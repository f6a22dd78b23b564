"""Charts and figures on the page: was and now, the two main charts, one more by choice, and each one's CSV."""

from __future__ import annotations

import html
from collections.abc import Callable, Container, Mapping

import streamlit as st

from lifecycle import charts, words
from lifecycle.charts.effect import effect
from lifecycle.charts.headlines import Headline, beside, change_in_words, worth_telling
from lifecycle.course import Course
from lifecycle.course.day import Day
from lifecycle.course.pipeline import Stage
from lifecycle.course.scenarios import Showing
from lifecycle.outputs import pdf
from lifecycle.ui.components.flips import SentFigure
from lifecycle.ui.components.hall_charts import EXPLORING
from lifecycle.ui.components.prose import plain
from lifecycle.ui.panel import chance, handouts
from lifecycle.ui.session import addressbar, cached, kept, prices, runs

FURTHER = tuple(charts.CHARTS)[len(charts.MAIN) :]
PLOTLY = {"displaylogo": False, "displayModeBar": False, "showTips": False, "responsive": True}


def left_out(*, plain_layer: bool) -> Container[str]:
    """The headlines that the layer leaves to the engineer's."""
    return ("on_the_way", "removed", "twice", "elsewhere") if plain_layer else ()


def comparison(
    course: Course, now: Day, ghost: Day | None, left_out: Container[str] = (), *, helped: bool = True
) -> None:
    """The headline figures: what they are now, and, beside a ghost, what they were; `helped` by a hint each.

    `left_out` are those that the layer, or a lesson so far, does not show, by name; a single one stands alone.
    """
    book = prices.current(course)
    after, before = cached.headline(now, book), cached.headline(ghost, book) if ghost else None
    shown = {name: figure for name, figure in after.items() if name not in left_out}
    if len(shown) > 1:
        with st.container(key="effect"):
            sentences = " ".join(filter(None, (_effect(now, ghost, after, before), _slowest(now))))
            st.markdown(course.marking().mark(sentences))
    with st.container(horizontal=True, key="headline", gap="small"):
        for figure in sent(shown, before):
            with st.container(key=f"figure-{figure['name']}", gap=None):
                about = after[figure["name"]].about if helped else None
                label, change = plain(figure["label"]), figure["change"] or None
                st.metric(label, figure["shown"], change, delta_color="off", delta_arrow="off", help=about)
                st.html(pair(figure))
    if helped:  # where the bars have no names of their own
        st.html('<p class="bars-mean"><i class="before"></i> hollow: before <i class="now"></i> full: now</p>')


def glance(course: Course, now: Day) -> None:
    """The age alone, for where the figures themselves are out of sight; the script of the page writes it, too."""
    age = cached.headline(now, prices.current(course))["freshness"]
    st.html(f'<p class="glance"><span>p95 age</span> <b>{html.escape(age.shown)}</b></p>')


def pair(figure: SentFigure) -> str:
    """Two bars of one scale, the run before's hollow and this one's full; the script of the page fills them, too."""
    widths = [f"{share:.1%}" for share in figure["bars"]]
    rows = "".join(
        f'<span>{word}</span><i class="{word}" style="width: {width}"></i>'
        for word, width in zip(("before", "now"), widths, strict=True)
    )
    compared, is_none = html.escape(figure["compared"]), str(not figure["compared"]).lower()
    return f'<div class="pair" role="img" aria-label="{compared}" aria-hidden="{is_none}">{rows}</div>'


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
    label = plain(now.pipeline.labels[step.station])
    if addressbar.part() is None:  # where a part stands alone there is no panel to lead to
        label = f"[{label}](?stage={step.station}&view=watch)"
    return (
        f"The slowest step is {label}: on average an event spends "
        f"{words.duration(step.spent_s)} there, {step.share:.0%} of the way.".replace("%", f"{words.NO_BREAK}%")
    )


def sent(after: Mapping[str, Headline], before: Mapping[str, Headline] | None) -> list[SentFigure]:
    """The headlines that are worth telling as the page shows them, each with what it was beside a ghost."""
    return [
        _sent(name, now, before[name] if before else None)
        for name, now in after.items()
        if worth_telling(now, before[name] if before else None)
    ]


def _sent(name: str, now: Headline, before: Headline | None) -> SentFigure:
    bars, change, compared = (0.0, 0.0), "", ""
    if before is not None:
        bars, change = beside(before, now), change_in_words(before, now)
        compared = f"before {before.shown}, now {now.shown}"
    return SentFigure(name=name, label=now.label, shown=now.shown, change=change, bars=bars, compared=compared)


def main_charts(now: Day, ghost: Day | None) -> None:
    """The two charts that matter most, side by side."""
    for column, name in zip(st.columns(len(charts.MAIN), vertical_alignment="bottom"), charts.MAIN, strict=True):
        with column:
            _chart(name, charts.spoken(name), cached.chart(name, now, ghost))


def leading_chart(showing: Showing, now: Day, ghost: Day | None, moment_s: float | None = None) -> None:
    """The one chart that leads in this scenario, without what one takes away of it; `moment_s` as in `stage_chart`."""
    name, stage = charts.leading(showing, now.pipeline, now.scenario)
    spoken, place = charts.spoken(name, stage), stage.label if stage else ""
    spec = cached.chart(name, now, ghost, stage, moment_s if name == charts.OF_MOMENT else None)
    # a name of its own: its stage's panel may show the same chart
    _chart("leading", spoken, spec, place=place, taken=False)


def further_chart(course: Course, now: Day, ghost: Day | None) -> None:
    """One more chart, by choice."""
    with st.container(key="further"):
        name = st.segmented_control("More charts", FURTHER, key="chart", default=None)
        if name:
            _chart(name, charts.spoken(name), cached.chart(name, now, ghost))
        with st.container(horizontal=True, vertical_alignment="center"):
            if ghost:
                st.caption("Grey is the run before. Both have the same seed, so what differs is due to your change.")
                chance.button(course, now.scenario, ghost.scenario)
            elif runs.pin_waits(course, addressbar.current(course)[0]):
                st.caption("The pinned run is of another day, so it is not drawn here.")
            kept.button(course)
            handouts.view_buttons(course, ghost.scenario if ghost else None)


def stage_chart(
    name: str, stage: Stage, now: Day, ghost: Day | None, where: str = "", moment_s: float | None = None
) -> None:
    """One of a stage's own charts; `where` it stands, if not in the panel, which may show the same one.

    Which run of a schedule is shown follows the clock, where that stands at a moment (seconds of the day).
    """
    spoken = charts.spoken(name, stage)
    at_s = moment_s if name == charts.OF_MOMENT else None
    _chart(f"{where} {name} {stage.id}".strip(), spoken, cached.chart(name, now, ghost, stage, at_s))


def shown(name: str, spoken: str, spec: charts.ChartSpec) -> None:
    """A chart that belongs to no run: `name` is its key and its file's, `spoken` what it shows, in words."""
    _chart(name, spoken, spec)


def _chart(name: str, spoken: str, spec: charts.ChartSpec, *, place: str = "", taken: bool = True) -> None:
    """A chart with its finding, at a `place` where that is not said around it; with what is to be `taken` away."""
    slug = name.lower().replace(" ", "-")
    with st.container(key=f"chart-{slug}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            finding = f"{place}: {spec.finding[:1].lower()}{spec.finding[1:]}" if place else spec.finding
            st.markdown(f"**{plain(finding)}**", width="stretch")
            if taken:
                about = f"The data of this chart: {spoken}"
                _download("CSV", spoken, lambda: charts.csv(spec.table), slug, "text/csv", about)
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
