from __future__ import annotations

import re
import stat
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from lifecycle.course import SHIPPED, load
from lifecycle.course.pipeline import Flow, Pipeline, Stage, Undercurrent, Zone
from lifecycle.diagram import layout
from lifecycle.diagram.columns import columns
from lifecycle.diagram.icons import ICONS, icon, icon_problems
from lifecycle.diagram.layout import dot
from lifecycle.simulation.model.kinds import Role
from tests.support.narrow import not_none

SMALL = Pipeline(
    "Small",
    (Zone("up", "Upstream"), Zone("down", "Downstream")),
    (
        Stage("shop", "up", "Shop", Role.SOURCE, icon="database"),
        Stage("lake", "up", "Raw storage place", Role.LAKE),
        Stage("bi", "down", "Analytics", Role.CONSUMER),
    ),
    (Flow("shop", "lake", "rows"), Flow("lake", "bi"), Flow("bi", "shop", "facts", loop=True)),
    (Undercurrent("access", "Access"),),
)

GOLDEN = """\
digraph pipeline {
	graph [fontname=Helvetica fontsize=12 newrank=true nodesep=0.12 rankdir=LR ranksep=0.5]
	graph [bgcolor=transparent labeljust=l margin=0 pad=0.06]
	node [fixedsize=true height=0.91 shape=box style=rounded width=1.77]
	node [fontname=Helvetica fontsize=12.5]
	edge [arrowsize=0.6 fontname=Helvetica fontsize=11]
	subgraph cluster_undercurrents {
		id="zone-undercurrents" label=Undercurrents margin=9 style=rounded
		access [label=Access height=0.42 id="stage-access"]
	}
	{
		rank=same
		shop
		access
	}
	subgraph cluster_up {
		id="zone-up" label=Upstream margin=9 style=rounded
		shop [label=Shop id="stage-shop"]
		lake [label="Raw storage place" id="stage-lake"]
	}
	subgraph cluster_down {
		id="zone-down" label=Downstream margin=9 style=rounded
		bi [label=Analytics id="stage-bi"]
	}
	shop -> lake [label=rows id="flow-shop-lake" weight=4]
	lake -> bi [id="flow-lake-bi" weight=4]
	shop -> bi [dir=back headport=s id="flow-bi-shop" style=dashed tailport=s weight=0]
	lake -> bi [style=invis weight=9]
	shop -> lake [style=invis weight=9]
}
"""


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)


def ids(text: str) -> set[str]:
    return {element.get("id", "") for element in parsed(text).iter()} - {""}


def words(text: str) -> list[str]:
    return [element.text or "" for element in parsed(text).iter("{http://www.w3.org/2000/svg}text")]


def labelled(label: str) -> Pipeline:
    return Pipeline("One", (Zone("z", "Zone"),), (Stage("one", "z", label, Role.SOURCE),), ())


def chain(size: int) -> Pipeline:
    """Three parallel zones of stages, each a long line with side branches."""
    zones = tuple(Zone(f"z{i}", f"Zone {i}") for i in range(3))
    stages = tuple(Stage(f"s{i}", f"z{i * 3 // size}", f"Stage number {i}", Role.TRANSFORM) for i in range(size))
    flows = tuple(Flow(f"s{i - 1 if i % 7 else i - 2}", f"s{i}") for i in range(2, size))
    return Pipeline("Long", zones, stages, flows)


def test_a_small_pipeline_reads_as_this_dot_text() -> None:
    assert layout.dot(SMALL) == GOLDEN


def test_top_to_bottom_differs_only_in_direction_and_size_of_the_same_places() -> None:
    assert ids(layout.svg(layout.dot(SMALL, "TB"))) == ids(layout.svg(layout.dot(SMALL, "LR")))
    assert "rankdir=TB" in layout.dot(SMALL, "TB")


def test_every_stage_flow_zone_and_undercurrent_carries_its_id_in_the_svg() -> None:
    found = ids(layout.svg(layout.dot(SMALL)))
    assert {"stage-shop", "stage-lake", "stage-bi", "stage-access"} <= found
    assert {"flow-shop-lake", "flow-lake-bi", "flow-bi-shop", "zone-up", "zone-down"} <= found


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("<TABLE>", ["<TABLE>"]),
        ("<b>x", ["<b>x"]),
        ('a"b', ['a"b']),
        ("a\nb", ["a b"]),
        (r"a\nb", [r"a\nb"]),
        (r"\N \G", [r"\N \G"]),
        ("a&amp;b", ["a&amp;b"]),
        ("&#60;", ["&#60;"]),
        ("a\0b", ["a b"]),
        ("right‮left", ["right left"]),
        ("<script>alert(1)</script>", ["<script>alert(1)</…"]),
        ("", []),
    ],
)
def test_a_label_is_shown_as_it_was_written_and_means_nothing_to_graphviz(label: str, shown: list[str]) -> None:
    assert words(layout.svg(layout.dot(labelled(label)))) == ["Zone", *shown]


def test_no_label_can_bring_an_attribute_that_reads_a_file_or_links() -> None:
    text = layout.svg(layout.dot(labelled('x" image="/etc/passwd" URL="javascript:alert(1)')))
    tags = {element.tag.split("}")[1] for element in parsed(text).iter()}
    assert not tags & {"image", "a", "script", "foreignObject"}


def test_an_id_that_is_no_id_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"'\.\./x' cannot be an id"):
        layout.dot(Pipeline("Bad", (), (Stage("../x", "", "x", Role.SOURCE),), ()))


def test_a_long_zone_is_folded_with_a_dead_end_beside_what_feeds_it() -> None:
    names = ["buffer", "lake", "transform", "warehouse", "archive"]
    stages = [
        Stage("a", "up", "A", Role.SOURCE),
        Stage("b", "up", "B", Role.SOURCE),
        Stage("c", "up", "C", Role.SOURCE),
    ]
    stages += [Stage(name, "mid", name, Role.TRANSFORM) for name in names] + [Stage("bi", "down", "BI", Role.CONSUMER)]
    path = ["a", "b", "c", "buffer", "lake", "transform", "warehouse", "bi"]
    flows = [Flow(s, t) for s, t in pairwise(path)] + [Flow("lake", "archive")]
    zones = (Zone("up", "Up"), Zone("mid", "Mid"), Zone("down", "Down"))
    column, folded = columns(Pipeline("P", zones, tuple(stages), tuple(flows)))
    assert folded == [["buffer", "lake", "archive"], ["transform", "warehouse"]]
    assert (column["buffer"], column["archive"], column["warehouse"], column["bi"]) == (3, 3, 4, 5)


def test_five_hundred_stages_are_laid_out_in_time() -> None:
    start = time.perf_counter()
    text = layout.svg(layout.dot(chain(500)))
    assert len([name for name in ids(text) if name.startswith("stage-")]) == 500
    assert time.perf_counter() - start < layout.TIMEOUT_S


def test_a_pipeline_without_stages_or_zones_still_draws() -> None:
    assert layout.svg(layout.dot(Pipeline("Empty", (), (), ()))).startswith("<svg")
    assert "stage-x" in ids(layout.svg(layout.dot(Pipeline("Bare", (), (Stage("x", "", "X", Role.SOURCE),), ()))))


def test_a_loop_within_one_column_and_a_loop_to_itself_still_draw() -> None:
    stages = (Stage("a", "z", "A", Role.SOURCE), Stage("b", "z", "B", Role.SOURCE))
    flows = (Flow("a", "b", loop=True), Flow("a", "a", loop=True))
    found = ids(layout.svg(layout.dot(Pipeline("L", (Zone("z", "Z"),), stages, flows))))
    assert {"flow-a-b", "flow-a-a"} <= found


def test_the_picture_has_both_directions_and_its_version_follows_the_content() -> None:
    one = layout.picture(SMALL)
    other = layout.picture(labelled("Other"))
    assert one == layout.picture(SMALL)
    assert one.lr != one.tb
    assert one.version != other.version
    assert re.fullmatch(r"[0-9a-f]{12}", one.version)


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_without_graphviz_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "find_executable", lambda: None)
    with pytest.raises(layout.GraphvizMissing, match="pip install graphviz-pure"):
        layout.svg("digraph {}")


def test_an_executable_that_is_gone_or_not_executable_is_named(tmp_path: Path) -> None:
    with pytest.raises(layout.GraphvizMissing, match="gone"):
        layout.svg("digraph {}", executable=tmp_path / "gone")
    (tmp_path / "text").write_text("no program")
    with pytest.raises(layout.GraphvizMissing, match="text"):
        layout.svg("digraph {}", executable=tmp_path / "text")


def test_a_hanging_graphviz_is_stopped(tmp_path: Path) -> None:
    start = time.perf_counter()
    with pytest.raises(layout.GraphvizError, match=r"no picture within 0\.3 s"):
        layout.svg("digraph {}", executable=script(tmp_path / "slow", "exec sleep 20"), timeout_s=0.3)
    assert time.perf_counter() - start < 5


def test_a_crashing_graphviz_is_reported_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(layout.GraphvizError, match="code 3: out of ink"):
        layout.svg("digraph {}", executable=script(tmp_path / "bad", "echo out of ink >&2; exit 3"))


def test_a_program_that_draws_nothing_is_not_taken_for_graphviz(tmp_path: Path) -> None:
    with pytest.raises(layout.GraphvizError, match="without a picture"):
        layout.svg("digraph {}", executable=script(tmp_path / "mute", "cat >/dev/null"))


def test_faulty_dot_text_is_an_error_in_words() -> None:
    with pytest.raises(layout.GraphvizError, match="stopped with code"):
        layout.svg("digraph {")


def test_every_icon_is_path_data_inside_its_box_and_an_unknown_one_falls_back() -> None:
    wanted = (
        "database pulse globe plug cable file pump queue lake gears warehouse archive chart model return key lock mask"
    )
    assert set(wanted.split()) <= ICONS.keys()
    for name, path in ICONS.items():
        assert re.fullmatch(r"[MmLlHhVvCcSsQqAaZz0-9., -]+", path), name
    assert icon(Stage("x", "z", "X", Role.SOURCE, icon="no such")) == ICONS["dot"]


_PIPELINE = load(SHIPPED).pipeline


def test_boxes_grow_with_the_longest_line_of_a_label_and_no_line_is_cut():
    def named(label):
        first, *others = _PIPELINE.stages
        return replace(_PIPELINE, stages=(replace(first, label=label), *others))

    def width(label):
        (found,) = set(re.findall(r"node \[.*?width=([0-9.]+)", dot(named(label))))
        return float(found)

    longest = max((stage.label for stage in _PIPELINE.stages[1:]), key=len)
    assert width("Short") == width(longest)
    assert width("Characterizations") >= width(longest)  # seventeen characters stand in one line
    assert width("Characterizations_2") > width("Characterizations")
    assert "Characterizations_2" in dot(named("Characterizations_2"))


def test_a_pill_is_as_wide_as_its_name_needs():
    drawn = dot(_PIPELINE)
    widths = {name: float(width) for name, width in re.findall(r'label="([^"]+)"[^\]]*?width="?([0-9.]+)"?\]', drawn)}
    longest = max((current.label for current in _PIPELINE.undercurrents), key=len)
    assert 72 * widths[longest] >= 28 + 6.6 * len(longest) + 8  # its icon, 12.4 px bold, and room at the end


def test_an_icon_that_nobody_has_drawn_is_named_with_those_that_there_are():
    stages = (replace(_PIPELINE.stages[0], icon="rocket"), *_PIPELINE.stages[1:])
    text = "title: x\nstages:\n  - {id: one, icon: rocket}\n"
    (problem,) = icon_problems(replace(_PIPELINE, stages=stages), text, "pipeline.yaml")
    assert (problem.file, problem.line) == ("pipeline.yaml", 3)
    assert "rocket" in problem.what
    assert all(name in problem.fix for name in ICONS)
    assert not icon_problems(_PIPELINE, text, "pipeline.yaml")


def test_the_guide_lists_every_icon():
    guide = (Path(__file__).parents[2] / "content" / "README.md").read_text(encoding="utf-8")
    listed = not_none(re.search(r"Icons that are drawn: (.*?)\. A place", guide, re.DOTALL))
    assert set(re.findall(r"`([a-z]+)`", listed[1])) == set(ICONS)
