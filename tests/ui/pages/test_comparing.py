"""Runs that are kept: named by what tells them apart, carried by a link, set side by side."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from lifecycle import charts
from lifecycle.charts import figure_of
from lifecycle.course import content_folder, load
from lifecycle.course.address import State, scenario_of
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import FaultKind, Size, Start
from lifecycle.simulation.model.scenario import Fault
from lifecycle.ui import remembered
from lifecycle.ui.pages.comparing import CompareJob
from lifecycle.ui.session import kept
from lifecycle.ui.session.addressbar import Layer
from lifecycle.ui.session.naming import LONGEST, names
from tests.support.narrow import stage_of
from tests.ui.explorer_app import MACHINE

ROOT = Path(__file__).parents[3]
COURSE = load(content_folder())
STATES = st.builds(
    State,
    scenario=st.sampled_from(["", "flash-sale"]),
    start=st.sampled_from(["pull", "push"]),
    size=st.sampled_from(["batch", "stream"]),
    transform=st.sampled_from(["batch", "stream"]),
    events=st.sampled_from([None, 5_000]),
    seed=st.integers(1, 3),
    knobs=st.sampled_from([(), (("buffer", "consumers", 2.0),), (("buffer", "policy", 2.0), ("lake", "put_s", 0.5))]),
    faults=st.sampled_from([(), (Fault(FaultKind.DOWN, "buffer", 0.0, 3600.0),)]),
)
SMALL = {"events": "3000"}


# Names


def test_a_run_is_named_by_what_tells_it_apart_and_by_nothing_else():
    plain = State(seed=4, start=Start.PUSH)
    assert names([plain, replace(plain, size=Size.STREAM)], COURSE) == ("in batches", "as a stream")
    assert names([plain, replace(plain, knobs=(("buffer", "consumers", 2.0),))], COURSE) == (
        "push, in batches",
        "Transient storage: consumers 2",
    )
    broken = replace(plain, faults=(Fault(FaultKind.DOWN, "buffer", 3600.0, 7200.0),))
    assert names([plain, broken], COURSE)[1] == "Transient storage: it stops, 01:00 to 02:00"
    assert names([plain, replace(plain, scenario="flash-sale")], COURSE) == ("A normal day", "Flash sale at noon")


def test_a_run_that_is_alone_is_named_by_how_its_data_moves():
    alone = State(start=Start.PUSH, size=Size.STREAM, knobs=(("buffer", "consumers", 2.0),))
    assert names([alone], COURSE) == ("push, as a stream",)
    assert names([State()], COURSE) == ("pull, in batches",)


@given(st.lists(STATES, min_size=1, max_size=6))
def test_no_two_runs_share_a_name_and_none_is_long(states):
    found = names(states, COURSE)
    assert len(set(found)) == len(states)
    assert all(0 < len(name) <= LONGEST + 4 for name in found)


# The address


@given(st.lists(STATES, max_size=6, unique=True))
def test_a_link_gives_back_the_runs_that_it_was_made_of(states):
    assert kept.read(COURSE, kept.write(states)) == (tuple(states), ())


@given(st.lists(st.text(max_size=60), max_size=9))
def test_no_link_whatever_breaks_the_page(texts):
    states, _ = kept.read(COURSE, texts)
    assert len(states) <= kept.MOST


def test_what_a_link_cannot_bring_is_told():
    states, notices = kept.read(COURSE, ["size=lots", "x" * 5_000, *(f"seed={n}" for n in range(2, 8))])
    assert states == (State(), *(State(seed=n) for n in range(2, 6)))
    assert ["lots" in notices[0], "5" not in notices[1], "2 runs beyond" in notices[2]] == [True, True, True]


# The charts


def test_each_run_is_a_line_and_the_finding_names_the_best():
    states = [State(events=3_000), State(events=3_000, size=Size.STREAM, transform=Size.STREAM)]
    runs = {
        name: simulate(COURSE.pipeline.network, scenario_of(state, COURSE))
        for name, state in zip(names(states, COURSE), states, strict=True)
    }
    slow, fast = runs
    end, buffer = stage_of(COURSE.pipeline, "bi"), stage_of(COURSE.pipeline, "buffer")
    for drawing in (charts.freshness_of(runs, end), charts.latency_of(runs, end), charts.depth_of(runs, buffer)):
        assert [trace.name for trace in figure_of(drawing).data] == [slow, fast]
        assert len({trace.line.width for trace in figure_of(drawing).data}) == 2
        assert len(drawing.table.columns) >= 3
    assert f"gets the freshest data from “{fast}”: p95 age" in charts.freshness_of(runs, end).finding
    assert f"reach Analytics soonest with “{fast}”: median" in charts.latency_of(runs, end).finding
    assert charts.depth_of(runs, buffer).finding.endswith(f"with “{slow}”")


def test_one_run_is_no_best_and_runs_that_are_shown_alike_are_called_the_same():
    run = simulate(COURSE.pipeline.network, scenario_of(State(events=3_000), COURSE))
    far = simulate(COURSE.pipeline.network, scenario_of(State(events=3_000, size=Size.STREAM), COURSE))
    end, buffer = stage_of(COURSE.pipeline, "bi"), stage_of(COURSE.pipeline, "buffer")

    def said(**runs):
        return tuple(
            drawing.finding.rpartition(": ")[0] or drawing.finding
            for drawing in (charts.freshness_of(runs, end), charts.latency_of(runs, end))
        )

    assert said(a=run) == ("Analytics gets its data from “a”", "Events reach Analytics with “a”")
    same = ("Analytics gets equally fresh data from both runs", "Events reach Analytics equally soon with both runs")
    assert said(a=run, b=run) == same
    assert said(a=far, b=far, c=run)[1] == "Events reach Analytics soonest with “a” and “b” alike"
    assert charts.depth_of({"a": run, "b": run}, buffer).finding.endswith("with both runs")
    assert charts.depth_of({"a": run}, buffer).finding.endswith("with “a”")


def test_the_curves_of_six_runs_differ_in_width_and_have_no_dashes():
    states = [State(events=1_000, seed=seed) for seed in range(kept.MOST)]
    runs = {str(state.seed): simulate(COURSE.pipeline.network, scenario_of(state, COURSE)) for state in states}
    end, buffer = stage_of(COURSE.pipeline, "bi"), stage_of(COURSE.pipeline, "buffer")
    for made in (charts.depth_of(runs, buffer), charts.freshness_of(runs, end), charts.latency_of(runs, end)):
        drawn = figure_of(made).data
        assert {trace.line.dash for trace in drawn} == {None}
        assert len({trace.line.width for trace in drawn}) == kept.MOST == 6


def test_a_day_without_events_says_so():
    runs = {"none": simulate(COURSE.pipeline.network, scenario_of(State(events=0), COURSE))}
    end = stage_of(COURSE.pipeline, "bi")
    for drawing in (charts.freshness_of(runs, end), charts.latency_of(runs, end), charts.depth_of(runs, end)):
        assert drawing.finding == "Nothing arrives in any of these runs"


# The page


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


def explorer(**params):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[remembered.LAYER.name] = Layer.ENGINEER
    for name, value in (params or MACHINE).items():
        app.query_params[name] = value
    return app.run()


def comparing(app):
    app.switch_page("pages/compare.py").run()
    assert not app.exception
    return app


def table(app):
    return app.dataframe[0].value.set_index("Figure")


def test_a_page_without_runs_offers_the_four_ways_and_they_can_be_undone():
    app = comparing(explorer(**SMALL))
    assert not app.dataframe
    app.button(key="four-ways").click().run()
    assert list(table(app).columns) == [
        "pull, in batches",
        "pull, as a stream",
        "push, in batches",
        "push, as a stream",
    ]
    assert len(app.query_params["runs"]) == 4
    app.button(key="remove-1").click().run()
    assert list(table(app).columns) == ["pull, in batches", "push, in batches", "push, as a stream"]
    app.button(key="undo-kept").click().run()
    assert len(table(app).columns) == 4
    app.button(key="remove-all").click().run()
    assert not app.dataframe
    assert "runs" not in app.query_params
    assert not app.exception


def test_runs_are_kept_in_the_explorer_and_measured_against_any_of_them():
    app = explorer(**SMALL)
    app.button(key="keep").click().run()
    assert app.button(key="keep").disabled
    app.segmented_control(key="size").set_value("stream").run()
    assert not app.button(key="keep").disabled
    app.button(key="keep").click().run()
    comparing(app)
    assert list(table(app).columns) == ["in batches", "as a stream"]
    fresh = table(app).loc["p95 freshness"]
    measured(app).set_value(State(events=3_000, size=Size.STREAM)).run()
    assert list(table(app).columns) == ["as a stream", "in batches"]
    assert table(app).loc["p95 freshness"].to_dict() == fresh.to_dict()
    assert not app.exception


def test_what_is_measured_against_is_called_as_the_list_calls_it():
    app = comparing(explorer(start="push", size="stream", **SMALL))
    app.session_state["kept-runs"] = (State(events=3_000, start=Start.PUSH, size=Size.STREAM),)
    app.run()
    first = measured(app)
    assert first.options == ["push, as a stream"]
    app.session_state["kept-runs"] = (
        *app.session_state["kept-runs"],
        State(events=5_000, start=Start.PUSH, size=Size.STREAM),
    )
    app.run()
    second = measured(app)
    assert second.options == ["3,000 events", "5,000 events"]
    assert second.key != first.key  # the browser draws a list of its own for it, with the new names
    assert second.value == first.value
    second.set_value(State(events=5_000, start=Start.PUSH, size=Size.STREAM)).run()
    app.session_state["kept-runs"] = (*app.session_state["kept-runs"], State(events=3_000))
    app.run()
    assert measured(app).value == State(events=5_000, start=Start.PUSH, size=Size.STREAM)
    assert not app.exception


def measured(app):
    (found,) = (each for each in app.selectbox if each.label == "Measured against")
    return found


def test_what_is_beyond_chance_is_told_in_words_and_a_changed_comparison_forgets_it():
    app = comparing(explorer(**SMALL))
    app.button(key="four-ways").click().run()
    app.button(key="compare-chance").click().run()
    assert app.session_state["compare-job"].ended.wait(60)
    app.run()
    shown = table(app)
    told = dict(zip(shown.index[::2], shown.loc["difference", "push, as a stream"], strict=True))
    assert told["p95 freshness"].endswith(": better")
    assert told["Cost of the day"].endswith(": worse")
    assert "difference" not in str(app.markdown[0].value)
    app.selectbox(key="compare-consumer").select_index(1).run()
    assert "difference" not in table(app).index
    assert "compare-job" not in app.session_state
    assert not app.exception


def test_where_a_cluster_is_named_a_thousand_days_are_offered(monkeypatch):
    begun = []
    monkeypatch.setattr(CompareJob, "begin", lambda job, _: begun.append((job.days, job.of)))
    app = comparing(explorer(**SMALL))
    app.button(key="four-ways").click().run()
    assert "compare-days" not in [each.key for each in app.selectbox]
    monkeypatch.setenv("HEADWATERS_DASK", "nowhere")
    days = app.run().selectbox(key="compare-days")
    assert days.options == ["10", "100", "1,000"]
    days.set_value(1_000).run()
    app.button(key="compare-chance").click().run()
    assert begun == [(1_000, 4_000)]
    assert not app.exception


def test_a_cluster_that_is_not_there_is_told_in_words(monkeypatch):
    monkeypatch.setenv("HEADWATERS_DASK", "nowhere")
    job = CompareJob((State(events=500), State(events=500, size=Size.STREAM)), "bi", COURSE.prices, 10)
    job.begin(lambda: job.work(COURSE))
    assert job.ended.wait(30)
    assert "HEADWATERS_DASK is 'nowhere'" in job.trouble


def test_a_shared_link_brings_its_runs_and_says_what_it_could_not():
    app = explorer()
    app.query_params["runs"] = ["events=3000", "events=3000&size=stream", "size=lots"]
    comparing(app)
    assert list(table(app).columns)[:2] == ["in batches, 3,000 events", "as a stream, 3,000 events"]
    assert any("lots" in warning.value for warning in app.warning)


def test_a_comparison_that_is_stopped_simulates_no_further_day_and_has_no_result():
    job = CompareJob((State(events=500), State(events=500, size=Size.STREAM)), "bi", COURSE.prices, 10, of=20)
    job.stop.set()
    job.begin(lambda: job.work(COURSE))
    assert job.ended.wait(30)
    assert (job.done, job.result, job.trouble) == (0, None, "")


def test_what_cannot_be_compared_is_told_in_words():
    job = CompareJob((State(events=500),), "bi", COURSE.prices, 10)
    job.begin(lambda: job.work(COURSE))
    assert job.ended.wait(30)
    assert "1 runs; name 2 to 8" in job.trouble
