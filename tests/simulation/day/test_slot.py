"""A slot in a day: what a reader of changes that is away costs the shop, or itself."""

import numpy as np
import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Arrivals, Cause, Fate, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.readings.books import books
from lifecycle.simulation.readings.journey import follow
from tests.support.networks import chain

FROM_S, TO_S = 30_000.0, 50_000.0


def read(down="door", start=Start.PULL, size=Size.STREAM, to_s=TO_S, **limits):
    figures = {"change_bytes": 1000.0, "malformed_share": 0.01, **limits}
    line = chain(("shop", "source"), ("door", "interface", figures), ("pump", "ingestion", {"per_event_s": 0.0}))
    faults = (Fault(FaultKind.DOWN, down, FROM_S, to_s),) if down else ()
    run = simulate(line, Scenario(start, size, Size.STREAM, Arrivals.STEADY, 8_640, faults=faults))
    assert all(page.out == 0 for page in books(run))
    return run


def counted(run, *fates):
    return [int(np.count_nonzero(run.passages["door"].fate == fate)) for fate in fates]


@pytest.mark.parametrize("down", ["door", "pump"])
def test_a_disk_with_room_for_a_thousand_changes_takes_so_many_and_refuses_the_rest_of_the_outage(down):
    run = read(down, disk_bytes=1_000_000.0)
    here = run.passages["door"]
    made = np.flatnonzero((here.arrived_s >= FROM_S) & (here.arrived_s < TO_S))
    refused = np.flatnonzero(here.fate == Fate.REFUSED)
    unread = int(np.count_nonzero((here.arrived_s < FROM_S) & (here.finished_s > FROM_S)))
    assert refused.tolist() == made[1000 - unread :].tolist()
    assert counted(run, Fate.EXPIRED, Fate.SKIPPED) == [0, 0]


def test_a_slot_that_is_cut_off_loses_the_whole_outage_for_its_reader_and_no_order_for_the_shop():
    run = read(disk_bytes=1_000_000.0, slot_keep_bytes=500_000.0)
    here = run.passages["door"]
    assert counted(run, Fate.REFUSED, Fate.EXPIRED) == [0, 500]
    away = (here.arrived_s >= FROM_S) & (here.arrived_s < TO_S)
    assert (here.fate[away] > 0).all()
    assert set(here.lost_s[here.lost_fate == Fate.SKIPPED]) == {TO_S}


def test_a_slot_that_may_rest_for_an_hour_is_cut_off_an_hour_after_its_reader_left():
    run = read(slot_idle_s=3600.0)
    here = run.passages["door"]
    assert set(here.lost_s[here.lost_fate == Fate.EXPIRED]) == {FROM_S + 3600.0}
    assert counted(read(slot_idle_s=30_000.0), Fate.EXPIRED, Fate.SKIPPED) == [0, 0]


def test_only_a_pulled_stream_reads_through_a_slot_and_only_an_outage_fills_it():
    limits = {"disk_bytes": 5_000.0, "slot_keep_bytes": 3_000.0, "slot_idle_s": 60.0}
    gone = Fate.REFUSED, Fate.EXPIRED, Fate.SKIPPED
    for start, size in ((Start.PULL, Size.BATCH), (Start.PUSH, Size.BATCH), (Start.PUSH, Size.STREAM)):
        assert counted(read(start=start, size=size, **limits), *gone) == [0, 0, 0]
    assert counted(read(down="", **limits), *gone) == [0, 0, 0]


def test_a_reader_that_is_not_back_by_midnight_has_skipped_nothing_yet():
    run = read(to_s=DAY_S, slot_keep_bytes=500_000.0)
    assert counted(run, Fate.EXPIRED, Fate.SKIPPED) == [500, 0]


def test_who_expires_in_a_slot_has_waited_for_the_outage():
    run = read(slot_keep_bytes=500_000.0)
    here = run.passages["door"]
    row = int(np.flatnonzero(here.fate == Fate.EXPIRED)[40])
    stay = follow(run, int(here.ids[row]), "door").stays[-1]
    assert stay.cause == Cause.OUTAGE
    assert stay.fate == "expired"
