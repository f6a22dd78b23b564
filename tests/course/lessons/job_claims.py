"""What the lesson on an orchestrator's jobs says, in the form of the claims of `test_lessons_content`."""

from dataclasses import replace

import numpy as np

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import CheckKind, FaultKind
from lifecycle.simulation.readings import measures
from lifecycle.simulation.readings.alarms import rings
from lifecycle.simulation.readings.report import report
from tests.course.story_days import HOUR_S, MINUTE_S, ends_of_jobs, lost, rounds_at, worst_age_s
from tests.course.talks.test_talks_content import day

LESSON = "who-starts-whom"
NIGHT = "?scenario=parent-fails"
BLINK, ASLEEP = f"{NIGHT}&faults=fail.transform:50400-51300", f"{NIGHT}&faults=sleep.transform:43200-57600"


def missing() -> int:
    """How many events the night loses beside those that an ordinary day does."""
    return sum(lost(day(NIGHT)).values()) - sum(lost(day("?")).values())


def asleep_rings(kind: CheckKind) -> int:
    """How many checks of a kind ring where the orchestrator sleeps and nothing else is wrong."""
    run = day(ASLEEP)
    slept = replace(run.scenario, faults=tuple(one for one in run.scenario.faults if one.kind == FaultKind.SLEEP))
    calm = replace(run.scenario, faults=())
    rung = rings(simulate(run.network, slept), simulate(run.network, calm))
    return sum(ring.check.kind == kind for ring in rung)


def lasted_min(view: str, hour: int) -> float:
    return (ends_of_jobs(day(view), hour)[-1] - hour * HOUR_S) / MINUTE_S - 10


NIGHTLY_JOBS = [
    (LESSON, "7.4 hours", 7.4, lambda: worst_age_s(day(NIGHT)) / HOUR_S, 0.05),
    (LESSON, "12 tries have failed", 12, lambda: sum(
        one.failed for one in rounds_at(day(NIGHT)).attempts), 0),
    (LESSON, "18 jobs were left out", 18, lambda: len(rounds_at(day(NIGHT)).skipped), 0),
    (LESSON, "no row is lost", 0, lambda: report(day(NIGHT)).events.refused + missing(), 0),
    (LESSON, "took 16 minutes", 16, lambda: lasted_min(NIGHT, 8), 0.5),
    (LESSON, "the next one takes 7", 7, lambda: lasted_min(NIGHT, 9), 0.5),
    (LESSON, "only 7 minutes younger", 7, lambda: (
        worst_age_s(day(NIGHT)) - worst_age_s(day(f"{NIGHT}&knobs=transform.workers:4"))) / MINUTE_S, 1.1),
    (LESSON, "fails at 14:13", 14 + 13 / 60, lambda: ends_of_jobs(day(BLINK), 14)[0] / HOUR_S, 1 / 60),
    (LESSON, "ends well at 14:28", 14 + 28 / 60, lambda: ends_of_jobs(day(BLINK), 14)[-1] / HOUR_S, 1 / 60),
    (LESSON, "failed jobs stays silent", 0, lambda: asleep_rings(CheckKind.JOB), 0),
    (LESSON, "an alarm on the data", True, lambda: asleep_rings(CheckKind.FRESHNESS) > 0, 0),
    (LESSON, "grows to 6 hours", 6, lambda: np.nanmax(measures.freshness(
        day(ASLEEP), "bi", np.arange(12, 18, 0.02) * HOUR_S)) / HOUR_S, 0.05),
]  # fmt: skip
