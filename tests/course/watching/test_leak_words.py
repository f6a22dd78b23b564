"""What leaks, and what an erasure leaves, in words that are read off the readings."""

import numpy as np

from lifecycle.course.watching import copy_rows, leak_rows, leak_sentence, nothing_yet
from lifecycle.simulation.model.kinds import Readers
from lifecycle.simulation.readings.exposure import Exposure, KeptCopy, StageExposure, exposure
from tests.course.story_days import day

BATCH = ("pull", "batch", "batch")
LABELS = {"lake": "Raw storage", "buffer": "Transient storage", "api": "API", "warehouse": "Curated storage"}


def test_a_day_on_which_nothing_leaks_says_nothing():
    seen = exposure(day("normal-day", *BATCH))
    assert leak_sentence(seen, LABELS) == ""
    assert leak_rows(seen, LABELS) == []


def test_the_sentence_names_the_first_place_its_readers_and_how_many_events():
    seen = exposure(day("wide-grant", *BATCH))
    (row,) = leak_rows(seen, LABELS)
    assert row["Place"] == "Raw storage"
    assert row["Who can read"] == "All analysts"
    assert row["Events that name a person"] == f"{seen.stages['lake'].leaked:,}"
    sentence = leak_sentence(seen, LABELS)
    assert sentence.startswith(f"Names leak at Raw storage. All analysts can read them from {row['Since']} on")
    assert f"those on {seen.stages['lake'].leaked:,} events" in sentence


def test_one_event_is_one():
    once = StageExposure(1, Readers.ANALYSTS, np.array([3_600.0]), ())
    assert "those on 1 event." in leak_sentence(Exposure({"lake": once}), LABELS)


def test_several_places_are_named_with_the_first_to_leak_in_front():
    seen = exposure(day("wide-grant", *BATCH, ("api", "tls", 0.0)))
    first = min(seen.leaks, key=lambda name: seen.stages[name].leaked_s[0])
    sentence = leak_sentence(seen, LABELS)
    assert sentence.startswith(f"Names leak at {LABELS[first]}")
    others = " and ".join(LABELS[name] for name in seen.leaks if name != first)
    assert sentence.endswith(f"They leak at {others}, too.")


def test_a_copy_says_from_when_till_when():
    kept = [
        KeptCopy("buffer", 36_000.0, 36_000.0 + 7 * 86_400, in_clear=True),
        KeptCopy("lake", 36_010.0, None, in_clear=True),
        KeptCopy("warehouse", 37_000.0, 43_500.0, in_clear=False),
    ]
    assert [(row["From"], row["Until"], row["Names the person"]) for row in copy_rows(kept, LABELS)] == [
        ("10:00:00", "for 7 days", "in clear"),
        ("10:00:10", "with no end", "in clear"),
        ("10:16:40", "to 12:05:00", "masked"),
    ]


def test_a_row_that_comes_after_its_erasure_is_told_once():
    late = [KeptCopy("lake", 100.0, None, True), KeptCopy("warehouse", 3_600.0, None, False)]
    assert nothing_yet(late, "warehouse", 60.0, LABELS) == (
        "It comes to Curated storage at 01:00:00. At 00:01:00 there was nothing to erase yet."
    )
    assert nothing_yet(late, "warehouse", 4_000.0, LABELS) == ""
    assert nothing_yet(late[:1], "warehouse", 60.0, LABELS) == ""
