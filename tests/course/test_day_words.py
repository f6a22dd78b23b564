"""What a scenario's text is told of the day on screen follows the switches, the knobs and an own day."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lifecycle.course import load
from lifecycle.course.address import State, scenario_of
from lifecycle.course.briefs import PLACE, filled
from lifecycle.course.day_words import day_words
from lifecycle.course.loading import SHIPPED
from lifecycle.documents import ContentError
from lifecycle.outputs.offline import texts
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size, Start
from tests.support.small_course import SCENARIO, write_course
from tests.support.unmarked import unmarked
from tests.ui.explorer_app import MACHINE

COURSE = load(SHIPPED)
NETWORK = COURSE.pipeline.network
ROOT = Path(__file__).parents[2]
WAYS = tuple(product(Start, Size, Size))


def story(**settings) -> str:
    state = State(**settings)
    named = COURSE.named(state.scenario) or COURSE.default
    return filled(named.brief.markdown, day_words(NETWORK, scenario_of(state, COURSE), named.brief.asks))


def test_the_words_for_how_events_move_follow_the_switches_and_the_timetable():
    moves = {
        ("pull", "batch"): "pulled in batches, one every hour",
        ("push", "batch"): "pushed as files, one every hour",
        ("pull", "stream"): "pulled as a stream",
        ("push", "stream"): "pushed as a stream, each as it is born",
    }
    for start, size, transform in WAYS:
        assert f"The events are {moves[start, size]}." in story(start=start, size=size, transform=transform)
    knob = ("ingestion", "batch_interval_s", 900.0)
    assert "pulled in batches, one every 15 min" in story(knobs=(knob,))
    assert "one every 5 min" in story(scenario="smaller-batches")


def test_the_number_of_events_is_that_of_the_day_on_screen():
    assert "120,000 events, asleep" in story()
    assert "50,000 events, asleep" in story(events=50_000)
    assert "about 1.4 a second" in story(scenario="steady-day")
    assert "about 0.69 a second" in story(scenario="steady-day", events=60_000)


def test_the_rate_of_a_rush_is_the_one_that_is_simulated():
    for events, words in ((240_000, "25"), (120_000, "12")):
        assert f"about {words} events a second" in story(scenario="flash-sale", events=events)
        run = simulate(NETWORK, scenario_of(State(scenario="flash-sale", events=events), COURSE))
        born = ((run.born_s >= 43_200) & (run.born_s < 46_800)).sum() / 3600
        assert float(words) == pytest.approx(born, rel=0.05)


@pytest.mark.parametrize("named", COURSE.scenarios, ids=lambda named: named.id)
def test_no_text_says_unasked_how_events_move_or_how_many_there_are(named):
    """A sentence outside what one sees, which names the switches that it holds for, names no timetable of a switch."""
    for text in (named.brief.story, named.brief.question):
        for sentence in re.split(r"(?<=[.?!]) ", text):
            if re.search(r"\bhourly\b|\bevery (?:hour|minute|five minutes)\b", sentence):
                assert re.match("In batches", sentence), sentence
            assert not re.search(r"\d[\d,]{4,} events", sentence), sentence
    for start, size, transform in WAYS:
        assert not PLACE.search(story(scenario=named.id, start=start, size=size, transform=transform))


def test_what_a_text_may_not_ask_is_told_by_check_with_a_remedy(tmp_path):
    write_course(tmp_path)
    text = SCENARIO.replace("## Story\n\n", "## Story\n\nSome {evnts} and {store.nothing}. ")
    (tmp_path / "scenarios/rush.md").write_text(text)
    with pytest.raises(ContentError) as refused:
        load(tmp_path)
    found = [str(problem) for problem in refused.value.problems]
    assert [
        name for name in ("{evnts}", "{store.nothing}") if any(f"nothing is known of {name}" in each for each in found)
    ]
    assert all("{buffer.retention_s}" in each for each in found)


def shown(**query) -> str:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in (query or MACHINE).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return unmarked("\n".join(each.value for each in (*app.markdown, *app.caption)))


def test_the_page_tells_the_day_on_screen(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    page = shown(start="push", size="stream", events="50000", seed="3")
    assert "50,000 events, asleep" in page
    assert "pushed as a stream" in page
    assert "pulled in" not in page.partition("The events are")[2][:40]
    assert "the day on screen has 50,000 events and the seed 3." in page
    assert "On screen it has" not in shown()


def test_an_own_day_is_said_to_stand_in_for_the_arrivals_of_the_story(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    page = shown(trace="new-york-departures")
    events = COURSE.traces["new-york-departures"].events
    assert f"with {events:,} events. It stands in for the scenario's arrivals." in page
    assert page.index("It stands in") < page.index("A shop's day")


def test_the_offline_copy_marks_what_its_runs_tell_anew():
    html = texts.story(COURSE, COURSE.default)
    assert '<span data-told="events">120,000</span> events, asleep' in html
    assert '<span data-told="moves">pulled in batches, one every hour</span>' in html
    assert not PLACE.search(html)
    stream = replace(COURSE.default.scenario, start=Start.PUSH, size=Size.STREAM)
    assert day_words(NETWORK, stream, ("moves",)) == {"moves": "pushed as a stream, each as it is born"}
