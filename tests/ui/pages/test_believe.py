"""The page "Why believe it", without a browser: what it says is what was computed, and it can say no."""

import dataclasses
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lifecycle import charts
from lifecycle.charts import figure_of
from lifecycle.simulation import trials
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.experiments import agreement
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.books import books
from lifecycle.ui.pages import believe
from lifecycle.ui.session import cached

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


def opened(**params):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page("pages/believe.py").run()


def words(app):
    return "\n".join(each.value for each in [*app.markdown, *app.caption])


def table(app, column):
    return next(each.value for each in app.dataframe if column in each.value.columns)


def press(app, key):
    return app.button(key=f"another-{key}").click().run()


def test_the_page_shows_every_law_the_books_and_both_ways():
    app = opened(stage="lake")
    assert not app.exception
    assert not app.error
    laws = table(app, "Law")
    assert list(laws["Law"]) == [trial.name for trial in trials.TRIALS]
    assert set(laws["Verdict"]) <= {"holds", "holds exactly"}
    assert f"{len(trials.TRIALS)} of {len(trials.TRIALS)} laws hold" in words(app)
    assert set(table(app, "Adds up")["Adds up"]) == {"yes"}
    assert "not one is missing" in words(app)
    assert "**Both agree**" in words(app)


def test_the_figures_are_those_of_the_trials():
    app = opened()
    laws = table(app, "Law").set_index("Law")
    for found in cached.judgements(0):
        row = laws.loc[found.trial.name]
        assert row["Theory"].startswith(f"{found.trial.theory:.4g}")
        if found.trial.exact is None:
            assert row["Simulated"] == f"{found.estimate.mean:.4g}"
            assert row["z"] == f"{found.z:+.2f}"
            assert ("misses" in row["95 % interval"]) != found.estimate.covers(found.trial.theory)


def test_other_seeds_give_other_figures_and_the_laws_still_hold():
    app = opened()
    before = table(app, "Law")
    press(app, "trial-seeds")
    after = table(app, "Law")
    assert not app.exception
    assert (before["Theory"] == after["Theory"]).all()
    by_chance = before["Verdict"] == "holds"
    assert (before["Simulated"] != after["Simulated"])[by_chance].all()
    assert f"on seeds {trials.SEEDS} to {2 * trials.SEEDS - 1}" in words(app)


def test_another_line_is_another_line_and_the_books_take_another_seed():
    app = opened(seed="5", size="stream")
    lines, pages = table(app, "Lost by the loop"), table(app, "Adds up")
    assert "seed 5" in words(app)
    press(app, "line-seed")
    press(app, "books-seeds")
    assert list(table(app, "Lost by the loop")["Stage"]) != list(lines["Stage"])
    assert not table(app, "Adds up").equals(pages)
    assert "seed 6" in words(app)
    assert app.query_params["seed"] in ("5", ["5"])


def test_the_books_are_those_of_the_day_that_the_address_names():
    app = opened(events="3000", size="stream")
    assert "**3,000 events are born**" in words(app)


@pytest.mark.parametrize("curve", range(len(trials.CURVES)), ids=lambda k: trials.CURVES[k].name)
def test_every_law_is_drawn_with_its_points(curve):
    app = opened()
    app.selectbox(key="law").set_value(curve)
    app.select_slider(key="law-events").set_value(500).run()
    assert not app.exception
    assert f"{500:,} events" in words(app)
    drawing = cached.law(curve, 500, 0)
    assert f"**{drawing.finding}**" in words(app)


def test_the_chart_draws_the_curve_and_each_point_with_its_interval():
    curve = trials.CURVES[0]
    points = trials.points(curve, 1_000, 2)
    drawing = charts.law(curve, points)
    theory, *marks = figure_of(drawing).data
    assert np.allclose(theory.y, [curve.theory(float(x)) for x in theory.x])
    assert sum(len(each.x) for each in marks) == len(points)
    for each in marks:
        held = "holds" in each.name
        for x, y, half in zip(each.x, each.y, each.error_y.array, strict=True):
            assert (abs(y - curve.theory(x)) <= half) == held
    assert {each.marker.symbol for each in marks} <= {"circle", "x"}
    assert re.match(rf"\d+ of {len(points)} intervals hold", drawing.finding)
    assert list(drawing.table["utilisation"]) == list(curve.loads)


def test_a_law_that_fails_is_said_to_fail_in_words_and_marks():
    found = cached.judgements(0)
    wrong = dataclasses.replace(found[0], trial=dataclasses.replace(found[0].trial, theory=99.0), z=-50.0)
    row = believe._row(wrong)
    assert row["Verdict"] == "does not hold"
    assert "misses" in row["95 % interval"]
    drawing = charts.distances([wrong, *found[1:]])
    assert figure_of(drawing).data[0].marker.symbol[0] == "x"
    exact = next(each for each in found if each.trial.exact is not None)
    assert believe._row(dataclasses.replace(exact, worst=1.0))["Verdict"] == "does not hold"


def test_ways_that_differ_are_said_to_differ(monkeypatch):
    def slightly_wrong(seed, events):
        found = agreement.compare(seed, events)
        return dataclasses.replace(found, left_s=found.left_s + 0.25)

    monkeypatch.setattr(cached, "agreement", slightly_wrong)
    app = opened()
    assert "do **not** agree" in words(app)
    assert "0.25 s" in words(app)


def test_books_that_do_not_balance_say_so(monkeypatch, batch_run):
    pages = books(batch_run)
    labels = {"shop": "oltp", "pump": "ingestion", "dock": "buffer", "mill": "transform", "desk": "bi"}
    wrong = [dataclasses.replace(page, station=labels[page.station], out=3) for page in pages]
    monkeypatch.setattr(cached, "books", lambda *_: wrong)
    app = opened()
    assert set(table(app, "Adds up")["Adds up"]) == {"no: 3 out"}
    assert f"{3 * len(wrong)} do not add up" in words(app)


def test_books_count_births_links_and_copies(pipeline):
    run = simulate(pipeline.network, Scenario(events=2_000, overrides=(("dock", "duplicate_share", 0.25),)))
    pages = {page.station: page for page in books(run)}
    assert all(page.out == 0 for page in pages.values())
    assert pages["shop"].born == 2_000
    assert pages["mill"].carried == pages["dock"].departed + pages["dock"].copies
    assert pages["dock"].copies > 300
    assert pages["mill"].removed > 0
