"""What a session holds while the store is away reaches it, once it is back, exactly as it was given."""

from itertools import product
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.storage import AnswerRow, DrillRow, PredictionScore, Store

ME = "0123456789abcdef" * 2
RIGHTS = list(product((False, True), repeat=3))
# No two figures of a row are alike, and each way of being right stands once: what changes places is seen.
GIVEN_DRILLS: list[tuple[Any, ...]] = [(f"{n}-3", 3, *rights, 2, 40 + n) for n, rights in enumerate(RIGHTS)]
GIVEN_ANSWERS: list[dict[str, Any]] = [
    {"place": "lake", "question": "q1", "right": True, "answer": "[0]", "confidence": 70, "variant": "v7"},
    {"place": "desk", "question": "q2", "right": False, "answer": "[1]", "confidence": None, "variant": ""},
]
HELD_DRILLS = [DrillRow(*row) for row in GIVEN_DRILLS]
HELD_ANSWERS = [AnswerRow(**row, at_s=0.0) for row in GIVEN_ANSWERS]


@pytest.fixture
def app(tmp_path, monkeypatch):
    """A page which adds everything once, and shows what the learner has; the store is away at first."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "file" / "data"))
    app = AppTest.from_string(
        "import streamlit as st\n"
        "from lifecycle.storage import AnswerRow, DrillRow, PredictionRow\n"
        "from lifecycle.ui import toasts\n"
        "from lifecycle.ui.session import learner\n"
        "for n, row in enumerate(st.session_state.pop('give-drills', [])):\n"
        "    learner.add_drill(f'drill-{n}', DrillRow(*row))\n"
        "for n, row in enumerate(st.session_state.pop('give-answers', [])):\n"
        "    learner.add_answer(f'answer-{n}', AnswerRow(**row))\n"
        "for n, points in enumerate(st.session_state.pop('give-points', [])):\n"
        "    learner.add_prediction(f'points-{n}', PredictionRow(*points))\n"
        "st.session_state['has'] = learner.drills(), learner.answers(), learner.prediction_score()\n"
        "toasts.show()\n",
        default_timeout=30,
    )
    app.session_state["learner"], app.session_state["learner-stays"] = ME, True
    app.session_state["give-drills"], app.session_state["give-answers"] = GIVEN_DRILLS, GIVEN_ANSWERS
    app.session_state["give-points"] = [(3, 4), (1, 5)]
    app.run()
    assert not app.exception
    return app


def come_back(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    return Store(tmp_path / "data" / "headwaters.db")


def untimed(rows):
    return [type(row)(**{**vars(row), "at_s": 0.0}) for row in rows]


def test_while_the_store_is_away_the_session_has_it_all_as_it_was_given(app):
    drills, answers, score = app.session_state["has"]
    assert (list(drills), list(answers), score) == (HELD_DRILLS, HELD_ANSWERS, PredictionScore(4, 9, 2))
    assert len(app.toast) == 1
    assert "for this visit only" in app.toast[0].value


def test_what_was_held_is_saved_as_it_was_given_and_held_no_more(app, tmp_path, monkeypatch):
    store = come_back(tmp_path, monkeypatch)
    app.run()
    assert untimed(store.drills(ME)) == HELD_DRILLS
    assert untimed(store.answers(ME)) == HELD_ANSWERS
    assert store.prediction_score(ME) == PredictionScore(4, 9, 2)
    drills, answers, score = app.session_state["has"]
    assert (drills, answers, score) == (store.drills(ME), store.answers(ME), store.prediction_score(ME))
    app.run()  # and not once more
    assert app.session_state["has"] == (drills, answers, score)


def test_a_store_that_goes_away_again_leaves_what_was_last_read(app, tmp_path, monkeypatch):
    come_back(tmp_path, monkeypatch)
    has = app.run().session_state["has"]
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "file" / "data"))
    assert app.run().session_state["has"] == has
