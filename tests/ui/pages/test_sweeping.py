"""The sweep page as a person uses it, without a browser."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.__main__ import main
from lifecycle.course import SHIPPED, load
from lifecycle.course.address import State, scenario_of
from lifecycle.simulation.experiments.sweeps import sweep
from lifecycle.ui.components.prose import plain
from lifecycle.ui.pages import sweeping

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


@pytest.fixture
def opened():
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["seed"] = "1"  # no first visit, which begins with a lesson
    app.run()
    app.switch_page("pages/sweep.py").run()
    assert not app.exception
    return app


def swept(app, steps=5):
    app.selectbox(key="sweep-steps").set_value(steps)
    app.selectbox(key="sweep-events").set_value(20_000).run()
    app.button(key="sweep-start").click().run()
    assert app.session_state["sweep-job"].ended.wait(60)
    return app.run()


def finding(app):
    return next(each.value for each in app.markdown if " settings reach" in each.value)


def test_a_sweep_shows_every_setting_and_the_level_decides_which_are_counted(opened):
    app = swept(opened)
    job = app.session_state["sweep-job"]
    assert job.result.done == job.of == 25
    table = app.dataframe[0].value
    assert len(table) == 25
    before = finding(app)
    app.select_slider(key="sweep-fresh").set_value(7200.0).run()
    assert f"{int(app.dataframe[0].value['meets the level'].sum())} of 25" in finding(app)
    assert finding(app) != before
    assert 0 < app.dataframe[0].value["meets the level"].sum() < 25
    assert not app.exception


def test_before_the_first_sweep_stands_a_coarse_one_of_the_chosen_knobs(opened):
    course, state = load(SHIPPED), State()
    knobs = {(stage.id, figure.name): (stage, figure) for stage, figure in sweeping._turnable(course)}
    day = replace(scenario_of(state, course), events=20_000)
    for station, name in (("ingestion", "batch_interval_s"), ("buffer", "consumers")):
        opened.selectbox(key="sweep-x").set_value(f"{station}.{name}").run()
        pair = knobs[station, name], knobs["transform", "interval_s"]
        x, y = (sweeping._axis(course, state, knob, 5) for knob in pair)
        whole = sweep(course.pipeline.network, day, x, y, opened.selectbox(key="sweep-consumer").value.id)
        assert whole.done == 25
        drawn = sweeping._map(whole, sweeping.LEVEL, pair)
        assert f"**{plain(drawn.finding)}**" in [each.value for each in opened.markdown]
    assert "sweep-job" not in opened.session_state
    assert not opened.exception


def test_the_cheapest_setting_is_named_and_keeps_the_level(opened):
    app = swept(opened)
    app.select_slider(key="sweep-fresh").set_value(7200.0)
    app.select_slider(key="sweep-lost").set_value(0.1).run()
    table = app.dataframe[0].value
    kept = table[table["meets the level"]]
    assert any("cheapest setting" in each.value for each in app.markdown)
    job = app.session_state["sweep-job"]
    from lifecycle.simulation.experiments.sweeps import Level

    place = job.result.cheapest(Level(7200.0, 0.1))
    assert job.result.cost[place] == kept["cost a day"].min()


def test_one_knob_cannot_be_turned_against_itself(opened):
    opened.selectbox(key="sweep-y").set_value(opened.selectbox(key="sweep-x").value).run()
    assert opened.button(key="sweep-start").disabled
    assert "two different knobs" in opened.warning[0].value


def test_a_new_sweep_stops_the_one_before(opened):
    opened.selectbox(key="sweep-steps").set_value(25).run()
    opened.button(key="sweep-start").click().run()
    first = opened.session_state["sweep-job"]
    swept(opened)
    assert first.stop.is_set()
    assert first.ended.wait(60)
    assert opened.session_state["sweep-job"] is not first
    assert first.result.done < first.of


def test_a_cancelled_sweep_shows_what_was_simulated(opened):
    opened.selectbox(key="sweep-steps").set_value(25).run()
    opened.button(key="sweep-start").click().run()
    opened.button(key="sweep-cancel").click().run()
    assert opened.session_state["sweep-job"].ended.wait(60)
    opened.run()
    assert not opened.exception
    assert "Cancelled after" in opened.info[0].value


def test_a_fault_that_comes_from_the_explorer_is_named_and_stays_with_what_was_swept(opened):
    opened.query_params["faults"] = "down.ingestion:50400-54000"
    app = swept(opened.run())
    words = "Broken: Ingestion: it stops, 14:00 to 15:00"
    assert any("Carried from the explorer" in each.value and words in each.value for each in app.markdown)
    assert any(each.value.startswith("Simulated: ") and words in each.value for each in app.caption)
    del app.query_params["faults"]
    app.run()
    assert not any(words in each.value for each in app.markdown)
    assert any(words in each.value for each in app.caption)


def test_a_sweep_of_knobs_that_do_nothing_says_so_and_names_no_cheapest(opened):
    for switch, way in (("start", "push"), ("size", "stream"), ("transform", "stream")):
        opened.query_params[switch] = way
    app = swept(opened.run())
    (told,) = (each.value for each in app.info)
    assert "**Ingestion: Batch interval** and **Transformation: Schedule** do nothing" in told
    assert "(push, stream, and a transformation in stream mode)" in told
    assert not any("cheapest setting" in each.value for each in app.markdown)


def test_the_command_line_says_of_a_sweep_what_the_page_says(opened, capsys):
    for switch, way in (("scenario", "consumer-crash"), ("start", "push"), ("size", "stream"), ("transform", "stream")):
        opened.query_params[switch] = way
    app = swept(opened.run())
    found = app.session_state["sweep-job"].result
    knobs = [
        f"--{name}={axis.name}={','.join(map(str, axis.values))}" for name, axis in (("x", found.x), ("y", found.y))
    ]
    ways = ["--start=push", "--size=stream", "--transform=stream", "--events=20000", "--scenario=consumer-crash"]
    assert main(["sweep", str(SHIPPED), *knobs, *ways]) == 0
    broken, reached, nothing = capsys.readouterr().err.splitlines()
    shown = " ".join(each.value for kind in ("markdown", "caption", "info") for each in getattr(app, kind))
    said = [broken, reached.removesuffix("."), nothing.partition(" Turn a switch")[0]]
    assert [each for each in said if plain(each) not in shown.replace("**", "")] == []


def test_a_map_of_other_knobs_than_those_chosen_says_so_and_what_it_was_made_of(opened):
    def told(app):
        return [each.value for each in app.info if "made with other settings" in each.value]

    app = swept(opened)
    assert told(app) == []
    app.selectbox(key="sweep-x").set_value("buffer.consumers").run()
    (said,) = told(app)
    assert "across Batch interval (Ingestion)" in said
    assert "up " not in said
    app.selectbox(key="sweep-events").set_value(50_000).run()
    assert "20,000 events a day" in told(app)[0]
    app.selectbox(key="sweep-consumer").select_index(1).run()
    assert "for Analytics" in told(app)[0]
    app.query_params["size"] = "stream"
    app.run()
    assert "the explorer's settings at that time" in told(app)[0]
    app.query_params["size"] = "batch"
    app.selectbox(key="sweep-consumer").select_index(0).run()
    assert told(swept(app)) == []
    assert not app.exception


def test_where_a_cluster_is_named_sweeps_of_ten_thousand_days_are_offered_and_its_absence_is_told(opened, monkeypatch):
    assert "100" not in opened.selectbox(key="sweep-steps").options
    monkeypatch.setenv("HEADWATERS_DASK", "nowhere")
    assert opened.run().selectbox(key="sweep-steps").options[-2:] == ["50", "100"]
    app = swept(opened)
    assert "The sweep could not be made: HEADWATERS_DASK is 'nowhere'" in app.error[0].value
    assert not app.exception
