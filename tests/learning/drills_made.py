"""Drills on the shipped course, and their page."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from lifecycle.course import load

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")
NETWORK = COURSE.pipeline.network
LABELS = {stage.id: stage.label for stage in COURSE.pipeline.stages}
SEEDS = [(0, 1), (2, 1), (1, 2), (2, 2), (1, 3), (2, 3)]
ME = "0123456789abcdef" * 2


def opened(name=None):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["learner"], app.session_state["learner-stays"] = ME, True
    app.switch_page("pages/drills.py")
    if name:
        app.query_params["drill"] = name
    app.run()
    assert not app.exception
    return app


def words(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption, *app.info])
