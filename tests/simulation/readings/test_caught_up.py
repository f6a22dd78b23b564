"""When the backlog of a day's faults is worked off, as the clock marks it."""

from dataclasses import replace

import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.readings.consequence import caught_up_s
from lifecycle.ui.session import cached
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
CRASH = COURSE.day(not_none(COURSE.named("consumer-crash")).scenario)


def test_the_clock_marks_the_moment_that_the_consequence_names():
    done, at_s = cached.consequence(CRASH, CRASH.calm), not_none(cached.caught_up(CRASH))
    assert at_s == 30_600 + not_none(done.drained_s)
    assert cached.caught_up(CRASH.calm) is None


@pytest.mark.parametrize(("drained_s", "at_s"), [(0.0, None), (60.0, 30_660.0), (None, 86_400.0)])
def test_no_backlog_has_no_mark_and_one_that_stays_has_it_at_the_days_end(drained_s, at_s):
    done = replace(cached.consequence(CRASH, CRASH.calm), drained_s=drained_s)
    assert caught_up_s(cached.run(CRASH), done) == at_s
