"""Each benchmark: its figures beside its goals, by made-up measurements; its help; and what it refuses."""

import importlib
import runpy
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks import live_class, motion, rivals, sessions, simulate, soak, steady
from benchmarks.rows import MET, MISSED, NONE, Row, rows_in
from benchmarks.turns import Took

FOLDER = Path(__file__).parents[2] / "benchmarks"
SERVED = ("http://server", SimpleNamespace(pid=1))


def later(value):
    """A function that is awaited for the value."""

    async def answer(*_args, **_options):
        return value

    return answer


def always(value):
    return lambda *_args, **_options: value


def waits(stage_s, cpu_s):
    return steady.Waits({"page": [0.5] * 80, "stage": [stage_s] * 50, "switch": [0.4] * 50}, [], 80, cpu_s)


BROWSER = {"sync_playwright": always(nullcontext()), "chromium": always(MagicMock()), "serve": always(SERVED)}
VOTED = {"phones": 1_000, "acknowledged": 1_000, "counted": 1_000, "lost": 0, "p50_ms": 4.0, "p95_ms": 26.0}
HELD = [soak.Held(400 * 2**20, 30, 12)] * 10
# What stands for measuring in each module of `make bench`, and its rows' verdicts.
MEASURED = {
    "page": (
        BROWSER
        | {
            "first_load": always(([1_000.0], [1_500.0])),
            "opened": always((None, None)),
            "clicks": always(([30.0], [18.0], [140.0])),
            "switches": always(([80.0], [240.0], [150.0])),
            "dragged": always(4.9),
        },
        [MISSED, MET, MET, MISSED, NONE, MET, MISSED, MET, MISSED],
    ),
    "startup": (BROWSER | {"measure": always({"listens": 1.0, "answers": 4.1, "present": 1.9})}, [MISSED, MET]),
    "motion": (
        BROWSER
        | {
            "_copy": always("file:///copy"),
            "_share": lambda _, watched, __: motion.Share(0.21 if "batches" in watched.name else 0.2, {}, 0.1),
        },
        [MET, MISSED, MET, NONE, MET, MET],
    ),
    "steady": (
        {"serve": always(SERVED), "crowd": later(waits(0.1, 5.0)), "used": always((0.0, 2**20))},
        [NONE, NONE, NONE, MET, MISSED, MET, NONE],
    ),
    "sessions": (
        {
            "serve": always(SERVED),
            "visit": later(None),
            "crowd": later([sessions.Visit(page_s=7.0, stage_s=1.0)] * 60),
            "resident_bytes": always(2**20),
        },
        [MISSED, NONE, MET, NONE],
    ),
    "simulate": ({"seconds": always((0.5, 0.1)), "simpy_per_s": always(20_000.0)}, [MET, MET, NONE, MISSED]),
    "rivals": (
        {
            "against_c": always([]),
            "against_cimba": always(Row("beside Cimba", "9 times", 9.0, rivals.BESIDE_CIMBA)),
            "memory": always(Row("memory", "270 bytes an event")),
            "profile": always(None),
        },
        [MISSED, NONE],
    ),
    "kernels": ({"seconds": always(1.0)}, None),
    "sweep": ({"measure": always((0.05, 20.0, 400))}, [MET, NONE]),
    "readings": ({"cpu_s": always(0.1)}, [MET, MET, *[MISSED] * 7]),
    "large": (
        BROWSER
        | {
            "laid_out_s": always(0.4),
            "copied": always(None),
            "brought": always(None),
            "clicks": always(([100.0], [121.0])),
        },
        [MET, MISSED],
    ),
    "second_screen": (BROWSER | {"follow": always(([290.0, 310.0, 305.0], [200.0]))}, [MISSED, NONE]),
    "live_class": ({"trial": later(VOTED), "_room_for": always(None)}, [MET, MET]),
    "soak": ({"serve": always(SERVED), "soak": later((HELD, [0.1], []))}, [MET, MET, MET, MET, NONE]),
}


def verdicts(output):
    return [row.split(" | ")[-1].removesuffix(" |") for row in rows_in(output.splitlines())]


@pytest.mark.parametrize("name", benchmarks.MODULES)
def test_each_benchmark_says_its_figures_beside_its_goals(name, monkeypatch, capsys):
    module = importlib.import_module(f"benchmarks.{name}")
    fakes, expected = MEASURED[name]
    for attribute, fake in fakes.items():
        monkeypatch.setattr(module, attribute, fake)
    module.main([] if name != "kernels" else ["1000"])
    found = verdicts(capsys.readouterr().out)
    assert {MET, MISSED} & set(found), "no figure has a goal"
    assert expected is None or found == expected


def test_the_c_loop_is_the_goal_of_two_figures_in_numbers(monkeypatch):
    monkeypatch.setattr(rivals, "in_turn", lambda _, **ways: dict(zip(ways, (5.0, 2.0, 1.0), strict=False)))
    rows = rivals.against_c(1_000)
    assert [row.goal for row in rows] == [rivals.BESIDE_C, rivals.BESIDE_C]
    assert {row.verdict for row in rows} in ({MISSED}, {NONE})


def test_a_goal_counts_for_the_load_that_it_is_for():
    usual, few = steady.Load(80, 10.0, 60.0, 5.0), steady.Load(20, 10.0, 60.0, 5.0)
    assert [row.verdict for row in steady.rows(waits(2.0, 5.0), few, 1.0, 0)][:4] == [NONE, NONE, NONE, NONE]
    assert MISSED in [row.verdict for row in steady.rows(waits(0.1, 7.0), usual, 1.0, 0)]
    many = steady.Load(300, 10.0, 60.0, 5.0, 2)
    assert steady.rows(waits(1.1, 5.0), many, 1.0, 0)[1].verdict == MISSED
    assert [row.verdict for row in sessions.rows([sessions.Visit()] * 9, 1, 1)] == [NONE, NONE, MET, NONE]
    small = live_class.rows(VOTED | {"phones": 1_001}, 10.0, kill=False, replicas=1)
    assert [row.verdict for row in small] == [NONE, MISSED]


@pytest.mark.parametrize("wrong", [{"lost": 1}, {"counted": 999}, {"counted": 1_001}, {"acknowledged": 999}])
def test_a_vote_that_is_lost_or_counted_twice_is_a_failure(wrong, monkeypatch, capsys):
    monkeypatch.setattr(live_class, "trial", later(VOTED | wrong))
    monkeypatch.setattr(live_class, "_room_for", always(None))
    assert live_class.main([]) == 1
    assert verdicts(capsys.readouterr().out) == [MET, MISSED]


def test_a_stream_that_was_broken_has_a_goal_of_its_own():
    rows = live_class.rows(VOTED | {"longest_away_s": 3.2}, 10.0, kill=True, replicas=2)
    assert [row.verdict for row in rows] == [MET, MET, MISSED]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (soak.Held(441 * 2**20, 30, 12), [MISSED, MET, MET]),
        (soak.Held(400 * 2**20, 43, 12), [MET, MISSED, MET]),
        (soak.Held(400 * 2**20, 30, 25), [MET, MET, MISSED]),
        (soak.Held(300 * 2**20, 20, 10), [MET, MET, MET]),
        (soak.Held(400 * 2**20, None, None), [MET, NONE, NONE]),
    ],
)
def test_a_server_that_grows_after_its_warm_up_is_found_out(end, expected):
    looks = [soak.Held(2**20, 1, 1)] * 4 + HELD[5:] + [end]
    assert [row.verdict for row in soak.rows(looks, [0.1], [], 6.0)][:3] == expected
    assert [row.verdict for row in soak.rows(looks, [0.1], [], 5.9)][:3] == [NONE, NONE, NONE]


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="files and threads are counted on Linux alone")
def test_files_and_threads_of_a_process_are_counted(tmp_path):
    import os
    import threading

    before, done = soak.held_by(os.getpid()), threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    with (tmp_path / "one").open("w"), (tmp_path / "two").open("w"):
        held = soak.held_by(os.getpid())
    done.set()
    thread.join()
    assert before.files is not None
    assert before.threads is not None
    assert (held.files, held.threads) == (before.files + 2, before.threads + 1)
    assert held.memory_bytes > 2**20


def test_beside_another_checkout_both_time_and_memory_have_goals():
    turns = [(Took(2.0, 1.79, 270.0), Took(1.0, 1.0, 271.0))] * 3
    assert [row.verdict for row in simulate.turn_rows("a day", turns)] == [MISSED, MISSED]
    turns = [(Took(2.0, 1.80, 270.0), Took(1.0, 1.0, 270.0))] * 3
    assert [row.verdict for row in simulate.turn_rows("a day", turns)] == [MET, MET]


GUARD = 'if __name__ == "__main__":'
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.py") if GUARD in path.read_text(encoding="utf-8"))


def called(name, arguments, monkeypatch):
    """The exit code of `python -m benchmarks.NAME`, or of all."""
    monkeypatch.setattr(sys, "argv", [name, *arguments])
    monkeypatch.delitem(sys.modules, f"benchmarks.{name}", raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("benchmarks" if name == "__main__" else f"benchmarks.{name}", run_name="__main__")
    return ended.value.code


def test_every_module_of_make_bench_is_a_program():
    assert {"__main__", "turns", *benchmarks.MODULES} == set(PROGRAMS)


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_program_has_a_help(name, monkeypatch, capsys):
    assert called(name, ["--help"], monkeypatch) == 0
    assert capsys.readouterr().out.startswith("usage: ")


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("__main__", "kernels", "unrecognized arguments: kernels"),
        ("kernels", "many", "'many' is not a whole number of 1,000 or more"),
        ("kernels", "999", "'999' is not a whole number of 1,000 or more"),
        ("simulate", "--simpy-events 0", "'0' is not a whole number of 1 or more"),
        ("simulate", "--rounds 0 --against .", "'0' is not a whole number of 1 or more"),
        ("simulate", "--against nowhere", "'nowhere' is no checkout of Headwaters: no app.py is in it"),
        ("readings", "twice", "unrecognized arguments: twice"),
        ("rivals", "1e6", "'1e6' is not a whole number of 1,000 or more"),
        ("sweep", "400", "unrecognized arguments: 400"),
        ("page", "0", "'0' is not a whole number of 1 or more"),
        ("startup", "--rounds 0", "'0' is not a whole number of 1 or more"),
        ("startup", "--against nowhere", "'nowhere' is no checkout of Headwaters: no app.py is in it"),
        ("motion", "0", "'0' is not a number above 0"),
        ("motion", "nan", "'nan' is not a number above 0"),
        ("sessions", "-1", "-1"),
        ("steady", "--sessions 2.5", "'2.5' is not a whole number of 1 or more"),
        ("steady", "--within -1", "'-1' is not a number of 0 or more"),
        ("steady", "--think 0", "'0' is not a number above 0"),
        ("steady", "--processes 0", "'0' is not a whole number of 1 or more"),
        ("steady", "--server nowhere", "'nowhere' is no checkout of Headwaters: no app.py is in it"),
        ("soak", "--minutes inf", "'inf' is not a number above 0"),
        ("soak", "5000", "unrecognized arguments: 5000"),
        ("second_screen", "1000", "'1000' is not a whole number from 1 to"),
        ("live_class", "--phones 0", "'0' is not a whole number of 1 or more"),
        ("live_class", "--seconds soon", "'soon' is not a number of 0 or more"),
    ],
)
def test_an_odd_argument_is_refused_in_a_line(name, arguments, why, monkeypatch, capsys):
    assert called(name, arguments.split(), monkeypatch) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert why in said.err
    assert said.err.startswith("python -m benchmarks")
