"""The hand-out of one place: what the panel explains, and what the present run shows of it."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer, Table

from lifecycle.course import Course, Place
from lifecycle.papers.ink import Styles, line
from lifecycle.papers.pages import paper
from lifecycle.papers.prose import References, phrase, prose
from lifecycle.papers.scene import (
    WIDTH,
    Scene,
    chart_blocks,
    figures_row,
    link_code,
    link_line,
    picture,
    settings_lines,
    state_line,
)
from lifecycle.pipeline import Stage, Undercurrent

_CODE = 78.0


def stage_pdf(course: Course, place: Place, scene: Scene) -> bytes:
    """A place, or the whole course's overview, as a PDF: explanation, picture, charts, settings, sources, link."""
    styles, references = Styles(), References(course.sources)
    story: list[Flowable] = [*_head(course, place, scene, styles), *_picture(course, scene, styles)]
    for section in place.sections:
        story += [line(section.heading, styles.heading), *prose(references.marked(section.markdown), styles)]
    story += _acts(course, place, references, styles)
    story += [line("The run on these pages", styles.heading), *settings_lines(scene, styles)]
    story += [*figures_row(scene, styles), *chart_blocks(scene.charts, styles), *references.listed(styles)]
    return paper(story, place.title, f"{course.pipeline.title} · {place.title}")


def _head(course: Course, place: Place, scene: Scene, styles: Styles) -> list[Flowable]:
    here = course.pipeline.by_id.get(place.id)
    zones = {zone.id: zone.label for zone in course.pipeline.zones}
    if isinstance(here, Stage):
        kind = zones.get(here.zone, "")
    else:
        kind = "Undercurrent" if isinstance(here, Undercurrent) else ""
    over = " · ".join(filter(None, (course.pipeline.title, kind)))
    words = [line(over, styles.kicker), line(place.title, styles.title), phrase(place.summary, styles.summary)]
    look = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    head = [[words, link_code(scene.link, _CODE, styles)]]
    table = Table(head, colWidths=[WIDTH - _CODE, _CODE], style=look)
    return [table, link_line(scene.link, styles), Spacer(1, 8)]


def _picture(course: Course, scene: Scene, styles: Styles) -> list[Flowable]:
    drawn = picture(course.pipeline, scene)
    if drawn is None:
        return []
    return [drawn, Spacer(1, 3), line(state_line(scene), styles.caption)]


def _acts(course: Course, place: Place, references: References, styles: Styles) -> list[Flowable]:
    here = course.pipeline.by_id.get(place.id)
    if not isinstance(here, Undercurrent) or not here.acts:
        return []
    labels = {stage.id: stage.label for stage in course.pipeline.stages}
    rows = [
        [line(labels[stage], styles.head_cell), phrase(references.marked(what), styles.cell)]
        for stage, what in here.acts
    ]
    look = [("LEFTPADDING", (0, 0), (0, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return [
        line("Where it acts", styles.heading),
        Table(rows, colWidths=[106, WIDTH - 106], style=look, hAlign="LEFT"),
    ]
