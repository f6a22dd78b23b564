"""`make bench`: every benchmark is run, whatever becomes of the others, and one table holds all rows."""

import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from benchmarks.rows import HEAD

ROOT = Path(__file__).parents[2]
CLICK = "| a click | 17 ms | at most 50 ms | met |"
ACTION = "| an action | 75 ms | at most 40 ms | **missed** |"
SWEEP = "| a sweep | 9 s | none | none |"


@pytest.fixture
def commands(tmp_path):
    """Make programs that print lines and end with a code, in the order in which they are named."""

    def write(**programs):
        made = {}
        for name, (lines, code) in programs.items():
            made[name] = (sys.executable, "-c", f"print({chr(10).join(lines)!r}); raise SystemExit({code!r})")
        return made

    return write


def test_one_table_at_the_end_has_the_rows_of_all_in_their_order(commands, capsys):
    assert benchmarks.bench(commands(page=(["watching", CLICK], 0), steady=([ACTION], 0), sweep=([SWEEP], 0))) == 0
    before, table = capsys.readouterr().out.split(HEAD)
    assert table.splitlines()[1:] == [CLICK, ACTION, SWEEP, "", "1 of 3 figures miss their goals."]
    assert before.split() == ["page", "watching", *CLICK.split(), "steady", *ACTION.split(), "sweep", *SWEEP.split()]


def test_a_benchmark_that_fails_is_named_and_loses_no_row_of_the_others(commands, capsys):
    failing = commands(page=([CLICK], 0), steady=([ACTION], "the server did not come up"), sweep=([SWEEP], 0))
    assert benchmarks.bench(failing) == 1
    table, failures = capsys.readouterr().out.partition(HEAD)[2].split("1 of 3 figures miss their goals.\n")
    assert table.split("\n") == ["", CLICK, ACTION, SWEEP, "", ""]
    assert failures.startswith("steady ended with exit code 1")
    assert failures.count("\n") == 1


def test_a_benchmark_that_says_no_figure_has_failed(commands, capsys):
    assert benchmarks.bench(commands(page=(["nothing here"], 0), sweep=([SWEEP], 0))) == 1
    assert "page said no figure" in capsys.readouterr().out


def test_a_missed_goal_is_no_failure(commands):
    assert benchmarks.bench(commands(steady=([ACTION], 0))) == 0


def test_make_bench_runs_the_modules_that_stand_here():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nbench:")[2].partition("\n\n")[0]
    assert recipe.splitlines()[-1].strip() == "$(BIN)/python -m benchmarks"
    assert [command[-2:] for command in benchmarks.COMMANDS.values()] == [
        ("-m", f"benchmarks.{name}") for name in benchmarks.MODULES
    ]
    assert [name for name in benchmarks.MODULES if not (ROOT / "benchmarks" / f"{name}.py").is_file()] == []
