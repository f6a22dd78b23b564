"""`follow`: one event of a day as JSON and for people, and what cannot be followed."""

import json
from pathlib import Path

import pytest

from lifecycle.__main__ import main
from lifecycle.course import content_folder
from tests.cli.command_line import run
from tests.support.small_course import PIPELINE, write_course

KEYS = ["stage", "arrived_s", "started_s", "finished_s", "left_s", "cause", "fate"]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(write_course(tmp_path))


@pytest.fixture
def printed(folder: str, capsys):
    def journey(*options: str):
        assert main(["follow", folder, "--json", *options]) == 0
        out = capsys.readouterr()
        assert out.err == ""
        return json.loads(out.out, parse_constant=pytest.fail)

    return journey


def test_a_journey_as_json_has_every_stage_on_the_way_and_adds_up(folder):
    journey = json.loads(run("follow", folder, "--event", "700", "--json").stdout)
    assert list(journey) == ["event", "born_s", "latency_s", "fate", "stages"]
    assert (journey["event"], journey["fate"]) == (700, "delivered")
    assert [stage["stage"] for stage in journey["stages"]] == ["orders", "copy", "store", "report"]
    assert all(list(stage) == KEYS for stage in journey["stages"])
    first, last = journey["stages"][0], journey["stages"][-1]
    assert first["arrived_s"] == journey["born_s"]
    assert last["left_s"] - journey["born_s"] == pytest.approx(journey["latency_s"], abs=1e-9)
    assert [stage["fate"] for stage in journey["stages"]] == ["went on", "went on", "went on", "delivered"]


def test_each_order_names_an_event_of_the_day(printed):
    everything = [printed("--event", str(event)) for event in range(0, 1000, 50)]
    last, slowest, median = (printed("--order", order) for order in ("last", "slowest", "median"))
    assert printed() == last
    arrived = [each for each in everything if each["fate"] == "delivered"]
    assert all(each["stages"][-1]["left_s"] <= last["stages"][-1]["left_s"] for each in arrived)
    assert all(each["latency_s"] <= slowest["latency_s"] for each in arrived)
    assert min(each["latency_s"] for each in arrived) < median["latency_s"] < slowest["latency_s"]


def test_a_lost_event_ends_where_it_was_lost(printed):
    lost = printed("--order", "lost", "--size", "stream", "--fault", "copy.down@12:00-13:00")
    assert (lost["fate"], lost["latency_s"]) == ("refused", None)
    assert [stage["stage"] for stage in lost["stages"]] == ["orders", "copy"]
    end = lost["stages"][-1]
    assert (end["started_s"], end["finished_s"], end["left_s"]) == (None, None, end["arrived_s"])
    assert 12 * 3600 <= end["left_s"] < 13 * 3600


def test_the_options_of_simulate_choose_the_day(printed):
    usual = printed("--event", "500")
    assert printed("--event", "500", "--set", "store.load_s=9")["latency_s"] == pytest.approx(usual["latency_s"] + 8)
    for other in (["--start", "pull", "--set", "copy.batch_interval_s=3600"], ["--seed", "4"], ["--scenario", "real"]):
        assert printed("--event", "300", *other) != printed("--event", "300"), other


def test_what_is_still_under_way_has_nulls(printed):
    journey = printed("--event", "900", "--set", "report.interval_s=172800")
    assert (journey["fate"], journey["latency_s"]) == ("on the way", None)
    end = journey["stages"][-1]
    assert (end["started_s"], end["finished_s"], end["left_s"]) == (None, None, None)
    assert (end["cause"], end["fate"]) == ("refresh", "still inside")


def test_for_people_it_is_a_sentence_and_a_line_a_stage(folder, capsys):
    assert main(["follow", folder, "--event", "700", "--start", "pull"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Event 700, born at Orders at ")
    assert "was delivered to Report after " in lines[0]
    assert [line.split("  ")[2] for line in lines[1:]] == ["Orders", "Nightly copy", "Store", "Report"]
    assert "for the next pull" in lines[1]
    assert main(["follow", folder, "--event", "999", "--set", "report.interval_s=172800"]) == 0
    assert " to never " in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--event", "1000"], ["no event 1,000", "the day has 1,000, numbered 0 to 999"]),
        (["--event", "-1"], ["--event"]),
        (["--event", "first"], ["--event is 'first'", "whole number"]),
        (["--event", "9" * 30], ["--event is '9"]),
        (["--to", "store"], ["no consumer 'store'", "choose report"]),
        (["--to", "bi"], ["no consumer 'bi'", "choose report"]),
        (["--order", "lost"], ["no event was lost on its way to report"]),
        (["--order", "first"], ["--order", "slowest"]),
        (["--order", "lost", "--event", "3"], ["not allowed with"]),
        (["--events", "0"], ["no event was born"]),
        (["--events", "0", "--event", "0"], ["no event 0", "none was born"]),
        (["--set", "report.interval_s=172800"], ["nothing was delivered at report"]),
        (["--set", "store.speed=2"], ["no figure 'speed'"]),
        (["--csv", "out"], ["--csv"]),
    ],
)
def test_what_cannot_be_followed_is_one_line_and_exit_2(folder, capsys, options, words):
    try:
        code = main(["follow", folder, "--json", *options])
    except SystemExit as left:
        code = int(left.code or 0)
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert len(printed.err.splitlines()) == 1
    for word in words:
        assert word in printed.err


def test_a_pipeline_without_consumers_has_nobody_to_follow_to(tmp_path, capsys):
    folder = write_course(tmp_path, {"pipeline.yaml": PIPELINE.replace("role: consumer", "role: archive")})
    assert main(["follow", str(folder)]) == 2
    printed = capsys.readouterr()
    assert "this pipeline has no consumer" in printed.err
    assert len(printed.err.splitlines()) == 1


def test_what_an_erasure_leaves_is_listed_stage_by_stage(capsys):
    day = ["follow", str(content_folder()), "--scenario", "erasure-comes-back", "--event", "20000"]
    assert main([*day, "--erased", "12:05", "--json"]) == 0
    copies = json.loads(capsys.readouterr().out)["copies"]
    assert list(copies[0]) == ["stage", "from_s", "to_s", "in_clear"]
    assert [copy["to_s"] for copy in copies if copy["stage"] == "warehouse"] == [43_500.0, None]
    assert main([*day, "--erased", "12:05"]) == 0
    told = capsys.readouterr().out.splitlines()
    at = told.index("Copies, where Curated storage erases it at 12:05:00:")
    assert "  Raw storage: from 10:02:15 with no end, in clear" in told[at:]
    assert "  Transient storage: from 10:01:54 for 7 days, in clear" in told[at:]
    assert "  Curated storage: from 10:16:19 to 12:05:00, masked" in told[at:]
    assert main([*day]) == 0
    assert "Copies" not in capsys.readouterr().out
    assert main([*day, "--erased", "noon"]) == 2
    assert "--erased: noon is not a time of the day; write 00:00 to 24:00" in capsys.readouterr().err


def test_an_event_that_no_stage_keeps_has_no_copies_and_the_list_says_so(capsys):
    assert main(["follow", str(content_folder()), "--order", "lost", "--erased", "12:00"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("erases it at 12:00:00:\n  none: this day makes no copy of it")


def test_an_event_that_comes_after_its_erasure_is_told(capsys):
    assert main(["follow", str(content_folder()), "--event", "90000", "--erased", "12:00"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("At 12:00:00 there was nothing to erase yet.")
