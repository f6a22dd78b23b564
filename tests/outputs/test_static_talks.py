"""Talks in the offline copy."""

import base64
import json
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from lifecycle.classroom import rehearsal
from lifecycle.course import address, load
from lifecycle.course.talks import Step, Talk
from lifecycle.outputs.offline import asking, days, talks
from lifecycle.simulation.model.scenario import SWITCHES

ROOT = Path(__file__).resolve().parents[2]
OURS = load(ROOT / "content")
NASTY = "</script><img src=x onerror=alert(1)>"


def test_the_copy_holds_every_talk_with_its_questions_and_without_the_presenters_notes():
    days_kept = tuple(named for named in OURS.scenarios if named.id == "normal-day")
    ours = replace(OURS, scenarios=days_kept, lessons=(), talks=tuple(t for t in OURS.talks if t.id == "push-or-pull"))
    (talk,) = ours.talks
    html = talks.articles(ours)
    (told,) = talks.sent(ours)
    assert html.count('class="talk-step"') == len(talk.steps) == len(told["steps"])
    for step, known in zip(talk.steps, told["steps"], strict=True):
        assert escape(step.headline) in html
        assert known["view"] == step.view.removeprefix("?")
        assert ("question" in known, "predict" in known) == (
            bool(step.ask and step.ask.question),
            bool(step.ask and step.ask.predict),
        )
        assert step.notes[:60] not in html
    guess = next(known["predict"] for known in told["steps"] if "predict" in known)
    sealed = asking.veiled(base64.b64decode(guess["sealed"]), guess["salt"])
    truth = rehearsal.truth(next(step.ask.predict for step in talk.steps if step.ask and step.ask.predict), ours)
    assert json.loads(sealed) == pytest.approx(truth, rel=1e-5)


def test_every_view_of_a_talk_that_turns_more_than_switches_has_its_run():
    held = days.wanted(OURS)
    for step in (step for talk in talks.read_alone(OURS) for step in talk.steps):
        given = dict(parse_qsl(step.view.removeprefix("?")))
        further = "&".join(f"{name}={given[name]}" for name in days.FURTHER if name in given)
        switches = {name: given.get(name, str(getattr(address.State(), name))) for name in SWITCHES}
        assert days.key(switches, further) in held[given.get("scenario", OURS.default.id)]


def test_what_an_author_wrote_in_a_talk_becomes_no_markup():
    talk = Talk("t", NASTY, NASTY, 1, steps=(Step(NASTY, text=NASTY, points=(NASTY,)),))
    assert "<img" not in talks.articles(replace(OURS, lessons=(), talks=(talk,)))


def test_lessons_come_before_the_talks_each_with_its_steps_and_questions():
    ours = replace(OURS, lessons=OURS.lessons[:2])
    sent = talks.sent(ours)
    assert [(each["id"], each["lesson"]) for each in sent] == [
        *((f"lesson-{lesson.id}", True) for lesson in ours.lessons),
        *((talk.id, False) for talk in ours.talks),
    ]
    lesson, told = ours.lessons[1], sent[1]
    assert len(told["steps"]) == len(lesson.steps)
    assert all("question" in step for step in told["steps"][-3:])
    assert f'data-talk="lesson-{lesson.id}"' in talks.articles(ours)
    assert ours.lessons[1].steps[0].headline in talks.articles(ours)
