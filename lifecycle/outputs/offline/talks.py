"""Lessons and talks for one reader alone: each step as HTML, its view, what its charts say, and its question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from lifecycle import charts
from lifecycle.classroom import rehearsal
from lifecycle.course import Course, address
from lifecycle.course.address import State
from lifecycle.course.lessons import talk_of
from lifecycle.course.talks import Step, Talk
from lifecycle.outputs.explanations import Cited
from lifecycle.outputs.offline import asking
from lifecycle.outputs.offline.message import SentStep, SentTalk
from lifecycle.outputs.offline.texts import cited_in


def read_alone(course: Course) -> tuple[Talk, ...]:
    """The lessons, then the talks: all that is read step by step."""
    return (*(talk_of(lesson) for lesson in course.lessons), *course.talks)


def articles(course: Course) -> str:
    """Each of them as an article, with a section for each step; presenter's notes stay out."""
    return "\n".join(_article(course, talk) for talk in read_alone(course))


def _article(course: Course, talk: Talk) -> str:
    cited = cited_in(course, f"talk-{talk.id}")
    steps = "\n".join(_section(course, cited, step, nth) for nth, step in enumerate(talk.steps, 1))
    return (
        f'<article class="talk" data-talk="{escape(talk.id)}"><h2>{escape(talk.title)}</h2>'
        f'<p class="small">{escape(talk.summary)}</p>{steps}{cited.sources()}</article>'
    )


def _section(course: Course, cited: Cited, step: Step, nth: int) -> str:
    points = "".join(f"<li>{cited.html(point, inline=True)}</li>" for point in step.points)
    findings = "".join(
        f"<p class='finding'><b>{escape(name)}</b>: {escape(finding)}</p>" for name, finding in _findings(course, step)
    )
    return (
        f'<section class="talk-step" data-step="{nth}"><h3 tabindex="-1">{escape(step.headline)}</h3>'
        f"{cited.html(step.text)}{f'<ul>{points}</ul>' if points else ''}{findings}</section>"
    )


def _findings(course: Course, step: Step) -> Iterator[tuple[str, str]]:
    """What each chart of a step says; most charts of a talk are drawn by the app alone."""
    names = [name for name in step.drawn if name != "diagram"]
    if not names:
        return
    state, _ = address.turned(State(), step.view, course)
    run = course.day(address.scenario_of(state, course)).simulated()
    about = rehearsal.about(step, course)
    for name in names:
        if name in charts.CHARTS or about.place is not None:
            yield name, charts.for_talk(name, about, run, None).finding


def sent(course: Course) -> list[SentTalk]:
    """What the page's script knows of them: titles, views and questions, the keys to them sealed."""
    lessons = len(course.lessons)
    return [
        {
            "id": talk.id,
            "title": talk.title,
            "lesson": place < lessons,
            "steps": [_step(course, talk, step, nth) for nth, step in enumerate(talk.steps, 1)],
        }
        for place, talk in enumerate(read_alone(course))
    ]


def _step(course: Course, talk: Talk, step: Step, nth: int) -> SentStep:
    message: SentStep = {"view": step.view.removeprefix("?"), "plays": step.plays}
    if step.ask is None:
        return message
    if guess := step.ask.predict:
        salt = f"{talk.id} {nth}"
        try:
            truth = float(f"{rehearsal.truth(guess, course):.6g}")
        except ValueError:  # `check` tells its author
            return message
        message["predict"] = {
            "label": guess.label,
            "unit": guess.unit,
            "low": guess.low,
            "high": guess.high,
            "salt": salt,
            "sealed": asking.seal(json.dumps(truth), salt),
        }
        return message
    known = (*talk.questions, *course.questions)
    question = next((question for question in known if question.id == step.ask.question), None)
    if question:
        message["question"] = asking.one(course, question)
    return message
