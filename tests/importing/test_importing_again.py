"""A project imported once more: what people wrote stays, ids stay, and what is new, gone and renamed is listed."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lifecycle.__main__ import main
from lifecycle.course import check, load
from lifecycle.course.pipeline_file import read_pipeline
from lifecycle.importing import Imported, ImportedColumn, ImportedEdge, ImportedNode
from lifecycle.importing.again import MEMORY, remembered, same_nodes
from lifecycle.importing.again.memory import digest
from lifecycle.importing.writing import write_graph
from lifecycle.outputs.sketching.sample import SAMPLE_FOLDER
from lifecycle.simulation.model.kinds import Role
from tests.support.narrow import not_none

FIXTURES = Path(__file__).parent / "fixtures"
ARROWS = ("orders>stg", "stg>mart", "mart>board", "clicks>web", "web>heatmap", "stg>sums")


def node(id, name="", role=None, **texts):
    usual = (
        Role.SOURCE if id in ("orders", "clicks") else Role.CONSUMER if id in ("board", "heatmap") else Role.TRANSFORM
    )
    return ImportedNode(id, name or id, role or usual, "a reason", **{"certain": False, **texts})


def project(*arrows, nodes=()):
    """A graph of arrows such as `a>b`; `nodes` are those of which there is more to say than an id."""
    edges = tuple(ImportedEdge(*arrow.split(">")) for arrow in (arrows or ARROWS))
    special = {one.id: one for one in nodes}
    ids = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    return Imported(tuple(special.get(id) or node(id) for id in ids), edges)


def network_of(text):
    pipeline, _, problems = read_pipeline(text)
    if problems:
        raise ValueError(str(problems[0]))
    return not_none(pipeline).network


def again(folder, graph, **options):
    return write_graph(graph, "", folder, network_of, **{"taught": True, **options})


def content(folder):
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    }


def problems_of(folder):
    return "\n".join(map(str, check(folder)))


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def course(tmp_path):
    again(tmp_path / "course", project())
    return tmp_path / "course"


def test_the_same_project_changes_nothing(course, capsys):
    before = content(course)
    report = again(course, project())
    assert content(course) == before
    assert not_none(report.kept).write == {}
    assert (not_none(report.same).new, not_none(report.same).gone, not_none(report.same).renamed) == ((), (), ())


def test_a_grown_project_keeps_edits_and_ids_and_lists_what_is_new(course):
    edit(course / "stages" / "stg.md", "Nobody has described this yet.\n\n-", "We clean the orders.\n\n-")
    edit(course / "quizzes" / "orders.md", "Which stages get rows of orders?", "Who is behind orders?")
    edit(course / "scenarios" / "failing-mart.md", "Nobody repairs it before", "We all sleep until")
    ids = {question.id for question in load(course).questions}
    report = again(course, project(*ARROWS, "mart>extra"))
    assert problems_of(course) == ""
    assert "We clean the orders." in (course / "stages" / "stg.md").read_text(encoding="utf-8")
    assert not_none(load(course).question("orders-downstream")).stem == "Who is behind orders?"
    assert "We all sleep" in not_none(load(course).named("failing-mart")).brief.story
    assert ids <= {question.id for question in load(course).questions}
    assert "extra" in load(course).places
    assert not_none(report.same).new == ("extra",)
    assert set(not_none(report.kept).edited) == {"stages/stg.md", "quizzes/orders.md", "scenarios/failing-mart.md"}
    assert "- [ ] extra is new" in (course / "TODO.md").read_text(encoding="utf-8")


def test_what_people_wrote_of_a_gone_stage_is_laid_aside_and_the_rest_goes(course):
    edit(course / "stages" / "sums.md", "Nobody has described", "Ann has described")
    report = again(
        course, project(*(arrow for arrow in ARROWS if arrow not in ("stg>sums", "web>heatmap")), "web>maps")
    )
    assert problems_of(course) == ""
    assert "Ann has described" in (course / "gone" / "stages" / "sums.md").read_text(encoding="utf-8")
    assert not (course / "stages" / "sums.md").exists()
    assert not (course / "stages" / "heatmap.md").exists()
    assert not (course / "gone" / "stages" / "heatmap.md").exists()
    assert not_none(report.kept).move == {"stages/sums.md": "gone/stages/sums.md"}
    assert "sums" in not_none(report.same).gone


def test_an_edited_text_that_names_a_gone_stage_stays_and_is_listed(course):
    edit(course / "stages" / "stg.md", "## What is checked", "Our words.\n\n## What is checked")
    report = again(course, project(*(arrow for arrow in ARROWS if arrow != "stg>sums")))
    assert "Our words." in (course / "stages" / "stg.md").read_text(encoding="utf-8")
    assert not_none(report.kept).dangling == ("stages/stg.md",)


def test_a_corrected_role_stays_and_is_what_the_texts_are_made_of(course):
    listed = (course / "TODO.md").read_text(encoding="utf-8")
    assert "] mart (" in listed.partition("## Stages")[0]
    old = next(
        line for line in (course / "pipeline.yaml").read_text(encoding="utf-8").splitlines() if '"mart", zone' in line
    )
    edit(course / "pipeline.yaml", old, "  - {id: mart, zone: midstream, label: mart, icon: lake, role: lake}")
    for number in (1, 2):  # what comes after it is a job of its own time, since a lake lies before it
        again(course, project(*ARROWS, *(f"mart>extra{n}" for n in range(number))))
        assert {stage.id: stage.role for stage in load(course).pipeline.stages}["mart"] is Role.LAKE
        assert problems_of(course) == ""
        page = (course / "stages" / "mart.md").read_text(encoding="utf-8")
        assert "**Role**: lake, because: somebody has corrected it in pipeline.yaml." in page
        assert "This is a guess" not in page
        listed = (course / "TODO.md").read_text(encoding="utf-8")
        assert "] mart (" not in listed.partition("## Stages")[0]
        assert not (course / "scenarios" / "failing-mart.md").exists()


def test_what_was_deleted_stays_deleted_but_for_what_the_course_needs(course):
    for path in ("scenarios/late-clicks.md", "quizzes/orders.md", "stages/stg.md", "scenarios/ordinary-day.md"):
        (course / path).unlink()
    for _ in range(2):
        again(course, project(*ARROWS, "mart>extra"))
        assert problems_of(course) == ""
        assert not (course / "scenarios" / "late-clicks.md").exists()
        assert not (course / "quizzes" / "orders.md").exists()
    assert not [
        step for step in not_none(load(course).talk("tour")).steps if step.ask and "orders-" in step.ask.question
    ]


def test_the_list_is_made_anew_and_what_somebody_wrote_into_it_is_laid_aside(course):
    edit(course / "TODO.md", "# What is left to decide", "# Ours")
    again(course, project())
    edit(course / "TODO.md", "# What is left to decide", "# Ours again")
    again(course, project())
    assert (course / "TODO.md").read_text(encoding="utf-8").startswith("# What is left to decide")
    assert (course / "gone" / "TODO.md").read_text(encoding="utf-8").startswith("# Ours\n")
    assert (course / "gone" / "TODO-2.md").read_text(encoding="utf-8").startswith("# Ours again")
    assert problems_of(course) == ""


def test_a_question_that_people_moved_keeps_its_id_to_itself(course):
    quiz = (course / "quizzes" / "stg.md").read_text(encoding="utf-8")
    (course / "quizzes" / "stg.md").unlink()
    with (course / "quizzes" / "web.md").open("a", encoding="utf-8") as file:
        file.write("\n" + quiz)
    again(course, project(*ARROWS, "mart>extra"))
    assert problems_of(course) == ""
    assert not_none(load(course).question("stg-downstream")).place == "web"


def test_a_title_and_what_is_taught_are_remembered(tmp_path):
    write_graph(project(), "Our shop", tmp_path / "c", network_of, taught=True)
    again(tmp_path / "c", project(*ARROWS, "mart>extra"), taught=False)
    assert load(tmp_path / "c").pipeline.title == "Our shop"
    assert load(tmp_path / "c").talk("tour")


def test_a_course_that_teaches_nothing_yet_can_be_taught_by_the_next_import(tmp_path):
    again(tmp_path / "c", project(), taught=False)
    assert not (tmp_path / "c" / "talks").exists()
    again(tmp_path / "c", project())
    assert load(tmp_path / "c").talk("tour")


def test_a_node_that_is_called_otherwise_now_is_the_same(course):
    memory = not_none(remembered(course))
    labelled = same_nodes(project(*ARROWS, nodes=[node("mart", "The mart")]), memory)
    assert labelled.stages["mart"] == "mart"
    assert labelled.renamed == (("mart", "The mart"),)
    moved = same_nodes(
        project(*(arrow.replace("mart", "core.mart") for arrow in ARROWS), nodes=[node("core.mart", "mart")]), memory
    )
    assert (moved.stages["core.mart"], moved.renamed, moved.new, moved.gone) == ("mart", (), (), ())
    renamed = same_nodes(project(*(arrow.replace("mart", "hub") for arrow in ARROWS)), memory)
    assert (renamed.stages["hub"], renamed.renamed) == ("mart", (("mart", "hub"),))


def test_in_doubt_a_node_is_new(course):
    memory = not_none(remembered(course))
    two = same_nodes(project(*(arrow.replace("sums", "one") for arrow in ARROWS), "stg>two"), memory)
    assert (set(two.new), two.gone, two.renamed) == ({"one", "two"}, ("sums",), ())
    other = node("hub", columns=(ImportedColumn("id"),))
    changed = same_nodes(project(*(arrow.replace("mart", "hub") for arrow in ARROWS), nodes=[other]), memory)
    assert (changed.new, changed.gone) == (("hub",), ("mart",))


def test_a_renamed_node_keeps_its_page_and_the_questions_about_it(course):
    edit(course / "stages" / "mart.md", "Nobody has described", "Ann has described")
    again(course, project(*(arrow.replace("mart", "hub") for arrow in ARROWS)))
    assert problems_of(course) == ""
    assert "Ann has described" in (course / "stages" / "mart.md").read_text(encoding="utf-8")
    assert load(course).pipeline.labels["mart"] == "hub"


def test_a_new_node_of_a_known_name_takes_nobodys_id(course):
    again(course, project(*ARROWS, "web>x.mart", nodes=[node("x.mart", "mart")]))
    labels = load(course).pipeline.labels
    assert labels["mart"] == "mart"
    assert sorted(id for id in labels if id.startswith("mart")) != ["mart"]
    assert problems_of(course) == ""


def test_a_pipeline_that_would_be_none_is_told_and_nothing_is_written(course, capsys):
    edit(course / "pipeline.yaml", "role: source", "role: sauce")
    before = content(course)
    with pytest.raises(ValueError, match="sauce"):
        again(course, project(*ARROWS, "mart>extra"))
    assert content(course) == before


def test_a_fault_in_between_leaves_everything_as_it_was(course, monkeypatch):
    edit(course / "stages" / "sums.md", "Nobody has described", "Ann has described")
    before, rename, moved = content(course), Path.rename, []

    def full(self, target):
        moved.append(target)
        if len(moved) == 9:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(ValueError, match=r"stays as it was: No space left"):
        again(course, project("orders>stg", "stg>mart", "mart>board", "clicks>web", "web>extra"))
    monkeypatch.undo()
    assert len(moved) > 9  # and back
    assert content(course) == before
    assert [path.name for path in course.parent.iterdir()] == ["course"]


def test_a_memory_that_is_broken_or_names_other_peoples_files_does_no_harm(course, tmp_path, capsys):
    outside = tmp_path / "mine.md"
    outside.write_text("mine", encoding="utf-8")
    memory = json.loads((course / MEMORY).read_text(encoding="utf-8"))
    memory["digests"] |= {"../mine.md": digest(b"mine"), "pipeline.yaml": "x"}
    (course / MEMORY).write_text(json.dumps(memory), encoding="utf-8")
    again(course, project())
    assert outside.read_text(encoding="utf-8") == "mine"
    for text in ("{", '{"version": 99}', "[1]", '{"version": 1}'):
        (course / MEMORY).write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match="version control, or name a new folder"):
            again(course, project())


def test_the_command_says_what_changed(tmp_path, capsys):
    out = str(tmp_path / "course")
    assert main(["import", str(FIXTURES / "shop.dot"), "--course", "--out", out]) == 0
    assert main(["import", str(FIXTURES / "shop.dot"), "--out", out]) == 0
    assert "Nothing has changed since the last import" in capsys.readouterr().out
    grown = tmp_path / "grown.dot"
    text = (FIXTURES / "shop.dot").read_text(encoding="utf-8")
    grown.write_text(text.replace("undeclared", "declared -> shown"), encoding="utf-8")
    edit(tmp_path / "course" / "stages" / "stage-area.md", "Nobody has described", "Ann has described")
    assert main(["import", str(grown), "--out", out]) == 0
    printed = capsys.readouterr().out
    assert "New: shown" in printed
    assert "Renamed: undeclared is declared now" in printed or "Gone: undeclared" in printed
    assert "Kept as somebody edited it: stages/stage-area.md" in printed
    assert main(["check", out, "--strict"]) == 0


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_changes_nobodys_text_is_lost_and_a_course_without_loose_ends_checks(tmp_path_factory, data):
    ids = st.sampled_from(["orders", "clicks", "stg", "mart", "web", "board", "heatmap", "sums"])
    arrows = st.sets(st.tuples(ids, ids).filter(lambda ends: ends[0] < ends[1]), min_size=1, max_size=10)
    folder = tmp_path_factory.mktemp("again") / "course"
    again(folder, project(*(">".join(ends) for ends in sorted(data.draw(arrows)))))
    written = []
    for turn in range(2):
        pages = sorted(str(path.relative_to(folder)) for path in folder.glob("*/*.md") if path.parent.name != "gone")
        for path in data.draw(st.sets(st.sampled_from(pages), max_size=3)):
            words = f"Words of people {turn} in {path}."
            with (folder / path).open("a", encoding="utf-8") as file:
                file.write(f"\n<!-- {words} -->\n")
            written.append(words)
        report = again(folder, project(*(">".join(ends) for ends in sorted(data.draw(arrows)))))
        whole = "\n".join(content(folder).values())
        assert [words for words in written if words not in whole] == []
        if not not_none(report.kept).dangling:
            assert problems_of(folder) == ""


def test_times_that_were_lost_since_the_last_import_are_told(tmp_path, capsys):
    target = tmp_path / "target"
    shutil.copytree(SAMPLE_FOLDER, target)
    out = str(tmp_path / "course")
    assert main(["import", str(target), "--out", out]) == 0
    capsys.readouterr()
    assert main(["import", str(target), "--out", out]) == 0
    assert "Nothing has changed since the last import" in capsys.readouterr().out
    for runs in target.glob("run_results*"):
        runs.unlink()
    assert main(["import", str(target), "--out", out]) == 0
    printed = capsys.readouterr().out
    assert "Nothing has changed" not in printed
    assert "Otherwise than before: stg-orders has no observed times any more" in printed
    assert "Otherwise than before: the schedule jobs has other starts or another number of slots" in printed
    todo = (tmp_path / "course/TODO.md").read_text(encoding="utf-8")
    assert "no observed times any more" in todo


def test_one_night_more_or_another_name_is_no_other_time_and_no_other_role(tmp_path, capsys):
    target = tmp_path / "target"
    shutil.copytree(SAMPLE_FOLDER, target, ignore=shutil.ignore_patterns("run_results_7.json"))
    out = str(tmp_path / "course")
    assert main(["import", str(target), "--out", out]) == 0
    shutil.copy(SAMPLE_FOLDER / "run_results_7.json", target)
    capsys.readouterr()
    assert main(["import", str(target), "--out", out]) == 0
    assert "Otherwise than before" not in capsys.readouterr().out
