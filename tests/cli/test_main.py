"""The command line as a user meets it: what is printed where, exit codes, and never a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lifecycle.__main__ import main
from lifecycle.course import check, load
from lifecycle.course.loading import SHIPPED
from lifecycle.documents import read_yaml
from lifecycle.simulation.model.ways import WAYS
from lifecycle.simulation.roles import ROLES
from tests.cli.command_line import run
from tests.support.narrow import not_none
from tests.support.small_course import FILES, write_course

REPO = Path(__file__).resolve().parents[2]


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
        assert ".:1:" not in done.stdout + done.stderr  # the folder itself has no lines


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
        assert not_none(process.stdout).readline()
        not_none(process.stdout).close()
        assert not_none(process.stderr).read() == b""


def test_a_terminal_that_knows_only_ascii_is_no_error(tmp_path: Path):
    write_course(tmp_path, {"stages/störe.md": "x"})
    done = run("check", str(tmp_path), env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert r"st\xf6re" in done.stdout


def test_a_wrong_call_is_explained_with_exit_2():
    done = run()
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["simulate", "--seed", "x"],
        ["simulate", "--events", "1000001"],
        ["simulate", "--start", "x"],
    ],
    ids=" ".join,
)
def test_a_wrong_argument_is_explained_with_exit_2(arguments: list[str], capsys):
    code: object
    try:
        code = main(arguments)
    except SystemExit as left:  # the parser's way
        code = int(left.code or 0)
    assert code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


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


def test_every_figure_of_every_role_is_listed_for_authors(capsys):
    assert main(["figures"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [*ROLES, "ways"]
    named = [line.split(":")[0].strip() for line in lines if line.startswith(" ")]
    assert named == [*(figure.name for figures in ROLES.values() for figure in figures), *WAYS]
    assert (
        "push, batch, every 24 h, the first at 02:00; what comes while the receiver is down waits at the" in lines[-4]
    )


def test_a_figure_is_listed_as_an_author_would_write_it(capsys):
    main(["figures"])
    lines = {line.split(":")[0].strip(): line for line in capsys.readouterr().out.splitlines() if line.startswith(" ")}
    assert (
        "0 'refuse the newest', 1 'drop the oldest', 2 'spill to a slower tier', 3 'block the sender'; 0 unless"
        in (lines["policy"])
    )
    assert "(0 'no: it is decoupled', 1 'yes: it shares the server'; 1 unless said" in lines["same_server"]
    assert "(0 to 1 share, 0 unless said" in lines["late_share"]
    assert "(0 to 1,000,000, 1 unless said" in lines["share"]
    assert "(0 to 1, 1 unless said" in lines["spread"]  # from 0 to 1, and no share
    assert "(0 to 1,000,000,000,000 B/s, 12,500,000 unless said" in lines["bandwidth_bytes_per_s"]
    assert "(1 to 31,449,600 s, 604,800 unless said" in lines["retention_s"]
    assert not [line for line in lines.values() if re.search(r"\de[+-]\d", line)]
    for figure in (figure for figures in ROLES.values() for figure in figures):
        assert all(name in lines[figure.name] for _, name in figure.options)


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
    return not_none(read_yaml(text, "pipeline.yaml")[0]).plain
