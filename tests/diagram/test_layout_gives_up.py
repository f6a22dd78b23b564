"""Where Graphviz finds no curve for a flow and gives up, the picture has straight ones."""

import pytest

from lifecycle.diagram import layout
from lifecycle.importing.editing import Connect, Revision
from lifecycle.outputs import sketching


def test_a_flow_that_leads_back_between_neighbours_is_drawn():
    graph = sketching.sample()
    ids = {node.name: node.id for node in graph.nodes}
    looped = Revision(graph).done(Connect(ids["orders_with_value"], ids["stg_order_items"])).graph
    pipeline = sketching.sketched(sketching.draft_of(looped, "t")).pipeline
    picture = layout.picture(pipeline)
    for drawn in (picture.lr, picture.tb):
        assert drawn.count('class="edge"') >= len(pipeline.flows)


def test_what_graphviz_says_of_a_fault_is_its_error_and_no_warning(tmp_path):
    stopped = tmp_path / "dot"
    stopped.write_text("#!/bin/sh\necho 'Warning: no width' >&2\necho 'Error: lost an edge' >&2\nexit 1\n")
    stopped.chmod(0o755)
    with pytest.raises(layout.GraphvizStopped, match="lost an edge") as caught:
        layout.svg("digraph { a }", executable=stopped)
    assert "Warning" not in str(caught.value)
