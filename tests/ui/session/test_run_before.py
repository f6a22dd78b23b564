"""The sentence on a change tells of changes that somebody made, never of a jump to other settings."""

from __future__ import annotations

import re

import pytest

from lifecycle.course import load
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.ui import remembered
from lifecycle.ui.present import presenting
from tests.ui.explorer_app import ROOT, opened

COURSE = load(ROOT / "content")
TALK = COURSE.talks[0]
PUSHING = next(n for n, step in enumerate(TALK.steps, 1) if "start=push" in step.view)


def told(app) -> str:
    """What the page says of a change, "" for nothing."""
    assert not app.exception
    sentences = (each.value for each in app.markdown if " the bill from " in each.value or " same bill " in each.value)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(sentences))


def at(app, page="pages/explore.py", **query):
    """The same visitor at another address."""
    app.switch_page(page)
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


@pytest.fixture
def changed():
    """The explorer after a switch was turned, and then another one."""
    app = opened(seed="1")
    app.segmented_control(key="size").set_value(Size.STREAM).run()
    app.segmented_control(key="start").set_value(Start.PUSH).run()
    assert "Pushing" in told(app)
    return app


@pytest.mark.parametrize("back", [{"seed": "1"}, {"start": "push", "size": "stream"}], ids=["default", "as left"])
def test_after_a_talk_nothing_is_said_of_the_day_before_it(changed, back):
    at(changed, "pages/present.py", talk=TALK.id, step="2")
    at(changed, "pages/present.py")
    assert told(at(changed, **back)) == ""


def test_where_a_talk_explores_the_change_made_there_is_told_and_forgotten_when_it_is_left(changed):
    view = presenting.settings(TALK.steps[PUSHING - 1].view, COURSE)
    free = {"talk": TALK.id, "free": "1"}
    assert told(at(changed, "pages/present.py", **free, step=str(PUSHING), **view)) == ""
    changed.segmented_control(key="transform").set_value(Size.STREAM).run()
    assert "Transforming as a stream" in told(changed)
    assert told(at(changed, "pages/present.py", **free, step="1")) == "", "of another step"
    changed.segmented_control(key="size").set_value(Size.STREAM).run()
    assert "Streaming" in told(changed)
    assert told(at(changed, seed="1")) == "", "of no talk"


def test_a_lesson_that_goes_on_compares_with_nothing_of_its_own_doing_and_keeps_what_the_learner_did(changed):
    led = {"lesson": "slowest-timetable", "free": "1"}

    def ghost(**query) -> bool:
        """Whether the charts of a step have a run before."""
        return at(changed, **led, **query).session_state[remembered.SCENE.name].before is not None

    assert not ghost(step="4", start="push")
    assert ghost(step="4", start="push", size="stream")
    assert ghost(step="5", start="push", size="stream")
    assert not ghost(step="4", start="push")


def test_back_to_the_defaults_is_no_change(changed):
    changed.button(key="more").click().run()
    next(each for each in changed.button if each.label == "Back to the defaults").click().run()
    assert "start" not in changed.query_params
    assert told(changed) == ""
