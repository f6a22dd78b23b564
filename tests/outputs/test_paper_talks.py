"""Talks on paper, and where the pages offer what is printed."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.course import load
from lifecycle.course.quizzes.questions import Option, Question, QuestionKind
from lifecycle.course.talks import Step, StepAsk, Talk
from lifecycle.outputs.pdf import talk_pdf
from lifecycle.ui import remembered
from lifecycle.ui.panel import handouts
from lifecycle.ui.session.addressbar import Layer
from tests.outputs.paper_scenes import read, squeezed
from tests.ui.explorer_app import MACHINE

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
FRONT = "https://headwaters.example/"
OWN = Question(
    "own",
    "lifecycle",
    QuestionKind.SINGLE,
    "Which **one**?",
    (Option("This one", True), Option("That one", False)),
    explanation=".",
)
TALK = Talk(
    "rush",
    "A rush at noon",
    "What a rush does.",
    3.0,
    steps=(
        Step("At rest", text="Nothing *moves*.", notes="Say hello.\n\n- slowly"),
        Step(
            "It comes",
            "?scenario=flash-sale&stage=buffer&view=watch&moment=46800",
            show=("diagram", "panel", "Freshness", "Waiting"),
            points=("First point", "Second"),
            notes="A long breath.",
            ask=StepAsk("own"),
        ),
        Step("Words alone", show=(), text="The end."),
    ),
    questions=(OWN,),
)


def talked(notes):
    scenes = [handouts.step_scene(COURSE, TALK, nth, FRONT, COURSE.prices) for nth in range(len(TALK.steps))]
    return scenes, read(talk_pdf(COURSE, TALK, scenes, f"{FRONT}present?talk=rush", notes=notes))


def test_a_talk_on_paper_has_every_step_with_its_picture_and_link():
    scenes, text = talked(False)
    for wanted in ("A rush at noon", "What a rush does.", "Nothing moves.", "First point", "Words alone", "Which one?"):
        assert wanted in text
    assert [len(scene.charts) for scene in scenes] == [0, 2, 0]
    assert scenes[1].charts[1].finding in text
    for scene in scenes:
        assert squeezed(scene.link) in squeezed(text)
    assert scenes[1].link.startswith(f"{FRONT}?stage=buffer&view=watch&scenario=flash-sale")
    assert scenes[0].frames is None


def test_notes_times_and_answers_stand_on_the_presenters_paper_alone():
    learners, presenters = talked(False)[1], talked(True)[1]
    for secret in ("Say hello.", "A long breath.", "✓ This one", "from 1 min on"):
        assert secret in presenters
        assert secret not in learners


@pytest.mark.parametrize("talk", COURSE.talks, ids=lambda talk: talk.id)
def test_every_talk_of_the_course_makes_both_papers(talk):
    scenes = [handouts.step_scene(COURSE, talk, nth, FRONT, COURSE.prices) for nth in range(len(talk.steps))]
    for notes in (False, True):
        text = read(talk_pdf(COURSE, talk, scenes, FRONT, notes=notes))
        assert all(squeezed(step.headline) in squeezed(text) for step in talk.steps)
        assert "U+" not in text
        for step in talk.steps:  # who answers by a click finds on paper what may be clicked
            asked = step.ask and COURSE.question(step.ask.question)
            if asked and asked.kind == "click":
                flows = any("->" in option.text for option in asked.options)
                named = (
                    [f"{flow.source}->{flow.target}" for flow in COURSE.pipeline.flows]
                    if flows
                    else COURSE.pipeline.places
                )
                for each in named:
                    said = " → ".join(COURSE.pipeline.by_id[end].label for end in each.split("->"))
                    assert squeezed(said) in squeezed(text), said


def opened(**params):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.session_state[remembered.LAYER.name] = Layer.ENGINEER  # what is saved is for those who have grown
    for name, value in (params or MACHINE).items():
        app.query_params[name] = value
    return app.run()


def labels_of(app):
    return [each.label for each in app.get("download_button")]


@pytest.mark.parametrize("params", [{}, {"stage": "lake"}, {"stage": "masking", "view": "watch"}])
def test_the_panel_offers_the_hand_out_and_the_charts_their_picture(params, tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    app = opened(**params)
    assert not app.exception
    assert labels_of(app).count("Hand-out (PDF)") == 1
    assert {f"{kind} *of the whole view*" for kind in ("PDF", "SVG")} <= set(labels_of(app))
    assert sum(label.startswith("CSV *of ") for label in labels_of(app)) >= 2
    assert len(set(labels_of(app))) == len(labels_of(app))  # no two are called the same


@pytest.mark.parametrize("presents", [False, True])
def test_a_talks_page_offers_the_notes_to_who_presents_alone(presents):
    def page(presents):
        from lifecycle.course.talks import Talk
        from lifecycle.ui.panel import handouts
        from lifecycle.ui.session import served

        handouts.talk_buttons(served.course(), Talk("rush", "A rush", "What it does.", 3.0), presents=presents)

    app = AppTest.from_function(page, args=(presents,), default_timeout=30).run()
    assert not app.exception
    assert labels_of(app) == ["Hand-out (PDF) *of A rush*", *["With notes (PDF) *of A rush*"] * presents]
    assert any("for the presenter" in each.value for each in app.caption) is not presents
