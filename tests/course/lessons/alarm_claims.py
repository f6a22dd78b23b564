"""What the lesson on the alarms says, in the form of the claims of `test_lessons_content`."""

from dataclasses import replace

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import CheckKind
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.alarms.checks import usual_checks
from lifecycle.simulation.readings.alarms.ringing import ring_of
from tests.course.story_days import HOUR_S, MINUTE_S, lost
from tests.course.talks.test_talks_content import EMPTIED, NULLS, day, first_empty, fresh, gone, rung, rung_at
from tests.support.narrow import not_none

LESSON = "which-alarm-rings"
CHECKED, STOPPED = f"{NULLS}&knobs=ingestion.contract:1", f"{NULLS}&knobs=transform.on_drift:2"


def arrived(view: str) -> int:
    return measures.summary(day(view)).deliveries["bi"].delivered


def share_of_noon() -> float:
    """Of the rows born from noon to two and delivered, the share without a customer."""
    run = day(NULLS)
    seen = run.passages["bi"]
    born_s = run.born_s[seen.ids]
    return float(not_none(seen.empty)[(born_s >= 12 * HOUR_S) & (born_s < 14 * HOUR_S)].mean())


def orders_share() -> float:
    run = day(NULLS)
    return run.passages["oltp"].ids.size / run.born_s.size


def rung_at_two_percent() -> float:
    run = day(NULLS)
    calm = simulate(run.network, replace(run.scenario, faults=()))
    check = next(check for check in usual_checks(run) if check.kind is CheckKind.DISTRIBUTION)
    return not_none(ring_of(replace(check, limit=0.02), run, calm)).rang_s / HOUR_S


def dashboards_ring() -> float:
    """The hour at which the freshness of the dashboards rings where the transformation stops."""
    return next(ring.rang_s for ring in rung(STOPPED) if ring.check.place == "bi") / HOUR_S


def ours_is_empty() -> bool:
    """Whether order 48,213 comes to the dashboards without its customer."""
    seen = day(f"{NULLS}&seed=7&events=57530").passages["bi"]
    return bool(not_none(seen.empty)[seen.ids == 48_213].all())


ALARMS = [
    (LESSON, "at 11:16 the first", 11 + 16 / 60, lambda: first_empty(NULLS), 0.01),
    (LESSON, "17,600 rows have arrived", 17_600, lambda: measures.summary(day(NULLS)).deliveries["bi"].empty, 50),
    (LESSON, "73 minutes at p95", 73, lambda: fresh(NULLS) / MINUTE_S, 0.5),
    (LESSON, "as on any day in hourly batches", 0, lambda: fresh(NULLS) - fresh("?"), 0),
    (LESSON, "as many rows came as ever, 114,608", 114_608, lambda: arrived(NULLS), 0),
    (LESSON, "rows came as ever", 0, lambda: arrived(NULLS) - arrived("?"), 0),
    (LESSON, "none was lost", 0, lambda: sum(lost(day(NULLS)).values()) - gone("?", "logs", "malformed"), 0),
    (LESSON, "without its customer", True, ours_is_empty, 0),
    (LESSON, "empty values in 5 %", 0.05, lambda: rung(NULLS)[0].check.limit, 0),
    (LESSON, "only the distribution notices", 1, lambda: len(rung(NULLS)), 0),
    (LESSON, "every five minutes", 300, lambda: rung(NULLS)[0].check.every_s, 0),
    (LESSON, "rings at 15:20", 15 + 20 / 60, lambda: rung_at(NULLS, "distribution"), 0.01),
    (LESSON, "for four hours", 4, lambda: rung_at(NULLS, "distribution") - first_empty(NULLS), 0.1),
    (LESSON, "only three in ten are orders", 0.3, orders_share, 0.01),
    (LESSON, "is 3 % of all rows, and the limit is 5 %", 0.03, share_of_noon, 0.005),
    (LESSON, "it rings at 14:30", 14.5, lambda: rung_at(EMPTIED, "distribution"), 0.01),
    (LESSON, "limit of 2 % it would have rung at 13:20", 13 + 20 / 60, rung_at_two_percent, 0.01),
    (LESSON, "with the same 5 %", 0.05, lambda: rung(NULLS)[0].check.limit, 0),
    (LESSON, "rings at 11:05", 11 + 5 / 60, lambda: rung_at(CHECKED, "schema"), 0.01),
    (LESSON, "dashboards miss 17,600 orders", 17_600, lambda: arrived(NULLS) - arrived(CHECKED), 50),
    (LESSON, "rings at 11:15", 11.25, lambda: rung_at(STOPPED, "schema"), 0.01),
    (LESSON, "At 11:50 the freshness", 11 + 50 / 60, dashboards_ring, 0.01),
]
