"""What the panel shows of the undercurrents on a day: read off the same run as the diagram and the charts."""

import math
from dataclasses import replace

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.simulation.readings.alarms import rings
from lifecycle.simulation.readings.exposure import copies, exposure
from lifecycle.simulation.readings.journey import Pick, choose, consumer_of
from lifecycle.words import clock
from tests.ui import explorer_app
from tests.ui.explorer_app import opened

COURSE = load(SHIPPED)


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


def day_of(scenario):
    named = next(each for each in COURSE.scenarios if each.id == scenario)
    return simulate(COURSE.pipeline.on_day(named.scenario).network, named.scenario)


def words(app):
    """All that the page says, its boxes included."""
    boxes = [*app.warning, *app.success, *app.info]
    return "\n".join([explorer_app.words(app), *(box.value for box in boxes)])


def rows(app):
    """The rows of the tables that the panel shows, cell by cell."""
    tables = [text.value for text in app.markdown if text.value.startswith("| ")]
    return [
        [cell.strip() for cell in line.strip("| ").split(" | ")] for table in tables for line in table.split("\n")[2:]
    ]


@pytest.mark.parametrize("undercurrent", ["access", "encryption", "masking"])
def test_a_calm_day_leaks_nothing_and_says_so(undercurrent):
    app = opened(stage=undercurrent, view="watch")
    assert "Nothing leaks on this day" in words(app)
    assert rows(app) == []
    assert not app.exception


def test_a_grant_too_wide_is_told_with_the_numbers_of_the_run():
    app = opened(scenario="wide-grant", stage="access", view="watch")
    leaked = exposure(day_of("wide-grant")).stages["lake"].leaked
    assert f"those on {leaked:,} events" in words(app)
    assert rows(app) == [["Raw storage", "All analysts", f"{leaked:,}", "01:00"]]


def test_taking_the_grant_back_ends_the_leak_and_stands_in_the_address():
    app = opened(scenario="wide-grant", stage="access", view="watch")
    app.selectbox(key="knob-lake-readers").set_value(1.0).run()
    assert "Nothing leaks on this day" in words(app)
    assert "lake.readers:1" in "".join(app.query_params["knobs"])
    assert not app.exception


def test_plain_text_on_a_wire_can_be_turned_on_where_encryption_is_shown():
    app = opened(stage="encryption", view="watch")
    app.selectbox(key="knob-api-tls").set_value(0.0).run()
    assert "Anyone on the network can read them" in words(app)
    assert not app.exception


def test_the_first_alarm_of_a_day_is_the_first_that_the_run_rings_with_who_is_downstream():
    run = day_of("silent-nulls")
    calm = simulate(run.network, next(e for e in COURSE.scenarios if e.id == "normal-day").scenario)
    first = rings(run, calm)[0]
    for undercurrent, begins in (("observability", "The first alarm"), ("data-quality", "The first check of the data")):
        app = opened(scenario="silent-nulls", stage=undercurrent, view="watch")
        assert f"{begins} rings at {clock(first.rang_s)}: empty columns at Curated storage" in words(app)
        assert "Downstream of Curated storage: Analytics, Machine learning, AI assistant and Reverse ETL." in words(app)
        assert not app.exception


def test_where_no_check_rings_it_says_so_and_where_to_see_one():
    app = opened(stage="observability", view="watch")
    assert "No check rings on this day" in words(app)
    assert "scenario=silent-nulls" in words(app)


def test_where_only_others_ring_the_checks_of_the_data_say_so_and_where_to_see_them():
    app = opened(scenario="catcher-down", stage="data-quality", view="watch")
    said = "No check of the data itself rings on this day, but others do: see [Observability]"
    assert f"{said}(?stage=observability&view=watch)." in words(app)
    assert rows(app) == []
    calm = words(opened(stage="data-quality", view="watch"))
    assert "No check of the data itself rings on this day. Break a stage" in calm


def test_lineage_says_who_must_be_told_and_where_to_look():
    app = opened(stage="lineage", view="watch")
    app.selectbox(key="lineage-of").set_value("warehouse").run()
    assert "1. [Analytics](?stage=bi)" in words(app)
    assert "1. [Transformation](?stage=transform)" in words(app)
    app.selectbox(key="lineage-of").set_value("oltp").run()
    assert "Only here: it begins here." in words(app)
    app.selectbox(key="lineage-of").set_value("external").run()
    assert "Only here: no flow leads here but those that lead back." in words(app)
    app.selectbox(key="lineage-of").set_value("bi").run()
    assert "Nobody: nothing leaves this stage." in words(app)
    app.selectbox(key="lineage-of").set_value("reverse-etl").run()
    assert "Nobody further on: no flow leads on from here but those that lead back." in words(app)
    assert not app.exception


def test_an_erased_order_that_comes_back_is_listed_with_both_its_stays():
    app = opened(scenario="erasure-comes-back", stage="lineage", view="watch", follow="20000")
    assert "Order 20,000 is erased in Curated storage at" in [slider.label for slider in app.select_slider]
    assert [row[2] for row in rows(app) if row[0] == "Curated storage"] == ["to 12:00:00", "with no end"]
    assert "Curated storage" in words(app).split("the order still lies in", 1)[1].split(".")[0]
    app.select_slider(key="erased-s").set_value(0).run()
    assert not app.exception


def test_an_erasure_begins_where_there_is_something_to_erase_and_is_set_to_the_minute_of_a_story():
    app = opened(stage="lineage", view="watch", seed="1")
    slider = app.select_slider(key="erased-s")
    run = simulate(COURSE.pipeline.network, COURSE.default.scenario)
    event = choose(run, Pick.MEDIAN, consumer_of(run.network))
    came_s = min(copy.from_s for copy in copies(run, event, 0.0) if copy.stage == "warehouse")
    assert slider.value == max(12 * 3600, math.ceil(came_s / 1800) * 1800)
    assert "nothing to erase yet" not in words(app)
    slider.set_value(12 * 3600 + 300).run()
    assert not app.exception


def test_an_orchestrators_day_says_its_timetable_what_failed_and_where_its_runs_are_drawn():
    app = opened(scenario="parent-fails", stage="orchestration", view="watch")
    assert "on the schedule hourly: a run every hour at :10" in words(app)
    assert "(?stage=transform&view=watch)" in words(app)
    run = day_of("parent-fails")
    calm = simulate(run.network, replace(run.scenario, faults=()))
    failed = [ring for ring in rings(run, calm) if ring.check.kind is CheckKind.JOB]
    assert [row[0] for row in rows(app)] == [clock(ring.rang_s) for ring in failed]
    assert failed
    assert not app.exception


def test_a_day_without_a_schedule_says_so_and_where_there_is_one():
    app = opened(stage="orchestration", view="watch")
    assert "each stage keeps its own time" in words(app)
    assert "?scenario=parent-fails" in words(app)
