"""The hand-out of a talk: what the hall saw, step by step, each with the link to try it; with the notes or without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Spacer, Table

from lifecycle.course import Course
from lifecycle.course.quizzes.checking import SEVERAL, lettered
from lifecycle.course.quizzes.interactions import Choose, Point
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.quizzes.questions import Question
from lifecycle.course.sources import without
from lifecycle.course.talks import Prediction, Step, Talk
from lifecycle.outputs.pdf.ink import GROUND, RULE, WIDTH, Styles, bookmark, line
from lifecycle.outputs.pdf.pages import paper
from lifecycle.outputs.pdf.prose import PaperReferences, phrase, prose
from lifecycle.outputs.pdf.scene import Scene, chart_block, head, link_code, link_line, picture
from lifecycle.words import duration, number

_CODE = 54.0
_PICTURE, _CHART = 186.0, 96.0


def talk_pdf(
    course: Course, talk: Talk, scenes: Sequence[Scene], link: str, *, notes: bool = False, truths: Sequence[str] = ()
) -> bytes:
    """The talk as a PDF. `scenes` has one for each step, `link` opens the talk; `notes` adds the presenter's.

    `truths` says for each step which number is right, or was simulated; "" where none is.
    """
    styles, references = Styles(), PaperReferences(course.sources)
    variant = "For the presenter, with the notes" if notes else "To take away"
    named = f"{talk.title}: {'with notes' if notes else 'hand-out'}"
    over = " · ".join((course.pipeline.title, f"{duration(60 * talk.minutes)}, {len(talk.steps)} steps", variant))
    story: list[Flowable] = head(over, talk.title, talk.summary, link, styles)
    for index, scene in enumerate(scenes):
        rule = HRFlowable(width="100%", color=RULE, thickness=0.8, spaceBefore=8, spaceAfter=8)
        first, *more = _blocks(course, talk, index, scene, references, styles, notes, truths[index] if truths else "")
        story += [KeepTogether([rule, *first]), *map(KeepTogether, more)]
    story += references.listed(styles)
    return paper(story, named, f"{course.pipeline.title} · {named}")


def _blocks(
    course: Course,
    talk: Talk,
    index: int,
    scene: Scene,
    references: PaperReferences,
    styles: Styles,
    notes: bool,
    truth: str,
) -> Iterator[list[Flowable]]:
    """What no page's end parts: a step with its pictures, the question where it would be too much, and the notes."""
    step = talk.steps[index]
    seen = [*_words(talk, index, scene, references, styles, notes), *_pictures(course, step, scene, styles)]
    question = list(_ask(course, talk, index, styles, notes, truth))
    remarks = _notes(step, references, styles) if notes and step.notes else []
    if step.drawn:
        yield from filter(None, (seen, question, remarks))
    else:
        yield [*seen, *question, *remarks]


def _words(
    talk: Talk, index: int, scene: Scene, references: PaperReferences, styles: Styles, notes: bool
) -> list[Flowable]:
    """A step's headline and words, with the code of its view beside them."""
    step = talk.steps[index]
    when = f" · {number(step.minutes)} min, from {number(talk.planned_s(index) / 60)} min on" if notes else ""
    words: list[Flowable] = [
        line(f"Step {index + 1} of {len(talk.steps)}{when}", styles.kicker),
        bookmark(step.headline, styles.step),
        *prose(references.marked(step.text), styles, styles.large),
    ]
    if step.points:
        words += prose(references.marked("\n".join(f"- {point}" for point in step.points)), styles)
    look = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    code = link_code(scene.link, _CODE, styles)
    return [Table([[words, code]], colWidths=[WIDTH - _CODE, _CODE], style=look)]


def _pictures(course: Course, step: Step, scene: Scene, styles: Styles) -> Iterator[Flowable]:
    """The diagram with the way to it, the panel's sentence, and the charts."""
    drawn = picture(course.pipeline, scene, most=_PICTURE) if "diagram" in step.drawn else None
    if drawn is not None:
        yield from (Spacer(1, 4), drawn)
    if scene.link:  # where there is none, the head has said so
        yield from (Spacer(1, 3), *link_line(scene.link, styles, "Try it: "))
    if "panel" in step.show and scene.marked and scene.marked in course.places:
        place = course.places[scene.marked]
        yield line(place.title, styles.minor)
        yield phrase(without(place.summary), styles.body)
    for chart in scene.charts:
        yield from chart_block(chart, styles, _CHART)


def _ask(course: Course, talk: Talk, index: int, styles: Styles, notes: bool, truth: str) -> Iterator[Flowable]:
    step = talk.steps[index]
    if step.ask is None:
        return
    yield line("Asked", styles.minor)
    if step.ask.predict is not None:
        yield line(_prediction(step.ask.predict), styles.body)
        if notes and truth:
            yield line(f"✓ {truth}", styles.option)
    question = next(
        (candidate for candidate in (*talk.questions, *course.questions) if candidate.id == step.ask.question), None
    )
    if question is not None:
        yield from _question(course, question, talk.seed(index), styles, notes)


def _prediction(prediction: Prediction) -> str:
    return (
        f"{prediction.label}: a guess between {number(prediction.low)} and {number(prediction.high)} {prediction.unit}"
    )


def _question(course: Course, question: Question, seed: str, styles: Styles, notes: bool) -> Iterator[Flowable]:
    """The question with its options; which are right stands on the presenter's paper alone."""
    yield from prose(without(question.with_gaps(r"\_\_\_\_")), styles)
    interaction = asked_as(question)
    if isinstance(interaction, Choose):
        if interaction.several:
            yield line(SEVERAL, styles.option)
        for letter, option in lettered(question, seed):
            sign = "✓ " if notes and option.right else ""
            yield phrase(f"**{letter}** {sign}{without(option.text)}", styles.option)
        return
    labels = {place: course.pipeline.by_id[place].label for place in course.pipeline.places}
    if isinstance(interaction, Point):
        flows = any("->" in option.text for option in interaction.options)
        places = " · ".join(_flows(course, labels) if flows else labels.values())
        yield line(f"Point at a {'flow' if flows else 'place'} of the diagram: {places}", styles.option)
    if notes:
        right = question.answers
        if isinstance(interaction, Point):
            right = tuple(" → ".join(labels[end] for end in id.split("->")) for id in interaction.right)
        yield line(f"✓ {', '.join(right)}", styles.option)


def _flows(course: Course, labels: Mapping[str, str]) -> list[str]:
    return [f"{labels[flow.source]} → {labels[flow.target]}" for flow in course.pipeline.flows]


def _notes(step: Step, references: PaperReferences, styles: Styles) -> list[Flowable]:
    made = prose(references.marked(step.notes), styles, styles.notes)
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), GROUND),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 10),
        ("TOPPADDING", (0, 0), (-1, 0), 7),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 4),
    ]
    # a row a paragraph: notes longer than a page go on on the next, and the heading is not alone on this one
    rows = [[[line("Notes", styles.kicker), *made[:1]]], *([paragraph] for paragraph in made[1:])]
    return [Spacer(1, 6), Table(rows, colWidths=[WIDTH], style=look, splitInRow=1)]
