"""A large graph on the page of one's own pipeline: boxes that open, what lies around a node, a search."""

import itertools

import pytest

from tests.ui.pages.own_page import bring, chosen, field, opened, table, words


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path))
    monkeypatch.delenv("HEADWATERS_CONTENT", raising=False)


@pytest.fixture
def page():
    return opened()


def mermaid(width):
    """Three subgraphs of so many nodes, each node leading to one of the next."""
    names = ("raw", "marts", "uses")
    groups = [f"subgraph {name}\n" + "\n".join(f"{name}{n}" for n in range(width)) + "\nend" for name in names]
    flows = [f"{one}{n} --> {other}{n}" for one, other in itertools.pairwise(names) for n in range(width)]
    return "\n".join(["flowchart LR", *groups, *flows]).encode()


def test_a_large_graph_opens_as_boxes_that_open_and_shows_what_lies_around_a_node(page):
    bring(page, ("large.mmd", mermaid(25)))
    assert "3 boxes for 75 nodes" in words(page)
    assert "For 95 % of the day" in words(page)
    page.selectbox(key="draft-group").set_value("marts").run()
    assert "27 boxes for 75 nodes" in words(page)
    assert "open a group first" in words(page)
    page.button(key="draft-close").click().run()
    assert "3 boxes for 75 nodes" in words(page)
    page.segmented_control(key="draft-view").set_value("Around the chosen node").run()
    assert "Choose a node first" in words(page)
    chosen(page, "marts7")
    assert "3 of 75 nodes. A ? before a name says that something of it is a guess" in words(page)
    page.slider(key="draft-down").set_value(0).run()
    assert "2 of 75 nodes" in words(page)
    page.text_input(key="draft-search").set_value("uses7").run()
    assert list(table(page)["name"]) == ["uses7"]
    page.segmented_control(key="draft-view").set_value("All of it, alive").run()
    assert not page.exception


def test_a_graph_too_large_to_simulate_is_still_drawn_searched_and_edited(page):
    bring(page, ("huge.mmd", mermaid(400)))
    assert "A day of all of it cannot be simulated: 1,200 nodes" in words(page)
    assert "3 boxes for 1,200 nodes" in words(page)
    assert [button.label for button in page.get("download_button")] == ["Download the course folder"]
    assert not page.toggle
    assert "All of it, alive" not in page.segmented_control(key="draft-view").options
    page.selectbox(key="draft-group").set_value("marts").run()
    assert "marts holds too many nodes to read at once" in words(page)
    assert "3 boxes for 1,200 nodes" in words(page)
    assert len(field(page, "selectbox", "node").options) == 400
    assert "Each list here has 400 of the 1,200 nodes" in words(page)
    page.text_input(key="draft-search").set_value("uses39").run()
    assert len(table(page)) == 11
    listed = field(page, "selectbox", "node").options
    assert len(listed) == 400
    assert all("uses39" in name for name in listed[:11])
    chosen(page, "uses39")
    field(page, "text_input", "name").set_value("The last").run()
    assert page.button(key="draft-undo").label == "Undo: rename uses39 to The last"
