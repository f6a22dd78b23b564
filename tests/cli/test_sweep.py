"""`sweep`: what is printed of every pair of settings."""

import json
from pathlib import Path

import pytest

from lifecycle.__main__ import main
from tests.support.small_course import write_course

X, Y = "--x=copy.batch_interval_s=600,3600", "--y=store.per_event_s=0.01..1/3"


def test_a_sweep_tells_what_came_of_every_setting(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path / "course"))
    assert main(["sweep", folder, X, Y, "--json", "--fresh", "7200", "--lost", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["x"], told["y"], told["consumer"]) == ("copy.batch_interval_s", "store.per_event_s", "report")
    assert [(row[told["x"]], row[told["y"]]) for row in told["runs"]] == [
        (x, y) for x in (600, 3600) for y in (0.01, 0.1, 1)
    ]
    assert [row["meets"] for row in told["runs"]] == [row["fresh_p95_s"] <= 7200 for row in told["runs"]]
    assert (
        main(["simulate", folder, "--json", "--set", "copy.batch_interval_s=600", "--set", "store.per_event_s=1"]) == 0
    )
    alone = json.loads(capsys.readouterr().out)["events"]
    assert alone["born"] == 1000
    assert main(["sweep", folder, X, Y, "--csv", str(tmp_path / "out")]) == 0
    assert len((tmp_path / "out" / "sweep.csv").read_text().splitlines()) == 7
    capsys.readouterr()
    assert main(["sweep", folder, X, Y]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 6


STREAMED = ["--start=push", "--size=stream", "--transform=stream"]
BROKEN = "Broken: Store: it slows down to 50 % of its speed, 12:00 to 14:00"


def test_a_sweep_names_what_is_broken_which_knobs_do_nothing_and_what_is_cheapest(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path / "course"))
    goal = ["--fresh=86400", "--lost=1"]
    assert main(["sweep", folder, X, Y, *goal, "--json", *STREAMED]) == 0
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert (told["idle"], told["cheapest"], printed.err) == (["copy.batch_interval_s"], None, "")
    assert told["settings"]["faults"] == ["store.slow@12:00-14:00"]
    assert told["settings"]["size"] == "stream"
    assert told["told"] == [
        BROKEN,
        "All 6 settings reach a p95 age of 24 h with at most 100 % lost; “Nightly copy: Batch interval” changes "
        "nothing here.",
        "Under these switches (push, stream, and a transformation in stream mode) Nightly copy: Batch interval does "
        "nothing: whatever the setting, the day is the same, so there is no cheapest pair. Turn a switch (--start, "
        "--size, --transform), or choose another knob.",
    ]
    for form in ([], ["--csv", str(tmp_path / "out")]):
        assert main(["sweep", folder, X, Y, *goal, *STREAMED, *form]) == 0
        assert capsys.readouterr().err.splitlines() == told["told"]
    assert main(["sweep", folder, X, Y, *goal, "--json", "--start=pull", "--size=batch"]) == 0
    told = json.loads(capsys.readouterr().out)
    best = min(told["runs"], key=lambda row: (row["cost"], row["fresh_p95_s"]))
    assert (told["idle"], told["cheapest"]) == ([], best)
    assert told["told"][-1].startswith("The cheapest setting that keeps the level: Nightly copy: Batch interval ")
    assert f"at {best['cost']:,.2f} USD a day" in told["told"][-1]
    assert main(["sweep", folder, X, Y, "--fresh=0", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["cheapest"], told["told"][0]) == (None, BROKEN)
    assert told["told"][1].startswith("None of 6 settings reaches")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--x=copy.speed=1,2", Y], "no figure 'speed'"),
        (["--x=gone.speed=1..2", Y], "no stage 'gone'"),
        ([X, X.replace("--x", "--y")], "choose two knobs"),
        ([X, "--y=store.per_event_s=1..0"], "low < high"),
        ([X, "--y=store.per_event_s=a..1"], "write a number"),
        ([X, "--y=store.per_event_s=0..1/x"], "whole number"),
        (["--x=copy.batch_interval_s=60..86400/999", "--y=store.per_event_s=0..1/999"], "more than 10,000 runs"),
        ([X, Y, "--consumer", "store"], "no consumer 'store'"),
        ([X, Y, "--fresh", "nan"], "at least 0"),
        ([X, Y, "--set", "store.load_s=-1"], "load_s is -1"),
    ],
)
def test_what_cannot_be_swept_is_one_clear_line_and_exit_2(tmp_path: Path, capsys, options, words):
    assert main(["sweep", str(write_course(tmp_path)), *options]) == 2
    printed = capsys.readouterr()
    assert words in printed.err
    assert len(printed.err.splitlines()) == 1


def test_a_knob_that_decides_only_who_can_read_is_not_hoped_to_move_under_another_switch(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path / "course"))
    assert main(["sweep", folder, "--x=store.readers=1,3", "--y=report.interval_s=0,600", "--events=200"]) == 0
    told = capsys.readouterr().err
    assert "It decides who can read what, which `simulate` tells; a sweep looks at times, losses and costs." in told
    assert "Turn a switch" not in told
