"""A draft is taken home as the very folder that the command writes, and goes on from there."""

import io
import zipfile
from itertools import pairwise

import pytest

from lifecycle.__main__ import main
from lifecycle.course import load
from lifecycle.importing import Imported, ImportedEdge, ImportedNode
from lifecycle.importing.editing import Rename, apply
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
    packed = sketching.archive(draft, taught=bool(options))
    top = unpacked(packed, tmp_path / "unpacked")
    assert top.name == sketching.folder_name(TITLE) == TOP
    assert content(top) == content(out)
    assert packed == sketching.archive(draft, taught=bool(options))


def test_the_unpacked_folder_is_a_course_and_importing_into_it_keeps_what_people_wrote(draft, tmp_path, capsys):
    top = unpacked(sketching.archive(draft, taught=True), tmp_path)
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
    top = unpacked(sketching.archive(sketching.draft_of(graph, "大きい"), taught=False), tmp_path)
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
    top = unpacked(sketching.archive(sketching.draft_of(graph, "Ours <s>new</s>"), taught=True), tmp_path)
    assert main(["check", str(top)]) == 0
    course = load(top)
    assert course.pipeline.title == "Ours ‹s›new‹/s›"
    assert course.pipeline.stages[0].detail == "‹b/c›"


def test_a_renamed_node_is_called_so_in_the_folder(tmp_path):
    renamed = apply(sketching.sample(), Rename("exposure.sock_shop.morning_sales", "Coffee report"))
    top = unpacked(sketching.archive(sketching.draft_of(renamed, TITLE), taught=False), tmp_path)
    assert (top / "stages" / "coffee-report.md").is_file()
