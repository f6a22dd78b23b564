"""A draft is taken home as the very folder that the command writes, and goes on from there."""

import io
import zipfile
from itertools import pairwise

import pytest

from lifecycle.__main__ import main
from lifecycle.course import load
from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.editing import Add, Connect, Merge, Remove, Rename, SetRole, SetTiming, apply
from lifecycle.outputs import sketching
from lifecycle.outputs.sketching.sample import SAMPLE_FOLDER
from lifecycle.simulation.model.kinds import Role

TITLE = "The sock shop"
TOP = "the-sock-shop"


def unpacked(packed, folder):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def draft():
    return sketching.draft_of(sketching.sample(), TITLE)


@pytest.mark.parametrize("options", [(), ("--course",)])
def test_the_zip_holds_what_the_command_writes_file_for_file(draft, tmp_path, options):
    out = tmp_path / "written"
    assert main(["import", str(SAMPLE_FOLDER), "--out", str(out), "--title", TITLE, *options]) == 0
    packed = sketching.archive(draft, sketching.sample(), taught=bool(options))
    top = unpacked(packed, tmp_path / "unpacked")
    assert top.name == sketching.folder_name(TITLE) == TOP
    assert content(top) == content(out)
    assert packed == sketching.archive(draft, sketching.sample(), taught=bool(options))


def test_the_unpacked_folder_is_a_course_and_importing_into_it_keeps_what_people_wrote(draft, tmp_path, capsys):
    top = unpacked(sketching.archive(draft, sketching.sample(), taught=True), tmp_path)
    assert main(["check", str(top), "--strict"]) == 0
    course = load(top)
    assert (course.pipeline.title, bool(course.scenarios), bool(course.questions)) == (TITLE, True, True)
    page = top / "stages" / "customers-loyal.md"
    page.write_text(page.read_text("utf-8") + "\nAsk Kim about it.\n", "utf-8")
    before = content(top)
    capsys.readouterr()
    assert main(["import", str(SAMPLE_FOLDER), "--out", str(top)]) == 0
    assert "Kept as somebody edited it: stages/customers-loyal.md" in capsys.readouterr().out
    assert content(top) == before
    assert main(["check", str(top), "--strict"]) == 0


def test_what_cannot_be_played_is_taken_home_all_the_same(tmp_path):
    names = [f"n{n}" for n in range(600)]
    nodes = tuple(ImportedNode(name, name, Role.TRANSFORM, "x") for name in names)
    graph = Imported(nodes, tuple(ImportedEdge(one, other) for one, other in pairwise(names)))
    top = unpacked(sketching.archive(sketching.draft_of(graph, "大きい"), graph, taught=False), tmp_path)
    assert top.name == "our-course"
    assert len(load(top).pipeline.stages) == 600


def test_no_name_title_or_group_puts_html_into_a_course(tmp_path):
    graph = Imported(
        (
            ImportedNode("a", "a <b", Role.SOURCE, "x", group="<b/c>", description="Less <i/> more. Then <b>."),
            ImportedNode("b", "x <i y>", Role.CONSUMER, "x", group="g"),
        ),
        (ImportedEdge("a", "b"),),
    )
    top = unpacked(sketching.archive(sketching.draft_of(graph, "Ours <s>new</s>"), graph, taught=True), tmp_path)
    assert main(["check", str(top)]) == 0
    course = load(top)
    assert course.pipeline.title == "Ours ‹s›new‹/s›"
    assert course.pipeline.stages[0].detail == "‹b/c›"


EDITS = (
    Rename("exposure.sock_shop.morning_sales", "Coffee report"),
    SetRole("model.sock_shop.sales_by_day", Role.WAREHOUSE),
    SetTiming("model.sock_shop.stg_orders", 90.0, "04:30"),
    Remove("exposure.sock_shop.late_parcels"),
    Merge("model.sock_shop.stg_page_views", "model.sock_shop.stg_customers"),
    Add("by-hand:1", "Till", Role.SOURCE),
    Connect("by-hand:1", "model.sock_shop.stg_orders"),
)


@pytest.mark.parametrize("edit", [*((edit,) for edit in EDITS[:5]), EDITS], ids=lambda edits: type(edits[0]).__name__)
def test_what_was_changed_on_the_page_stays_when_the_project_is_imported_again(tmp_path, edit):
    edited = sketching.draft_of(apply(sketching.sample(), *edit), TITLE)
    top = unpacked(sketching.archive(edited, sketching.sample(), taught=True), tmp_path)
    assert main(["check", str(top), "--strict"]) == 0
    before = content(top)
    assert main(["import", str(SAMPLE_FOLDER), "--out", str(top)]) == 0
    assert main(["check", str(top), "--strict"]) == 0
    after = content(top)
    assert after["pipeline.yaml"] == before["pipeline.yaml"]
    pages = {path for path in before if path.startswith("stages/")}
    assert {path: after[path] for path in pages} == {path: before[path] for path in pages}
    assert {path for path in after if path.startswith("stages/")} == pages
    assert main(["import", str(SAMPLE_FOLDER), "--out", str(top)]) == 0
    assert content(top)["pipeline.yaml"] == before["pipeline.yaml"]


def test_files_of_which_no_pipeline_can_be_made_are_no_hindrance(tmp_path):
    two = Imported((ImportedNode("a", "A", Role.SOURCE, "x"), ImportedNode("b", "B", Role.CONSUMER, "x")))
    joined = sketching.draft_of(apply(two, Connect("a", "b")), TITLE)
    top = unpacked(sketching.archive(joined, two, taught=False), tmp_path)
    assert [stage.id for stage in load(top).pipeline.stages] == ["a", "b"]
