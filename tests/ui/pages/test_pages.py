"""The pages as a person uses them, without a browser (Streamlit's AppTest)."""

import hashlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.course import load
from lifecycle.course.computed import instance
from lifecycle.course.quizzes.tracks import in_tracks
from lifecycle.ui.session import cached
from tests.support.narrow import not_none
from tests.support.unmarked import unmarked
from tests.ui.explorer_app import metric, opened, words

ROOT = Path(__file__).parents[3]
COURSE = load(ROOT / "content")


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


def test_the_front_page_opens_without_a_fault():
    app = opened()
    assert not app.exception
    assert not app.error
    assert not_none(COURSE.overview).title in words(app)


@pytest.mark.parametrize("place", COURSE.pipeline.places)
def test_every_place_is_explained_and_quizzed(place):
    app = opened(stage=place)
    assert not app.exception
    assert not app.error
    assert COURSE.places[place].summary[:40] in unmarked(words(app))
    app = opened(stage=place, view="quiz")
    assert not app.exception
    assert [button.label for button in app.button if button.label == "Check"]


@pytest.mark.parametrize("scenario", [named.id for named in COURSE.scenarios])
def test_every_scenario_runs_on_the_page(scenario):
    app = opened(scenario=scenario, view="watch")
    assert not app.exception
    assert not app.error
    assert metric(app, "p95 freshness").value


@pytest.mark.parametrize("nth", range(len(COURSE.scenarios)), ids=[named.id for named in COURSE.scenarios])
def test_every_scenario_opens_the_panels_of_what_it_strikes_and_of_every_stage_in_turn(nth):
    """Of three scenarios each opens another third of the stages: every role meets every kind of day."""
    named = COURSE.scenarios[nth]
    struck = {fault.station for fault in named.scenario.faults}
    stages = [stage.id for i, stage in enumerate(COURSE.pipeline.stages) if i % 3 == nth % 3 or stage.id in struck]
    app = opened(scenario=named.id, view="watch")
    for stage in stages:
        app.query_params["stage"] = stage
        app.run()
        assert not app.exception, stage
        assert not app.error, stage
        assert COURSE.places[stage].title in words(app)


def test_the_plain_control_selects_a_stage_and_writes_the_address():
    app = opened()
    app.selectbox(key="stage").set_value("lake").run()
    assert app.query_params["stage"] in ("lake", ["lake"])
    assert COURSE.places["lake"].title in words(app)


def test_a_switch_changes_the_figures_and_leaves_the_run_before_as_a_ghost():
    app = opened()
    before = metric(app, "p95 freshness").value
    app.segmented_control(key="size").set_value("stream").run()
    app.segmented_control(key="transform").set_value("stream").run()
    fresh = metric(app, "p95 freshness")
    assert fresh.value != before
    assert "was" in fresh.delta
    assert app.query_params["size"] in ("stream", ["stream"])


def test_a_bad_link_falls_back_and_says_so():
    app = opened(stage="nowhere", seed="NaN", start="<script>alert(1)</script>")
    assert not app.exception
    (told,) = app.warning
    assert [line.partition(" with")[0] for line in told.value.splitlines()[1:]] == [
        "- “stage”",
        "- “seed”",
        "- “start”",
    ]
    assert not_none(COURSE.overview).title in words(app)


def test_an_answer_is_judged_kept_and_scored():
    app = opened(stage="lake", view="quiz")
    place = COURSE.places["lake"]
    index = next(i for i, question in enumerate(place.questions) if question.kind == "single")
    app.segmented_control(key="question-of-lake").set_value(index).run()
    question = place.questions[index]
    wrong = next(i for i, option in enumerate(question.options) if not option.right)
    right = next(i for i, option in enumerate(question.options) if option.right)

    app.radio(key=f"answer-{question.id}-0").set_value(wrong)
    next(button for button in app.button if button.label == "Check").click().run()
    assert [each.value for each in app.error] == ["Not yet."]
    assert question.options[wrong].feedback.split()[0] in words(app)
    assert f"{index + 1} ✗" in app.segmented_control(key="question-of-lake").options

    app.button(key=f"again-{question.id}-1").click().run()
    app.radio(key=f"answer-{question.id}-1").set_value(right)
    next(button for button in app.button if button.label == "Check").click().run()
    assert [each.value for each in app.success] == ["Right."]
    assert f"{index + 1} ✓" in app.segmented_control(key="question-of-lake").options
    assert not app.exception


def test_a_quiz_goes_on_to_what_is_not_right_yet_and_says_when_all_is():
    place = min((place for place in COURSE.places.values() if place.questions), key=lambda each: len(each.questions))
    app = opened(stage=place.id, view="quiz")
    first, *others = [index for index, question in enumerate(place.questions) if not question.track]
    app.segmented_control(key=f"question-of-{place.id}").set_value(others[0]).run()
    for index in [*others, first]:
        question = place.questions[index]
        assert app.segmented_control(key=f"question-of-{place.id}").value == index
        answer_right(app, question)
        onward = [button for button in app.button if button.label == "Next question"]
        if index == first:
            assert not onward
        else:
            onward[0].click().run()
    assert "All correct! You can try any question again." in [each.value for each in app.success]
    assert not app.exception


def answer_right(app, question):
    if question.computed:  # the numbers are this learner's own
        name = f"{app.session_state['learner']}\0{question.id}\0{0}"
        question = instance(question, COURSE, hashlib.sha256(name.encode()).hexdigest()[:12])
    if question.kind == "single":
        right = next(i for i, option in enumerate(question.options) if option.right)
        app.radio(key=f"answer-{question.id}-0").set_value(right)
    elif question.kind == "multiple":
        for i, option in enumerate(question.options):
            if option.right:
                app.checkbox(key=f"answer-{question.id}-0-{i}").set_value(True)
    elif question.kind == "order":
        app.session_state[f"answer-{question.id}-0"] = list(range(len(question.options)))
    elif question.kind == "match":
        for n, index in enumerate(i for i, option in enumerate(question.options) if option.right):
            app.selectbox(key=f"answer-{question.id}-0-{n}").set_value(index)
    elif question.kind == "click":
        right = next(option.text for option in question.options if option.right)
        app.selectbox(key=f"answer-{question.id}-0").set_value(right)
    else:
        for n, answer in enumerate(question.answers):
            app.text_input(key=f"answer-{question.id}-0-{n}").set_value(answer.split(" ±")[0])
    next(button for button in app.button if button.label == "Check").click().run()
    assert "Right." in [each.value for each in app.success]


def test_an_empty_answer_is_asked_for_and_not_kept():
    app = opened(stage="lake", view="quiz")
    next(button for button in app.button if button.label == "Check").click().run()
    assert [each.value for each in app.warning] == ["Choose or write an answer first."]
    assert not app.success
    assert not app.error


def test_a_store_that_cannot_be_used_costs_a_message_not_the_page(monkeypatch, tmp_path):
    (tmp_path / "blocked").write_text("a file")
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "blocked"))
    app = opened(stage="lake", view="quiz")
    assert not app.exception
    assert not app.error
    assert "this visit only" in app.toast[0].value


def test_a_course_with_faults_is_listed_and_nothing_else_shown(monkeypatch, tmp_path):
    (tmp_path / "pipeline.yaml").write_text("stages: [")
    monkeypatch.setenv("HEADWATERS_CONTENT", str(tmp_path))
    app = opened()
    assert not app.exception
    assert "fault" in app.error[0].value
    assert "pipeline.yaml:1" in app.code[0].value


def test_practice_shows_every_quiz_with_its_score_and_opens_the_one_chosen():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.run()
    app.session_state["practice-part"] = "By place"
    app.switch_page("pages/practice.py").run()
    asked = [place for place in (COURSE.overview, *COURSE.places.values()) if place and place.questions]
    assert app.selectbox(key="practice-place").options == [place.title for place in asked]
    assert list(app.dataframe[0].value["Questions"]) == [len(in_tracks(place.questions)) for place in asked]
    assert not app.dataframe[0].value["Right"].any()
    app.selectbox(key="practice-place").set_value("lake").run()
    assert any("“Raw storage”" in each.proto.text for each in app.get("progress"))
    assert app.segmented_control(key="question-of-lake").value == 0
    assert not app.exception


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_every_page_requires_the_frame_first(page):
    lines = [
        line
        for line in page.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(('"', "from", "import"))
    ]
    assert lines[0] == "frame.require()"
    assert len(lines) < 10


@pytest.mark.parametrize("trouble", ["missing", "crashing"])
def test_without_graphviz_the_page_says_so_and_the_plain_control_still_works(trouble, monkeypatch, tmp_path):
    crashing = tmp_path / "dot"
    crashing.write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
    crashing.chmod(0o755)
    monkeypatch.setattr("lifecycle.diagram.layout.find_executable", lambda: None if trouble == "missing" else crashing)
    cached.forget_pictures()
    app = opened()
    assert not app.exception
    assert "cannot be drawn" in app.warning[0].value
    app.selectbox(key="stage").set_value("lake").run()
    assert COURSE.places["lake"].title in words(app)
    cached.forget_pictures()


@pytest.mark.parametrize("events", ["0", "1", "1000000"])
def test_an_empty_and_a_crowded_day_are_shown(events):
    app = opened(events=events, stage="oltp", view="watch", transform="stream", size="stream")
    assert not app.exception
    assert not app.error
    assert metric(app, "Delivered").value == "0" if events == "0" else metric(app, "Delivered").value


@pytest.mark.parametrize(("typed", "verdict"), [("120 min", "Right."), ("90", "Not yet.")])
def test_a_number_is_answered_in_a_unit_of_ones_own(typed, verdict):
    app = opened(stage="api", view="quiz")
    questions = COURSE.places["api"].questions
    place = next(n for n, each in enumerate(questions) if each.id == "api-day-number")
    app.session_state["question-of-api"] = place
    app.run()
    assert "is taken in h; you may write another one" in words(app)
    app.text_input(key="answer-api-day-number-0-0").set_value(typed)
    next(button for button in app.button if button.label == "Check").click().run()
    assert verdict in [each.value for each in (*app.success, *app.error)]
    assert not app.exception


def test_only_where_somebody_looks_at_dashboards_there_is_a_cache_to_turn_and_theory_of_it():
    def caches(stage, **params):
        return [each for each in opened(stage=stage, view="watch", **params).select_slider if each.label == "Cache"]

    assert len(caches("bi")) == 1
    assert caches("reverse-etl") == []
    assert len(caches("reverse-etl", knobs="reverse-etl.views_per_s:0.1")) == 1
    app = opened(stage="bi", view="watch", knobs="bi.cache_s:60")
    next(toggle for toggle in app.toggle if toggle.label == "Theory").set_value(True).run()
    assert not app.exception
    assert any("Share of views that ask the warehouse" in text.value for text in app.markdown)
