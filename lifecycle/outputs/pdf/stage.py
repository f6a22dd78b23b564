"""The hand-out of one place: what the panel explains, and what the present run shows of it."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer, Table

from lifecycle.course import Course, Place
from lifecycle.course.illustrating.illustration import parted
from lifecycle.course.pipeline import Stage, Undercurrent
from lifecycle.outputs.illustrations import spec_of
from lifecycle.outputs.pdf.illustration import on_paper
from lifecycle.outputs.pdf.ink import WIDTH, Styles, heading, line
from lifecycle.outputs.pdf.pages import paper
from lifecycle.outputs.pdf.prose import PaperReferences, phrase, prose
from lifecycle.outputs.pdf.scene import Scene, chart_blocks, figures_row, head, picture, settings_lines, state_line

_HIGHEST = 420.0  # points of the picture of a pipeline that is high rather than wide


def stage_pdf(course: Course, place: Place, scene: Scene) -> bytes:
    """A place, or the whole course's overview, as a PDF: explanation, picture, charts, settings, sources, link."""
    styles, references = Styles(), PaperReferences(course.sources)
    story = head(_over(course, place), place.title, place.summary, scene.link, styles)
    story += _picture(course, scene, styles)
    for section in place.sections:
        story += heading(section.heading, styles.heading)
        for part in parted(section.markdown):
            if isinstance(part, str):
                story += prose(references.marked(part), styles)
            else:
                story.append(on_paper(spec_of(course, part), part.caption, styles))
    story += _acts(course, place, references, styles)
    story += [*heading("The run on these pages", styles.heading), *settings_lines(scene, styles)]
    story += [*figures_row(scene, styles), *chart_blocks(scene.charts, styles), *references.listed(styles)]
    return paper(story, place.title, f"{course.pipeline.title} · {place.title}")


def _over(course: Course, place: Place) -> str:
    """What stands above the title: the course, and what kind of place this is."""
    part = course.pipeline.by_id.get(place.id)
    zones = {zone.id: zone.label for zone in course.pipeline.zones}
    if isinstance(part, Stage):
        kind = zones.get(part.zone, "")
    else:
        kind = "Undercurrent" if isinstance(part, Undercurrent) else ""
    return " · ".join(filter(None, (course.pipeline.title, kind)))


def _picture(course: Course, scene: Scene, styles: Styles) -> list[Flowable]:
    drawn = picture(course.pipeline, scene, most=_HIGHEST)
    if drawn is None:
        return []
    return [drawn, Spacer(1, 3), line(state_line(scene), styles.caption)]


def _acts(course: Course, place: Place, references: PaperReferences, styles: Styles) -> list[Flowable]:
    part = course.pipeline.by_id.get(place.id)
    if not isinstance(part, Undercurrent) or not part.acts:
        return []
    labels = course.pipeline.labels
    rows = [
        [line(labels[act.stage], styles.head_cell), phrase(references.marked(act.text), styles.cell)]
        for act in part.acts
    ]
    look = [("LEFTPADDING", (0, 0), (0, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return [
        *heading("Where it acts", styles.heading),
        Table(rows, colWidths=[106, WIDTH - 106], style=look, hAlign="LEFT", splitInRow=1),
    ]
