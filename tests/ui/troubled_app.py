"""The app over a folder of its own, opened and read."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from lifecycle.ui import remembered
from lifecycle.ui.session.addressbar import Layer
from tests.ui.explorer_app import MACHINE, panel

ROOT = Path(__file__).parents[2]


def opened(**params):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[remembered.LAYER.name] = Layer.ENGINEER
    for name, value in (params or MACHINE).items():
        app.query_params[name] = value
    return app.run()


def said(app):
    """Everything in words on the page."""
    parts = [*app.markdown, *app.caption, *app.warning, *app.error, *app.info, *app.code]
    return "\n".join([*(part["content"] for part in panel(app).values()), *(each.value for each in parts)])


def sound(app):
    """The page, which neither shows an exception nor says that it failed."""
    assert not app.exception
    assert "Something went wrong" not in said(app)
    return app


def answered(app, option):
    """Answer the one question of the small course's store by the option of that number."""
    choice = next(each for each in app.radio if str(each.key).startswith("answer-store-truth"))
    choice.set_value(option)
    return next(button for button in app.button if button.label == "Check").click().run()
