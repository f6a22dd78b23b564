"""What the whole app must survive, without a browser: hostile links, content in the making, a store in trouble.

What single modules survive is held where they are tested; sessions and browsers in `tests/browser/test_faults.py`.
"""

import sqlite3
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from small_course import write_course
from streamlit.testing.v1 import AppTest

from lifecycle import graph, storage
from lifecycle.course import load
from lifecycle.simulation import measures
from lifecycle.simulation.run import simulate
from lifecycle.simulation.scenario import Scenario
from lifecycle.storage import Store
from lifecycle.ui import cached

ROOT = Path(__file__).parent.parent
COURSE = load(ROOT / "content")
PARAMETERS = (
    "stage",
    "view",
    "scenario",
    "start",
    "size",
    "transform",
    "events",
    "seed",
    "moment",
    "knobs",
    "theme-of-1.0",
)
HOSTILE = {
    "html": "<img src=x onerror=alert(1)>",
    "sql": "1'; DROP TABLE answers; --",
    "path": "../../etc/passwd",
    "null byte": "lake\x00",
    "right to left": "\u202elake\u2066",
    "not a number": "nan",
    "infinite": "1e308",
    "negative": "-1",
    "too many": "1000000000000",
    "100 kB": "x" * (100_000 // len(PARAMETERS)),
    "markdown": "[click](javascript:alert(1)) :material/home: $x$",
}


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    return tmp_path / "data"


def opened(**params):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def fine(app):
    return not app.exception and not app.error


# --- the address


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_value_in_a_link_breaks_the_page_or_speaks_on_it(value):
    app = opened(**dict.fromkeys(PARAMETERS, value))
    assert fine(app)
    assert len(app.metric) == 4
    told = "\n".join(each.value for each in app.warning)
    assert "Left out of the link" in told
    assert len(told) < 3_000
    for mark in ("<", "javascript:", "\x00", "\u202e", "\u2066", "$", "material/home:"):
        assert mark not in told.replace("javascript:alert·", "")
    assert app.selectbox(key="stage").value is None


def test_a_link_of_an_older_version_shows_what_it_can():
    app = opened(stage="lake", mode="advanced", speed="2")
    assert fine(app)
    assert app.selectbox(key="stage").value == "lake"
    assert sum("this version does not know it" in each.value for each in app.warning) == 2


# --- the content folder, while the app runs


def test_content_that_is_edited_broken_and_mended_under_an_open_page(tmp_path, monkeypatch):
    folder = write_course(tmp_path / "course")
    monkeypatch.setenv("HEADWATERS_CONTENT", str(folder))
    app = opened(stage="store")
    assert fine(app)

    page = folder / "stages" / "store.md"
    good = page.read_text(encoding="utf-8")
    page.write_text(good.replace("title: ", "title: Mended "), encoding="utf-8")
    app.run()
    assert fine(app)
    assert any("Mended" in each.value for each in app.markdown)

    page.write_text("no front matter <script>alert(1)</script>", encoding="utf-8")
    app.run()
    assert not app.exception
    assert "The last version without faults is shown" in app.error[0].value
    assert "stages/store.md:1" in app.code[0].value
    assert any("Mended" in each.value for each in app.markdown)

    page.write_text(good, encoding="utf-8")
    app.run()
    assert fine(app)
    assert not any("Mended" in each.value for each in app.markdown)


def test_a_place_that_vanishes_from_the_course_is_let_go(tmp_path, monkeypatch):
    folder = write_course(tmp_path / "course")
    monkeypatch.setenv("HEADWATERS_CONTENT", str(folder))
    app = opened(stage="report", scenario="rush")
    assert fine(app)
    (folder / "scenarios" / "rush.md").unlink()
    app.run()
    assert fine(app)
    assert any("no such scenario" in each.value for each in app.warning)


# --- Graphviz


def test_a_graphviz_that_hangs_costs_the_picture_and_not_the_page(tmp_path, monkeypatch):
    hangs = tmp_path / "dot"
    hangs.write_text("#!/bin/sh\nexec sleep 60\n")
    hangs.chmod(0o755)
    tried = []

    def impatient(dot_text):
        tried.append(dot_text)
        return honest(dot_text, timeout_s=0.2)

    honest = graph.svg
    monkeypatch.setattr(graph, "find_executable", lambda: hangs)
    monkeypatch.setattr(graph, "svg", impatient)
    cached.forget_pictures()
    app = opened(stage="lake")
    app.selectbox(key="stage").set_value("bi").run()
    cached.forget_pictures()
    assert fine(app)
    assert "The diagram cannot be drawn" in app.warning[0].value
    assert app.selectbox(key="stage").value == "bi"
    assert len(tried) == 1  # nobody waits for it at every click


def test_a_course_of_500_stages_is_served(tmp_path, monkeypatch):
    names = [f"stage-{number}" for number in range(500)]
    roles = ["source", *["buffer"] * 498, "consumer"]
    stages = "\n".join(
        f"  - {{id: {name}, zone: z, label: Stage {number}, role: {roles[number]}}}"
        for number, name in enumerate(names)
    )
    flows = "\n".join(f"  - {{from: {a}, to: {b}}}" for a, b in pairwise(names))
    folder = tmp_path / "course"
    (folder / "stages").mkdir(parents=True)
    (folder / "pipeline.yaml").write_text(
        f"title: Long\nzones:\n  - {{id: z, label: Z}}\nstages:\n{stages}\nflows:\n{flows}\n", encoding="utf-8"
    )
    for name in names:
        (folder / "stages" / f"{name}.md").write_text(
            f"---\ntitle: {name}\nsummary: One sentence.\n---\n\n## What it is\n\nText.\n", encoding="utf-8"
        )
    monkeypatch.setenv("HEADWATERS_CONTENT", str(folder))
    app = opened(stage="stage-250", events="1000")
    assert fine(app)
    assert any("stage-250" in each.value for each in app.markdown)


# --- the simulation


def test_two_learners_who_drag_sliders_at_once_each_see_their_own_run():
    def run(learner, value):
        knob = (("buffer", "per_event_s", value),)
        return Scenario(events=3_000, seed=900 + learner, overrides=knob)

    values = (0.01, 0.5, 2.0, 10.0)
    seen = {}

    def drag(learner):
        for value in values:
            seen[learner, value] = cached.frames(COURSE, run(learner, value)).stations["buffer"].inside

    drags = [threading.Thread(target=drag, args=(learner,)) for learner in (1, 2)]
    for each in drags:
        each.start()
    for each in drags:
        each.join()
    for (learner, value), inside in seen.items():
        alone = measures.frames(simulate(COURSE.pipeline.network, run(learner, value)))
        assert list(inside) == list(alone.stations["buffer"].inside)
    assert len(seen) == 2 * len(values)


# --- the store, while the app runs


def answer(app, attempt=0):
    """Answer the first single choice of the lake's quiz rightly; the question."""
    place = COURSE.places["lake"]
    index = next(i for i, question in enumerate(place.questions) if question.kind == "single")
    question = place.questions[index]
    app.segmented_control(key="question-of-lake").set_value(index).run()
    right = next(i for i, option in enumerate(question.options) if option.right)
    app.radio(key=f"answer-{question.id}-{attempt}").set_value(right)
    next(button for button in app.button if button.label == "Check").click().run()
    return question


def test_an_answer_given_while_the_store_is_locked_is_kept_for_the_visit_and_said(data, monkeypatch):
    monkeypatch.setattr(storage, "BUSY_S", 0.1)
    app = opened(stage="lake", view="quiz")
    db = sqlite3.connect(data / "headwaters.db", timeout=0)
    db.execute("BEGIN EXCLUSIVE")
    answer(app)
    db.close()
    assert fine(app)
    assert [each.value for each in app.success] == ["Right."]
    assert any("in use by another program" in each.value for each in app.toast)


def test_a_store_deleted_while_the_app_runs_is_made_anew(data):
    app = opened(stage="lake", view="quiz")
    for path in data.glob("*"):
        path.unlink()
    answer(app)
    assert fine(app)
    assert [each.value for each in app.success] == ["Right."]


def test_a_store_that_is_damaged_while_the_app_runs_is_said_and_left_as_it_is(data):
    app = opened(stage="lake", view="quiz")
    file = data / "headwaters.db"
    for path in data.glob("*"):
        path.unlink()
    file.write_bytes(b"not a database" * 100)
    app.run()
    assert any("is damaged" in each.value for each in app.toast)
    answer(app)
    assert fine(app)
    assert [each.value for each in app.success] == ["Right."]
    assert file.read_bytes() == b"not a database" * 100


def test_an_answer_sent_again_after_its_reply_was_lost_is_one_answer(data):
    app = opened(stage="lake", view="quiz")
    question = answer(app)
    file = data / "headwaters.db"
    name = app.session_state[f"submission-{question.id}-0"]
    store = Store(file)
    learner = sqlite3.connect(file).execute("SELECT learner FROM answers").fetchone()[0]
    store.add_answer(name, learner, "lake", question.id, True, "[0]")
    assert len(store.answers(learner)) == 1
