"""The schedules of a file: when an orchestrator starts its runs, whose jobs they do, and how a stage divides its work.

`pipeline.yaml` has schedules for every day, a scenario those of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lifecycle.documents import Fields, instead
from lifecycle.simulation.model.kinds import Role
from lifecycle.simulation.model.scenario import DAY_S
from lifecycle.simulation.model.schedules import (
    DAY_TICKS,
    MOST_RETRIES,
    MOST_SLOTS,
    Schedule,
    StageJob,
    cron,
    every,
    job_problems,
    never_comes,
)

MAX_SCHEDULES, MAX_JOBS = 20, 20


def read_schedules(top: Fields) -> tuple[Schedule, ...]:
    """Return the schedules that a file names; what is wrong with them is reported."""
    schedules: dict[str, Schedule] = {}
    for node in top.items("schedules", MAX_SCHEDULES):
        fields = Fields(node, top.file, top.problems, "schedule")
        usual = Schedule("", ())
        schedule = Schedule(
            id=fields.name(),
            ticks_s=_ticks(fields),
            slots=fields.whole("slots", 1, MOST_SLOTS, usual.slots),
            catch_up=fields.flag("catch_up"),
            overlap=fields.kind("overlap", usual.overlap),
            retries=fields.whole("retries", 0, MOST_RETRIES, usual.retries),
            retry_s=fields.number("retry_s", 0.0, DAY_S, usual.retry_s),
        )
        fields.done()
        if schedule.id in schedules:
            top.report(node.line, f"two schedules with the id {schedule.id}", "rename one")
        elif schedule.id:
            schedules[schedule.id] = schedule
    return tuple(schedules.values())


def check_place(top: Fields, line: int, stage: str, role: Role | None, schedule: str, known: Collection[str]) -> None:
    """Report what is wrong with a stage on a schedule; of one whose role is not known (None) less is judged."""
    if schedule not in known:
        top.report(line, f"unknown schedule {schedule} of {stage}", instead(schedule, known))
    elif role not in (Role.TRANSFORM, None):
        top.report(line, f"a {role} on a schedule: {stage}", "only a transform has jobs; leave it out")


def read_places(
    fields: Fields, roles: Mapping[str, Role | None], known: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return which stages a scenario puts on which schedule: (stage, schedule); what is wrong is reported."""
    places = []
    for stage, node in fields.entries("on_schedule"):
        schedule = fields.text_of(node, stage, 40, required=True)
        if stage not in roles:
            fields.report(node.line, f"unknown stage {stage} in `on_schedule`", instead(stage, roles))
        elif schedule:
            check_place(fields, node.line, stage, roles[stage], schedule, known)
            places.append((stage, schedule))
    return tuple(places)


def read_jobs(stage: Fields, role: Role | None) -> tuple[StageJob, ...]:
    """Return the jobs into which a stage divides its work on a schedule; what is wrong with them is reported."""
    jobs = []
    for node in stage.items("jobs", MAX_JOBS):
        fields = Fields(node, stage.file, stage.problems, "job")
        after = fields.node("after")
        names = [] if after is None else after.items if after.kind == "a list" else [after]
        awaited = tuple(fields.text_of(name, "after", 40) for name in names)
        jobs.append(StageJob(fields.name(), awaited, fields.number("part", 0.01, 100.0, 1.0)))
        fields.done()
    if jobs and role not in (Role.TRANSFORM, None):
        stage.report(stage.at("jobs"), f"a {role} with jobs", "only a transform has them; leave them out")
    for problem in job_problems("the stage", jobs):
        what, _, fix = problem.removeprefix("the stage: ").partition("; ")
        stage.report(stage.at("jobs"), what, fix)
    return tuple(jobs)


def _ticks(fields: Fields) -> tuple[float, ...]:
    """When its runs are due, from `every` (seconds) or `at` (a line of cron); none where neither says."""
    given = [key for key in ("every", "at") if key in fields]
    if len(given) != 1:
        line = fields.at(given[0] if given else "id")
        fields.report(line, "a schedule with both `every` and `at`" if given else "a schedule without a time",
                      "write `every: 3600` (seconds) or `at: 0 2 * * *` (cron)")  # fmt: skip
        for key in given:
            fields.node(key)
        return ()
    if given == ["every"]:
        return every(fields.number("every", DAY_S / DAY_TICKS, DAY_S, 3600.0), DAY_S)
    line_of_cron = fields.text("at", 60, required=True)
    try:
        ticks_s = cron(line_of_cron)
    except ValueError as problem:
        fields.report(fields.at("at"), f"`at` has {problem}".split("; ")[0], str(problem).split("; ")[-1])
        return ()
    if never_comes(line_of_cron):
        fields.report(fields.at("at"), "`at` names a date that never comes", "write a day that one of its months has")
    return ticks_s
