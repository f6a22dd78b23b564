"""When people look at the data of an imported project, and when it goes wrong so that they see it."""

import re

import numpy as np
import pytest

from lifecycle.course.pipeline_file import read_pipeline
from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.drafting import course_files, drafted
from lifecycle.importing.teaching import teaching_files
from lifecycle.importing.teaching.days import TaughtDays
from lifecycle.importing.teaching.subject import TaughtPipeline
from lifecycle.simulation.model.kinds import Role
from tests.support.narrow import not_none


def line(schedule=""):
    nodes = (
        ImportedNode("shop", "shop", Role.SOURCE, "a reason"),
        ImportedNode("mill", "mill", Role.TRANSFORM, "a reason", schedule=schedule),
        ImportedNode("desk", "desk", Role.CONSUMER, "a reason"),
    )
    return Imported(nodes, (ImportedEdge("shop", "mill"), ImportedEdge("mill", "desk")))


def drawn(schedule=""):
    draft = drafted(line(schedule), "Ours")
    return draft, not_none(read_pipeline(course_files(draft)["pipeline.yaml"])[0]).network


@pytest.mark.parametrize("often", ["@hourly", "0,15,30,45 * * * *"])
def test_jobs_that_run_often_are_late_and_fail_when_it_matters_to_those_who_look_at_nine(often):
    files = teaching_files(*drawn(often))
    for day in ("late-shop", "failing-mill"):
        (row,) = re.findall(r"^\| desk \| (.+) \| (.+) \|$", files[f"scenarios/{day}.md"], re.MULTILINE)
        assert row[0] != row[1], (day, row)
    assert "other times of the day" in files["scenarios/ordinary-day.md"]


@pytest.mark.parametrize(
    ("schedule", "look"),
    [("0 2 * * *", "09:00"), ("0 8 * * *", "09:00"), ("30 8 * * *", "10:30"), ("30 22 * * *", "23:59")],
)
def test_people_look_at_nine_or_two_hours_after_jobs_that_start_later(schedule, look):
    assert (
        f"How old is the newest row of each stage at {look}"
        in teaching_files(*drawn(schedule))["scenarios/ordinary-day.md"]
    )


@pytest.mark.parametrize(
    ("now_s", "stale"),
    [
        (2_801.0, True),
        (2_800.0, None),
        (1_121.0, None),
        (1_120.0, False),
        (880.0, False),
        (879.0, None),
        (np.nan, True),
    ],
)
def test_what_is_stale_is_clearly_older_and_what_is_not_is_as_old_as_ever(now_s, stale):
    draft, network = drawn()
    days = TaughtDays(TaughtPipeline({stage.id: stage for stage in draft.stages}, network))
    fault = days.failure("mill")
    days._ages.update({(): {"desk": 1_000.0, "mill": np.nan}, (fault,): {"desk": now_s, "mill": 5.0}})
    assert days.stale(fault) == ({} if stale is None else {"desk": stale})
