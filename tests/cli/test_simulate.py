"""`simulate`: the figures of a day, in each of their forms, and what it refuses."""

import csv
import gzip
import json
import os
from pathlib import Path

import pytest

from lifecycle.__main__ import main
from lifecycle.course import content_folder
from lifecycle.words import clock
from tests.cli.command_line import run
from tests.support.small_course import write_course

# --- simulate


def test_simulate_prints_the_figures_of_the_first_scenario_as_json(tmp_path: Path):
    folder = str(write_course(tmp_path))
    first, again = (json.loads(run("simulate", folder, "--json").stdout) for _ in range(2))
    assert first["scenario"] == "rush"
    assert first.pop("elapsed_s") > 0 < again.pop("elapsed_s")
    assert first == again
    fates = first["events"]
    assert set(fates) == {
        "born", "delivered", "refused", "expired", "dead_lettered", "duplicated", "inside",
    }  # fmt: skip
    ends = sum(fates[fate] for fate in ("delivered", "refused", "expired", "dead_lettered", "inside"))
    assert fates["born"] == ends
    cost = first["cost"]
    assert cost["currency"] == "USD"
    assert cost["total"] == pytest.approx(sum(cost["stages"].values())) == pytest.approx(sum(cost["items"].values()))
    assert set(first["stages"]) == {"orders", "copy", "store", "report"}
    assert set(first["stages"]["store"]) == {
        "arrivals", "departures", "utilisation", "mean_queue", "max_queue", "mean_wait_s", "mean_sojourn_s",
        "throttled", "theory",
    }  # fmt: skip
    assert set(first["consumers"]) == {"report"}
    for spread in first["consumers"]["report"].values():
        assert list(spread) == ["mean", "p50", "p95", "p99", "max"]
        assert spread["p50"] <= spread["p95"] <= spread["p99"] <= spread["max"]


def test_the_options_change_the_run(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path))

    def printed(*options: str):
        assert main(["simulate", folder, "--json", *options]) == 0
        return json.loads(capsys.readouterr().out)

    plain = printed()
    plain.pop("elapsed_s")
    changes = (
        ["--start", "pull"],
        ["--size", "stream"],
        ["--transform", "stream"],
        ["--seed", "7"],
        ["--events", "2000"],
        ["--set", "store.per_event_s=0.5"],
        ["--set", "start=pull"],
        ["--set", "spike_factor=2"],
    )
    for change in changes:
        changed = printed(*change)
        del changed["elapsed_s"]
        assert changed != plain, change
        if any(sign.isdigit() for sign in change[1]):  # without interface and transformation switches change little
            assert changed["stages"] != plain["stages"], change
    assert printed("--scenario", "real")["scenario"] == "real"
    assert printed("--set", "store.load_s=7", "--set", "store.load_s=8")["settings"]["store.load_s"] == 8


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--set", "store.speed=2"], ["no figure 'speed'", "per_event_s"]),
        (["--set", "shop.load_s=2"], ["no stage 'shop'", "store"]),
        (["--set", "colour=red"], ["no setting 'colour'", "start", "STAGE.FIGURE"]),
        (["--set", "store.load_s=nan"], ["store: load_s is nan", "write a number in s"]),
        (["--set", "store.load_s=-1"], ["store: load_s is -1"]),
        (["--set", "store.load_s=inf"], ["store: load_s is inf"]),
        (["--set", "store.load_s=1e308"], ["store: load_s is 1e+308"]),
        (["--set", "store.load_s=much"], ["store.load_s is 'much'", "write a number"]),
        (["--set", "store.load_s"], ["has no value", "KEY=VALUE"]),
        (["--set", "start=shove"], ["start is 'shove'", "pull or push"]),
        (["--set", "events=-5"], ["events is '-5'", "0 to 1,000,000"]),
        (["--events", "1e6"], ["events is '1e6'", "whole number"]),
        (["--set", "spike_factor=nan"], ["spike_factor"]),
        (["--scenario", "rsuh"], ["no scenario 'rsuh'", "rush"]),
        (["--set", "store.speed=2", "--set", "start=shove"], ["no figure 'speed'", "start is 'shove'"]),
    ],
)
def test_what_cannot_be_simulated_is_one_clear_line_and_exit_2(tmp_path: Path, capsys, options, words):
    assert main(["simulate", str(write_course(tmp_path)), "--json", *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    for word in words:
        assert word in printed.err


def test_a_leak_is_a_line_of_the_figures_and_nothing_is_said_where_nothing_leaks(capsys):
    day = ("simulate", str(content_folder()), "--scenario", "normal-day", "--events", "3000")
    assert main([*day]) == 0
    calm = capsys.readouterr().out
    assert "leaks" not in calm
    assert "exposure" not in calm
    assert main([*day, "--set", "lake.readers=2", "--set", "api.tls=0"]) == 0
    told = [line.strip() for line in capsys.readouterr().out.partition("leaks\n")[2].splitlines()]
    assert [told[0], told[4]] == ["api, API", "lake, Raw storage"]
    assert [told[1], told[3]] == ["Who can read: Anyone on the network", "Since: 01:00"]
    assert told[2].startswith("Events that name a person: ")
    assert told[5] == "Who can read: All analysts"


def test_what_would_make_it_fresher_is_ranked_in_words_and_as_json(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path / "course"))
    assert "fresher" not in json.loads(run("simulate", folder, "--json").stdout)
    ranking = json.loads(run("simulate", folder, "--json", "--fresher").stdout)["fresher"]
    totals = [sum(gain["won_s"].values()) for gain in ranking["gains"]]
    assert totals
    assert totals == sorted(totals, reverse=True)
    assert set(ranking["now_s"]) == {"report"}
    assert main(["simulate", folder, "--fresher", "--csv", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "fresher.csv").read_text(encoding="utf-8").startswith("change,place,")
    assert main(["simulate", folder, "--fresher"]) == 0
    assert "wins most: at report, " in capsys.readouterr().out


def test_csv_files_hold_the_figures_and_every_charts_data(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path / "course"))
    assert main(["simulate", folder, "--csv", str(tmp_path / "out" / "here")]) == 0
    written = {Path(line.removeprefix("wrote ")).name for line in capsys.readouterr().out.splitlines()}
    assert written == {path.name for path in (tmp_path / "out" / "here").iterdir()}
    assert {"stages.csv", "consumers.csv", "exposure.csv", "freshness.csv", "load.csv"} <= written
    with (tmp_path / "out" / "here" / "consumers.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert main(["simulate", folder, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert float(row["freshness_s.p95"]) == figures["consumers"]["report"]["freshness_s"]["p95"]


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path, capsys):
    (tmp_path / "file").write_text("x")
    assert main(["simulate", str(write_course(tmp_path / "course")), "--csv", str(tmp_path / "file")]) == 2
    printed = capsys.readouterr()
    assert "cannot write into" in printed.err
    assert len(printed.err.splitlines()) == 1


def test_simulate_for_people_is_a_table(tmp_path: Path, capsys):
    assert main(["simulate", str(write_course(tmp_path))]) == 0
    told = capsys.readouterr().out
    assert told.startswith("scenario: rush\ntitle: A rush\n")
    assert "\n  copy, Nightly copy\n" in told  # as the page calls it


def test_alarms_stand_in_the_order_in_which_they_ring_and_the_first_is_a_line(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path))
    assert main(["simulate", folder, "--json"]) == 0
    calm = json.loads(capsys.readouterr().out)["alarms"]
    assert main(["simulate", folder]) == 0
    assert ("No alarm rings on this day." in capsys.readouterr().out) == (not calm)
    down = ["--fault", "store.down@10:00-20:00"]
    assert main(["simulate", folder, "--json", *down]) == 0
    alarms = json.loads(capsys.readouterr().out)["alarms"]
    assert all(list(alarm) == ["check", "place", "rang_s", "value", "limit"] for alarm in alarms)
    times_s = [alarm["rang_s"] for alarm in alarms]
    assert times_s == sorted(times_s)
    assert {"freshness", "volume"} <= {alarm["check"] for alarm in alarms if alarm["place"] == "store"}
    assert all(alarm in calm or alarm["rang_s"] > 36_000 for alarm in alarms)
    assert main(["simulate", folder, *down]) == 0
    first, told = alarms[0], capsys.readouterr().out.splitlines()
    assert told[-1].startswith(f"The first alarm rings at {clock(first['rang_s'])}: ")
    assert f" at {first['place']}, " in told[-1]
    assert not any(line.startswith("alarms") for line in told)


def test_a_real_day_is_replayed_from_a_file(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path / "course"))
    (tmp_path / "day.csv").write_text("at\n" + "2024-05-01T12:00:00Z\n" * 700)
    assert main(["simulate", folder, "--json", "--trace", str(tmp_path / "day.csv")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["events"]["born"] == 700
    assert (told["settings"]["arrivals"], told["settings"]["trace"]) == ("real-day", "day.csv")
    assert main(["simulate", folder, "--json", "--trace", str(tmp_path / "day.csv"), "--events", "90"]) == 0
    assert json.loads(capsys.readouterr().out)["events"]["born"] == 90
    (tmp_path / "day.csv").write_text("at\n" + "2024-05-01T12:00:00Z\n" * 70 + "soon\n")
    for file, words in (("day.csv", "line 72: at is 'soon'"), ("gone.csv", "No such file"), (".", "directory")):
        assert main(["simulate", folder, "--trace", str(tmp_path / file)]) == 2
        printed = capsys.readouterr()
        assert words in printed.err
        assert len(printed.err.splitlines()) == 1


def test_a_replayed_files_column_zone_and_day_are_always_told(tmp_path: Path, capsys):
    folder, file = str(write_course(tmp_path / "course")), tmp_path / "ships.csv"
    file.write_text("MMSI,at,left\n" + "367000001,2024-05-01T08:00:00,2024-05-02T09:00:00Z\n" * 3)
    taken = {"column": "at", "zone": "as written", "day": "2024-05-01", "rows": 3, "unused": 0}
    assert main(["simulate", folder, "--json", "--trace", str(file)]) == 0
    printed = capsys.readouterr()
    assert (json.loads(printed.out)["trace"], printed.err) == (taken, "")
    assert main(["simulate", folder, "--json", "--trace", str(file), "--column", "left"]) == 0
    assert json.loads(capsys.readouterr().out)["trace"] == taken | {
        "column": "left",
        "zone": "UTC",
        "day": "2024-05-02",
    }
    assert main(["simulate", folder, "--trace", str(file)]) == 0
    assert "column: at\n  zone: as written\n  day: 2024-05-01\n" in capsys.readouterr().out
    assert main(["sweep", folder, X, Y, "--trace", str(file)]) == 0
    assert capsys.readouterr().out.startswith("replaying ships.csv: column at, 2024-05-01 as written")
    assert main(["sweep", folder, X, Y, "--json", "--trace", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["trace"] == taken


def test_a_file_without_a_certain_column_is_refused_with_its_columns_and_the_option_that_names_one(tmp_path, capsys):
    folder, file = str(write_course(tmp_path / "course")), tmp_path / "ids.csv"
    file.write_text("user_id,price\n1714564800,5\n")
    assert main(["simulate", folder, "--trace", str(file)]) == 2
    said = capsys.readouterr().err
    assert "user_id, price" in said
    assert "--column NAME" in said
    assert main(["simulate", folder, "--trace", str(file), "--column", "user_id"]) == 0
    assert main(["simulate", folder, "--column", "user_id"]) == 2
    assert "give --trace, too" in capsys.readouterr().err


def test_a_pipe_is_refused_unopened_and_rubbish_after_a_gzip_is_told(tmp_path, capsys):
    folder = str(write_course(tmp_path / "course"))
    os.mkfifo(tmp_path / "pipe")
    assert main(["simulate", folder, "--trace", str(tmp_path / "pipe")]) == 2
    assert "it is a pipe" in capsys.readouterr().err
    (tmp_path / "day.gz").write_bytes(gzip.compress(b"at\n2024-05-01T08:00:00\n") + b"rest")
    assert main(["simulate", folder, "--json", "--trace", str(tmp_path / "day.gz")]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["trace"]["rows"] == 1
    assert "4 bytes after the end of the gzip" in printed.err


X, Y = "--x=copy.batch_interval_s=600,3600", "--y=store.per_event_s=0.01..1/3"


def test_every_stage_says_a_law_and_its_figures_or_why_none_holds(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path))
    for more in ((), ("--events", "0"), ("--fault", "store.down@10:00-11:00"), ("--start", "push", "--size", "stream")):
        assert main(["simulate", folder, "--json", *more]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        for stage in json.loads(printed.out, parse_constant=pytest.fail)["stages"].values():
            for theory in (stage["theory"], *stage["theory"]["also"]):
                assert theory["quantity"]
                assert theory["why"]
                if theory["law"] is None:
                    assert theory["expected"] is None
                else:
                    assert abs(theory["simulated"] - theory["expected"]) <= theory["within"]


def test_a_fault_of_the_command_line_strikes_and_is_told(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path))
    fault = "orders.spike@10:00-11:30=4"
    assert main(["simulate", folder, "--json", "--fault", fault, "--fault", "store.down@20:00-24:00"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["settings"]["faults"][-2:] == [fault, "store.down@20:00-24:00"]
    assert main(["simulate", folder, "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert told["stages"]["orders"]["arrivals"] > plain["stages"]["orders"]["arrivals"]
    assert told["stages"]["store"]["departures"] < told["stages"]["store"]["arrivals"]
    assert main(["sweep", folder, X, Y, "--json", "--fault", fault]) == 0


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("x", ["STAGE.KIND@HH:MM-HH:MM"]),
        ("stroe.down@10:00-11:00", ["no stage 'stroe'", "orders, copy, store, report"]),
        ("store.dwon@10:00-11:00", ["no kind of fault 'dwon'", "store can have down, slow, cut, drift"]),
        ("store.spike@10:00-11:00", ["a spike does nothing to a", "at a source", "store can have down"]),
        ("store.down@10:00-25:00", ["25:00 is not a time of the day", "00:00 to 24:00"]),
        ("store.down@10:60-11:00", ["10:60 is not a time"]),
        ("store.down@10:00-24:01", ["24:01 is not a time"]),
        ("store.down@11:00-10:00", ["ends at 10:00, which is not after 11:00"]),
        ("store.down@10:00-10:00", ["not after"]),
        ("store.down@10:00-11:00=1", ["down takes no value"]),
        ("store.slow@10:00-11:00=7", ["'7'", "from 0.0001 to 1", "a share"]),
        ("store.slow@10:00-11:00=nan", ["'nan'"]),
        ("orders.skew@10:00-11:00=soon", ["'soon'", "seconds"]),
    ],
)
@pytest.mark.parametrize(
    "command", [("simulate",), ("sweep", "--x=copy.batch_interval_s=600", "--y=store.per_event_s=1")]
)
def test_a_fault_that_cannot_be_is_one_clear_line_and_exit_2(tmp_path: Path, capsys, command, fault, words):
    name, *more = command
    assert main([name, str(write_course(tmp_path)), *more, "--json", "--fault", fault]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    for word in words:
        assert word in printed.err


def test_a_day_without_events_is_json_too(tmp_path: Path, capsys):
    assert main(["simulate", str(write_course(tmp_path)), "--json", "--events", "0"]) == 0
    assert json.loads(capsys.readouterr().out)["events"]["born"] == 0
