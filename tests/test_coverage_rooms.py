"""How much of the house its tests reach is measured in `make test`, and printed a line a room."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import coverage_rooms

ROOT = Path(__file__).parents[1]
# What `make test` measures with, told to a run of our own instead of the settings in pyproject.toml.
SLIPCOVER = [sys.executable, "-m", "slipcover", "--branch", "--source", "house", "--json", "--out", "seen.json"]


def measured(*numbers: int) -> dict[str, dict[str, int]]:
    names = ("covered_lines", "missing_lines", "covered_branches", "missing_branches")
    return {"summary": dict(zip(names, numbers, strict=True))}


def test_each_room_is_summed_and_all_of_them_too():
    files = {
        "lifecycle/words.py": measured(8, 0, 0, 0),
        "lifecycle/storage/store.py": measured(499, 1, 3, 1),
        "lifecycle/simulation/roles/lake.py": measured(3, 1, 1, 1),
        "lifecycle/simulation/day/run.py": measured(5, 1, 2, 0),
    }
    rows = [line.split("  ") for line in coverage_rooms.table(files).splitlines()[1:]]
    assert [[cell.strip() for cell in cells if cell.strip()] for cells in rows] == [
        ["lifecycle", "8", "100.0 %", "0", "–"],
        ["lifecycle/simulation", "10", "80.0 %", "4", "75.0 %"],
        ["lifecycle/storage", "500", "99.8 %", "4", "75.0 %"],
        ["all rooms", "518", "99.4 %", "8", "75.0 %"],
    ]


def test_a_share_is_all_of_it_only_where_nothing_is_missing():
    assert (coverage_rooms.share(9_999, 10_000), coverage_rooms.share(3, 3)) == ("99.9 %", "100.0 %")


def test_make_test_measures_branches_of_the_whole_house_and_prints_what_it_measured():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["slipcover"]
    assert settings == {"branch": True, "source": "lifecycle", "format": "json", "out": ".coverage.json"}
    (default,) = coverage_rooms.main.__defaults__ or ()
    assert default == settings["out"]
    assert default in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    unit = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nunit:")[2].partition("\n\n")[0]
    assert "-m slipcover -m pytest" in unit
    assert "-m tools.coverage_rooms" in unit


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_is_measured_is_what_ran_in_each_worker(tmp_path, workers, capsys):
    rooms = tmp_path / "house" / "room"
    rooms.mkdir(parents=True)
    (tmp_path / "house" / "__init__.py").touch()
    (rooms / "__init__.py").touch()
    (rooms / "sign.py").write_text("def sign(x):\n    if x < 0:\n        return -1\n    return 1\n")
    (rooms / "alone.py").write_text("NEVER_IMPORTED = 1\n")
    (tmp_path / "test_sign.py").write_text("from house.room.sign import sign\ndef test():\n    assert sign(2) == 1\n")
    run = [*SLIPCOVER, "-m", "pytest", "-q", "-n", workers, "-p", "no:cacheprovider", str(tmp_path)]
    free = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "SLIPCOVER_"))}
    done = subprocess.run(run, cwd=tmp_path, env=free, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    coverage_rooms.main(str(tmp_path / "seen.json"))
    *_, room, total = capsys.readouterr().out.splitlines()
    assert room.split() == ["house/room", "5", "60.0", "%", "2", "50.0", "%"]
    assert total.split()[2:] == room.split()[1:]
