"""The explorer as the app runs it without a browser."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest

from lifecycle.ui import remembered
from lifecycle.ui.session.addressbar import Layer

ROOT = Path(__file__).parents[2]
# A setting that changes nothing: an address with any parameter opens the whole machine, one without the opening.
MACHINE = {"seed": "1"}


def opened(*, chosen=Layer.ENGINEER, **params):
    """The explorer at an address, as somebody sees it who has chosen a layer; None for somebody who has not."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if chosen:
        app.session_state[remembered.LAYER.name] = chosen
    for name, value in (params or MACHINE).items():
        app.query_params[name] = value
    return app.run()


def panel(app):
    """The parts of the stage panel that a script of the page shows, by name, as it is given them."""
    mounts = [each.proto for each in app.get("bidi_component")]
    parts = [json.loads(each.json) for each in mounts if each.component_name == "headwaters_explanation"]
    return {part["part"]: part for part in parts}


def words(app):
    explained = [part["content"] for part in panel(app).values()]
    return "\n".join([*explained, *(each.value for each in [*app.markdown, *app.caption])])


def metric(app, label):
    return next(each for each in app.metric if each.label == label)
