"""What an event waited for, calculated by hand: one small day for each cause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle.simulation.day.run import Run
from lifecycle.simulation.model.draws import exponentials
from lifecycle.simulation.model.kinds import Cause, FaultKind, Size, Start
from lifecycle.simulation.model.scenario import DAY_S, Fault
from lifecycle.simulation.readings.journey import DELIVERED, INSIDE, ON_THE_WAY, Stay, follow
from tests.support.followed import AS_IT_COMES, DESK, EVEN, PLAIN_PUMP, SHOP, walked
from tests.support.narrow import not_none


def stay_at(run: Run, event: int, stage: str) -> Stay:
    return next(stay for stay in follow(run, event, "desk").stays if stay.stage == stage)


def held(stay: Stay) -> list[tuple[str, object]]:
    return [(str(wait.cause), pytest.approx(wait.seconds, abs=1e-6)) for wait in stay.waits]


def test_who_comes_just_after_a_fetch_waits_for_the_next_and_then_for_the_rest_of_it():
    api = ("api", "interface", {"per_event_s": 10.0})
    pull = replace(AS_IT_COMES, start=Start.PULL, size=Size.BATCH)
    run = walked(pull, [3_612.0, 3_700.0], SHOP, api, ("pump", "ingestion", PLAIN_PUMP), DESK)
    assert held(stay_at(run, 0, "api")) == [("tick", 3_588.0)]
    assert held(stay_at(run, 1, "api")) == [("tick", 3_500.0), ("queue", 10.0)]
    assert held(stay_at(run, 0, "pump")) == [("batch", 10.0)]
    assert stay_at(run, 1, "pump").cause == Cause.NONE
    assert follow(run, 0, "desk").latency_s == pytest.approx(3_608.0)


def test_the_job_before_is_a_queue():
    mill = ("mill", "transform", {"interval_s": 100.0, "job_overhead_s": 150.0, "per_event_s": 0.0})
    run = walked(replace(AS_IT_COMES, transform=Size.BATCH), [50.0, 150.0], SHOP, mill, DESK)
    assert held(stay_at(run, 0, "mill")) == [("tick", 50.0)]
    assert held(stay_at(run, 1, "mill")) == [("tick", 50.0), ("queue", 50.0)]
    assert stay_at(run, 1, "mill").worked_s == pytest.approx(150.0)


def test_a_token_that_is_not_there_is_a_rate_limit():
    api = ("api", "interface", {"per_event_s": 1.0, "rate_per_s": 0.01, "burst": 2.0})
    run = walked(AS_IT_COMES, [0.0, 1.0, 2.0, 3.0, 900.0], SHOP, api, DESK)
    assert [stay_at(run, event, "api").left_s for event in range(5)] == pytest.approx([1.0, 2.0, 101.0, 201.0, 901.0])
    assert [stay_at(run, event, "api").cause for event in (0, 1, 4)] == [Cause.NONE] * 3
    assert held(stay_at(run, 2, "api")) == [("rate-limit", 99.0)]
    assert held(stay_at(run, 3, "api")) == [("rate-limit", 98.0), ("rate-limit", 100.0)]


def test_a_limit_that_nobody_reaches_holds_nobody_though_its_bucket_has_room_for_one():
    api = ("api", "interface", {"per_event_s": 5.0, "rate_per_s": 0.1, "burst": 1.0})
    run = walked(AS_IT_COMES, [0.0, 50.0, 100.0, 102.0], SHOP, api, DESK)
    assert [stay_at(run, event, "api").cause for event in range(3)] == [Cause.NONE] * 3
    assert stay_at(run, 3, "api").cause == Cause.RATE_LIMIT


def test_a_caller_that_backs_off_is_a_retry_and_reading_what_came_before_is_a_queue():
    api = ("api", "interface", {"per_event_s": 10.0, "rate_per_s": 0.001, "burst": 2.0, "on_limit": 1.0})
    run = walked(AS_IT_COMES, [0.0, 1.0, 2.0], SHOP, api, DESK)
    assert run.passages["api"].throttled_s.size > 0
    assert held(stay_at(run, 1, "api")) == [("queue", 9.0)]
    third = stay_at(run, 2, "api")
    started_s = not_none(third.started_s)
    assert held(third) == [("retry", started_s - 20.0), ("queue", 18.0)]
    assert started_s > 900.0


def test_a_full_log_that_blocks_its_sender_is_a_queue_and_one_that_refuses_ends_the_journey():
    log = EVEN | {"capacity": 1.0, "policy": 3.0, "sender_room": 1.0}
    run = walked(AS_IT_COMES, [0.0, 1.0, 2.0], SHOP, ("log", "buffer", log), DESK)
    assert held(stay_at(run, 1, "log")) == [("queue", 9.0)]
    third = follow(run, 2, "desk")
    assert (third.fate, third.latency_s) == ("refused", None)
    assert third.stays[-1] == Stay("log", 2.0, None, None, 2.0, "refused", ())


def test_a_dropped_event_waited_until_a_newer_one_came():
    log = EVEN | {"capacity": 2.0, "policy": 1.0}
    run = walked(AS_IT_COMES, [0.0, 1.0, 2.0], SHOP, ("log", "buffer", log), DESK)
    journey = follow(run, 1, "desk")
    assert journey.fate == "dropped"
    last = journey.stays[-1]
    assert (last.arrived_s, last.started_s, last.finished_s, last.left_s) == (1.0, None, None, 2.0)
    assert held(last) == [("queue", 1.0)]


def test_an_outage_holds_who_waits_and_interrupts_who_is_worked_on():
    log = ("log", "buffer", EVEN)
    day = replace(AS_IT_COMES, faults=(Fault(FaultKind.DOWN, "log", 5.0, 1_005.0),))
    run = walked(day, [0.0, 6.0, 1_006.0], SHOP, log, DESK)
    first = stay_at(run, 0, "log")
    assert held(first) == [("outage", 1_000.0)]
    assert first.worked_s == pytest.approx(10.0)
    assert held(stay_at(run, 1, "log")) == [("outage", 999.0), ("queue", 5.0)]
    assert held(stay_at(run, 2, "log")) == [("queue", 14.0)]


def test_what_is_committed_while_the_store_is_down_is_not_held_up_by_it():
    store = ("store", "warehouse", {"per_event_s": 10.0, "spread": 0.0, "load_s": 500.0})
    day = replace(AS_IT_COMES, faults=(Fault(FaultKind.DOWN, "store", 50.0, 400.0),))
    stay = stay_at(walked(day, [0.0], SHOP, store, DESK), 0, "store")
    assert (held(stay), stay.worked_s) == ([], 510.0)


def test_whom_nobody_calls_for_because_the_receiver_is_down_is_held_by_the_outage():
    pull = replace(AS_IT_COMES, start=Start.PULL, faults=(Fault(FaultKind.DOWN, "pump", 0.0, 600.0),))
    pump = ("pump", "ingestion", PLAIN_PUMP | {"poll_interval_s": 100.0})
    run = walked(pull, [150.0], SHOP, ("api", "interface", {"per_event_s": 1.0}), pump, DESK)
    assert held(stay_at(run, 0, "api")) == [("tick", 50.0), ("outage", 400.0)]


def test_a_cut_holds_what_is_done_and_a_commit_what_is_done_before_it():
    log = EVEN | {"per_event_s": 1.0, "delivery": 2.0, "transaction_s": 100.0}
    day = replace(AS_IT_COMES, faults=(Fault(FaultKind.CUT, "log", 80.0, 500.0),))
    run = walked(day, [9.0, 59.0], SHOP, ("log", "buffer", log), DESK)
    stay = stay_at(run, 0, "log")
    assert (stay.finished_s, stay.left_s) == (10.0, 500.0)
    assert held(stay) == [("tick", 70.0), ("outage", 420.0)]
    calm = walked(AS_IT_COMES, [9.0], SHOP, ("log", "buffer", log), DESK)
    assert held(stay_at(calm, 0, "log")) == [("tick", 90.0)]


def test_a_record_that_crashes_its_reader_holds_up_itself_and_who_is_behind_it():
    log = ("log", "buffer", EVEN | {"tries": 0.0})
    day = replace(AS_IT_COMES, faults=(Fault(FaultKind.POISON, "log", 0.0, 700.0),))
    run = walked(day, [100.0, 200.0], SHOP, log, DESK)
    assert follow(run, 0, "desk").fate == "set aside"
    assert held(stay_at(run, 0, "log")) == [("outage", 600.0)]
    assert stay_at(run, 1, "log").cause == Cause.OUTAGE


def test_a_second_copy_that_arrives_where_the_first_was_lost_is_a_retry():
    log = ("log", "buffer", {"per_event_s": 0.0, "duplicate_share": 1.0, "redelivery_s": 300.0})
    day = replace(AS_IT_COMES, faults=(Fault(FaultKind.DOWN, "pump", 0.0, 100.0),))
    run = walked(day, [1.0], SHOP, log, ("pump", "ingestion", PLAIN_PUMP), DESK)
    journey = follow(run, 0, "desk")
    assert journey.fate == DELIVERED
    stay = stay_at(run, 0, "log")
    assert (stay.finished_s, stay.left_s) == (1.0, 301.0)
    assert held(stay) == [("retry", 300.0)]
    assert journey.stays[2].arrived_s == 301.0


def test_a_look_every_hour_is_a_refresh_and_a_live_one_is_none():
    desk = ("desk", "consumer", {"query_s": 2.0, "interval_s": 3_600.0})
    run = walked(AS_IT_COMES, [600.0], SHOP, desk)
    stay = stay_at(run, 0, "desk")
    assert held(stay) == [("refresh", 3_000.0)]
    assert stay.worked_s == pytest.approx(2.0)
    assert stay_at(walked(AS_IT_COMES, [600.0], SHOP, DESK), 0, "desk").cause == Cause.NONE


def test_a_sum_that_is_out_when_its_window_closes():
    mill = (
        "mill",
        "transform",
        {"per_event_s": 1.0, "spread": 0.0, "workers": 1.0, "window_s": 600.0, "watermark_s": 0.0},
    )
    stay = stay_at(walked(AS_IT_COMES, [100.0, 700.0], SHOP, mill, DESK), 0, "mill")
    assert (stay.finished_s, stay.left_s) == (101.0, 701.0)
    assert held(stay) == [("window", 600.0)]


def test_a_row_that_cannot_be_read_is_lost_when_its_sum_is_out_as_the_run_counts_it():
    mill = {"per_event_s": 1.0, "spread": 0.0, "workers": 1.0, "window_s": 600.0, "watermark_s": 0.0}
    day = replace(AS_IT_COMES, faults=(Fault(FaultKind.DRIFT, "mill", 0.0, 200.0),))
    run = walked(day, [100.0, 700.0], SHOP, ("mill", "transform", mill), DESK)
    assert follow(run, 0, "desk").fate == "drifted"
    assert [stay_at(run, 0, "mill").left_s] == run.passages["mill"].lost_s.tolist() == [701.0]


def test_a_telephone_without_signal_is_late_before_it_is_called_for():
    phone, pump = ("phone", "source", {"late_share": 1.0, "late_s": 100.0}), PLAIN_PUMP | {"poll_interval_s": 10.0}
    run = walked(replace(AS_IT_COMES, start=Start.PULL), [5.0], phone, ("pump", "ingestion", pump), DESK)
    late_s = 100.0 * float(exponentials(1, "phone", "lateness of events", 1)[0])
    assert late_s > 20.0
    assert held(stay_at(run, 0, "phone")) == [("late", late_s), ("tick", 10.0 - (5.0 + late_s) % 10.0)]


def test_cold_storage_waits_for_age():
    run = walked(AS_IT_COMES, [0.0], SHOP, ("cellar", "archive", {"after_s": 500.0}), DESK)
    assert held(stay_at(run, 0, "cellar")) == [("tick", 500.0)]


def test_who_is_still_on_the_way_ends_where_it_is_with_what_it_waits_for():
    desk = ("desk", "consumer", {"interval_s": 2 * DAY_S})
    journey = follow(walked(AS_IT_COMES, [600.0], SHOP, desk), 0, "desk")
    assert (journey.fate, journey.latency_s) == (ON_THE_WAY, None)
    last = journey.stays[-1]
    assert (last.started_s, last.finished_s, last.left_s, last.fate) == (None, None, None, INSIDE)
    assert held(last) == [("refresh", DAY_S - 600.0)]


def test_a_fetch_that_is_not_whole_by_midnight_is_still_waited_for_and_a_job_before_it_is_a_queue():
    pull = replace(AS_IT_COMES, start=Start.PULL, size=Size.BATCH)
    api = ("api", "interface", {"per_event_s": 6.0})
    pump = PLAIN_PUMP | {"batch_interval_s": DAY_S - 10.0}
    cut_short = walked(pull, [1.0, 2.0], SHOP, api, ("pump", "ingestion", pump), DESK)
    assert held(stay_at(cut_short, 0, "pump")) == [("batch", 4.0)]
    halves = PLAIN_PUMP | {"batch_interval_s": DAY_S / 2 - 50.0, "job_overhead_s": DAY_S}
    times = [1.0, DAY_S / 2, DAY_S / 2 + 1.0]
    busy = walked(pull, times, SHOP, api, ("pump", "ingestion", halves), DESK)
    assert held(stay_at(busy, 1, "pump")) == [("batch", 6.0), ("queue", 88.0)]


@pytest.mark.parametrize(
    ("stage", "role", "figures", "took_s"),
    [
        ("api", "interface", {"per_event_s": 1.0, "round_trip_s": 50.0}, 51.0),
        ("pump", "ingestion", PLAIN_PUMP | {"per_event_s": 1.0, "spread": 0.0, "latency_s": 50.0}, 51.0),
        ("lake", "lake", {"flush_interval_s": 0.0, "put_s": 50.0}, 50.0),
        ("desk", "consumer", {"per_event_s": 1.0, "query_s": 50.0}, 51.0),
    ],
)
def test_what_is_on_the_wire_or_being_written_is_not_held_up_by_an_outage(stage, role, figures, took_s):
    day = replace(AS_IT_COMES, faults=(Fault(FaultKind.DOWN, stage, 15.0, 40.0),))
    stations = [(stage, role, figures), DESK][: 1 if role == "consumer" else 2]
    stay = stay_at(walked(day, [10.0], SHOP, *stations), 0, stage)
    assert held(stay) == []
    assert stay.left_s == 10.0 + took_s


def test_a_stream_waits_for_no_timetable_of_jobs():
    pump = ("pump", "ingestion", {"per_event_s": 10.0, "spread": 0.0})
    run = walked(AS_IT_COMES, [10.0, 11.0], SHOP, ("log", "buffer", EVEN | {"per_event_s": 0.0}), pump, DESK)
    assert [wait for wait, _ in held(stay_at(run, 1, "pump"))] == ["queue"]
