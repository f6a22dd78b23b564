"""The app at a lesson, as AppTest runs it: who visits, what the page shows, and what is pressed."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from lifecycle.ui import remembered
from lifecycle.ui.session.addressbar import Layer
from tests.course.lessons.lesson_texts import GOOD
from tests.ui.explorer_app import ROOT

ME = "0123456789abcdef" * 2


def visited(page="", learner=ME, **query):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["learner"], app.session_state["learner-stays"] = learner, True
    app.session_state[remembered.LAYER.name] = Layer.ENGINEER
    for name, value in query.items():
        app.query_params[name] = value
    if page:
        app.switch_page(f"pages/{page}.py")
    return sound(app.run())


def sound(app):
    assert not app.exception, app.exception[0].message
    assert not app.error or "Not yet" in app.error[0].value, app.error[0].value
    return app


def headline(app):
    return next((each.value[3:] for each in app.markdown if each.value.startswith("## ")), "")


def labels(app):
    return [button.label for button in app.button]


def press(app, label):
    return sound(next(button for button in app.button if button.label == label).click().run())


def switches(app):
    return [each.label for each in app.get("button_group")]


def address_of(app):
    values = {name: app.query_params[name] for name in app.query_params}
    return {name: value if isinstance(value, str) else value[-1] for name, value in values.items()}


def at(app):
    address = address_of(app)
    return address.get("lesson"), address.get("step")


def turned(app, **settings):
    """What a control, which the test of the page's own switches presses, writes into the address."""
    for name, value in settings.items():
        app.query_params[name] = value
    return sound(app.run())


def lesson_course(folder):
    (folder / "lessons").mkdir()
    (folder / "lessons" / "first.md").write_text(GOOD)
