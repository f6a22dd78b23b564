"""What the stories of readable names and of an erasure tell is what the simulation gives, with seed 1."""

import numpy as np
import pytest

from lifecycle.simulation.readings.bill import bill
from lifecycle.simulation.readings.exposure import copies, exposure
from lifecycle.simulation.readings.report import stage_figures
from lifecycle.words import clock_s
from tests.course.story_days import HOUR_S, day, shown

MASKED_EARLY = ("ingestion", "masks", 1.0)
BATCH, STREAM = ("pull", "batch", "batch"), ("push", "stream", "batch")


def names(run, hour=24.0, stage="lake"):
    return np.count_nonzero(exposure(run).stages[stage].leaked_s <= hour * HOUR_S)


def test_a_wide_grant_shows_all_that_came_to_raw_storage_and_is_seen_in_no_figure():
    run, calm = day("wide-grant"), day("normal-day")
    assert (names(run, 12), names(run)) == (pytest.approx(29_000, rel=0.02), pytest.approx(116_000, rel=0.01))
    assert exposure(run).leaks == ("lake",)
    assert shown(run, "freshness") == shown(calm, "freshness")
    assert bill(run).total == bill(calm).total


def test_without_the_mask_before_them_curated_storage_and_dashboards_show_names_too():
    seen = exposure(day("wide-grant", *BATCH, ("transform", "masks", 0.0)))
    assert set(seen.leaks) == {"lake", "warehouse", "bi", "ml", "ai"}


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


# --- an erasure that comes back

ORDER, ASKED_S = 20_000, 12 * HOUR_S + 5 * 60


def spans(run, event=ORDER):
    kept: dict[str, list[tuple[float, float | None]]] = {}
    for copy in copies(run, event, ASKED_S):
        kept.setdefault(copy.stage, []).append((copy.from_s, copy.to_s))
    return kept


def test_the_order_of_the_morning_is_back_in_twelve_minutes_and_machine_learning_never_missed_it():
    run = day("erasure-comes-back")
    assert clock_s(run.born_s[ORDER]).startswith("09:27")
    assert run.sources[run.source[ORDER]] == "oltp"
    kept = spans(run)
    assert [clock_s(kept["warehouse"][1][0]), clock_s(kept["bi"][1][0])] == ["12:16:42", "12:16:44"]
    assert kept["warehouse"][0][1] == ASKED_S
    assert [to_s for _, to_s in kept["ml"]] == [None]
    assert kept["lake"][0][1] is None
    assert clock_s(kept["archive"][0][0]).startswith("16:02")
    assert kept["buffer"][0][1] == kept["buffer"][0][0] + 7 * 24 * HOUR_S
    in_clear = {copy.stage for copy in copies(run, ORDER, ASKED_S) if copy.in_clear}
    assert in_clear == {"buffer", "lake", "archive"}


def test_an_index_that_is_only_updated_goes_on_having_the_order_and_one_that_is_rebuilt_does_not():
    new = ("transform", "rebuilds", 0.0)
    kept = spans(day("erasure-comes-back", *BATCH, new))["ai"]
    assert [(clock_s(from_s)[:5], to_s) for from_s, to_s in kept] == [("11:05", None)]
    run = day("erasure-comes-back", *BATCH, new, ("ai", "index_rebuilds", 1.0), ("ai", "index_rows", 1000.0))
    # The rebuild of one o'clock embeds all that came before it, and until it is through the index of noon answers.
    rows = 1000 + np.count_nonzero(run.passages["ai"].arrived_s <= 13 * HOUR_S)
    assert [to_s for _, to_s in spans(run)["ai"]] == [pytest.approx(13 * HOUR_S + 0.005 * rows + 300.0)]


def test_what_takes_only_what_is_new_keeps_it_away_and_costs_half():
    anew, new = day("erasure-comes-back"), day("erasure-comes-back", *BATCH, ("transform", "rebuilds", 0.0))
    assert len(spans(new)["warehouse"]) == 1
    assert spans(new)["lake"] == spans(anew)["lake"]
    cents = [100 * dict(bill(run).by_station())["transform"] for run in (new, anew)]
    assert cents == [pytest.approx(34, abs=0.5), pytest.approx(70, abs=0.5)]
    assert shown(anew, "freshness") - shown(new, "freshness") == pytest.approx(90, abs=20)


def test_a_mask_at_ingestion_and_a_log_that_forgets_change_what_is_left():
    masked = day("erasure-comes-back", *BATCH, MASKED_EARLY)
    assert not [copy for copy in copies(masked, ORDER, ASKED_S) if copy.in_clear]
    brief = day("erasure-comes-back", *BATCH, ("buffer", "retention_s", HOUR_S))
    assert spans(brief)["buffer"][0][1] < ASKED_S


# --- plain text on the wire


POLLED = ("pull", "stream", "batch")
TLS, KEPT_OPEN = ("api", "tls", 1.0), ("api", "reconnects", 0.0)


def busy_s(*knobs, way=BATCH):
    return stage_figures(day("plain-wire", *way, *knobs), "api").utilisation * 24 * HOUR_S


def test_plain_text_saves_half_a_minute_a_day_and_an_open_connection_saves_more_with_tls_as_without():
    assert (busy_s(), busy_s(TLS)) == (pytest.approx(62, abs=0.5), pytest.approx(88, abs=0.5))
    assert busy_s(TLS, KEPT_OPEN) == busy_s(KEPT_OPEN) == pytest.approx(37, abs=0.5)
    minutes = [busy_s(*knobs, way=POLLED) / 60 for knobs in ((TLS,), (), (TLS, KEPT_OPEN))]
    assert minutes == [pytest.approx(110, abs=1), pytest.approx(73, abs=0.5), pytest.approx(37, abs=0.5)]
    # Each handshake of TLS takes a round trip of 0.2 s more.
    assert (busy_s(TLS) - busy_s()) / 0.2 == pytest.approx(127, abs=0.5)


def test_anyone_on_the_network_reads_the_vendors_records_and_no_figure_shows_it():
    plain, safe = day("plain-wire"), day("plain-wire", *BATCH, TLS)
    assert exposure(plain).leaks == ("api",)
    assert exposure(plain).stages["api"].leaked == pytest.approx(11_600, abs=50)
    assert exposure(day("plain-wire", *POLLED)).stages["api"].leaked == pytest.approx(12_000, abs=50)
    assert exposure(safe).leaks == ()
    assert shown(plain, "freshness") == pytest.approx(shown(safe, "freshness"), abs=0.5)
    assert bill(plain).total == pytest.approx(bill(safe).total, abs=0.02)
