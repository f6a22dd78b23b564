"""What the stories of names that others can read tell is what the simulation gives, with seed 1."""

import pytest

from lifecycle.simulation.readings.bill import bill
from lifecycle.simulation.readings.exposure import exposure
from tests.course.story_days import HOUR_S, day, shown

MASKED_EARLY = ("ingestion", "masks", 1.0)
BATCH, STREAM = ("pull", "batch", "batch"), ("push", "stream", "batch")


def names(run, hour=24.0, stage="lake"):
    return exposure(run).leaked_by(stage, hour * HOUR_S)


def test_a_wide_grant_shows_all_that_came_to_raw_storage_and_is_seen_in_no_figure():
    run, calm = day("wide-grant"), day("normal-day")
    assert (names(run, 12), names(run)) == (pytest.approx(29_000, rel=0.02), pytest.approx(116_000, rel=0.01))
    assert exposure(run).leaks == ("lake",)
    assert shown(run, "freshness") == shown(calm, "freshness")
    assert bill(run).total == bill(calm).total


def test_without_the_mask_before_them_curated_storage_and_dashboards_show_names_too():
    seen = exposure(day("wide-grant", *BATCH, ("transform", "masks", 0.0)))
    assert set(seen.leaks) == {"lake", "warehouse", "bi", "ml"}


def test_a_mask_at_the_door_leaves_nothing_to_read_and_a_vault_costs_half_a_dollar_and_no_minute():
    hashed = day("wide-grant", *BATCH, MASKED_EARLY)
    assert exposure(hashed).leaks == ()
    vault = day("wide-grant", *BATCH, MASKED_EARLY, ("ingestion", "mask_s", 0.05))
    cents = [100 * dict(bill(run).by_station())["ingestion"] for run in (hashed, vault)]
    assert cents == [pytest.approx(41, abs=0.5), pytest.approx(92, abs=0.5)]
    assert shown(vault, "freshness") == pytest.approx(shown(hashed, "freshness"), abs=60)


def test_the_first_name_can_be_read_at_once_where_all_streams_and_after_one_where_jobs_come_by_the_hour():
    since_s = [exposure(day("wide-grant", *way)).stages["lake"].since_s for way in (STREAM, BATCH)]
    assert since_s == [pytest.approx(5, abs=0.5), pytest.approx(HOUR_S, abs=60)]
