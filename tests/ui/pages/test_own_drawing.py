"""What becomes of a flow that was drawn in the picture of one's own pipeline, without a browser."""

import itertools
import json

import pytest
import streamlit as st

from lifecycle.ui.components import diagram
from tests.ui.pages.own_page import bring, chosen, click, opened, row, words

LARGE = "\n".join([
    "flowchart LR",
    *(f"subgraph {name}\n" + "\n".join(f"{name}{n}" for n in range(40)) + "\nend" for name in ("raw", "marts")),
    *(f"{one}{n} --> {other}{n}" for one, other in itertools.pairwise(("alone", "raw", "marts")) for n in range(9)),
]).encode()  # fmt: skip


class Drawn:
    """A stand-in for the browser's side of the diagram: what it is sent, and a button that sends `flow`."""

    def __init__(self):
        self.flow = None
        self.joins = None

    def mount(self, *, key, data, on_connect_change, **_):
        self.joins = json.loads(data).get("joins")
        st.button("Draw", key=f"draw-in-{key}", on_click=on_connect_change)

    def draw(self, page, *flow):
        self.flow = list(flow)
        click(page, "Draw")


@pytest.fixture
def drawn(monkeypatch):
    one = Drawn()
    monkeypatch.setattr(diagram, "_components", lambda: (one.mount, lambda **_: None))
    monkeypatch.setattr(diagram, "_trigger", lambda _, name: one.flow if name == "connect" else None)
    return one


@pytest.fixture
def page(tmp_path, monkeypatch, drawn):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)
    return opened()


def test_a_flow_that_is_drawn_is_an_edit_like_any_other(page, drawn):
    click(page, "Open the sample")
    assert len(drawn.joins) == 18
    reads = row(page, "late_parcels")["reads"]
    drawn.draw(page, "customers-loyal", "late-parcels")
    assert row(page, "late_parcels")["reads"] == reads + 1
    assert page.button(key="draft-undo").label == "Undo: connect customers\\_loyal to late\\_parcels"
    page.button(key="draft-undo").click().run()
    assert row(page, "late_parcels")["reads"] == reads


def test_a_flow_that_is_told_twice_is_drawn_once(page, drawn):
    click(page, "Open the sample")
    for _ in range(2):
        drawn.draw(page, "customers-loyal", "late-parcels")
    assert not page.warning
    page.button(key="draft-undo").click().run()
    assert page.button(key="draft-undo").disabled


def test_a_flow_that_cannot_be_is_refused_in_words(page, drawn):
    click(page, "Open the sample")
    drawn.draw(page, "stg-customers", "customers-loyal")
    assert "stg\\_customers leads to customers\\_loyal already" in page.warning[0].value
    drawn.draw(page, "stg-customers", "stg-customers")
    assert "stg\\_customers cannot lead to itself" in page.warning[0].value
    assert page.button(key="draft-undo").disabled


@pytest.mark.parametrize(
    "sent", [("customers-loyal", "the-moon"), ("customers-loyal",), ("customers-loyal", 7), ("a", "b", "c")]
)
def test_what_no_picture_sends_changes_nothing(page, drawn, sent):
    click(page, "Open the sample")
    drawn.draw(page, *sent)
    assert page.button(key="draft-undo").disabled
    assert not page.warning


def test_in_a_large_graph_flows_are_drawn_between_boxes_of_one_node(page, drawn):
    bring(page, ("large.mmd", LARGE))
    assert "boxes for 89 nodes" in words(page)
    assert set(drawn.joins) == {f"alone{n}" for n in range(9)}
    drawn.draw(page, "alone0", "alone3")
    assert page.button(key="draft-undo").label == "Undo: connect alone0 to alone3"
    chosen(page, "marts7")
    page.segmented_control(key="draft-view").set_value("Around the chosen node").run()
    assert set(drawn.joins) == {"raw7", "marts7"}
    page.slider(key="draft-up").set_value(2).run()
    drawn.draw(page, "alone7", "marts7")
    assert page.button(key="draft-undo").label == "Undo: connect alone7 to marts7"
