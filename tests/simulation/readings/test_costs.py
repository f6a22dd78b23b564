"""The bill: each line is a count of the run times a price, and fresh is dearer than cheap."""

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
from lifecycle.simulation.readings.costs import PRICES, Prices, bill
from lifecycle.simulation.readings.measures import ages, percentiles
from tests.support.networks import chain, networks, scenarios
from tests.support.small_course import write_course

POLLED = chain(("shop", "source"), ("api", "interface"), ("copy", "ingestion"))


def quantity(run, station: str, item: str) -> float:
    (line,) = [line for line in bill(run).lines if (line.station, line.item) == (station, item)]
    return line.quantity


def day(network: Network, **settings):
    return simulate(network, Scenario(**{"events": 1_000, **settings}))


def test_fresh_costs_more_and_cheap_is_older_in_the_course_that_is_shipped():
    network = load(content_folder()).pipeline.network
    seen = {}
    for size, transform in ((Size.BATCH, Size.BATCH), (Size.STREAM, Size.STREAM)):
        run = simulate(network, Scenario(size=size, transform=transform))
        seen[size] = bill(run).total, percentiles(ages(run, "bi"), (95.0,))[0]
    assert seen[Size.STREAM][0] > 2 * seen[Size.BATCH][0]
    assert seen[Size.STREAM][1] < seen[Size.BATCH][1] / 10


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


def test_every_worker_of_a_streaming_transformation_and_every_consumer_of_a_log_is_on_all_day():
    line = chain(("s", "source"), ("log", "buffer", {"consumers": 3}), ("t", "transform", {"workers": 4}))
    run = day(line, transform="stream")
    assert quantity(run, "log", "always on") == 72
    assert quantity(run, "t", "always on") == 96


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


def test_a_log_stores_for_its_retention_and_at_most_for_the_month():
    stored = [
        quantity(day(chain(("s", "source"), ("log", "buffer", {"retention_s": days * DAY_S}))), "log", "stored")
        for days in (3, 30, 300)
    ]
    assert stored[1] == pytest.approx(10 * stored[0])
    assert stored[2] == stored[1]


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
    twice = replace(Prices(), **{p.name: 2 * getattr(Prices(), p.name) for p in PRICES if p.name != "least_scan_gb"})
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
