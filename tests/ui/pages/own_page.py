"""The page of one's own pipeline without a browser: opened, clicked, and looked at."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[3]
LOYAL, LETTER = "model.sock_shop.customers_loyal", "exposure.sock_shop.thank_you_letter"


def opened():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["seed"] = "1"  # no first visit, which begins with a lesson
    app.run()
    app.switch_page("pages/pipeline.py").run()
    assert not app.exception
    return app


def click(app, label):
    next(button for button in app.button if button.label.startswith(label)).click()
    app.run()
    assert not app.exception
    return app


def bring(app, *files, into="Drop the files"):
    field = next(one for one in app.get("file_uploader") if one.label.startswith(into))
    field.set_value([(name, data, "application/octet-stream") for name, data in files]).run()
    assert not app.exception
    return app


def words(app):
    return "\n".join(each.value for each in (*app.markdown, *app.caption, *app.warning, *app.error, *app.info))


def table(app):
    return app.dataframe[0].value


def row(app, name):
    (one,) = table(app)[table(app)["name"] == name].to_dict("records")
    return one


def field(app, kind, name):
    """A field of the form; its key says the turn and the node, too."""
    (one,) = [each for each in app.get(kind) if re.fullmatch(rf"draft-{name}-\d+-.*", each.key or "")]
    return one


def chosen(app, node):
    field(app, "selectbox", "node").set_value(node).run()
    assert not app.exception
    return app


def reload(app, learner=""):
    """The same address in a session that remembers nothing, of the same learner unless another one is named."""
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    again.session_state["learner"] = learner or app.session_state["learner"]
    again.session_state["learner-stays"] = True
    again.query_params["seed"] = "1"
    again.run()
    draft = app.query_params["draft"]
    again.query_params["draft"] = draft if isinstance(draft, str) else draft[0]
    again.switch_page("pages/pipeline.py").run()
    assert not again.exception
    return again
