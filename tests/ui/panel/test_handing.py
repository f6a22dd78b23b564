"""A link for learners: what a teacher leaves out is not on the page, and what is meant is."""

from __future__ import annotations

import pytest

from lifecycle.course import address
from tests.ui.explorer_app import opened


def controls(app):
    keys = ("scenario", "start", "size", "transform", "predict-first")
    kinds = [*app.selectbox, *app.segmented_control, *app.toggle]
    return {each.key for each in kinds if each.key in keys}


def test_without_a_word_everything_is_there():
    app = opened()
    assert controls(app) == {"scenario", "start", "size", "transform", "predict-first"}
    assert "More" in [button.label for button in app.button]
    assert [tab.label for tab in app.tabs][:3] == ["Explain", "Watch", "Quiz"]
    assert app.metric


def test_what_is_hidden_is_gone_and_the_rest_still_turns():
    app = opened(hide="scenario,transform,predict,more,quiz,charts", stage="buffer", view="quiz")
    assert controls(app) == {"start", "size"}
    assert "More" not in [button.label for button in app.button]
    assert [tab.label for tab in app.tabs][:2] == ["Explain", "Watch"]
    assert not app.metric
    app.segmented_control(key="start").set_value("push").run()
    assert app.query_params["start"] == "push"
    assert app.query_params["hide"] == "scenario,transform,predict,more,quiz,charts"
    assert not app.exception


def test_words_that_hide_nothing_cost_none_of_those_that_do():
    app = opened(hide="moon,scenario,diagram,more,,<b>,charts", stage="buffer")
    assert controls(app) == {"start", "size", "transform", "predict-first"}
    assert "More" not in [button.label for button in app.button]
    assert not app.metric
    (told,) = app.warning
    assert [line.partition(",")[0] for line in told.value.splitlines()] == [
        "Left out of the link:",
        "- “hide” with “moon”",
        "- “hide” with “diagram”",
        "- “hide” with “·b·”",
    ]


@pytest.mark.parametrize("part", address.HIDEABLE)
def test_every_part_can_be_hidden_alone(part):
    app = opened(hide=part, stage="ingestion", view="watch")
    assert not app.exception
    assert not app.warning


def test_the_link_is_made_where_everything_else_is_turned():
    app = opened(start="push")
    next(button for button in app.button if button.label == "More").click().run()
    assert app.multiselect(key="hand-out-hides").options == list(address.HIDEABLE.values())
    assert app.code[0].value.endswith("/?start=push")
