"""The explorer as the app runs it without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


def opened(**params):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def words(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption])


def metric(app, label):
    return next(each for each in app.metric if each.label == label)
