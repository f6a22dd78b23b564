"""`python -m lifecycle diff`: exit codes, what is printed where, and that nothing is left behind."""

import json
import tempfile
from pathlib import Path

import pytest

from lifecycle.__main__ import main
from tests.cli.command_line import run
from tests.importing.reads import FIXTURES
from tests.support.small_course import PIPELINE, write_course

SLOWER = PIPELINE.replace("role: warehouse}", "role: warehouse, figures: {load_s: 3600}}")
WITHOUT_RUSH = {"scenarios/rush.md": None, "scenarios/real.md": None, "traces/flights.csv": None}


@pytest.fixture
def printed(capsys):
    def command(*arguments):
        code = main(["diff", *map(str, arguments)])
        out = capsys.readouterr()
        return code, out.out, out.err

    return command


@pytest.fixture
def courses(tmp_path):
    before = write_course(tmp_path / "before", WITHOUT_RUSH)
    return before, write_course(tmp_path / "after", {**WITHOUT_RUSH, "pipeline.yaml": SLOWER})


def age_s(facts, consumer="report"):
    return next(one["p95_age_s"] for one in facts["consumers"] if one["id"] == consumer)


def test_a_folder_against_itself_is_no_change_and_exit_0(printed, courses):
    code, out, err = printed(courses[0], courses[0], "--fresh", "report=1e9")
    assert (code, err) == (0, "")
    assert out.startswith("**Nothing changed**")


def test_an_hour_more_breaks_the_level_with_exit_1_and_a_line_that_says_by_how_much(printed, courses):
    facts = json.loads(printed(*courses, "--json")[1], parse_constant=pytest.fail)
    assert age_s(facts)["difference"] == pytest.approx(3_600.0, rel=0.2)
    limit_s = age_s(facts)["before"] + 60.0
    code, out, err = printed(*courses, "--fresh", f"report={limit_s}")
    assert code == 1
    assert err.startswith("--fresh Report: p95 age ")
    assert "broken by " in err
    assert out.split("\n")[2] == f"- **{err.strip().removeprefix('--fresh ')}**"
    assert printed(*reversed(courses), "--fresh", f"Report={limit_s}")[0] == 0


def test_json_has_the_same_levels_and_exit_code(printed, courses):
    code, out, err = printed(*courses, "--json", "--fresh", "report=1", "--fresh", "report=1e9")
    levels = json.loads(out, parse_constant=pytest.fail)["levels"]
    assert code == 1
    assert [level["broken"] for level in levels] == [True, False]
    assert list(levels[0]) == ["consumer", "name", "most_s", "p95_age_s", "broken"]
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("fresh", "words"),
    [
        ("nobody=60", "no consumer is called 'nobody'. Choose report"),
        ("report", "no age; write CONSUMER=SECONDS, such as report=3600. The consumers are report"),
        ("report=soon", "no age; write CONSUMER=SECONDS"),
        ("report=-1", "no age; write CONSUMER=SECONDS"),
        ("report=nan", "no age; write CONSUMER=SECONDS"),
        ("report=inf", "no age; write CONSUMER=SECONDS"),
    ],
)
def test_a_level_that_cannot_be_meant_is_one_line_and_exit_2(printed, courses, fresh, words):
    code, out, err = printed(*courses, "--fresh", fresh)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.startswith("nothing was compared: --fresh: ")
    assert words in err


def test_what_cannot_be_read_is_said_with_the_code_that_other_commands_give(printed, courses, tmp_path):
    code, out, err = printed(courses[0], tmp_path / "missing")
    assert (code, out) == (2, "")
    assert "no such file or folder" in err
    broken = write_course(tmp_path / "broken", {"pipeline.yaml": "title: x\n"})
    code, out, err = printed(courses[0], broken)
    assert (code, out) == (1, "")
    assert "pipeline.yaml:" in err
    code, _, err = printed(*courses, "--scenario", "rush")
    assert code == 2
    assert "no scenario 'rush' in both" in err


def test_imports_are_compared_among_themselves_and_with_a_course_and_leave_nothing_behind(
    printed, tmp_path, monkeypatch
):
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(work))
    monkeypatch.chdir(work)
    target, course = FIXTURES / "target", tmp_path / "course"
    files = sorted(Path(FIXTURES).rglob("*"))
    assert printed(target, target)[1].startswith("**Nothing changed**")
    code, out, _ = printed(FIXTURES / "shop.mmd", target)
    assert code == 0
    assert "```mermaid\nflowchart LR\n" in out
    assert "Decided while reading" in out
    assert main(["import", str(target), "--out", str(course)]) == 0
    text = printed(course, target)[1]
    assert "**Nothing changed**" in text
    assert list(work.iterdir()) == []
    assert sorted(Path(FIXTURES).rglob("*")) == files


def test_it_runs_as_a_program_and_is_listed():
    chart = str(FIXTURES / "shop.mmd")
    done = run("diff", chart, chart, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["stages"] == []
    assert "diff" in run("--help").stdout
