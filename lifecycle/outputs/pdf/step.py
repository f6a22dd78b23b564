"""What the hall will see at a step, small: for the presenter, who looks ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.graphics.shapes import Drawing

from lifecycle.course import Course
from lifecycle.course.quizzes.checking import lettered
from lifecycle.course.quizzes.interactions import Choose
from lifecycle.course.quizzes.kinds import asked_as
from lifecycle.course.talks import Talk
from lifecycle.documents import blocks
from lifecycle.outputs.pdf.ink import ACCENT, SOFT, lettering
from lifecycle.outputs.pdf.plotting import plot
from lifecycle.outputs.pdf.scene import Scene, picture
from lifecycle.outputs.pdf.typefaces import BODY, BOLD, width
from lifecycle.outputs.pdf.view import at, ground, svg

WIDE, HIGH = 480.0, 270.0
_SIDE, _HEAD = 14.0, 36.0
_LINE = 15.0
_BESIDE = 3  # lines of words that a step with pictures has room for


def step_svg(course: Course, talk: Talk, index: int, scene: Scene) -> bytes:
    """A step's headline and pictures as an SVG, the pictures side by side; or its words, where it shows no more."""
    step = talk.steps[index]
    page = Drawing(WIDE, HIGH)
    page.add(ground(page))
    page.add(lettering(step.headline, _SIDE, HIGH - 24, 15, font=BOLD, most=WIDE - 2 * _SIDE))
    drawn = "diagram" in step.drawn and bool(scene.svg)
    room = WIDE - 2 * _SIDE
    lines = list(_lines(course, talk, index, room))
    top = HIGH - _HEAD - 12
    if drawn or scene.charts:
        lines = _cut(lines, _BESIDE)
    _write(page, lines, top)
    # the pictures have what the words leave
    high = top - _LINE * len(lines) + 4 - _SIDE / 2
    shown = len(scene.charts[:2]) + drawn
    wide = room / max(1, shown) - 6
    left = _SIDE
    if drawn and (made := picture(course.pipeline, scene, wide, high)) is not None:
        page.add(at(made, left + (wide - made.width) / 2, _SIDE / 2 + (high - made.height) / 2))
        left += wide + 12
    for chart in scene.charts[:2]:
        page.add(lettering(chart.finding, left, _SIDE / 2 + high - 9, 9, font=BOLD, most=wide))
        page.add(at(plot(chart, wide, high - 14), left, _SIDE / 2))
        left += wide + 12
    return svg(page, step.headline)


def _lines(course: Course, talk: Talk, index: int, room: float) -> Iterator[str]:
    """What a step says in words, or asks, in lines that fit."""
    step = talk.steps[index]
    texts = [step.text] if step.drawn else [step.text, *(f"• {point}" for point in step.points)]
    if step.ask is not None:
        question = next(
            (candidate for candidate in (*talk.questions, *course.questions) if candidate.id == step.ask.question), None
        )
        guess = step.ask.predict
        texts.append(f"Asked: {guess.label}" if guess else f"Asked: {question.stem}" if question else "")
        if question and not step.drawn and isinstance(asked_as(question), Choose):
            texts += [f"{letter}: {option.text}" for letter, option in lettered(question, talk.seed(index))]
    for text in texts:
        line = ""
        for word in _plain(text).split():
            longer = f"{line} {word}".strip()
            if line and width(longer, BODY, 12) > room:
                yield line
                longer = word
            line = longer
        if line:
            yield line


def _plain(markdown: str) -> str:
    return " ".join("".join(letter.text for letter in block.letters) for block in blocks(markdown)) or markdown


def _cut(lines: list[str], most: int) -> list[str]:
    """The first lines; where there are more, the last one says so."""
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _write(page: Drawing, lines: Sequence[str], top: float) -> None:
    for nth, text in enumerate(lines):
        if top - nth * _LINE < 8:
            return
        page.add(
            lettering(
                text,
                _SIDE,
                top - nth * _LINE,
                12,
                colour=ACCENT if text.startswith("Asked") else SOFT,
                most=WIDE - 2 * _SIDE,
            )
        )
