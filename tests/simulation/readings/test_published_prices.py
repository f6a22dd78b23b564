"""Price examples that vendors publish, with our functions: the same quantities must come to the same totals.

Each was read in 2026-11. A test names the page; a page that changes its prices does not make its example wrong.
"""

import numpy as np
import pytest

from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.bill import Prices, bill
from lifecycle.simulation.readings.bill.counting import credit_line, job_line, scan_line
from lifecycle.simulation.readings.bill.spans import awake_s
from tests.support.networks import chain

BOOK = Prices()


def test_glue_six_units_for_a_quarter_of_an_hour_are_66_cents():
    """aws.amazon.com/glue/pricing, "ETL job": 6 DPU * 1/4 hour * $0.44, or $0.66; the notebook: 5 DPU for 24 min."""
    assert job_line("job", 6, 15 * 60, BOOK).amount == pytest.approx(0.66)
    assert job_line("notebook", 5, 24 * 60, BOOK).amount == pytest.approx(0.88)
    figures = {"workers": 6.0, "interval_s": 43_200.0, "job_overhead_s": 900.0, "per_event_s": 0.0}
    run = simulate(chain(("s", "source"), ("job", "transform", figures)), Scenario(events=10_000))
    assert bill(run).by_item()["job hours"] == pytest.approx(0.66)  # its second job begins at midnight


def test_athena_three_terabytes_are_15_dollars_compressed_5_and_in_columns_125_cents():
    """aws.amazon.com/athena/pricing: "Price for 3 TB scanned is 3 * $5/TB = $15"; as one of 1 TB $5.

    A query is billed for 10 MB at least.
    """
    assert scan_line("text", 3_000, 1, BOOK).amount == pytest.approx(15)
    assert scan_line("gzip", 1_000, 1, BOOK).amount == pytest.approx(5)
    assert scan_line("small", 0.001, 1, BOOK).amount == pytest.approx(5 / 1e6 * 10)


@pytest.mark.parametrize(
    ("runs", "billed"),
    [
        ([(0, 30)], 60),
        ([(0, 60)], 60),
        ([(0, 61)], 61),
        ([(0, 61), (600, 640)], 121),  # 61, then again for less than a minute
    ],
)
def test_snowflake_bills_by_the_second_and_a_minute_at_least_at_each_start(runs, billed):
    """docs.snowflake.com, warehouses-considerations: three examples of seconds that a running warehouse is billed."""
    begun, ended = (np.array(times, dtype=float) for times in zip(*runs, strict=True))
    assert awake_s(begun, ended, 0.0, BOOK.least_awake_s, 86_400.0).sum() == billed


@pytest.mark.parametrize(
    ("hours_of_clusters", "total"),
    [
        ((2, 2, 2), 24),  # example 1: all three clusters for two hours
        ((2, 1, 0.5), 14),  # example 2: the second in the second hour, the third for half of that
        ((3, 1.5, 0.5), 20),  # example 3
    ],
)
def test_snowflake_a_medium_warehouse_takes_four_credits_an_hour_and_cluster(hours_of_clusters, total):
    """docs.snowflake.com, warehouses-multicluster: examples of credit usage of a Medium-size warehouse."""
    lines = [credit_line("medium", hours, 4, BOOK) for hours in hours_of_clusters]
    assert sum(line.quantity for line in lines) == total
    assert sum(line.amount for line in lines) == total * BOOK.credit_each
