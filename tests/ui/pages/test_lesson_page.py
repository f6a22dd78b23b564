"""The opening and lessons on the page: led, skipped, left, resumed, and opened again at the same place."""

from pathlib import Path

import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.storage import AnswerRow, LessonRow, Store
from lifecycle.ui import remembered
from lifecycle.ui.panel import quiz
from tests.support.narrow import not_none
from tests.ui.explorer_app import metric, panel
from tests.ui.pages.lesson_app import (
    ME,
    address_of,
    at,
    headline,
    labels,
    lesson_course,
    press,
    sound,
    switches,
    turned,
    visited,
)

COURSE = load(SHIPPED)
OPENING = not_none(COURSE.lesson("opening"))
pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture
def store(tmp_path):
    return Store(Path(tmp_path / "data" / "headwaters.db"))


def test_a_first_visit_without_parameters_begins_with_the_opening_and_reveals_nothing_yet():
    app = visited()
    assert at(app) == ("opening", "1")
    assert headline(app) == "You press Buy at 20:59:12"
    assert sorted(app.radio[0].options) == ["After an hour", "After five minutes", "After one second"]
    assert switches(app) == []
    assert not app.metric
    assert not app.get("plotly_chart")
    assert not {"More", "Break it"} & set(labels(app))
    assert panel(app) == {}
    assert {"Next", "Skip to the whole machine"} <= set(labels(app))


def test_the_first_question_asks_for_an_answer_and_nothing_more(monkeypatch):
    monkeypatch.setattr(quiz, "CONFIDENCE_EVERY", 1)
    assert not visited().segmented_control
    assert "How sure are you?" in [one.label for one in visited(stage="lake", view="quiz").segmented_control]


@pytest.mark.parametrize("query", [{"seed": "1"}, {"stage": "lake"}, {"moment": "43200"}, {"utm_source": "mail"}])
def test_an_address_with_any_parameter_opens_the_whole_machine(query):
    app = visited(**query)
    assert "lesson" not in app.query_params
    assert len(app.metric) == 7
    assert "Skip to the whole machine" not in labels(app)


def test_each_step_of_the_opening_is_done_by_what_it_asks_and_reveals_one_control_more(store):
    app = visited()
    app.radio[0].set_value(2)
    press(app, "Check")
    press(app, "Next")
    assert at(app) == ("opening", "2")
    press(app, "Next")
    assert switches(app) == ["How much at a time"]
    assert not app.success
    app = turned(app, size="stream")
    assert "Look at what changed" in app.success[0].value
    press(app, "Next")
    assert switches(app) == ["How much at a time", "Transformation"]
    assert address_of(app)["knobs"] == "transform.interval_s:3600"
    app = turned(app, transform="stream")
    assert app.success
    press(app, "Next")
    assert at(app) == ("opening", "5")
    assert next(each for each in app.expander if each.label == "Break it").proto.expanded
    press(app, "Break it")
    assert "Nicely broken" in app.success[0].value
    assert address_of(app)["faults"].startswith("down.ingestion:")
    press(app, "Next")
    assert [each.label for each in app.metric] == ["Cost a day"]
    press(app, "To the whole machine")
    assert address_of(app) == {}
    assert len(app.metric) == 7
    assert "These" not in " ".join(each.value for each in app.markdown)  # the lesson's day is no ghost of this one
    assert {row.step for row in store.lessons(ME) if row.done} == {0, 2, 3, 4, 5}
    assert [row.place for row in store.answers(ME)] == ["lessons/opening"]


def test_the_whole_machine_is_one_press_away_and_the_place_is_offered_at_the_next_visit(store):
    app = visited()
    press(app, "Next")
    press(app, "Next")
    press(app, "Skip to the whole machine")
    assert address_of(app) == {}
    assert len(app.metric) == 7
    assert "Go on" not in labels(app)  # who has just left is not called back
    app = visited()
    assert "lesson" not in app.query_params
    assert len(app.metric) == 7
    assert "You were at step 3 of 6 of “You press Buy”." in [each.value for each in app.markdown]
    press(app, "Go on")
    assert at(app) == ("opening", "3")
    assert headline(app) == OPENING.steps[2].headline
    assert "Not now" not in labels(app)


def test_who_does_not_want_to_go_on_is_not_asked_again(store):
    store.add_lesson("l", ME, LessonRow("opening", 1, True))
    app = press(visited(), "Not now")
    assert "Go on" not in labels(app)
    assert "Go on" not in labels(turned(app, size="stream"))


def test_who_has_learned_here_before_sees_the_machine(store):
    store.add_answer("a", ME, AnswerRow("lake", "lake-1", True, "[0]"))
    app = visited()
    assert "lesson" not in app.query_params
    assert "Go on" not in labels(app)
    assert at(visited(learner="f" * 32)) == ("opening", "1")


def test_in_one_session_the_front_page_begins_with_the_opening_once():
    app = visited()
    app.query_params.clear()
    app = sound(app.run())
    assert "lesson" not in app.query_params
    assert len(app.metric) == 7


def test_a_choice_of_a_stage_leaves_the_opening_for_the_machine_at_that_stage(store):
    app = visited()
    app.selectbox(key="stage").set_value("lake")
    app = sound(app.run())
    assert address_of(app) == {"stage": "lake"}
    assert panel(app)["title"]["content"] == COURSE.places["lake"].title
    assert [(row.step, row.done) for row in store.lessons(ME)] == [(0, False)]


def test_a_reload_of_a_steps_address_loses_nothing():
    app = turned(press(visited(lesson="opening", step="2"), "Next"), size="stream")
    again = visited(learner="e" * 32, **address_of(app))
    assert (at(again), headline(again)) == (("opening", "3"), OPENING.steps[2].headline)
    assert address_of(again) == address_of(app)
    assert again.success


def test_settings_that_the_learner_took_back_stay_so_after_a_reload():
    """A step's own settings come with a link that has none, and not in place of what the learner made of them."""
    app = visited(lesson="opening", step="4")
    assert address_of(app)["size"] == "stream"
    app.query_params.pop("size")
    app = sound(app.run())
    assert "size" not in address_of(visited(**address_of(app)))


def test_a_step_beyond_the_last_is_the_last_and_an_unknown_lesson_is_none():
    assert headline(visited(lesson="opening", step="99")) == OPENING.steps[-1].headline
    assert headline(visited(lesson="opening", step="x")) == OPENING.steps[0].headline
    app = visited("lessons", lesson="nobody")
    assert headline(app) == "Lessons"
    assert app.warning[0].value == "There is no lesson “nobody” here. Choose one below."


def test_a_step_that_compares_stands_beside_the_run_it_names_whatever_was_on_screen_last():
    """The opening ends with the bill beside the hourly jobs', opened by a link and after a broken day."""
    opened_there = visited(lesson="opening", step="6")
    walked = press(turned(visited(lesson="opening", step="5"), faults="down.ingestion:36000-39600"), "Next")
    for app in (opened_there, walked):
        (bill,) = app.metric
        assert (bill.label, bill.value) == ("Cost a day", "105.10 USD")
        assert bill.delta.startswith("was 55.27 USD")


def test_back_leads_back_to_a_step_that_stays_done():
    app = turned(visited(lesson="opening", step="3"), size="stream")
    press(app, "Next")
    press(app, "Back")
    assert at(app) == ("opening", "3")
    assert "size" not in address_of(app)
    assert app.success


def test_a_moment_that_the_clock_came_to_completes_its_step():
    app = visited(lesson="opening", step="2")
    assert not app.success
    app.session_state[remembered.LESSON_MOMENT.name] = ("opening", 0, 80_000.0)
    assert not sound(app.run()).success
    app.session_state[remembered.LESSON_MOMENT.name] = ("opening", 1, 79_244.0)
    assert "There it is" in sound(app.run()).success[0].value


def test_a_lesson_is_begun_on_its_page_taken_to_its_end_and_listed_as_done(small, store):
    lesson_course(small)
    app = visited("lessons")
    assert "8 steps · 8 minutes · new" in [each.value for each in app.caption]
    press(app, "Begin")
    assert at(app) == ("first", "1")
    for _ in range(3):
        press(app, "Next")
    assert "4 of 8" in " ".join(each.value for each in app.caption)
    listed = visited("lessons")
    assert "8 steps · 8 minutes · you are at step 4" in [each.value for each in listed.caption]
    press(listed, "Go on")
    assert at(listed) == ("first", "4")
    listed = visited("lessons", lesson="first", step="8")
    listed.radio[0].set_value(0)
    press(listed, "Check")
    press(listed, "Finish")
    assert "Well done, you finished “A lesson”!" in listed.success[0].value
    assert "8 steps · 8 minutes · done" in [each.value for each in listed.caption]
    assert "Again" in labels(listed)


def test_a_number_is_guessed_once_kept_and_counted_with_the_predictions(small, store):
    lesson_course(small)
    app = visited("lessons", lesson="first", step="5")
    app.slider[0].set_value(1000.0)
    press(app, "That is my guess")
    assert "You said **1,000 events**, it is **" in app.info[0].value
    assert [(row.step, row.done, row.guess) for row in store.lessons(ME)] == [(4, True, 1000.0)]
    assert store.prediction_score(ME).points == 2
    assert "You said **1,000 events**" in visited("lessons", lesson="first", step="5").info[0].value
    assert not visited("lessons", lesson="first", step="5", learner="d" * 32).info


def test_a_place_is_not_opened_before_that_is_revealed(small):
    lesson_course(small)
    app = visited("lessons", lesson="first", step="2")
    app.selectbox(key="stage").set_value("store")
    app = sound(app.run())
    assert "stage" not in app.query_params
    app = visited("lessons", lesson="first", step="3")
    app.selectbox(key="stage").set_value("store")
    app = sound(app.run())
    assert address_of(app)["stage"] == "store"
    assert "Here we are" in app.success[0].value
    assert panel(app)["title"]["content"] == "Store"


def test_a_view_that_answers_a_wrong_answer_leads_back_to_the_step(store):
    app = visited(lesson="push-or-pull", step="9")
    wrong = next(
        n for n, option in enumerate(not_none(COURSE.question("ingestion-catcher-down")).options) if option.see
    )
    app.radio[0].set_value(wrong)
    press(app, "Check")
    (offer,) = app.session_state[remembered.SEEING_OFFERS.name].values()
    assert {"lesson": "push-or-pull", "step": "9"}.items() <= dict(offer.before).items()
    assert [row.done for row in store.lessons(ME)] == [True]  # answered is done, rightly or not


def test_skip_on_the_page_of_lessons_leads_to_the_front_page(small):
    lesson_course(small)
    app = press(visited("lessons", lesson="first", step="2"), "Skip to the whole machine")
    assert metric(app, "Delivered")


def test_a_course_without_an_opening_begins_with_the_machine(small):
    app = visited()
    assert "lesson" not in app.query_params
    assert metric(app, "Delivered")


def test_a_talk_is_taken_as_a_lesson_with_every_control():
    app = visited("lessons")
    assert any(each.value.endswith("Missed the lecture?") for each in app.markdown)
    talk = COURSE.talks[0]
    app = sound(app.button(key=f"open-talk-{talk.id}").click().run())
    assert at(app) == (f"talk-{talk.id}", "1")
    assert headline(app) == talk.steps[0].headline
    assert switches(app)[:3] == ["Who starts", "How much at a time", "Transformation"]
    notes = not_none(next((step.notes for step in talk.steps if step.notes), None))
    assert notes[:40] not in " ".join(each.value for each in app.markdown)


def test_links_to_other_pages_take_no_setting_of_a_lesson_along():
    links = [link for link in visited().get("page_link") if link.proto.label == "Sweep"]
    assert [link.proto.query_string for link in links] == [""]
    links = [link for link in visited(seed="5", size="stream").get("page_link") if link.proto.label == "Sweep"]
    assert [link.proto.query_string for link in links] == ["seed=5&size=stream"]
