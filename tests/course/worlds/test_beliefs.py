"""The smallest world that proves a belief wrong: it does, it is the smallest, and its sentence says its figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle.course import address, computed, load
from lifecycle.course.ideas import Ideas, Misconception, read_ideas
from lifecycle.course.loading import SHIPPED
from lifecycle.course.worlds import beliefs, knobs
from lifecycle.course.worlds.claim_words import sentence
from lifecycle.simulation.model.kinds import Arrivals, Size, Start
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
LABELS = {stage.id: stage.label for stage in COURSE.pipeline.stages}
SMALL = address.State(seed=7, events=4_000)
OURS = [belief for belief in COURSE.misconceptions if belief.disproves]
OWN = [
    SMALL,
    replace(SMALL, scenario="flash-sale", start=Start.PUSH, size=Size.STREAM, transform=Size.STREAM),
    replace(SMALL, knobs=(("transform", "interval_s", 60.0),)),
]


def nearest(text, state=SMALL):
    return beliefs.nearest(COURSE, state, beliefs.disproof(text))


def figures(state):
    return computed.facts("&".join(f"{name}={value}" for name, value in address.write(state).items()), COURSE)


def test_ten_beliefs_of_ours_or_more_say_when_they_fail():
    assert len(OURS) >= 10


@pytest.mark.parametrize("belief", OURS, ids=lambda belief: belief.id)
@pytest.mark.parametrize("own", OWN, ids=["as it comes", "a stream in a rush", "a knob turned"])
def test_where_it_is_shown_it_holds_under_the_settings_that_its_author_named(belief, own):
    sought = beliefs.disproof(belief.disproves)
    example = beliefs.nearest(COURSE, own, sought)
    if example is None:
        return  # said on the page; that the course's own day has one, `check` holds
    left, right, holds = sought.claim.of(figures(example.state))
    assert (left, right, holds) == (example.left, example.right, True)
    given, _ = address.turned(example.state, sought.given, COURSE)
    assert replace(given, moment=None) == example.state


def test_nothing_is_changed_where_the_learners_own_day_shows_it():
    example = not_none(nearest("consumers.bi.freshness_s.p95 > 600"))
    assert example.state == SMALL


def test_one_switch_is_tried_before_two_and_two_before_a_knob():
    one = not_none(nearest("consumers.bi.freshness_s.p95 < 2000"))
    assert one.state == replace(SMALL, size=Size.STREAM)
    two = not_none(nearest("consumers.bi.freshness_s.p95 < 300"))
    assert two.state == replace(SMALL, size=Size.STREAM, transform=Size.STREAM)


def test_a_switch_that_is_given_is_not_flipped():
    example = nearest("consumers.bi.freshness_s.p95 < 60 with size=batch")
    assert example is None or example.state.size is Size.BATCH


def test_a_knob_is_moved_no_further_than_it_must():
    text = "events.expired > 0 with scenario=consumer-crash&start=push&size=stream&transform=stream"
    example = not_none(nearest(text))
    ((stage, name, value),) = example.state.knobs
    at = next(one for one in COURSE.pipeline.stages if one.id == stage)
    figure = next(one for one in knobs.that_matter(COURSE, example.state, at) if one.name == name)
    base = replace(example.state, knobs=())
    in_use = knobs.in_use(COURSE, base, at, figure)
    places = list(knobs.places_of(figure, in_use))
    moved, start = places.index(value), places.index(in_use)
    assert moved != start
    nearer = moved + (1 if moved < start else -1)
    before = replace(base, knobs=knobs.turned(COURSE, base, at, figure, places[nearer]))
    assert figures(before)["events"]["expired"] == 0


def test_a_search_ends_and_costs_no_more_than_so_many_days(monkeypatch):
    simulated = []

    def counting(query, course):
        simulated.append(query)
        return computed.facts(query, course)

    monkeypatch.setattr(beliefs, "facts", counting)
    assert nearest("cost.total < 0") is None
    assert len(simulated) == beliefs.MOST_DAYS


def test_the_second_search_simulates_nothing(monkeypatch):
    nearest("consumers.ml.freshness_s.p95 < 60")
    misses = computed.figures_of.cache_info().misses
    nearest("consumers.ml.freshness_s.p95 < 60")
    assert computed.figures_of.cache_info().misses == misses


def test_a_day_that_is_too_large_to_be_simulated_again_and_again_is_left_alone(monkeypatch):
    monkeypatch.setattr(beliefs, "facts", lambda *_: pytest.fail("simulated"))
    assert nearest("events.born > 0", replace(SMALL, events=beliefs.MOST_EVENTS + 1)) is None


def test_of_two_knobs_that_must_move_as_far_the_one_nearest_to_who_waits_is_turned(monkeypatch):
    """Moved is by places, and only a stage that needs fewer of them takes the place of one behind it."""
    tried = []

    def days(state: address.State) -> beliefs.Counterexample | None:
        tried.append(state)
        ((stage, name, value),) = state.knobs
        at = next(one for one in COURSE.pipeline.stages if one.id == stage)
        figure = next(one for one in knobs.that_matter(COURSE, SMALL, at) if one.name == name)
        places = list(knobs.places_of(figure, knobs.in_use(COURSE, SMALL, at, figure)))
        moved = abs(places.index(value) - places.index(knobs.in_use(COURSE, SMALL, at, figure)))
        return beliefs.Counterexample(state, 1.0, 0.0) if moved >= 2 else None

    searched = beliefs._Days(COURSE, beliefs.disproof("events.born > 0").claim)
    monkeypatch.setattr(searched, "example", days)
    example = not_none(beliefs._turned(searched, SMALL))
    assert example.state.knobs[0][:2] == tried[0].knobs[0][:2]


def test_a_figure_that_only_some_days_have_is_no_fault_and_a_replayed_day_is_left_alone():
    assert nearest("queries.nowhere.asked > 0") is None
    trace = next(iter(COURSE.traces))
    assert nearest("events.born > 0", replace(SMALL, trace=trace)) is None
    named = next(named for named in COURSE.scenarios if named.scenario.arrivals is not Arrivals.REAL_DAY)
    assert nearest("events.born > 0", replace(SMALL, scenario=named.id)) is not None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("consumers.bi.freshness_s.p95", "compares nothing"),
        ("1 < events.born < 2", "compares nothing"),
        ("events.born == 3", "compares nothing"),
        ("consumers.nobody.freshness_s.p95 > 1", "'nobody' is not known"),
        ("events.born > 0 with size=both", "size"),
        ("events.born > 0 with colour=red", "colour"),
        ("cost.total < 0", "in no day near"),
        ("stages.lake.max_queue >= 0", "a sentence has no words for 'stages.lake.max_queue'"),
    ],
)
def test_an_author_is_told_what_is_wrong_and_where(text, named):
    belief = f'{{id: b, idea: a, label: B, disproves: "{text}"}}'
    ideas, problems = read_ideas(f'ideas:\n  - {{id: a, label: A, about: "About."}}\nmisconceptions:\n  - {belief}\n')
    assert not problems
    (problem,) = beliefs.problems(replace(COURSE, known=ideas))
    assert (problem.file, problem.line) == ("ideas.yaml", 4)
    assert named in problem.what
    assert "b" in problem.what


def test_our_own_course_has_none_of_that():
    assert list(beliefs.problems(COURSE)) == []
    assert list(beliefs.problems(replace(COURSE, known=Ideas(misconceptions=(Misconception("b", "a", "B"),))))) == []


@pytest.mark.parametrize(
    ("text", "left", "right", "words"),
    [
        ("consumers.bi.freshness_s.p95 > 600", 912.0, 600.0,
         "On this day p95 of the age of the newest data at Analytics is 15 min: more than 10 min."),
        ("consumers.bi.latency_s.max >= 2 * consumers.bi.latency_s.mean", 400.0, 120.0,
         "On this day the largest of the latency at Analytics is 7 min: at least 2 times the mean of the latency "
         "at Analytics (2 min)."),
        ("events.refused > 0", 12.0, 0.0, "On this day 12 events were refused."),
        ("events.refused < 1", 0.0, 1.0, "On this day no event was refused."),
        ("events.refused > 100", 6275.0, 100.0, "On this day 6,275 events were refused: more than 100."),
        ("views.bi.leaves > 0.1", 0.49, 0.1,
         "On this day the share of viewers of Analytics who gave up is 49 %: more than 10 %."),
        ("cost.total <= 12", 11.0, 12.0, "On this day the whole bill is 11.00 EUR: at most 12.00 EUR."),
        ("cost.total > 100 * cost.items.stored", 11.0, 0.25,
         "On this day the whole bill is 11.00 EUR: more than 100 times the bill's item “stored” (0.25 EUR)."),
        ("cost.items['job hours'] > 0.1", 0.42, 0.1,
         "On this day the bill's item “job hours” is 0.42 EUR: more than 0.10 EUR."),
    ],
)  # fmt: skip
def test_the_sentence_is_made_of_both_numbers(text, left, right, words):
    assert sentence(beliefs.disproof(text).claim, left, right, LABELS, "EUR") == words


@pytest.mark.parametrize(
    "text", ["stages.lake.max_queue > 5", "events.born > events.delivered", "cost.total > reads.x"]
)
def test_a_figure_without_words_is_no_sentence(text):
    with pytest.raises(ValueError, match="a sentence has no words for '"):
        sentence(beliefs.disproof(text).claim, 9.0, 5.0, LABELS, "EUR")


def test_there_is_no_half_an_event_and_every_place_can_be_turned_to():
    for stage in COURSE.pipeline.stages:
        for figure in knobs.that_matter(COURSE, SMALL, stage):
            value = knobs.in_use(COURSE, SMALL, stage, figure)
            places = knobs.places_of(figure, value)
            assert value in places
            assert list(places) == sorted(set(places))
            if figure.unit in knobs.COUNTED:
                assert all(place in (0, value) or place >= 1 for place in places)
            for place in places:
                turned = replace(SMALL, knobs=knobs.turned(COURSE, SMALL, stage, figure, place))
                assert address.read(address.write(turned), COURSE) == (turned, ())
