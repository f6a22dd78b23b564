"""The sentence on a change is read back against the figures of the two runs, for all neighbouring settings."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, product

import pytest

from lifecycle.charts.effect import effect, slowest
from lifecycle.charts.headlines import headlines
from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.model.kinds import Size, Start
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.accounts import time_split

COURSE = load(SHIPPED)
CONSUMER = "bi"
VALUE = r"(?:none yet|none|[\d.,]+(?: [a-zA-Z]+)?(?: [\d.]+ [a-z]+)?)"
SENTENCE = re.compile(
    rf"^(?P<cause>.+?) (?:(?P<age>cut|raised) the p95 age at Analytics from (?P<was>{VALUE}) to (?P<now>{VALUE})"
    rf"|left the p95 age at Analytics at (?P<same>{VALUE})"
    rf"|brought data to Analytics, at p95 (?P<came>{VALUE}) old|(?P<gone>left Analytics without data))"
    rf"(?: and (?P<bill>cut|raised) the bill from (?P<paid>{VALUE}) to (?P<pays>{VALUE})"
    rf"|, for the same bill of (?P<same_bill>{VALUE}))"
    rf"(?:; (?P<lost>[\d,.]+) events are lost, (?P<lost_before>[\d,.]+) were before)?\.$"
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
        assert read["same"] == was.shown == now.shown
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
        assert read["same_bill"] == paid.shown == pays.shown
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
