"""The shipped talks: what a hall can read, what a speaker can say, and every number of theirs from the simulation."""

import re
from dataclasses import replace

import numpy as np
import pytest

from lifecycle.charts.headlines import headlines
from lifecycle.classroom.rehearsal import about, framed, problems, truth
from lifecycle.course import load
from lifecycle.course.address import State, scenario_of, turned
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.day.run import Run, simulate
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.alarms import Check, Ring, rings
from lifecycle.simulation.readings.alarms.ringing import ring_of
from lifecycle.simulation.readings.bill import bill
from lifecycle.simulation.readings.exposure import exposure
from lifecycle.simulation.readings.gantt import job_run, run_at
from lifecycle.simulation.readings.report import report
from tests.course.story_days import HOUR_S, MINUTE_S, empty_after, lost, minutes, rush, worst_age_s
from tests.support.days import kept
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
STEPS = [pytest.param(talk, step, id=f"{talk.id}:{step.line}") for talk in COURSE.talks for step in talk.steps]
TALKS = [pytest.param(talk, id=talk.id) for talk in COURSE.talks]
ALL = "start=push&size=stream&transform=stream"
CRASH, SALE, RENAMED = (f"?scenario={name}&{ALL}" for name in ("consumer-crash", "flash-sale", "renamed-column"))
TWICE, POISON = (f"?scenario={name}&{ALL}" for name in ("double-run", "poison-record"))
NIGHT, NULLS = "?scenario=parent-fails", "?scenario=silent-nulls"
INDEX, EMPTIED, GRANTED = (f"?scenario={name}&{ALL}" for name in ("old-index", "silent-nulls", "wide-grant"))
MORE = f"{CRASH}&knobs=buffer.consumers:2"
SLOW = f"?scenario=slow-warehouse&{ALL}"
FOUR = f"{POISON}&knobs=buffer.consumers:4"
CATCHER = "?scenario=catcher-down&size=stream&start="


@kept
def day(view: str) -> Run:
    state, notices = turned(State(), view, COURSE)
    assert not notices
    scenario = scenario_of(state, COURSE)
    return simulate(COURSE.pipeline.network, scenario, COURSE.traces.get(scenario.trace))


def shown(view: str, name: str) -> float:
    return headlines(COURSE.pipeline, day(view))[name].value


def storage(view: str) -> float:
    items = bill(day(view), COURSE.prices).by_item()
    return items["stored"] + items["disks"]


def fresh(view: str, figure: str = "p95", consumer: str = "bi") -> float:
    return getattr(report(day(view)).consumers[consumer].freshness_s, figure)


def depth(view: str, stage: str, hour: float) -> int:
    return int(measures.depth(day(view), stage, minutes(day(view)))[round(hour * 60)])


def most(view: str, stage: str) -> int:
    return measures.max_depth(day(view), stage)


def users_ms(at: slice) -> np.ndarray:
    run = day("?scenario=heavy-query")
    return 1e3 * measures.user_response_s(run, "oltp", minutes(run))[at]


def busier() -> float:
    """How much busier the day that ran twice looks than it was, in per cent."""
    return 100 * (shown(TWICE, "delivered") / shown(f"{TWICE}&knobs=transform.idempotent:1", "delivered") - 1)


def gone(view: str, stage: str, why: str) -> int:
    return lost(day(view)).get((stage, why), 0)


@kept
def rung(view: str) -> tuple[Ring, ...]:
    """The alarms of a day, in order of time, against the same day without its faults."""
    run = day(view)
    return rings(run, simulate(run.network, replace(run.scenario, faults=())))


def rung_at(view: str, kind: str) -> float:
    """The hour at which the first check of a kind rings."""
    return next(ring.rang_s for ring in rung(view) if ring.check.kind == kind) / HOUR_S


def first_empty(view: str) -> float:
    """The hour at which the dashboards get the first row with an empty column."""
    seen = day(view).passages["bi"]
    return float(seen.departed_s[not_none(seen.empty)].min()) / HOUR_S


def emptied_by(hour: float) -> int:
    """How many rows with an empty column the streaming day has shown on dashboards by an hour."""
    seen = day(EMPTIED).passages["bi"]
    return int((not_none(seen.empty) & (seen.departed_s <= hour * HOUR_S)).sum())


def catch_up_s() -> float:
    """How long the run of ten past eight takes, the first that succeeds after the night."""
    done = not_none(day(NIGHT).orchestrated_at("transform"))
    return job_run(done, not_none(run_at(done, 8.5 * HOUR_S))).makespan_s


# Talk, what its step says, the number that this means, what the simulation says, and how far the two may be apart.
CLAIMS = [
    ("push-or-pull", "1.4 a second", 1.4, lambda: day("?scenario=steady-day").born_s.size / 86_400, 0.05),
    ("push-or-pull", "see 17 a second", 17, lambda: shown("?scenario=steady-day&start=push", "load"), 0.5),
    ("push-or-pull", "73 minutes old at p95", 73, lambda: fresh("?") / MINUTE_S, 0.5),
    ("push-or-pull", "15 minutes. Rows", 15, lambda: fresh("?start=push&size=stream") / MINUTE_S, 0.5),
    ("push-or-pull", "stream too: 11 seconds", 11, lambda: fresh(f"?{ALL}"), 0.5),
    ("push-or-pull", "6,300 are lost", 6_300, lambda: gone(CATCHER + "push", "ingestion", "refused"), 60),
    ("push-or-pull", "Nothing refused", 0, lambda: gone(CATCHER + "pull", "ingestion", "refused"), 0),
    ("push-or-pull", "an hour later", 60, lambda: (
        worst_age_s(day(CATCHER + "pull")) - worst_age_s(day("?size=stream"))) / MINUTE_S, 2),
    ("a-day-of-incidents", "11 seconds old at p95", 11, lambda: fresh(f"?{ALL}"), 0.5),
    ("a-day-of-incidents", "row is 6.5 hours old", 6.5, lambda: worst_age_s(day(CRASH)) / HOUR_S, 0.05),
    ("a-day-of-incidents", "close to 11,000 events", 10_958, lambda: depth(CRASH, "buffer", 8.5), 50),
    ("a-day-of-incidents", "empty at 09:22", 9 + 22 / 60, lambda: empty_after(day(CRASH), "buffer", 8.6), 0.02),
    ("a-day-of-incidents", "one, 4,250 events still", 4_250, lambda: depth(CRASH, "buffer", 9), 30),
    ("a-day-of-incidents", "dry before nine", 8.9, lambda: empty_after(day(MORE), "buffer", 8.6), 0.09),
    ("a-day-of-incidents", "6.5 hours with either", 6.5, lambda: worst_age_s(day(MORE)) / HOUR_S, 0.05),
    ("a-day-of-incidents", "99 viewers in 100 give up", 99, lambda: 100 * rush().leaves.mean(), 0.5),
    ("a-day-of-incidents", "one view in six asks", 1 / 6, lambda: rush(("bi", "cache_s", 60.0)).asks.mean(), 0.01),
    ("a-day-of-incidents", "viewer in 50 leaves", 1 / 50, lambda: rush(("bi", "cache_s", 60.0)).leaves.mean(), 0.003),
    ("a-day-of-incidents", "row is seconds old. But", 11, lambda: fresh(RENAMED), 0.5),
    ("a-day-of-incidents", "7,700 rows are set aside", 7_700, lambda: gone(RENAMED, "transform", "drifted"), 50),
    ("a-day-of-incidents", "the same 7,700 rows stop", 7_700, lambda: gone(
        f"{RENAMED}&knobs=ingestion.contract:1", "ingestion", "drifted"), 50),
    ("a-day-of-incidents", "some 18,000 events came", 18_000, lambda: (
        shown(TWICE, "delivered") - report(day(TWICE)).events.delivered), 600),
    ("a-day-of-incidents", "looks 15 % busier", 15, busier, 0.6),
    ("a-day-of-incidents", "the same 18,000 copies", 18_000, lambda: report(day(TWICE)).events.duplicated, 600),
    ("a-day-of-incidents", "newest row that is seconds old", 11, lambda: fresh(FOUR), 0.5),
    ("a-day-of-incidents", "by three 8,000 events", 8_000, lambda: depth(FOUR, "buffer", 15), 60),
    ("a-day-of-incidents", "some 32,000", 32_000, lambda: depth(POISON, "buffer", 15), 300),
    ("a-day-of-incidents", "five hours old", 5, lambda: worst_age_s(day(POISON)) / HOUR_S, 0.05),
    ("a-day-of-incidents", "Nobody behind it notices", 0, lambda: depth(
        f"{POISON}&knobs=buffer.tries:3,buffer.consumers:4", "buffer", 15), 5),
    ("a-day-of-incidents", "Since 14:30 one check rings", 14.5, lambda: rung_at(EMPTIED, "distribution"), 0.01),
    ("a-day-of-incidents", "one check rings", 1, lambda: len(rung(EMPTIED)), 0),
    ("a-day-of-incidents", "Rows are seconds old, as many", 11, lambda: fresh(EMPTIED), 0.5),
    ("a-day-of-incidents", "as many as ever, and none is lost", 118_741, lambda: (
        shown(EMPTIED, "delivered") - sum(lost(day(EMPTIED)).values()) + gone(f"?{ALL}", "logs", "malformed")), 0),
    ("a-day-of-incidents", "a minute after ten", 10 + 1 / 60, lambda: first_empty(EMPTIED), 0.01),
    ("a-day-of-incidents", "close to 700", 700, lambda: emptied_by(14.5), 30),
    ("a-day-of-incidents", "rings at 10:05", 10 + 5 / 60, lambda: rung_at(
        f"{EMPTIED}&knobs=ingestion.contract:1", "schema"), 0.01),
    ("a-day-of-incidents", "18,900 rows are wrong", 18_900, lambda: emptied_by(24), 50),
    ("a-day-of-incidents", "no alarm, and names", 0, lambda: len(rung(GRANTED)), 0),
    ("a-day-of-incidents", "can read 68,000 events", 68_000, lambda: np.count_nonzero(
        exposure(day(GRANTED)).stages["lake"].leaked_s <= 17 * HOUR_S), 300),
    ("a-day-of-incidents", "not one could be read", 0, lambda: len(
        exposure(day(f"{GRANTED}&knobs=ingestion.masks:1")).leaks), 0),
    ("the-whole-lifecycle", "wait 200 ms", 200, lambda: users_ms(slice(0, None)).max(), 0.5),
    ("the-whole-lifecycle", "in place of 29", 29, lambda: np.median(users_ms(slice(8 * 60, 9 * 60))), 0.5),
    ("the-whole-lifecycle", "see 30 events a second", 30, lambda: shown("?", "load"), 0.5),
    ("the-whole-lifecycle", "as a stream, never 3", 2.7, lambda: shown("?size=stream", "load"), 0.29),
    ("the-whole-lifecycle", "rests 58 minutes", 58, lambda: 60 * (
        measures.load(day("?"), "ingestion", minutes(day("?"))) == 0).mean(), 0.5),
    ("the-whole-lifecycle", "73 minutes old at p95", 73, lambda: fresh("?") / MINUTE_S, 0.5),
    ("the-whole-lifecycle", "15 minutes: the rows", 15, lambda: fresh("?start=push&size=stream") / MINUTE_S, 0.5),
    ("the-whole-lifecycle", "streaming: 11 seconds", 11, lambda: fresh(f"?{ALL}"), 0.5),
    ("the-whole-lifecycle", "56, then", 56, lambda: shown("?", "cost"), 0.5),
    ("the-whole-lifecycle", "77, then", 77, lambda: shown("?start=push&size=stream", "cost"), 0.5),
    ("the-whole-lifecycle", "105 dollars", 105, lambda: shown(f"?{ALL}", "cost"), 0.5),
    ("the-whole-lifecycle", "worth 50 dollars", 50, lambda: shown(f"?{ALL}", "cost") - shown("?", "cost"), 0.5),
    ("the-whole-lifecycle", "less than a cent", 0.005, lambda: storage(f"?{ALL}"), 0.005),
    ("the-whole-lifecycle", "Mean age 45 minutes", 45, lambda: fresh("?", "mean") / MINUTE_S, 0.6),
    ("the-whole-lifecycle", "p95 73", 73, lambda: fresh("?") / MINUTE_S, 0.5),
    ("the-whole-lifecycle", "every second look", 45, lambda: fresh("?", "p50") / MINUTE_S, 0.6),
    ("the-whole-lifecycle", "45,000 events pile up", 45_000, lambda: depth(SALE, "buffer", 13), 900),
    ("the-whole-lifecycle", "not one is refused", 0, lambda: gone(SALE, "buffer", "refused"), 0),
    ("the-whole-lifecycle", "dry at 14:15: 75 minutes", 14.25, lambda: empty_after(day(SALE), "buffer", 13), 0.1),
    ("the-whole-lifecycle", "3,000 events are forgotten", 3_000, lambda: gone(
        f"?scenario=short-retention&{ALL}", "buffer", "expired"), 60),
    ("the-whole-lifecycle", "From 05:00 on", 5, lambda: (
        day(f"?scenario=short-retention&{ALL}").passages["buffer"].lost_s.min() / HOUR_S), 0.05),
    ("the-whole-lifecycle", "18,000 events are counted twice", 18_000, lambda: (
        shown(TWICE, "delivered") - report(day(TWICE)).events.delivered), 600),
    ("the-whole-lifecycle", "10,000 rows wait there", 10_000, lambda: depth(SLOW, "warehouse", 46_740 / HOUR_S), 800),
    ("the-whole-lifecycle", "every stage before it looks healthy", 0, lambda: max(
        most(SLOW, stage) for stage in ("api", "jdbc", "logs", "ingestion", "buffer")), 99),
    ("the-whole-lifecycle", "99 viewers in 100 give up", 99, lambda: 100 * rush().leaves.mean(), 0.5),
    ("the-whole-lifecycle", "one in 50", 1 / 50, lambda: rush(("bi", "cache_s", 60.0)).leaves.mean(), 0.003),
    ("the-whole-lifecycle", "about a quarter of an hour behind", 15, lambda: np.nanmax(
        measures.freshness(day(f"?{ALL}"), "reverse-etl", np.arange(3600.0, 86_400.0, 10.0))) / MINUTE_S, 0.8),
    ("the-whole-lifecycle", "grow 7.4 hours old", 7.4, lambda: worst_age_s(day(NIGHT)) / HOUR_S, 0.05),
    ("the-whole-lifecycle", "not one row is lost", 0, lambda: sum(lost(day(NIGHT)).values()) - gone(
        "?", "logs", "malformed"), 0),
    ("the-whole-lifecycle", "twelve tries failed", 12, lambda: sum(
        one.failed for one in not_none(day(NIGHT).orchestrated_at("transform")).rounds.attempts), 0),
    ("the-whole-lifecycle", "at about twenty past two", 2 + 20 / 60, lambda: rung_at(NIGHT, "job"), 0.01),
    ("the-whole-lifecycle", "in sixteen minutes", 16, lambda: catch_up_s() / MINUTE_S, 0.5),
    ("the-whole-lifecycle", "ring at five past twelve", 12 + 5 / 60, lambda: rung_at(TWICE, "volume"), 0.01),
    ("the-whole-lifecycle", "knows no order since midnight", 0, lambda: (
        day(INDEX).passages["ai"].departed_s < 14 * HOUR_S).sum(), 0),
    ("the-whole-lifecycle", "beside it is 11 seconds old", 11, lambda: fresh(INDEX), 0.5),
    ("the-whole-lifecycle", "takes nearly three hours", 2.91, lambda: (
        day(INDEX).passages["ai"].departed_s.min() / HOUR_S - 12), 0.02),
    ("the-whole-lifecycle", "rings, at 15:20, four", 15 + 20 / 60, lambda: rung_at(NULLS, "distribution"), 0.01),
    ("the-whole-lifecycle", "only the check on empty values", 1, lambda: len(rung(NULLS)), 0),
    ("the-whole-lifecycle", "hours late", 4, lambda: rung_at(NULLS, "distribution") - first_empty(NULLS), 0.1),
    ("the-whole-lifecycle", "limit of 5 %", 0.05, lambda: rung(NULLS)[0].check.limit, 0),
    ("the-whole-lifecycle", "With 2 % it rings at 13:20", 13 + 20 / 60, lambda: (
        not_none(ring_of(Check(CheckKind.DISTRIBUTION, "warehouse", 0.02), day(NULLS), day(NULLS))).rang_s / HOUR_S),
        0.01),
    ("the-whole-lifecycle", "rings at five past eleven", 11 + 5 / 60, lambda: rung_at(
        f"{NULLS}&knobs=ingestion.contract:1", "schema"), 0.01),
]  # fmt: skip
# Numbers that are no findings: what a scenario sets, a time of the day, a measure's own name.
SET = re.compile(r"\bp95\b|^\d\d:\d\d\.|\b02:00\b|100 give up|\b100\b")


def of_hall(step) -> str:
    return " ".join(" ".join((step.headline, step.text, *step.points)).split())


def everything(step) -> str:
    return " ".join(f"{of_hall(step)} {step.notes}".split())


def words(text: str) -> int:
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


@pytest.mark.parametrize(("talk", "says", "value", "found", "within"), CLAIMS)
def test_what_a_talk_says_is_what_the_simulation_gives(talk, says, value, found, within):
    texts = [everything(step).casefold() for step in not_none(COURSE.talk(talk)).steps]
    assert any(says.casefold() in text for text in texts), says
    assert found() == pytest.approx(value, abs=within)


@pytest.mark.parametrize(("talk", "step"), STEPS)
def test_every_number_that_the_hall_reads_is_held_by_a_claim(talk, step):
    text = of_hall(step).casefold()
    for says in sorted((says.casefold() for name, says, *_ in CLAIMS if name == talk.id), key=len, reverse=True):
        text = text.replace(says, " ")
    assert not re.findall(r"\d[\d,.:]*", SET.sub(" ", text)), text


@pytest.mark.parametrize(("talk", "step"), STEPS)
def test_a_hall_can_read_each_step_and_a_speaker_can_speak_it(talk, step):
    assert len(step.headline) <= 60
    assert words(step.text) <= 25, words(step.text)
    assert len(step.points) <= 4
    assert all(words(point) <= 12 for point in step.points)
    assert 40 <= words(step.notes) <= 120, words(step.notes)
    assert step.text or step.points or step.ask


@pytest.mark.parametrize("talk", TALKS)
def test_a_talk_has_the_length_that_it_is_announced_with(talk):
    assert talk.planned_s(len(talk.steps)) == pytest.approx(60 * talk.minutes, rel=0.02)


def test_every_view_of_the_talks_opens_and_every_prediction_has_its_truth():
    assert list(problems(COURSE)) == []
    guesses = [step.ask.predict for talk in COURSE.talks for step in talk.steps if step.ask and step.ask.predict]
    assert len(guesses) == 2
    for guess in guesses:
        assert truth(guess, COURSE) == pytest.approx(15, abs=0.5)
        assert guess.low < 73 < guess.high, "what it was before must lie on the scale as well"


def test_the_talk_on_the_whole_touches_every_stage_and_asks_six_times():
    talk = not_none(COURSE.talk("the-whole-lifecycle"))
    told = " ".join(everything(step) for step in talk.steps).casefold()
    names = {"oltp": "application state", "jdbc": "database link", "bi": "dashboard", "ml": "machine learning"}
    names["ai"] = "ai assistant"
    for place in COURSE.pipeline.places:
        assert names.get(place, place.replace("-", " ")).rstrip("s") in told, place
    asks = [step.ask for step in talk.steps if step.ask]
    assert len(asks) == 6
    assert sum(ask.rounds == 2 for ask in asks) == 2
    assert sum(ask.predict is not None for ask in asks) == 1
    assert any(not_none(COURSE.question(ask.question)).kind == "click" for ask in asks if ask.question)


def test_each_incident_shows_symptoms_and_asks_before_it_tells():
    talk = not_none(COURSE.talk("a-day-of-incidents"))
    asking = [step for step in talk.steps if step.ask]
    assert len(asking) == 7
    assert not any("diagram" in step.show or "panel" in step.show for step in asking)
    assert {not_none(COURSE.question(not_none(step.ask).question)).kind for step in asking} == {"click", "single"}


@pytest.mark.parametrize(("talk", "step"), STEPS)
def test_a_step_shows_the_moment_that_its_headline_names_or_the_minute_before_the_one_of_its_sentence(talk, step):
    """So headline, sentence, title of the chart, line and clock agree: what is counted by two is shown at 13:59."""
    moment_s = about(step, COURSE).moment_s
    if named := re.match(r"(\d\d):(\d\d)\.", step.headline):
        assert moment_s == int(named[1]) * HOUR_S + int(named[2]) * MINUTE_S
    hours = {"nine": 9, "two": 14, "three": 15}
    for hour in re.findall(r"\bBy (\w+)(?: o'clock)? \d", step.text):
        assert moment_s == hours[hour] * HOUR_S - MINUTE_S


def test_the_rows_that_a_class_counts_by_place_are_those_of_the_steps_moment():
    step = next(each for each in not_none(COURSE.talk("a-day-of-incidents")).steps if RENAMED in each.view and each.ask)
    until_s = not_none(about(step, COURSE).moment_s)
    said = [
        int(each.replace(",", ""))
        for each in re.findall(r"\d,\d{3}", not_none(COURSE.question(not_none(step.ask).question)).stem)
    ]
    passages = day(step.view).passages
    orders = passages["oltp"].ids
    found = []
    for place in ("oltp", "jdbc", "ingestion", "buffer", "lake"):
        here = passages[place]
        then = (here.arrived_s >= 10 * HOUR_S) & (here.arrived_s < until_s)
        found.append(int((then & np.isin(here.ids, orders)).sum()))
    assert said == pytest.approx(found, abs=10)


def zones_on_screen(step):
    named = framed(step, COURSE)
    return set(named) or {zone.id for zone in COURSE.pipeline.zones} if "diagram" in step.drawn else set()


POINTING = re.compile(r"\b(?:Point|Walk)\b[^.:;]*")
TURNING = re.compile(
    r"\b[Tt]urn(?:s)? (?:only|to|the|its)\b[^.]*\b(?:switch|knob|stream)|\bmake the transformation idempotent"
)


@pytest.mark.parametrize(("talk", "step"), STEPS)
def test_notes_name_what_the_hall_shows_and_the_key_that_leads_to_a_switch(talk, step):
    """What a presenter points at is drawn; a hall has no switches, so one must press e to turn one."""
    shows = zones_on_screen(step)
    for pointing in POINTING.findall(step.notes):
        for stage in COURSE.pipeline.stages:
            if re.search(rf"\b{re.escape(stage.label)}\b", pointing):
                assert stage.zone in shows, f"{stage.label} is not on the screen: {pointing}"
        assert "chart" not in pointing or any(name not in ("diagram", "panel") for name in step.show), pointing
    if TURNING.search(step.notes):
        assert "**e**" in step.notes, step.notes
    assert not re.search(
        r"\b(?:whoever|thus|shall)\b", " ".join((step.headline, step.text, *step.points, step.notes)), re.I
    )
