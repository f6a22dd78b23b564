"""The shipped lessons: what they lead through, and every number of theirs from the simulation."""

import re

import numpy as np
import pytest

from lifecycle.classroom.rehearsal import truth
from lifecycle.course.lessons import UntilKind
from lifecycle.learning.lessons import view_state
from lifecycle.simulation.readings import measures, serving
from lifecycle.simulation.readings.journey import Journey, Pick, Stay, choose, follow
from lifecycle.simulation.readings.report import report
from lifecycle.words import clock_s
from tests.course.lessons.alarm_claims import ALARMS
from tests.course.lessons.job_claims import NIGHTLY_JOBS
from tests.course.story_days import HOUR_S, MINUTE_S, empty_after, lost, rush, worst_age_s
from tests.course.talks.test_talks_content import (
    COURSE,
    CRASH,
    FOUR,
    MORE,
    POISON,
    RENAMED,
    SLOW,
    TWICE,
    busier,
    day,
    depth,
    fresh,
    gone,
    most,
    shown,
    users_ms,
    words,
)
from tests.support.narrow import not_none

LESSONS = [pytest.param(lesson, id=lesson.id) for lesson in COURSE.lessons]
STEPS = [
    pytest.param(lesson, step, id=f"{lesson.id}:{step.line}") for lesson in COURSE.lessons for step in lesson.steps
]
BOUGHT_S, BUYER = 20 * HOUR_S + 59 * MINUTE_S + 12, "oltp"
ALL = "?size=stream&transform=stream"
CATCHER = "?scenario=catcher-down&size=stream&start="
FLAT = "?scenario=steady-day"
REFRESHED = f"{ALL}&knobs=bi.interval_s:3600"
PUSHED = f"{ALL}&start=push"
SHORT = f"{PUSHED.replace('?', '?scenario=short-retention&')}&knobs=buffer.retention_s:"
CUT, CLOSED = PUSHED.replace("?", "?scenario=cut-wire&"), f"{PUSHED}&faults=down.ingestion:36000-39600"
FED, NIGHTLY = "?size=stream&transform=stream", "?scenario=nightly-file&size=stream&transform=stream"
AGAIN, RATION = f"{TWICE}&knobs=transform.idempotent:1", "?scenario=throttled-vendor&size=stream&knobs="
UNREAD, ANALYST = f"{FED}&faults=down.logs:36000-39600", "?scenario=heavy-query"
MONDAY, WINDOWS = "?scenario=monday-dashboards", f"{PUSHED}&knobs=transform.window_s:600"
GRANT, KEYLESS = f"{FED}&faults=down.jdbc:36000-50400", f"{PUSHED}&faults=down.transform:36000-39600"
# On this day the order born at 20:59:12 is number 48,213 of all, as on every page.
SOCKS, OURS = "?seed=7&events=57530&size=batch", 48_213
SOCKS_FLOW, SOCKS_ALL = (f"?seed=7&events=57530&size=stream&transform={how}" for how in ("batch", "stream"))
SOCKS_EMPTY = SOCKS.replace("?", "?scenario=silent-nulls&")
HOURLY = "?seed=7&events=57530&knobs=transform.interval_s:3600"
FLOWING = f"{HOURLY}&size=stream"


def order(view: str, at_s: float = BOUGHT_S) -> dict[str, float]:
    """When the order of that second comes to each stage, and, as `seen`, to the boss's dashboard."""
    run = day(view)
    orders = run.passages[BUYER].ids
    bought = orders[np.flatnonzero(run.born_s[orders] >= at_s)[0]]
    journey = follow(run, int(bought), "bi")
    assert journey.born_s < at_s + 2.0
    return {stay.stage: stay.arrived_s for stay in journey.stays} | {"seen": not_none(journey.stays[-1].left_s)}


def seen(view: str) -> str:
    return clock_s(order(view)["seen"])


def parts(view: str) -> dict[str, Stay]:
    """The stays of our order, by stage."""
    return {stay.stage: stay for stay in follow(day(view), OURS, "bi").stays}


def worked_s(view: str) -> float:
    return sum(not_none(stay.finished_s) - not_none(stay.started_s) for stay in parts(view).values())


def lasted_s(view: str, stage: str) -> float:
    return not_none(parts(view)[stage].left_s) - parts(view)[stage].arrived_s


def missing(view: str) -> int:
    """How many events the day loses beside those that an ordinary one does."""
    return sum(lost(day(view)).values()) - sum(lost(day(PUSHED)).values())


def slowest() -> Journey:
    run = day(FED)
    return follow(run, choose(run, Pick.SLOWEST, "bi"), "bi")


def bites_ms() -> np.ndarray:
    """How long users' queries take, by minute, beside the analyst and a stream."""
    run = day(f"{ANALYST}&size=stream")
    return 1e3 * measures.user_response_s(run, "oltp", measures.edges(run, 1440))


def busiest(view: str) -> float:
    return shown(view, "load")


# Lesson, what its step says, the number that this means, what the simulation says, and how far the two may be apart.
CLAIMS = [
    ("opening", "little more: 1 h 2 min", 62, lambda: (order(HOURLY)["seen"] - BOUGHT_S) / MINUTE_S, 0.6),
    ("opening", "At 21:02 it lies in raw storage", 21 * 60 + 2, lambda: order(HOURLY)["lake"] / MINUTE_S, 0.99),
    ("opening", "raw storage at 20:59:15", BOUGHT_S + 3, lambda: order(FLOWING)["transform"], 0.9),
    ("opening", "Somebody who buys at 21:00:10 still waits an hour", 60, lambda: (
        order(FLOWING, BOUGHT_S + 58)["seen"] - BOUGHT_S - 58) / MINUTE_S, 1),
    ("opening", "Six seconds from click", 6, lambda: order(SOCKS_ALL)["seen"] - BOUGHT_S, 0.5),
    ("opening", "awake all day: 105 dollars", 105, lambda: shown(SOCKS_ALL, "cost"), 0.5),
    ("opening", "hourly jobs cost 55", 55, lambda: shown(HOURLY, "cost"), 0.5),
    ("push-or-pull", "73 minutes old at p95", 73, lambda: fresh("?") / MINUTE_S, 0.5),
    ("push-or-pull", "Not a minute fresher", 0, lambda: abs(fresh("?start=push") - fresh("?")) / MINUTE_S, 0.99),
    ("push-or-pull", "1.4 events a second", 1.4, lambda: day(FLAT).born_s.size / 86_400, 0.05),
    ("push-or-pull", "still see 17 a second", 17, lambda: busiest(FLAT), 0.5),
    ("push-or-pull", "before and after", 17, lambda: busiest(f"{FLAT}&start=push"), 0.5),
    ("push-or-pull", "never sees 2 a second", 1.7, lambda: busiest(f"{FLAT}&start=push&size=stream"), 0.29),
    ("push-or-pull", "6,300 events knock", 6_300, lambda: gone(CATCHER + "push", "ingestion", "refused"), 60),
    ("push-or-pull", "Nothing is refused now", 0, lambda: gone(CATCHER + "pull", "ingestion", "refused"), 0),
    ("push-or-pull", "arrive an hour late", 60, lambda: (
        worst_age_s(day(CATCHER + "pull")) - worst_age_s(day("?size=stream"))) / MINUTE_S, 2),
    ("slowest-timetable", "73 minutes old at p95", 73, lambda: fresh("?") / MINUTE_S, 0.5),
    ("slowest-timetable", "but 15 minutes", 15, lambda: fresh("?size=stream") / MINUTE_S, 0.5),
    ("slowest-timetable", "at most 4 minutes old at p95", 4, lambda: fresh(
        "?size=stream&knobs=transform.interval_s:200") / MINUTE_S, 0.5),
    ("slowest-timetable", "still 57 minutes old at p95", 57, lambda: fresh(REFRESHED) / MINUTE_S, 0.5),
    ("one-order", "order 48,213", BOUGHT_S, lambda: day(SOCKS).born_s[OURS], 0.99),
    ("one-order", "lie eight stages", 8, lambda: len(parts(SOCKS)), 0),
    ("one-order", "moved in less than half a minute", 23, lambda: lasted_s(SOCKS, "ingestion"), 5),
    ("one-order", "done within a minute", 39, lambda: (
        not_none(parts(SOCKS)["transform"].finished_s) - not_none(parts(SOCKS)["transform"].started_s)), 5),
    ("one-order", "takes two seconds", 2, lambda: lasted_s(SOCKS, "bi"), 0.1),
    ("one-order", "until 21:01:30", 21 * HOUR_S + 90, lambda: not_none(parts(SOCKS)["jdbc"].left_s), 1),
    ("one-order", "at 21:02:20", 21 * HOUR_S + 140, lambda: not_none(parts(SOCKS)["lake"].left_s), 1),
    ("one-order", "13 minutes in line", 13, lambda: (
        not_none(parts(SOCKS)["transform"].started_s) - parts(SOCKS)["transform"].arrived_s) / MINUTE_S, 0.4),
    ("one-order", "at 21:15:44", 21 * HOUR_S + 944, lambda: order(SOCKS)["seen"], 0.99),
    ("one-order", "took 16.5 minutes", 16.5, lambda: (order(SOCKS)["seen"] - BOUGHT_S) / MINUTE_S, 0.05),
    ("one-order", "for 65 seconds", 65, lambda: worked_s(SOCKS), 0.5),
    ("one-order", "raw storage 3 seconds after", 3, lambda: not_none(parts(SOCKS_FLOW)["lake"].left_s) - BOUGHT_S, 0.3),
    ("one-order", "after 84 seconds", 84, lambda: order(SOCKS_FLOW)["seen"] - BOUGHT_S, 0.5),
    ("one-order", "takes 6 seconds", 6, lambda: order(SOCKS_ALL)["seen"] - BOUGHT_S, 0.3),
    ("one-order", "2 in raw storage", 2, lambda: lasted_s(SOCKS_ALL, "lake"), 0.1),
    ("one-order", "2 in the dashboard", 2, lambda: lasted_s(SOCKS_ALL, "bi"), 0.1),
    ("buffer", "120,000 events on such a day", 120_000, lambda: day(CRASH).born_s.size, 0),
    ("buffer", "Almost 11,000 wait", 10_958, lambda: depth(CRASH, "buffer", 8.5), 40),
    ("buffer", "not one was refused", 0, lambda: gone(CRASH, "buffer", "refused"), 0),
    ("buffer", "Working off 5 a second", 5, lambda: 1 / day(CRASH).figures["buffer"]["per_event_s"], 1e-9),
    ("buffer", "through in 37 minutes", 37, lambda: depth(CRASH, "buffer", 8.5) / 5 / MINUTE_S, 0.5),
    ("buffer", "empty only at 09:22", 9 + 22 / 60, lambda: empty_after(day(CRASH), "buffer", 8.6), 0.02),
    ("buffer", "4,250 events still wait", 4_250, lambda: depth(CRASH, "buffer", 9), 30),
    ("buffer", "At the same moment the log is empty", 0, lambda: depth(MORE, "buffer", 9), 5),
    ("buffer", "6.5 hours old with either", 6.5, lambda: worst_age_s(day(CRASH)) / HOUR_S, 0.05),
    ("buffer", "old with either", 6.5, lambda: worst_age_s(day(MORE)) / HOUR_S, 0.05),
    ("buffer", "falls out at 05:00", 5, lambda: day(SHORT + "10800").passages["buffer"].lost_s.min() / HOUR_S, 0.02),
    ("buffer", "3,000 events by the time", 3_000, lambda: gone(SHORT + "10800", "buffer", "expired"), 50),
    ("buffer", "a thousand events still expire", 1_000, lambda: gone(SHORT + "20000", "buffer", "expired"), 20),
    ("buffer", "skips 7,900 more", 7_900, lambda: gone(SHORT + "10800", "buffer", "skipped"), 50),
    ("buffer", "none are", 0, lambda: missing(SHORT + "50000"), 0),
    ("when-it-breaks", "6 seconds to the dashboard", 6, lambda: order(PUSHED)["seen"] - BOUGHT_S, 0.5),
    ("when-it-breaks", "6,100 events knock", 6_100, lambda: gone(CLOSED, "ingestion", "refused"), 50),
    ("when-it-breaks", "6,200 events wait at Ingestion", 6_200, lambda: depth(CUT, "ingestion", 15 - 1 / 60), 50),
    ("when-it-breaks", "none is refused", 0, lambda: missing(CUT), 0),
    ("when-it-breaks", "A few minutes later", 15.04, lambda: empty_after(day(CUT), "buffer", 15.01), 0.05),
    ("when-it-breaks", "an hour of freshness", 60, lambda: worst_age_s(day(CUT)) / MINUTE_S, 1),
    ("when-it-breaks", "1.6 hours old at its worst", 1.6, lambda: worst_age_s(day(SLOW)) / HOUR_S, 0.05),
    ("when-it-breaks", "before it looks healthy", 0, lambda: max(
        most(SLOW, stage) for stage in ("api", "jdbc", "logs", "ingestion", "buffer")), 99),
    ("when-it-breaks", "By eleven 6,100 events", 6_100, lambda: depth(POISON, "buffer", 11), 50),
    ("when-it-breaks", "it is 32,000", 32_000, lambda: depth(POISON, "buffer", 15), 300),
    ("when-it-breaks", "11 seconds, as on any good day", 11, lambda: fresh(FOUR), 0.5),
    ("when-it-breaks", "Yet 8,000 events wait", 8_000, lambda: depth(FOUR, "buffer", 15), 60),
    ("when-it-breaks", "half a minute", 30, lambda: worst_age_s(day(f"{POISON}&knobs=buffer.tries:3")), 1),
    ("when-it-breaks", "loses a single event", 1, lambda: gone(
        f"{POISON}&knobs=buffer.tries:3", "buffer", "set aside"), 0),
    ("keep-it-raw", "7,700 rows have been set aside", 7_700, lambda: gone(RENAMED, "transform", "drifted"), 50),
    ("keep-it-raw", "looks fresh", 11, lambda: fresh(RENAMED), 0.5),
    ("keep-it-raw", "18,600 copies arrive", 18_600, lambda: report(day(TWICE)).events.duplicated, 50),
    ("keep-it-raw", "looks 15.5 % busier", 15.5, busier, 0.1),
    ("keep-it-raw", "Nothing is lost", 0, lambda: missing(TWICE), 0),
    ("keep-it-raw", "everything is fresh", 11.5, lambda: fresh(TWICE), 0.5),
    ("keep-it-raw", "not one of them is counted", 0, lambda: (
        shown(AGAIN, "delivered") - report(day(AGAIN)).events.delivered), 0),
    ("state-events-world", "72,000 events", 72_000, lambda: day("?").passages["telemetry"].ids.size, 0),
    ("state-events-world", "36,000 rows", 36_000, lambda: day("?").passages["oltp"].ids.size, 0),
    ("state-events-world", "within 7 seconds", 7, lambda: report(day(FED)).consumers["bi"].latency_s.p50, 0.5),
    ("state-events-world", "came at 11:33", 11 + 33.5 / 60, lambda: slowest().born_s / HOUR_S, 0.5 / 60),
    ("state-events-world", "waited 59 minutes for a signal", 59, lambda: slowest().stays[0].waits[0].seconds / 60, 0.5),
    ("state-events-world", "itself needed 4 seconds", 4.4, lambda: (
        not_none(slowest().stays[-1].left_s) - slowest().stays[1].arrived_s), 0.5),
    ("state-events-world", "11,500 records stand there", 11_500, lambda: depth(NIGHTLY, "api", 24 - 1 / 60), 20),
    ("handshake", "12,000 records come up", 12_000, lambda: day(RATION).passages["external"].ids.size, 0),
    ("handshake", "one record in ten seconds", 10, lambda: 1 / day(RATION).figures["api"]["rate_per_s"], 1e-9),
    ("handshake", "4,900 stand in line", 4_922, lambda: depth(RATION, "api", 24 - 1 / 60), 20),
    ("handshake", "by a single record", 0, lambda: (
        most(f"{RATION}buffer.consumers:4", "api") - most(RATION, "api")), 0),
    ("handshake", "longer than 581", 581, lambda: most(f"{RATION}api.rate_per_s:0.2", "api"), 0),
    ("handshake", "short again by midnight", 168, lambda: depth(f"{RATION}api.rate_per_s:0.2", "api", 24 - 1 / 60), 40),
    ("handshake", "queries take 29 ms", 29, lambda: np.median(users_ms(slice(480, 539))), 0.5),
    ("handshake", "take 67", 67, lambda: users_ms(slice(555, 595)).max(), 0.5),
    ("handshake", "for 12 minutes", 12, lambda: (users_ms(slice(595, 655)) > 190).sum(), 0.5),
    ("handshake", "waits 200 ms", 200, lambda: users_ms(slice(600, 655)).max(), 0.5),
    ("handshake", "from 200 ms", 200, lambda: users_ms(slice(0, None)).max(), 0.5),
    ("handshake", "to 101", 101, lambda: bites_ms().max(), 0.5),
    ("handshake", "it is now 90 ms", 90, lambda: np.median(bites_ms()[545:715]), 0.5),
    ("handshake", "where it was 67", 67, lambda: users_ms(slice(555, 595)).max(), 0.5),
    ("handshake", "3,700 lines wait by eleven", 3_700, lambda: most(UNREAD, "logs"), 30),
    ("handshake", "then they are all read", 0, lambda: depth(UNREAD, "logs", 11 + 1 / 60), 5),
    ("handshake", "66 lines cannot be parsed", 66, lambda: gone(UNREAD, "logs", "malformed"), 0),
    ("raw-to-derived", "120,000 events are born", 120_000, lambda: day(PUSHED).born_s.size, 0),
    ("raw-to-derived", "1,192 are rejected", 1_192, lambda: measures.losses(day(PUSHED), "transform")["rejected"], 0),
    ("raw-to-derived", "66 unreadable lines", 66, lambda: gone(PUSHED, "logs", "malformed"), 0),
    ("raw-to-derived", "another 214 copies", 214, lambda: (
        measures.losses(day(PUSHED), "transform")["duplicate removed"]), 0),
    ("raw-to-derived", "11 seconds old at p95", 11, lambda: fresh(PUSHED), 0.5),
    ("raw-to-derived", "10.7 minutes", 10.7, lambda: fresh(WINDOWS) / MINUTE_S, 0.05),
    ("serving", "49 over the whole day", 49, lambda: 100 * serving.views(day(MONDAY), "bi").leaves.mean(), 0.5),
    ("serving", "between nine and ten 99", 99, lambda: 100 * rush().leaves.mean(), 0.5),
    ("serving", "nobody stands in line", 0, lambda: depth(f"{MONDAY}&knobs=warehouse.slots:10", "warehouse", 9.5), 0),
    ("serving", "9 viewers in 100 leave", 9, lambda: 100 * rush(("warehouse", "slots", 10.0)).leaves.mean(), 0.5),
    ("serving", "one view in 9 still asks", 9, lambda: 1 / rush(("bi", "cache_s", 100.0)).asks.mean(), 0.5),
    ("serving", "one viewer in 80 leaves", 1 / 80, lambda: rush(("bi", "cache_s", 100.0)).leaves.mean(), 0.0005),
    ("serving", "58 minutes: the last", 58, lambda: fresh(PUSHED, "p95", "ml") / MINUTE_S, 0.5),
    ("serving", "and it is 9", 9, lambda: fresh(f"{PUSHED}&knobs=ml.interval_s:500", "p95", "ml") / MINUTE_S, 0.5),
    ("serving", "up to 15.5 minutes behind", 15.5, lambda: np.nanmax(
        measures.freshness(day(PUSHED), "reverse-etl", np.arange(HOUR_S, 86_400.0, 10.0))) / MINUTE_S, 0.05),
    ("answers-from-an-index", "At 21:15:44 order 48,213", 21 * HOUR_S + 944, lambda: order(SOCKS)["seen"], 0.99),
    ("answers-from-an-index", "At 22:05:22: the update begins at 22:00", 22 * HOUR_S + 322, lambda: not_none(
        follow(day(SOCKS), OURS, "ai").stays[-1].left_s), 0.99),
    ("answers-from-an-index", "62 minutes at p95", 62, lambda: fresh(PUSHED, "p95", "ai") / MINUTE_S, 0.5),
    ("answers-from-an-index", "makes it 58 minutes", 58, lambda: fresh(
        f"{PUSHED}&knobs=ai.query_s:50", "p95", "ai") / MINUTE_S, 0.5),
    ("answers-from-an-index", "13 minutes old at p95", 13, lambda: fresh(
        f"{PUSHED}&knobs=ai.interval_s:500", "p95", "ai") / MINUTE_S, 0.5),
    ("answers-from-an-index", "7 hours old", 7, lambda: fresh(
        f"{PUSHED}&knobs=ai.interval_s:21600,ai.query_s:3600", "max", "ai") / HOUR_S, 0.05),
    ("undercurrents", "13 seconds", 13, lambda: fresh(GRANT), 0.5),
    ("undercurrents", "7,700 orders stand", 7_700, lambda: most(GRANT, "jdbc"), 50),
    ("undercurrents", "when the right is given back", 0, lambda: depth(GRANT, "jdbc", 14.05), 5),
    ("undercurrents", "6,100 events wait", 6_100, lambda: most(KEYLESS, "transform"), 50),
    ("undercurrents", "none is lost", 0, lambda: missing(KEYLESS), 0),
    *NIGHTLY_JOBS,
    ("which-alarm-rings", "at 21:15:44, with", 21 * HOUR_S + 944, lambda: order(SOCKS_EMPTY)["seen"], 0.99),
    *ALARMS,
]  # fmt: skip
SEEN = [("sees it at 22:00:44", HOURLY), ("seen at 21:00:44", FLOWING)]
# Of each lesson, what the predictions that it asks for come to, in its own units.
TRUTHS = {
    "push-or-pull": [73], "slowest-timetable": [15], "buffer": [10_958, 10_958], "when-it-breaks": [0.19],
    "keep-it-raw": [18_590], "state-events-world": [58.7], "handshake": [4_922],
    "raw-to-derived": [1_253, 10.7], "serving": [49, 58], "answers-from-an-index": [62], "undercurrents": [0.21],
    "who-starts-whom": [7.43], "which-alarm-rings": [72.6],
}  # fmt: skip
# Numbers that are no findings: when an order is placed, what a scenario, a timetable or a knob sets, a measure's name.
SET = re.compile(
    r"to 2 % of the orders at 10:00, 10 % at noon, 30 % at 14:00, all of them at 16:00"
    r"|at 20:59:12|it is 11:50|42 €|order 48,213|from 14:00 to 15:00|fetch at 12:00|transformation at 12:15"
    r"|at 02:00 the process|at 08:30 and restarts|consumers to 2\.|forgets after 3 hours|from 02:00 to 08:30"
    r"|it is 3 hours old|with 5 h 33 min|with 13 h 53 min|from 10:00 to 11:00"
    r"|48213|/v1/|84 €|at 10:00 the shop|by 14:00|shortly after 03:00|limit to 0\.2|at 10:00 your hourly"
    r"| 42\.00|storage runs 4|longer than 5 seconds|of 100 viewers|slots to 10\.|to 4 slots|to 100 s|as 2 min"
    r"|up to 100 s|workers to 4\.|to 500 s|as 8 min|from 10:00 to 14:00"
    r"|until 21:00, when|21:00 job had started|starts at 21:15\b|catches the 21:00"
    r"|at 21:00 the hourly job|for the 21:00 transformation|next one is at 22:00|catches the 21:00 job"
    r"|one every 15 minutes|to 200 s|as 3 min\.|once an hour|to 50 s"
)


def text_of(lesson, step) -> str:
    """All that a learner reads in a step, its own question and the answers to it among it."""
    asked = step.ask and next((one for one in lesson.questions if one.id == step.ask.question), None)
    parts = [step.headline, step.text]
    if asked:
        parts += [asked.stem, asked.explanation]
        parts += [part for option in asked.options for part in (option.text, option.feedback)]
    return " ".join(" ".join(parts).replace("**", "").split())


@pytest.mark.parametrize(("lesson", "says", "value", "found", "within"), CLAIMS)
def test_what_a_lesson_says_is_what_the_simulation_gives(lesson, says, value, found, within):
    told = not_none(COURSE.lesson(lesson))
    assert any(says.casefold() in text_of(told, step).casefold() for step in told.steps), says
    assert found() == pytest.approx(value, abs=within)


@pytest.mark.parametrize(("says", "view"), SEEN)
def test_the_second_at_which_the_boss_sees_the_order_is_the_journeys(says, view):
    opening = not_none(COURSE.lesson("opening"))
    assert any(says in text_of(opening, step) for step in opening.steps)
    assert seen(view) == says[-8:]


@pytest.mark.parametrize(("lesson", "step"), STEPS)
def test_every_number_that_a_learner_reads_is_held_by_a_claim(lesson, step):
    text = text_of(lesson, step).casefold()
    held = [says.casefold() for name, says, *_ in CLAIMS if name == lesson.id] + [
        "sees it at 22:00:44",
        "seen at 21:00:44",
    ]
    for says in sorted(held, key=len, reverse=True):
        text = text.replace(says, " ")
    assert not re.findall(r"\d[\d,.:]*", SET.sub(" ", text).replace("p95", " ")), text


def test_the_moment_that_a_step_waits_for_is_that_of_its_sentence():
    """22:00:44 is when the order is seen; 12:16 when what the fetch of noon brought has been transformed and shows."""
    opening, slowest = (not_none(COURSE.lesson(id)) for id in ("opening", "slowest-timetable"))
    assert float(opening.steps[1].until.what) == pytest.approx(order(HOURLY)["seen"], abs=1.0)
    run, until_s = day("?"), float(slowest.steps[0].until.what)
    ages_s = measures.freshness(run, "bi", np.array([12 * HOUR_S + 14 * MINUTE_S, until_s]))
    assert ages_s[0] > 70 * MINUTE_S > 20 * MINUTE_S > ages_s[1]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_short_to_read_and_ends_with_questions_that_count(lesson):
    assert all(words(step.text) <= 60 for step in lesson.steps)
    assert len({step.headline for step in lesson.steps}) == len(lesson.steps)
    if lesson.id == "opening":
        return
    assert 5 <= lesson.minutes <= 10
    assert {step.until.kind for step in lesson.steps[-3:]} == {UntilKind.ANSWERED}
    counted = {question.id for question in COURSE.questions}
    assert all(not_none(step.ask).question in counted for step in lesson.steps[-3:])


@pytest.mark.parametrize(("lesson", "step"), STEPS)
def test_a_lesson_calls_a_stage_by_its_label(lesson, step):
    text = text_of(lesson, step).lower()
    assert not re.search(r"\bthe (lake|buffer|warehouse)\b", text), text
    assert view_state(step, COURSE).hide == ()


@pytest.mark.parametrize("lesson", LESSONS)
def test_predictions_of_lessons_have_their_truth(lesson):
    told = [step.ask.predict for step in lesson.steps if step.ask and step.ask.predict]
    assert [truth(guess, COURSE) for guess in told] == pytest.approx(TRUTHS.get(lesson.id, []), rel=0.01)
