"""A learner's rows are read from the store when they changed, not at every run of the page."""

import os
from pathlib import Path

import pytest

from lifecycle.storage import AnswerRow, Store
from lifecycle.ui import remembered
from lifecycle.ui.session import learner
from tests.ui.troubled_app import answered, opened, sound

pytestmark = pytest.mark.usefixtures("own_folders", "small")


@pytest.fixture
def reads(monkeypatch):
    """How often answers were read, as a list that grows."""
    real, known = Store.answers, []

    def counted(store, *which):
        known.append(which)
        return real(store, *which)

    monkeypatch.setattr(Store, "answers", counted)
    return known


def test_rows_are_read_once_until_the_learner_answers(reads):
    app = opened(stage="store", view="quiz")
    sound(app.run())
    sound(app.run())
    assert len(reads) == 1
    assert sound(answered(app, 1)).error
    assert len(reads) == 2
    sound(app.run())
    assert len(reads) == 2


def test_what_another_program_wrote_is_seen_once_the_rows_are_old(reads, monkeypatch):
    app = opened(stage="store", view="quiz")
    name = reads[0][0]
    question = next(str(each.key) for each in app.radio if str(each.key).startswith("answer-")).removeprefix("answer-")
    Store(Path(os.environ["HEADWATERS_DATA"]) / "headwaters.db").add_answer(
        "elsewhere", name, AnswerRow("store", question, True, "[0]")
    )
    sound(app.run())
    assert len(reads) == 1
    monkeypatch.setattr(learner, "READ_AGAIN_S", 0.0)
    sound(app.run())
    assert len(reads) == 2


def test_two_windows_of_one_learner_see_each_other_s_answers_at_once(reads):
    """Both belong to one server, which knows that something was written."""
    one, two = opened(stage="store", view="quiz"), opened(stage="store", view="quiz")
    shared = remembered.LEARNER.name
    two.session_state[shared] = one.session_state[shared]
    sound(two.run())
    before = len(reads)
    sound(two.run())
    assert len(reads) == before
    sound(answered(one, 1))
    sound(two.run())
    assert reads[-1] == reads[-2] == (one.session_state[shared],)
    assert len(reads) == before + 2
