"""What the page is sent of a followed event says what the journey says, and fits the message."""

from dataclasses import replace

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.diagram.following.note import Beside, Wordings, followed
from lifecycle.diagram.journey_words import journey_words, parting_words
from lifecycle.diagram.living.message import Followed
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Cause, Size
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.journey import follow
from lifecycle.simulation.readings.partings import parted
from lifecycle.words import clock_s
from tests.support.message_contract import fits
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
LABELS = {stage.id: stage.label for stage in COURSE.pipeline.stages}
ARTEFACTS = {place.id: place.artefact for place in COURSE.places.values() if place.artefact}
WORDINGS = Wordings(LABELS, ARTEFACTS)
DAY = Scenario(events=3_000)
RUN = simulate(COURSE.pipeline.network, DAY)
STREAMED = simulate(COURSE.pipeline.network, replace(DAY, size=Size.STREAM))


def sent(event: int, beside: Beside | None = None) -> Followed:
    return followed(RUN, event, "bi", WORDINGS, beside, key="monday", digest="abc")


@pytest.mark.parametrize("event", range(0, 3_000, 211))
def test_every_figure_is_the_journeys(event):
    journey, note = follow(RUN, event, "bi"), sent(event, Beside(STREAMED, "before"))
    assert fits(note, Followed)
    assert note["ribbon"]["words"] == journey_words(journey, LABELS)
    parts = note["ribbon"]["parts"]
    for stay in journey.stays:
        here = [part for part in parts if part["stage"] == stay.stage]
        assert here[0]["start"] == stay.arrived_s
        assert here[-1]["end"] == (RUN.horizon_s if stay.left_s is None else stay.left_s)
        waited = [wait for wait in stay.waits if wait.cause != Cause.NONE]
        assert [part["waits"] for part in here].count(True) == len(waited)
    other = follow(STREAMED, event, "bi")
    assert note["parting"] == parting_words(parted(journey, other), RUN, STREAMED, LABELS)
    assert not_none(note["other"])["words"] == journey_words(other, LABELS)


@pytest.mark.parametrize("event", range(0, 3_000, 211))
def test_the_line_has_the_real_times_of_the_journey_and_not_the_clocks(event):
    stays, beats = follow(RUN, event, "bi").stays, sent(event)["beats"]
    for stay in stays:
        when = [beat["when"] for beat in beats if beat["stage"] == stay.stage and not beat["to"]]
        left_s = RUN.horizon_s if stay.left_s is None else stay.left_s
        assert when[0].removeprefix("at ").startswith(clock_s(stay.arrived_s))
        assert when[-1].endswith(clock_s(left_s))
    handed_over = [beat["when"] for beat in beats if beat["to"]]
    assert handed_over == [f"at {clock_s(stay.arrived_s)}" for stay in stays[1:]]
    assert all((beat["rate"] == "clock paused") == (beat["start"] == beat["end"]) for beat in beats)


@pytest.mark.parametrize(("run", "beside"), [(RUN, STREAMED), (STREAMED, RUN)], ids=["longer", "shorter"])
def test_both_ribbons_have_one_scale_that_the_longer_fills(run, beside):
    note = followed(run, 1_000, "bi", WORDINGS, Beside(beside, "before"), key="monday", digest="abc")
    ribbons = (note["ribbon"], not_none(note["other"]))
    assert max(sum(part["share"] for part in ribbon["parts"]) for ribbon in ribbons) == pytest.approx(1.0)
    scales = [
        (part["end"] - part["start"]) / part["share"]
        for ribbon in ribbons for part in ribbon["parts"] if part["share"] > 1e-4
    ]  # fmt: skip
    assert max(scales) == pytest.approx(min(scales), rel=1e-4)


def test_what_it_looks_like_at_each_stage_stands_in_the_order_of_the_journey():
    journey, note = follow(RUN, 1_000, "bi"), sent(1_000)
    assert [found["stage"] for found in note["artefacts"]] == [stay.stage for stay in journey.stays]
    assert all("1000" in found["text"] for found in note["artefacts"])
    assert note["tag"] == "order 1,000 · 15 €"


def test_without_another_run_there_is_none_and_of_another_day_it_says_why():
    assert (sent(5)["other"], sent(5)["parting"]) == (None, "")
    few = simulate(COURSE.pipeline.network, replace(DAY, events=100))
    note = sent(2_000, Beside(few, "before"))
    assert note["other"] is None
    assert note["parting"].startswith(
        "There is no other run to compare with: there is no event 2,000: the day has 100,"
    )
    other_luck = simulate(COURSE.pipeline.network, replace(DAY, seed=2))
    note = sent(2_000, Beside(other_luck, "before"))
    assert note["other"] is None
    assert "is another in each run" in note["parting"]


def test_a_number_that_no_event_has_is_said():
    with pytest.raises(ValueError, match=r"^there is no event 3,000: the day has 3,000, numbered 0 to 2,999$"):
        sent(3_000)
