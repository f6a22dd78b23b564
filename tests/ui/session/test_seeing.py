"""A view that answers a wrong answer: what it changed is said, and one button leads back to question and settings."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.course import address, load
from lifecycle.course.address import State, View
from lifecycle.simulation.model.kinds import FaultKind, Start
from lifecycle.simulation.model.scenario import Fault
from lifecycle.storage import AnswerRow, Store
from lifecycle.ui import remembered
from lifecycle.ui.session import addressbar, seeing
from lifecycle.ui.session.naming import changes
from tests.ui.explorer_app import MACHINE

ROOT = Path(__file__).parents[3]
COURSE = load(ROOT / "content")
ME = "0123456789abcdef" * 2
# A wrong option of our own bank whose view changes scenario, switches and clock.
QUESTION = next(q for q in COURSE.places["buffer"].questions if q.id == "buffer-drain")
SEE = QUESTION.options[0].see
NUMBER = COURSE.places["buffer"].questions.index(QUESTION)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    store = Store(tmp_path / "data" / "headwaters.db")
    store.add_answer("one", ME, AnswerRow("buffer", QUESTION.id, False, json.dumps([0])))
    return store


def opened(page="explore", query=None, **state):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"learner": ME, "learner-stays": True, **state}.items():
        app.session_state[name] = value
    for name, value in (query or MACHINE).items():
        app.query_params[name] = value
    if page != "explore":
        app.switch_page(f"pages/{page}.py")
    app.run()
    assert not app.exception
    return app


def words(app):
    return "\n".join(each.value for each in app.markdown)


def queried(app, name):
    value = app.query_params[name]  # a list where the page wrote it
    return value[0] if isinstance(value, list) else value


def follow(app):
    (link,) = [each for each in app.get("page_link") if each.proto.label == "See why it is not so"]
    assert link.proto.query_string == SEE.removeprefix("?")
    for name in list(app.query_params):
        del app.query_params[name]
    for part in link.proto.query_string.split("&"):
        name, _, value = part.partition("=")
        app.query_params[name] = value
    return app


def test_the_explorer_says_what_the_view_changed_and_leads_back(store):
    before = {"stage": "buffer", "view": "quiz", "knobs": "buffer.retention_s:7200"}
    app = opened(query=before, **{"question-of-buffer": NUMBER})
    assert "To show you this" not in words(app)
    app = follow(app).run()
    said = words(app)
    assert "To show you this, the explorer changed **Scenario** from A normal day" in said
    assert "**Who starts** from pull to push" in said
    assert "**How much at a time** from batch to stream" in said
    assert "**Clock** from playing to stopped at 09:00" in said
    assert "**Retention at Transient storage** from 2 h to" in said
    assert re.search(r"Look at \*\*Transient storage\*\* under \*\*Watch\*\*, with the charts Flow and Waiting", said)
    next(each for each in app.button if each.label == "Back to the question").click().run()
    assert not app.exception
    assert {name: queried(app, name) for name in before} == before
    assert app.session_state["question-of-buffer"] == NUMBER
    assert "The right answer" in words(app)
    assert "To show you this" not in words(app)


def test_to_stay_keeps_the_settings_and_puts_the_line_away(store):
    app = follow(opened(query={"stage": "buffer", "view": "quiz"}, **{"question-of-buffer": NUMBER})).run()
    assert "To show you this" in words(app)
    next(each for each in app.button if each.label == "Stay here").click().run()
    assert "To show you this" not in words(app)
    assert queried(app, "scenario") == "consumer-crash"


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("", ("Flow", "Waiting", "Views", "Given up", "Age seen")),
        ("consumers.bi.freshness_s.p95", ("Age seen",)),
        ("views.bi.leaves", ("Views", "Given up")),
        ("events.refused", ("Flow", "Waiting")),
    ],
)
def test_where_a_figure_proves_a_belief_wrong_two_charts_at_most_stand_beside_it(monkeypatch, figure, shown):
    monkeypatch.setattr("streamlit.session_state", {})
    names = ("Flow", "Waiting", "Views", "Given up", "Age seen")
    assert seeing.narrowed(names) == names
    remembered.SEEING.put(seeing.Seeing("explore", "bi", 0, (), figure=figure))
    assert seeing.narrowed(names) == shown


def test_changes_are_told_for_every_setting_of_a_run_and_for_nothing_else():
    state = State()
    assert changes(state, state, COURSE) == ()
    assert changes(state, replace(state, stage="lake", view=View.QUIZ), COURSE) == ()
    down = Fault(FaultKind.DOWN, "buffer", 3600.0, 7200.0)
    other = replace(
        state,
        scenario="flash-sale",
        start=Start.PUSH,
        events=60_000,
        seed=7,
        moment=3600,
        follow=48_213,
        knobs=(("transform", "workers", 9.0),),
        faults=(down,),
    )
    told = {name: (old, new) for name, old, new in changes(state, other, COURSE)}
    back = {name: (new, old) for name, old, new in changes(other, state, COURSE)}
    assert told == back
    label = COURSE.pipeline.by_id["buffer"].label
    assert told[f"Fault at {label}"] == ("none", "“it stops, 01:00 to 02:00”")
    assert told["Random seed"] == ("1", "7")
    assert told["Events in the day"] == ("the scenario's own", "60 k")
    assert told["Clock"] == ("playing", "stopped at 01:00")
    assert told["Followed order"] == ("none", "48,213")
    assert [name for name in told if name.startswith("Workers at")]


@pytest.mark.parametrize("question", COURSE.questions, ids=lambda each: each.id)
def test_a_view_that_an_author_names_is_another_one_than_the_question_stands_in(question):
    for option in question.options:
        if option.see:
            after, _ = address.turned(State(), option.see, COURSE)
            beside = State(stage=question.place if question.place in COURSE.places else None, view=View.QUIZ)
            assert (after.stage, after.view) != (beside.stage, beside.view), option.see


def test_a_view_that_is_on_screen_already_is_not_offered(store, monkeypatch):
    offered = []
    monkeypatch.setattr("streamlit.page_link", lambda *_, **how: offered.append(how["query_params"]))
    monkeypatch.setattr("streamlit.session_state", {})
    monkeypatch.setattr(addressbar, "written", lambda _: State(stage="buffer", view=View.WATCH))
    monkeypatch.setattr(addressbar, "carried", dict)
    question = COURSE.places["buffer"].questions[0]
    seeing.link(COURSE, question, "?stage=buffer&view=watch", "Look at it")
    assert offered == []
    seeing.link(COURSE, question, "?stage=buffer&view=watch&size=stream", "Look at it")
    assert len(offered) == 1


def test_a_view_without_a_change_says_where_to_look():
    told = seeing._what_changed(
        State(stage="ingestion", view=View.QUIZ), State(stage="ingestion", view=View.WATCH), COURSE
    )
    assert (
        told
        == "No setting was changed for this. Look at **Ingestion** under **Watch**, with the charts Flow and Waiting."
    )
    assert "the diagram" in seeing._what_changed(State(), State(), COURSE)


def test_a_belief_is_proved_wrong_by_a_day_near_ones_own_and_the_way_leads_back(store):
    at, (question, option) = next(
        (place, (q, o))
        for place in COURSE.places.values()
        for q in place.questions
        for o in q.options
        if o.misconception == "streaming-is-better" and not o.right and q.kind == "single" and not q.computed
    )
    answer = AnswerRow(at.id, question.id, False, json.dumps([question.options.index(option)]))
    store.add_answer("two", ME, answer)
    number = at.questions.index(question)
    before = {"stage": at.id, "view": "quiz", "seed": "5"}
    app = opened(query=before, **{f"question-of-{at.id}": number})
    next(each for each in app.button if each.label == seeing.PROVES_IT_WRONG).click().run()
    assert not app.exception
    app.run()
    assert queried(app, "size") == "stream"
    assert queried(app, "stage") == "bi"
    shown = words(app)
    assert "The belief behind your answer: “Streaming is always better than batch.” **On this day p95" in shown
    assert "On this day p95 of the age of the newest data at Analytics is " in shown
    assert "**How much at a time** from batch to stream" in shown
    assert "with the chart Age seen." in shown
    assert "older than" in shown
    assert "waiting or in work" not in shown, "the panel has the chart that shows it, and no other"
    next(each for each in app.button if each.label == "Back to the question").click().run()
    assert {name: queried(app, name) for name in before} == before
    assert app.session_state[remembered.SCENE.name].before is None, "the way back is no change to be told of"
