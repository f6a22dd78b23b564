"""The bill: each line is a count of the run times a price; what a fresh minute costs follows from it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle.course import check, content_folder, load
from lifecycle.course.prices_file import read_prices
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import FaultKind, Size
from lifecycle.simulation.model.network import Link, Network
from lifecycle.simulation.model.scenario import DAY_S, Fault, Scenario
from lifecycle.simulation.model.schedules import Schedule, StageJob
from lifecycle.simulation.readings.bill import PRICES, Prices, bill
from lifecycle.simulation.readings.measures import ages, percentiles
from tests.support.networks import chain, networks, scenarios
from tests.support.small_course import write_course

POLLED = chain(("shop", "source"), ("api", "interface"), ("copy", "ingestion"))


def quantity(run, station: str, item: str) -> float:
    (line,) = [line for line in bill(run).lines if (line.station, line.item) == (station, item)]
    return line.quantity


def day(network: Network, **settings):
    return simulate(network, Scenario(**{"events": 1_000, **settings}))


SHIPPED = load(content_folder()).pipeline.network


@pytest.fixture(scope="module")
def three_days():
    """The course's day in hourly batches, with the transfer streaming, and with all streaming."""
    ways = ((Size.BATCH, Size.BATCH), (Size.STREAM, Size.BATCH), (Size.STREAM, Size.STREAM))
    return [simulate(SHIPPED, Scenario(size=size, transform=transform)) for size, transform in ways]


def test_each_step_towards_fresh_costs_more_in_the_course_that_is_shipped(three_days):
    batch, half, stream = (bill(run).total for run in three_days)
    assert batch < half < stream
    aged, fresh = (percentiles(ages(run, "bi"), (95.0,))[0] for run in (three_days[0], three_days[2]))
    assert fresh < aged / 10


def test_what_a_stream_adds_is_workers_that_wait_and_a_warehouse_that_never_sleeps(three_days):
    batch, stream = (bill(run).by_item() for run in (three_days[0], three_days[2]))
    assert stream["brokers"] == batch["brokers"]
    assert stream["credits"] > 23.9 * Prices().credit_each > batch["credits"]
    added = stream["always on"] - batch["job hours"] + stream["credits"] - batch["credits"]
    assert added == pytest.approx(bill(three_days[2]).total - bill(three_days[0]).total, abs=0.5)


def test_a_batch_that_is_small_enough_costs_what_a_stream_costs(three_days):
    """What the pages say of batches of a quarter of an hour, of five minutes and of one, and of nights."""
    said = {900.0: 59, 300.0: 69, 60.0: 104}
    for every, dollars in said.items():
        own = (("ingestion", "batch_interval_s", every), ("transform", "interval_s", every))
        assert bill(simulate(SHIPPED, Scenario(overrides=own))).total == pytest.approx(dollars, abs=0.5)
    for run, dollars, awake_h in zip(three_days, (56, 77, 105), (19.8, 19.9, 24), strict=True):
        assert bill(run).total == pytest.approx(dollars, abs=0.5)
        assert quantity(run, "warehouse", "credits") == pytest.approx(awake_h, abs=0.1)
    nobody = (("bi", "views_per_s", 0.0), ("warehouse", "analysts_per_s", 0.0))
    assert quantity(simulate(SHIPPED, Scenario(overrides=nobody)), "warehouse", "credits") == pytest.approx(
        3.8, abs=0.1
    )


def test_compute_is_what_costs_and_storage_is_next_to_nothing(three_days):
    for run in three_days:
        items = bill(run).by_item()
        kept = items["stored"] + items["disks"] + items["writes"] + items["requests"]
        assert kept < bill(run).total / 100


def test_a_poll_every_second_is_86400_requests_even_when_nothing_is_new():
    assert quantity(day(POLLED, size="stream", events=0), "api", "requests") == 86_400


def test_a_full_page_asks_for_the_next():
    run = day(POLLED, overrides=(("api", "page_events", 100), ("copy", "batch_interval_s", DAY_S)), arrivals="steady")
    assert quantity(run, "api", "requests") == -(-run.born_s.size // 100)


def test_nobody_asks_while_the_asking_side_is_down():
    fault = Fault(FaultKind.DOWN, "copy", 3_600.0, 7_200.0)
    assert quantity(day(POLLED, size="stream", events=0, faults=(fault,)), "api", "requests") == 86_400 - 3_600
    slow = replace(fault, kind=FaultKind.SLOW, factor=0.5)
    assert quantity(day(POLLED, size="stream", events=0, faults=(slow,)), "api", "requests") == 86_400


def test_nobody_asks_while_the_server_is_down_on_which_the_interface_runs():
    down = {"size": "stream", "events": 0, "faults": (Fault(FaultKind.DOWN, "shop", 0.0, 3_600.0),)}
    assert quantity(day(POLLED, **down), "api", "requests") == 86_400 - 3_599  # it is up again at the hour itself
    apart = (("api", "same_server", 0.0),)
    assert quantity(day(POLLED, **down, overrides=apart), "api", "requests") == 86_400


def test_a_pushed_event_is_a_request_and_a_pushed_file_is_one():
    run = day(POLLED, start="push", size="stream")
    assert quantity(run, "api", "requests") == run.born_s.size
    assert quantity(day(POLLED, start="push", size="batch"), "api", "requests") == 24


def test_files_on_their_own_schedule_are_counted_by_it():
    own = (("api", "own_interval_s", 21_600), ("api", "own_offset_s", 3_600))
    assert quantity(day(POLLED, size="stream", overrides=own), "api", "requests") == 4


def test_a_batch_pays_for_its_jobs_and_a_stream_for_the_day():
    figures = (("copy", "job_overhead_s", 60), ("copy", "per_event_s", 0), ("api", "per_event_s", 0))
    run = day(POLLED, events=100_000, arrivals="steady", overrides=figures)
    # the last of the 24 jobs is ready at midnight: it runs on the next day's bill
    assert quantity(run, "copy", "job hours") == pytest.approx(23 * 60 / 3600, abs=1e-6)
    assert quantity(day(POLLED, size="stream"), "copy", "always on") == 24


def test_no_job_is_billed_for_less_than_the_least():
    figures = (("copy", "job_overhead_s", 20), ("copy", "per_event_s", 0), ("api", "per_event_s", 0))
    day_of_jobs = day(POLLED, events=100_000, arrivals="steady", overrides=figures)
    assert quantity(day_of_jobs, "copy", "job hours") == pytest.approx(23 * 60 / 3600)
    (line,) = [line for line in bill(day_of_jobs, Prices(least_job_s=0.0)).lines if line.item == "job hours"]
    assert 23 * 20 / 3600 <= line.quantity < 23 * 21 / 3600


LOG = {"consumers": 3, "brokers": 4, "replicas": 2, "per_event_s": 0.01, "spread": 0}


def test_every_worker_of_a_streaming_transformation_and_every_consumer_of_a_log_is_on_all_day():
    line = chain(("s", "source"), ("log", "buffer", LOG), ("t", "transform", {"workers": 4}))
    run = day(line, size="stream", transform="stream")
    assert quantity(run, "log", "always on") == 72
    assert quantity(run, "t", "always on") == 96


def test_brokers_run_day_and_night_and_consumers_of_batches_only_with_them():
    line = chain(("s", "source"), ("copy", "ingestion"), ("log", "buffer", LOG))
    run = day(line, events=5_000, arrivals="steady", overrides=(("copy", "batch_interval_s", 21_600),))
    assert quantity(run, "log", "brokers") == 4 * 24
    # three files arrive within the day, each worked off in less than a minute and a half
    assert 3 * 3 * 60 / 3600 <= quantity(run, "log", "job hours") <= 3 * 3 * 90 / 3600
    assert all(bought.item != "always on" for bought in bill(run).lines)


def test_a_log_that_is_passed_by_costs_nothing():
    run = day(chain(("s", "source"), ("log", "buffer", LOG), ("lake", "lake")))
    assert "log" in bill(run).by_station()
    past = replace(run, figures={**run.figures, "log": {**run.figures["log"], "direct": 1.0}})
    assert "log" not in bill(past).by_station()


def test_autoscaled_workers_are_paid_by_the_minute_and_at_least_one_of_them():
    line = chain(("s", "source"), ("t", "transform", {"workers": 4, "per_event_s": 0.5, "spread": 0, "autoscaled": 1}))
    asleep, busy = (day(line, events=events, transform="stream", arrivals="steady") for events in (0, 300_000))
    assert quantity(asleep, "t", "autoscaled") == pytest.approx(24)
    assert 40 < quantity(busy, "t", "autoscaled") < 96  # 1.7 workers' worth of work


def test_bytes_are_those_of_each_events_own_source():
    two = Network(
        (
            *chain(("small", "source", {"event_bytes": 10}), ("big", "source", {"event_bytes": 1e6})).stations,
            *chain(("store", "warehouse", {"load_s": 0, "per_event_s": 0})).stations,
        ),
        (Link("small", "store"), Link("big", "store")),
    )
    run = day(two)
    small = int((run.source == run.sources.index("small")).sum())
    assert quantity(run, "store", "stored") == pytest.approx((10 * small + 1e6 * (run.born_s.size - small)) / 1e9)


def test_a_log_keeps_each_copy_for_its_retention_and_at_most_for_the_month():
    disks = [
        quantity(day(chain(("s", "source"), ("log", "buffer", {"retention_s": days * DAY_S}))), "log", "disks")
        for days in (3, 30, 300)
    ]
    assert disks[1] == pytest.approx(10 * disks[0])
    assert disks[2] == disks[1]
    alone = day(chain(("s", "source"), ("log", "buffer", {"replicas": 1, "retention_s": 30 * DAY_S})))
    assert disks[1] == pytest.approx(3 * quantity(alone, "log", "disks"))


def test_an_object_is_written_once_however_many_events_it_holds():
    lake = chain(("s", "source"), ("lake", "lake", {"flush_interval_s": 3600, "put_s": 1}))
    run = day(lake, events=50_000, arrivals="steady")
    assert quantity(run, "lake", "writes") == 23  # the one begun at midnight is written tomorrow


def test_a_query_is_billed_for_the_least_scan_and_a_refresh_asks_on_schedule():
    line = chain(("s", "source"), ("bi", "consumer", {"interval_s": 900}))
    assert quantity(day(line), "bi", "scanned") == pytest.approx(96 * 0.01)
    big = chain(("s", "source", {"event_bytes": 1e7}), ("bi", "consumer", {"interval_s": 43_200}))
    run = day(big)
    assert quantity(run, "bi", "scanned") == pytest.approx(run.born_s.size * 0.01)


BOUGHT = ("store", "warehouse", {"load_s": 2.0, "per_event_s": 0.0, "suspend_s": 60.0})
ASKED = chain(("s", "source"), BOUGHT, ("bi", "consumer", {"interval_s": 3600, "query_s": 20}))


def test_a_warehouse_is_paid_for_while_it_is_awake_and_for_the_idle_stretch_before_it_sleeps():
    run = day(ASKED, events=0)
    # 23 refreshes of 20 s and a minute until it sleeps; the last, at midnight, is tomorrow's
    assert quantity(run, "store", "credits") == pytest.approx(23 * 80 / 3600)
    big = day(ASKED, events=0, overrides=(("store", "credits_per_h", 4),))
    assert quantity(big, "store", "credits") == pytest.approx(4 * 23 * 80 / 3600)
    brisk = day(ASKED, events=0, overrides=(("store", "suspend_s", 5),))
    assert quantity(brisk, "store", "credits") == pytest.approx(23 * 60 / 3600)  # a minute at least
    never = day(ASKED, events=0, overrides=(("store", "suspend_s", 0),))
    assert quantity(never, "store", "credits") == pytest.approx(23)  # from the first question on


def test_what_is_asked_of_a_warehouse_is_not_paid_again_by_the_byte():
    assert all(line.item != "scanned" for line in bill(day(ASKED)).lines)


def test_rows_that_keep_coming_and_people_who_keep_asking_both_keep_a_warehouse_awake():
    quiet = chain(("s", "source"), BOUGHT)
    assert quantity(day(quiet, events=100_000, arrivals="steady"), "store", "credits") > 23.9
    alone = day(quiet, events=0)
    assert quantity(alone, "store", "credits") == 0
    asked = day(quiet, events=0, arrivals="steady", overrides=(("store", "analysts_per_s", 0.1),))
    assert quantity(asked, "store", "credits") > 23


def test_a_load_lasts_until_its_commit_and_a_live_consumer_asks_of_its_own_accord():
    loaded = chain(("s", "source"), ("store", "warehouse", {**dict(BOUGHT[2]), "load_s": 400.0}))
    one = {"events": 1, "overrides": (("store", "suspend_s", 5.0),)}
    assert quantity(day(loaded, **one), "store", "credits") * 3600 > 400
    live = chain(("s", "source"), BOUGHT, ("bi", "consumer", {"interval_s": 0.0, "query_s": 600.0}))
    brisk = {"events": 1, "arrivals": "steady", "overrides": (("store", "suspend_s", 5.0),)}
    assert quantity(day(live, **brisk), "store", "credits") * 3600 > 600


def test_each_try_at_each_job_of_a_schedule_is_paid_and_what_runs_side_by_side_twice():
    jobs = (StageJob("clean"), StageJob("check", ("clean",)), StageJob("join", ("clean",)))
    work = {"job_overhead_s": 90.0, "per_event_s": 0.0, "drawn_s": 0.0, "workers": 1.0}
    line = chain(("s", "source"), ("t", "transform", work), ("bi", "consumer"))
    nightly = Schedule("nightly", (7_200.0, 50_400.0), slots=2)
    stations = tuple(replace(one, schedule="nightly", jobs=jobs) if one.id == "t" else one for one in line.stations)
    network = replace(line, stations=stations, schedules=(nightly,))
    run = day(network)
    tries = run.orchestrated["nightly"].rounds.attempts
    assert len(tries) == 6
    paid_s = sum(max(one.end_s - one.start_s, Prices().least_job_s) for one in tries)
    assert quantity(run, "t", "job hours") * 3600 == pytest.approx(paid_s)
    at_once = bill(run, replace(Prices(), least_job_s=3_600.0))
    (line_of_jobs,) = [one for one in at_once.lines if one.item == "job hours"]
    assert line_of_jobs.quantity == pytest.approx(6)


def test_what_goes_back_along_a_loop_leaves_the_platform():
    line = chain(("s", "source", {"event_bytes": 1e6}), ("tool", "consumer"))
    looped = Network(line.stations, (*line.links, Link("tool", "s", loop=True)))
    run = day(looped)
    assert quantity(run, "tool", "egress") == pytest.approx(run.passages["tool"].out_ids.size * 1e6 / 1e9)
    assert all(line.item != "egress" for line in bill(day(line)).lines)


@settings(max_examples=60)
@given(st.data())
def test_any_bill_is_finite_not_negative_and_proportional_to_its_prices(data):
    network = data.draw(networks())
    run = simulate(network, data.draw(scenarios(network)))
    once = bill(run)
    assert all(0.0 <= line.quantity < 1e12 for line in once.lines)
    twice = replace(Prices(), **{p.name: 2 * getattr(Prices(), p.name) for p in PRICES if not p.amount})
    assert bill(run, twice).total == pytest.approx(2 * once.total)
    assert sum(once.by_station().values()) == pytest.approx(once.total)
    assert sum(once.by_item().values()) == pytest.approx(once.total)
    assert set(once.by_station()) <= set(run.passages)


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf"), True, "free"])
def test_a_price_that_cannot_be_one_is_named(wrong):
    with pytest.raises(ValueError, match="egress_per_gb is"):
        bill(day(POLLED), replace(Prices(), egress_per_gb=wrong))


def test_every_price_has_a_unit_and_says_where_it_was_read():
    assert [price.name for price in PRICES] == [name for name in Prices.__dataclass_fields__ if name != "currency"]
    assert all(price.unit and price.about and price.source for price in PRICES)


# --- prices.yaml


def test_a_folders_price_book_is_read_and_the_rest_keeps_its_default(tmp_path: Path):
    folder = write_course(tmp_path)
    assert load(folder).prices == Prices()
    (folder / "prices.yaml").write_text("currency: EUR\nworker_per_hour: 2\n", encoding="utf-8")
    assert load(folder).prices == Prices(worker_per_hour=2, currency="EUR")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("currency: EUR\nworker_per_hour: -2\n", "prices.yaml:2: `worker_per_hour: -2` is out of range"),
        ("worker_per_hour: dear\n", "prices.yaml:1: `worker_per_hour` is not a number"),
        ("# ours\nworker: 1\n", "prices.yaml:2: unknown key 'worker' in the price book"),
        ("request_each: .nan\n", "prices.yaml:1: `request_each` is not finite"),
        ("currency: pounds\n", "prices.yaml:1: `currency` has 6 characters"),
        ("currency: eur\n", "prices.yaml:1: 'eur' is no currency"),
        ("- 1\n", "prices.yaml:1: price book should be a mapping"),
        ("a: [\n", "prices.yaml:"),
    ],
)
def test_a_broken_price_book_is_reported_with_its_line(tmp_path: Path, text, said):
    folder = write_course(tmp_path)
    (folder / "prices.yaml").write_text(text, encoding="utf-8")
    assert any(str(problem).startswith(said) for problem in check(folder)), check(folder)


def test_a_price_book_of_comments_is_the_default_one():
    assert read_prices("# nothing yet\n") == (Prices(), ())


def test_the_authors_guide_shows_every_price_with_its_default():
    guide = (content_folder() / "README.md").read_text(encoding="utf-8")
    shown = guide.split("## prices.yaml")[1].split("```")[1].removeprefix("yaml\n")
    assert {line.split(":")[0] for line in shown.splitlines()} == {"currency", *(price.name for price in PRICES)}
    assert read_prices(shown) == (Prices(), ())
