"""The sentence on a change is read back against the figures of the two runs, for all neighbouring settings."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lifecycle.charts.effect import effect, slowest
from lifecycle.charts.headlines import Headline, beside, change_in_words, headlines, unchanged
from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.model.kinds import FaultKind, Size, Start
from lifecycle.simulation.model.scenario import Fault
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.accounts import time_split
from lifecycle.words import NO_CHANGE, counted, duration, money

COURSE = load(SHIPPED)
CONSUMER = "bi"
VALUE = r"(?:none yet|none|[\d.,]+(?: [a-zA-Z]+)?(?: [\d.]+ [a-z]+)?)"
SENTENCE = re.compile(
    rf"^(?P<cause>.+?) (?:(?P<age>cut|raised) the p95 age at Analytics from (?P<was>{VALUE}) to (?P<now>{VALUE})"
    rf"|left the p95 age at Analytics at (?P<same>{VALUE})"
    rf"|brought data to Analytics, at p95 (?P<came>{VALUE}) old|(?P<gone>left Analytics without data))"
    rf"(?: and (?P<bill>cut|raised) the bill from (?P<paid>{VALUE}) to (?P<pays>{VALUE})"
    rf"|, for the same bill of (?P<same_bill>{VALUE}))"
    rf"(?:; (?P<lost>[\d,.]+) events are lost instead of (?P<lost_before>[\d,.]+))?\.$"
)


def run_of(scenario):
    return COURSE.day(scenario).simulated()


def told(past, present):
    old, new = (headlines(COURSE.pipeline, run_of(day), COURSE.prices) for day in (past, present))
    return effect(COURSE.pipeline, past, present, old, new), old, new


def read_back(sentence, old, new):
    """Hold what the sentence says against the headlines."""
    read = SENTENCE.match(sentence)
    assert read, sentence
    was, now = old["freshness"], new["freshness"]
    if read["age"]:
        assert (read["was"], read["now"]) == (was.shown, now.shown)
        assert read["age"] == ("cut" if now.value < was.value else "raised")
    elif read["same"]:
        assert read["same"] == now.shown
        assert unchanged(was, now)
    elif read["came"]:
        assert was.value != was.value
        assert read["came"] == now.shown
    else:
        assert now.value != now.value
    paid, pays = old["cost"], new["cost"]
    if read["bill"]:
        assert (read["paid"], read["pays"]) == (paid.shown, pays.shown)
        assert read["bill"] == ("cut" if pays.value < paid.value else "raised")
    else:
        assert read["same_bill"] == pays.shown
        assert unchanged(paid, pays)
    assert (read["lost"] or new["lost"].shown) == new["lost"].shown
    assert (read["lost_before"] or new["lost"].shown) == old["lost"].shown


SWITCHED = {"start": tuple(Start), "size": tuple(Size), "transform": tuple(Size)}
CAUSES = {
    ("start", Start.PUSH): "Pushing",
    ("start", Start.PULL): "Pulling",
    ("size", Size.STREAM): "Streaming",
    ("size", Size.BATCH): "Moving data in batches",
    ("transform", Size.STREAM): "Transforming as a stream",
    ("transform", Size.BATCH): "Transforming in batches",
}


@pytest.mark.parametrize("named", COURSE.scenarios, ids=lambda named: named.id)
def test_every_flip_is_told_as_the_figures_are(named):
    day = replace(named.scenario, events=min(named.scenario.events, 3_000))
    for values in product(*SWITCHED.values()):
        past = replace(day, **dict(zip(SWITCHED, values, strict=True)))
        for field, both in SWITCHED.items():
            other = next(value for value in both if value != getattr(past, field))
            sentence, old, new = told(past, replace(past, **{field: other}))
            assert sentence.startswith(CAUSES[field, other] + " ")
            read_back(sentence, old, new)


def test_a_knob_a_fault_and_several_changes_are_named_and_nothing_is_said_of_none():
    plain = replace(COURSE.default.scenario, events=3_000)
    turned = replace(plain, overrides=(("ingestion", "batch_interval_s", 1800.0),))
    broken = replace(plain, faults=next(one.scenario.faults for one in COURSE.scenarios if one.scenario.faults)[:1])
    for past, present in pairwise((plain, turned, plain, broken, plain)):
        sentence, old, new = told(past, present)
        read_back(sentence, old, new)
    assert told(plain, turned)[0].startswith("“Batch interval: 30 min” at Ingestion ")
    assert told(broken, plain)[0].startswith("Taking away “")
    several = told(plain, replace(turned, start=Start.PUSH, size=Size.STREAM))[0]
    assert several.startswith("These 3 changes together ")
    assert told(plain, plain)[0] == ""


def test_a_fault_that_ends_at_another_time_is_one_change():
    stopped = Fault(FaultKind.DOWN, "ingestion", 50_400.0, 54_000.0)
    day = replace(COURSE.default.scenario, events=3_000, faults=(stopped,))
    sooner, later = (replace(day, faults=(replace(stopped, end_s=end_s),)) for end_s in (51_300.0, 57_600.0))
    assert told(day, sooner)[0].startswith("Repairing “Ingestion stopped, 14:00 to 15:00” at 14:15 ")
    assert told(day, later)[0].startswith("“Ingestion stopped, 14:00 to 16:00” ")
    elsewhere = replace(day, faults=(replace(stopped, station="lake", end_s=51_300.0),))
    assert told(day, elsewhere)[0].startswith("These 2 changes together ")


NEARLY = st.floats(0.9985, 1.0015) | st.floats(0.2, 5.0)
FIGURES = {
    "freshness": ("the p95 age", lambda value: Headline("Age", value, duration(value), "")),
    "cost": ("the bill", lambda value: Headline("Bill", value, money(value, "USD"), "")),
    "lost": ("lost", lambda value: Headline("Lost", round(value), counted(round(value)), "", count=True)),
}


@given(st.floats(0.5, 200_000.0), NEARLY, st.sampled_from(list(FIGURES)))
@example(5 * 3600 + 34.49 * 60, 1.0001, "freshness")
@example(24.514, 1.0001, "cost")
def test_the_sentence_names_the_changes_that_the_figures_call_changes(value, factor, name):
    past, present = (replace(COURSE.default.scenario, start=start) for start in (Start.PULL, Start.PUSH))
    steady = {each: make(60.0) for each, (_, make) in FIGURES.items()}
    words, make = FIGURES[name]
    old, new = steady | {name: make(value)}, steady | {name: make(value * factor)}
    sentence = effect(COURSE.pipeline, past, present, old, new)
    named = f"cut {words}" in sentence or f"raised {words}" in sentence or f"events are {words}" in sentence
    assert named == (change_in_words(old[name], new[name]) != NO_CHANGE), sentence


def test_beside_a_figure_stands_what_changed():
    age, bill, lost = (make for _, make in FIGURES.values())
    assert change_in_words(age(20_069.0), age(20_071.0)) == NO_CHANGE  # 5 h 34 and 5 h 35
    assert change_in_words(age(4380.0), age(900.0)) == "was 1 h 13 min (−79\u00a0%)"
    assert change_in_words(bill(24.514), bill(24.516)) == NO_CHANGE
    assert change_in_words(lost(114_608), lost(114_650)) == "was 114,608"  # a count is a count
    assert change_in_words(lost(3), lost(3)) == NO_CHANGE


@pytest.mark.parametrize("named", COURSE.scenarios, ids=lambda named: named.id)
def test_the_slowest_step_is_where_most_of_the_way_is_spent(named):
    run = run_of(replace(named.scenario, events=min(named.scenario.events, 3_000)))
    step, split = slowest(run), time_split(run, CONSUMER)
    if step is None:
        assert not split
        return
    spent = {name: waiting + working for name, waiting, working in split}
    assert step.spent_s == max(spent.values()) == spent[step.station]
    assert step.share == pytest.approx(step.spent_s / sum(spent.values()))
    assert step.latency_s == pytest.approx(measures.latency(run, CONSUMER).mean(), rel=1e-9)


@pytest.mark.parametrize(
    ("before", "now", "bars"),
    [
        (10.0, 5.0, (1.0, 0.5)),
        (5.0, 20.0, (0.25, 1.0)),
        (0.0, 0.0, (0.0, 0.0)),
        (math.nan, 7.0, (0.0, 1.0)),
        (7.0, math.inf, (1.0, 0.0)),
    ],
)
def test_two_bars_have_one_scale_and_a_figure_that_is_none_has_no_bar(before, now, bars):
    old, new = (Headline("Age", value, "", "") for value in (before, now))
    assert beside(old, new) == bars
