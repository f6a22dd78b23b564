"""What the panel says of a stage on a schedule: when, how many at once, in which order, and after a failure."""

import pytest

from lifecycle.course.pipeline import Pipeline, Stage, Zone
from lifecycle.course.worlds.timetables import timetable_words
from lifecycle.simulation.model.kinds import Overlap, Role
from lifecycle.simulation.model.schedules import Schedule, StageJob, cron, every
from lifecycle.words import DAY_S


def told(schedule: Schedule, *jobs: StageJob) -> str:
    stage = Stage("sums", "here", "Sums", Role.TRANSFORM, schedule=schedule.id, jobs=jobs)
    return timetable_words(Pipeline("One", (Zone("here", "Here"),), (stage,), (), schedules=(schedule,)), stage)


@pytest.mark.parametrize(
    ("ticks_s", "says"),
    [
        (cron("5 * * * *"), "a run every hour at :05,"),
        (cron("0 2 * * *"), "a run at 02:00,"),
        (cron("15 2,8,14 * * *"), "a run at 02:15, 08:15 and 14:15,"),
        (every(900.0, DAY_S), "a run every 15 min,"),
        (every(3600.0, DAY_S), "a run every hour at :00,"),
        (cron("0 6-20/2 * * *"), "a run 8 times a day, first at 06:00, last at 20:00,"),
        (cron("0 1,2,4,8,16 * * *"), "a run 5 times a day, first at 01:00, last at 16:00,"),
    ],
)
def test_when_runs_are_due_is_said_as_a_person_would(ticks_s, says):
    assert says in told(Schedule("nightly", ticks_s))


def test_the_rest_of_a_schedule_is_said_too():
    words = told(
        Schedule("nightly", cron("0 2 * * *"), slots=2, retries=1, retry_s=600.0),
        StageJob("clean"), StageJob("join", ("clean",)), StageJob("sum", ("clean", "join")),
    )  # fmt: skip
    for part in (
        "on the schedule nightly", "2 slots, so at most 2 jobs at once", "tried again once, 10 min later",
        "A run does clean; join after clean; sum after clean and join.", "waits for its end",
        "are left out", "The transformation switch",
    ):  # fmt: skip
        assert part in words
    other = told(Schedule("n", (0.0,), slots=1, catch_up=True, overlap=Overlap.SKIP))
    for part in ("1 slot, so one job at a time", "not tried again", "under way is left out", "are made up for"):
        assert part in other
    assert "goes on beside it" in told(Schedule("n", (0.0,), overlap=Overlap.PARALLEL, retries=3, retry_s=0.0))


def test_a_stage_that_keeps_its_own_time_has_no_such_words():
    stage = Stage("sums", "here", "Sums", Role.TRANSFORM)
    assert timetable_words(Pipeline("One", (Zone("here", "Here"),), (stage,), ()), stage) == ""
