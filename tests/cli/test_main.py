"""The command line as a user meets it: what is printed where, exit codes, and never a traceback."""

import csv
import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from small_course import FILES, QUIZ, write_course

from lifecycle.__main__ import main
from lifecycle.course import check, load
from lifecycle.course.loading import SHIPPED
from lifecycle.documents import read_yaml
from lifecycle.simulation.roles import ROLES

REPO = Path(__file__).resolve().parents[2]


def run(*arguments: str, **settings) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **settings.pop("env", {})}
    done = subprocess.run(
        [sys.executable, "-m", "lifecycle", *arguments],
        cwd=REPO, capture_output=True, text=True, env=environment, timeout=100, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done


def test_a_good_folder_is_one_line_and_exit_0(tmp_path: Path, capsys):
    assert main(["check", str(write_course(tmp_path))]) == 0
    assert capsys.readouterr().out == "5 places, 2 questions, 2 scenarios: all well\n"


def test_one_thing_is_not_called_many(tmp_path: Path, capsys):
    assert main(["check", str(write_course(tmp_path, {"scenarios/real.md": None, "quizzes/store.md": None}))]) == 0
    assert capsys.readouterr().out == "5 places, 1 question, 1 scenario: all well\n"


def test_every_problem_is_a_line_with_file_and_line_and_exit_1(tmp_path: Path, capsys):
    write_course(tmp_path, {"stages/store.md": "x", "quizzes/store.md": b"\xff"})
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "quizzes/store.md:1: not UTF-8: byte 0xff, save the file as UTF-8",
        "stages/store.md:1: no front matter, begin the file with `---`, `title: …` and `---`",
    ]


def test_without_a_folder_the_environment_names_it(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("HEADWATERS_CONTENT", str(write_course(tmp_path)))
    assert main(["check"]) == 0
    assert "5 places" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["check"], ["simulate", "--json"]])
def test_a_missing_folder_or_a_file_is_said_in_words(tmp_path: Path, command):
    (tmp_path / "file").write_text("x")
    for name, word in (("gone", "no such folder"), ("file", "a file, not a folder"), ("a\x01b", "no such folder")):
        done = run(command[0], str(tmp_path / name), *command[1:])
        assert done.returncode == 1
        assert word in done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_folder_without_permission_is_said_in_words(tmp_path: Path):
    write_course(tmp_path / "closed")
    (tmp_path / "closed").chmod(0)
    done = run("check", str(tmp_path / "closed"))
    (tmp_path / "closed").chmod(0o755)
    assert done.returncode == 1
    assert "no permission" in done.stdout


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path):
    write_course(tmp_path, {f"stages/x{number}.md": "x" for number in range(1500)})
    with subprocess.Popen(
        [sys.executable, "-m", "lifecycle", "check", str(tmp_path)],
        cwd=REPO,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_that_knows_only_ascii_is_no_error(tmp_path: Path):
    write_course(tmp_path, {"stages/störe.md": "x"})
    done = run("check", str(tmp_path), env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert r"st\xf6re" in done.stdout


def test_a_wrong_call_is_explained_with_exit_2():
    for arguments in (
        [],
        ["frobnicate"],
        ["simulate", "--seed", "x"],
        ["simulate", "--events", "1000001"],
        ["simulate", "--start", "x"],
    ):
        done = run(*arguments)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1


# --- questions


def test_questions_as_json_carry_all_that_was_written(tmp_path: Path, capsys):
    (tmp_path / "intro.md").write_text("---\nquiz: {enabled: true}\n---\n\n# Hello\n\n" + QUIZ.format(place="x"))
    assert main(["questions", str(tmp_path), "--json"]) == 0
    (question,) = json.loads(capsys.readouterr().out)
    assert question["id"] == "x-truth"
    assert question["place"] == "intro"
    assert question["kind"] == "single"
    assert question["stem"] == "Which one?"
    assert question["explanation"] == "Because."
    assert question["options"] == [
        {"text": "This one", "right": True, "feedback": "Yes."},
        {"text": "That one", "right": False, "feedback": "Tempting, but no."},
    ]


def test_questions_for_people_show_the_stem_and_mark_what_is_right(tmp_path: Path, capsys):
    (tmp_path / "intro.md").write_text(QUIZ.format(place="x"))
    assert main(["questions", str(tmp_path)]) == 0
    text = capsys.readouterr().out
    assert "Which one?" in text
    assert "[x] This one" in text
    assert "[ ] That one" in text


def test_the_good_questions_are_printed_beside_the_problems(tmp_path: Path, capsys):
    (tmp_path / "good.md").write_text(QUIZ.format(place="good"))
    (tmp_path / "bad.md").write_text("<quiz>\nNo end\n- [x] a\n")
    assert main(["questions", str(tmp_path), "--json"]) == 1
    printed = capsys.readouterr()
    assert [question["id"] for question in json.loads(printed.out)] == ["good-truth"]
    assert printed.err.startswith("bad.md:1: ")


def test_one_file_may_be_named_and_a_missing_one_is_said(tmp_path: Path, capsys):
    (tmp_path / "good.md").write_text(QUIZ.format(place="good"))
    assert main(["questions", str(tmp_path / "good.md"), "--json"]) == 0
    assert main(["questions", str(tmp_path / "gone"), "--json"]) == 1
    printed = capsys.readouterr()
    assert "no such folder" in printed.err


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


def test_csv_files_hold_the_figures_and_every_charts_data(tmp_path: Path, capsys):
    folder = str(write_course(tmp_path / "course"))
    assert main(["simulate", folder, "--csv", str(tmp_path / "out" / "here")]) == 0
    written = {Path(line.removeprefix("wrote ")).name for line in capsys.readouterr().out.splitlines()}
    assert written == {path.name for path in (tmp_path / "out" / "here").iterdir()}
    assert {"stages.csv", "consumers.csv", "freshness.csv", "load.csv"} <= written
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
    assert capsys.readouterr().out.startswith("scenario: rush\ntitle: A rush\n")


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


def test_every_stage_says_a_law_and_its_figures_or_why_none_holds(tmp_path: Path):
    folder = str(write_course(tmp_path))
    for more in ((), ("--events", "0"), ("--fault", "store.down@10:00-11:00"), ("--start", "push", "--size", "stream")):
        done = run("simulate", folder, "--json", *more)
        assert done.stderr == ""
        for stage in json.loads(done.stdout, parse_constant=pytest.fail)["stages"].values():
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
        ("store.down@10:00-25:00", ["25:00 is no time of the day", "00:00 to 24:00"]),
        ("store.down@10:60-11:00", ["10:60 is no time"]),
        ("store.down@10:00-24:01", ["24:01 is no time"]),
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
BROKEN = "Broken: Store: it slows down (share of its speed left: 50 %), 12:00 to 14:00"


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
        ([X, "--y=store.per_event_s=0..1/9999"], "more than 2,500 runs"),
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


def test_simulate_of_a_bad_folder_prints_its_problems(tmp_path: Path, capsys):
    assert main(["simulate", str(write_course(tmp_path, {"pipeline.yaml": "a: *b"})), "--json"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("pipeline.yaml:1: ")


def test_a_folder_named_as_bytes_that_are_no_text_is_no_traceback(tmp_path: Path):
    folder = os.fsencode(tmp_path) + b"/\xff"
    done = subprocess.run(
        [sys.executable, "-m", "lifecycle", "check", folder], cwd=REPO, capture_output=True, timeout=60
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_files_stay_as_they_were(tmp_path: Path, capsys):
    write_course(tmp_path)
    main(["check", str(tmp_path)])
    main(["simulate", str(tmp_path), "--json"])
    capsys.readouterr()
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == set(FILES)


def test_a_day_without_events_is_json_too(tmp_path: Path, capsys):
    assert main(["simulate", str(write_course(tmp_path)), "--json", "--events", "0"]) == 0
    assert json.loads(capsys.readouterr().out)["events"]["born"] == 0


def test_every_figure_of_every_role_is_listed_for_authors(capsys):
    assert main(["figures"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == list(ROLES)
    named = [line.split(":")[0].strip() for line in lines if line.startswith(" ")]
    assert named == [figure.name for figures in ROLES.values() for figure in figures]


def test_the_guide_for_authors_is_true(tmp_path: Path):
    """Every role and key it names exists, and the files it shows make a course that checks clean."""
    guide = (SHIPPED / "README.md").read_text(encoding="utf-8")
    assert all(f"`{role}`" in guide for role in ROLES)
    shown = re.finditer(r"^## (\S+)[^\n]*\n.*?^(`{3,})\w*\n(.*?)^\2$", guide, re.MULTILINE | re.DOTALL)
    blocks = {found.group(1): found.group(3) for found in shown}
    pipeline = yaml_of(blocks["pipeline.yaml"])
    places = [place["id"] for key in ("stages", "undercurrents") for place in pipeline[key]]
    scenario = blocks["scenarios/<id>.md"].replace("warehouse", "report").replace("buffer.capacity", "nightly.capacity")
    transfer = "---\ntitle: x\ngives: y\ncosts: z\n---\n\nText.\n\n" + blocks["transfers/<id>.md"]
    files = {
        "pipeline.yaml": blocks["pipeline.yaml"],
        **{f"stages/{place}.md": blocks["stages/<id>.md"] for place in places},
        "quizzes/orders.md": blocks["quizzes/<id>.md"],
        "scenarios/rush.md": scenario,
        "transfers/push-batch.md": transfer,
        "traces/day.csv": blocks["traces/<id>.csv"],
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert "\n".join(map(str, check(tmp_path))) == ""
    course = load(tmp_path)
    assert [question.id for question in course.questions] == ["first-rule", "order-of-rest"]
    assert course.default.scenario.spike_factor == 8


def yaml_of(text: str):
    return read_yaml(text, "pipeline.yaml")[0].plain
