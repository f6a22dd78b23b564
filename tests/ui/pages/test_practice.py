"""The Practice page: a review from end to end, the placement, where one stands, and the certificate."""

import io
import json
import time
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.course import load
from lifecycle.learning.mastery import PLACEMENT, certificate, masteries, memories
from lifecycle.outputs.pdf import certificate_pdf
from lifecycle.storage import AnswerRow, Store
from tests.support.kinds_course import kinds_course
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[3]
ME = "0123456789abcdef" * 2
DAY_S = 86_400.0
COURSE = load(ROOT / "content")


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    return Store(tmp_path / "data" / "headwaters.db")


def kept(store, question, right=True, days_ago=0.0, place="lake", confidence=None):
    then = Store(store.where, now=lambda: time.time() - days_ago * DAY_S)
    name = f"{question}-{days_ago}-{right}"
    then.add_answer(name, ME, AnswerRow(place, question, right, "[0]", confidence=confidence))


def opened(page="practice", **state):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in {"learner": ME, "learner-stays": True, **state}.items():
        app.session_state[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def press(app, label):
    next(button for button in app.button if button.label.startswith(label)).click().run()
    assert not app.exception
    return app


def words(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption, *app.success])


def labels(app):
    return [button.label for button in app.button]


def answer_any(app):
    """Give some answer, right or wrong, to the question on screen."""
    for radio in app.radio:
        radio.set_value(radio.options and 0)
    for box in app.checkbox[:1]:
        box.check()
    for text in app.text_input:
        text.set_value("something")
    for select in app.selectbox:
        if select.value is None and select.options:
            select.select_index(0)
    return press(app, "Check")


def test_whoever_has_answered_nothing_is_told_where_to_begin(store):
    app = opened()
    assert "Nothing answered yet" in words(app)
    assert "Learn something new (10 questions)" in labels(app)


def test_a_review_asks_what_is_due_one_after_the_other_and_then_says_how_it_went(store):
    due = [question.id for question in COURSE.questions if question.kind == "single" and not question.computed][:3]
    for question in due:
        kept(store, question, days_ago=30)
    app = opened()
    assert "3 questions to review" in words(app)
    app = press(app, "Review now")
    seen = set()
    for nth in range(3):
        review = app.session_state["review"]
        seen.add(review["ids"][review["at"]])
        assert app.radio  # to be answered anew, though it was answered before
        app = answer_any(app)
        assert {each.value for each in (*app.success, *app.error)} & {"Right.", "Not yet."}
        app = press(app, "Finish" if nth == 2 else "Next")
    assert seen == set(due)
    assert "of 3 right." in words(app)
    assert len(store.answers(ME)) == 6
    app = press(app, "Go on")
    assert "to review" not in words(app) or "Nothing to review" in words(app)


def test_a_review_can_be_stopped_and_nothing_answered_is_lost(store):
    app = press(opened(), "Learn something new")
    app = press(app, "Now the question")
    app = answer_any(app)
    app = press(app, "Stop")
    assert len(store.answers(ME)) == 1
    assert "Nothing to review" in words(app)
    assert "comes back in" in words(app)


def test_what_is_new_begins_with_a_reading_once_for_each_place(store):
    app = press(opened(), "Learn something new")
    read = []
    for _ in range(10):
        on = app.session_state["review"]
        question = next(each for each in COURSE.questions if each.id == on["ids"][on["at"]])
        if "Now the question" in labels(app):
            place = not_none(COURSE.places.get(question.place) or COURSE.overview)
            assert not app.radio
            assert not app.text_input
            assert "Check" not in labels(app)
            assert f"### {place.title}" in words(app)
            assert place.sections[0].markdown.split()[0] in words(app)
            assert "Read on beside the diagram" in [each.proto.label for each in app.get("page_link")]
            read.append(question.place)
            app = press(app, "Now the question")
        assert question.place in read
        app = answer_any(app)
        app = press(app, "Finish" if on["at"] == 9 else "Next")
    assert len(read) == len(set(read)) > 1
    assert "of 10 right." in words(app)


def test_a_review_of_what_was_answered_asks_at_once(store):
    kept(store, next(each.id for each in COURSE.questions if each.kind == "single"), days_ago=30)
    assert "Now the question" not in labels(press(opened(), "Review now"))


def test_a_course_edited_while_a_review_is_on_ends_it_without_a_fault(store):
    app = opened(review={"ids": ["gone"], "at": 0, "rows": 0})
    assert "Nothing answered yet" in words(app)


def test_an_idea_goes_from_new_to_known_and_says_when_it_comes_back(store):
    asked = [question.id for question in COURSE.questions if question.idea == "retention"]
    kept(store, asked[0])
    table = opened().dataframe[0].value.set_index("Idea")
    assert table.loc["Retention", "State"] == "◔ learning"
    assert table.loc["Retention", "Right"] == "1 of 3"
    for question in asked[1:]:
        kept(store, question)
    app = opened()
    table = app.dataframe[0].value.set_index("Idea")
    assert table.loc["Retention", "State"] == "● known"
    assert table.loc["Retention", "Back"].startswith("in ")
    assert f"1 of {len(COURSE.ideas)} ideas known" in app.get("progress")[0].proto.text


def test_the_placement_asks_without_telling_and_ends(store):
    app = press(opened(**{"practice-part": "Placement"}), "Begin")
    for _ in range(20):
        if not any(label == "Check" for label in labels(app)):
            break
        app = answer_any(app)
        assert not {each.value for each in (*app.success, *app.error)} & {"Right.", "Not yet."}
    assert "The placement is over" in words(app)
    rows = store.answers(ME)
    assert {row.place for row in rows} == {PLACEMENT}
    assert 8 <= len(rows) <= 20
    assert len({row.question for row in rows}) == len(rows)


def test_confidence_is_asked_now_and_then_and_kept(store):
    asked = 0
    for question in [each for each in COURSE.places["buffer"].questions if each.kind == "single" and not each.computed]:
        n = COURSE.places["buffer"].questions.index(question)
        app = opened(**{"practice-part": "By place", "practice-place": "buffer", "question-of-buffer": n})
        for sure in [each for each in app.segmented_control if each.label == "How sure are you?"]:
            asked += 1
            sure.set_value(75)
        answer_any(app)
    told = [row.confidence for row in store.answers(ME)]
    assert told.count(75) == asked
    assert told.count(None) == len(told) - asked


def test_calibration_is_shown_once_there_is_enough_to_say_anything(store):
    assert "10 more answers" in words(opened(**{"practice-part": "About me"}))
    for n, question in enumerate(COURSE.questions[:12]):
        kept(store, question.id, right=n % 2 == 0, confidence=95)
    app = opened(**{"practice-part": "About me"})
    assert "surer than right" in words(app)
    assert "Brier score 0.45" in words(app)


def test_the_certificate_says_exactly_what_is_missing(store):
    app = opened("certificate")
    table = app.dataframe[0].value
    assert len(table) == len(COURSE.ideas)
    assert "PDF" not in [each.proto.label for each in app.get("download_button")]


def test_the_certificate_is_there_when_every_idea_is_known_and_stands_in_the_name_typed(store):
    for question in COURSE.questions:
        kept(store, question.id)
    app = opened("certificate")
    app.text_input[0].set_value("Ada *Lovelace*").run()
    assert not app.exception
    assert "Ada \\*Lovelace\\*" in words(app)
    assert "PDF" in [each.proto.label for each in app.get("download_button")]
    assert "unproctored" in words(app)
    assert "Ada" not in json.dumps(store.export(ME))


@pytest.mark.parametrize("name", ["Ada Lovelace", "Zoë <b>&amp;", "名前", "x" * 80, ""])
def test_the_certificate_as_a_pdf_is_one_page_whatever_the_name(name):
    now = time.time()
    found = masteries(COURSE.ideas, COURSE.questions, memories([], now))
    pdf = certificate_pdf(certificate(found, []), COURSE.pipeline.title, name, date(2026, 11, 24))
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") == 1
    assert io.BytesIO(pdf).read()[-6:].strip() == b"%%EOF"


def test_a_course_without_ideas_has_nothing_to_certify_and_says_so(store, tmp_path, monkeypatch):
    folder = kinds_course(tmp_path / "course")
    for name in ("ideas.yaml", "quizzes/store.md"):
        (folder / name).unlink()
    monkeypatch.setenv("HEADWATERS_CONTENT", str(folder))
    assert any("names no ideas" in each.value for each in opened("certificate").info)


def test_an_optional_track_takes_part_once_it_is_chosen(store):
    def ideas(app):
        return app.dataframe[0].value

    optional = [question for question in COURSE.questions if question.track]
    for question in COURSE.questions:
        if question.idea == "queueing" and not question.track:
            kept(store, question.id, place=question.place)
    app = opened()
    row = list(ideas(app)["Idea"]).index(next(idea.label for idea in COURSE.ideas if idea.id == "queueing"))
    assert ideas(app)["State"][row] == "● known"
    kept(store, next(question.id for question in optional if question.idea == "queueing"), right=False)
    app = opened()
    assert ideas(app)["State"][row] == "● known"
    app = opened(tracks=("queueing",))
    assert ideas(app)["State"][row] == "◔ learning"


def test_the_optional_track_is_chosen_on_the_page_and_stays_for_the_session(store):
    app = opened()
    pills = app.button_group(key="tracks-shown")
    assert pills.options == ["Queueing"]
    pills.set_value(["queueing"]).run()
    assert not app.exception
    assert app.session_state["tracks"] == ("queueing",)
    app.switch_page("pages/certificate.py").run()
    app.switch_page("pages/practice.py").run()
    assert app.button_group(key="tracks-shown").value == ["queueing"]
