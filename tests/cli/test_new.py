"""`new`: a course to begin with that works whole, or one made of files, and never over another's."""

import pytest

from lifecycle.__main__ import main
from lifecycle.course import load
from lifecycle.learning.drills.making import possible_drill
from lifecycle.simulation.day.run import simulate
from tests.importing.reads import FIXTURES


@pytest.fixture
def new(capsys):
    def command(*arguments):
        code = main(["new", *map(str, arguments)])
        out = capsys.readouterr()
        return code, out.out, out.err

    return command


def texts(folder):
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")}


def test_the_course_to_begin_with_checks_and_is_what_was_said_of_it(tmp_path, new, capsys):
    code, out, err = new(tmp_path / "ours")
    assert (code, err) == (0, "")
    assert "six stages, two days, six questions and a lesson" in out
    assert main(["check", str(tmp_path / "ours"), "--strict"]) == 0
    assert capsys.readouterr().out == "6 places, 6 questions, 2 scenarios, 1 lesson: all well\n"
    course = load(tmp_path / "ours")
    assert all(named.expected for named in course.scenarios)
    assert all(simulate(course.pipeline.network, named.scenario).born_s.size for named in course.scenarios)


def test_what_it_expects_is_really_proven(tmp_path, new, capsys):
    new(tmp_path / "ours")
    day = tmp_path / "ours" / "scenarios" / "ordinary-day.md"
    day.write_text(day.read_text("utf-8").replace("p95 < 4410", "p95 < 3600"), "utf-8")
    assert main(["check", str(tmp_path / "ours")]) == 1
    assert (
        "scenarios/ordinary-day.md:11: `expect: consumers.screen.freshness_s.p95 < 3600`: it is 4,"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize("level", [1, 3])
def test_drills_can_be_made_of_it(tmp_path, new, level):
    new(tmp_path / "ours")
    pipeline = load(tmp_path / "ours").pipeline
    drills = (possible_drill(pipeline.network, pipeline.labels, (seed, level)) for seed in range(20))
    assert any(drills)


def test_a_folder_that_holds_anything_is_left_alone(tmp_path, new):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    code, out, err = new(tmp_path)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "is there already" in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_of_files_it_is_what_import_writes(tmp_path, new):
    target = str(FIXTURES / "target")
    assert new(tmp_path / "a", "--from", target, "--title", "Ours")[0] == 0
    assert main(["import", target, "--out", str(tmp_path / "b"), "--title", "Ours"]) == 0
    assert texts(tmp_path / "a") == texts(tmp_path / "b")
    assert "TODO.md" in texts(tmp_path / "a")


def test_selected_nodes_alone_come_along(tmp_path, new):
    code, out, _ = new(tmp_path / "a", "--from", FIXTURES / "target", "--select", "+stg_*", "--select", "orders*")
    assert code == 0
    assert "nodes selected" in out
    ids = {stage.id for stage in load(tmp_path / "a").pipeline.stages}
    assert {"crm-orders", "stg-orders"} <= ids
    assert "revenue" not in ids


def test_select_and_title_without_files_are_a_slip(tmp_path, new):
    for option in ("--select", "--title"):
        code, out, err = new(tmp_path / "a", option, "x")
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert "add --from FILE" in err
    assert not (tmp_path / "a").exists()
