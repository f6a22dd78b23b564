"""The explanations as the server hands them out: at an address that names their version, to be kept for good."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from lifecycle.course import load
from lifecycle.outputs.explanations import explanations
from lifecycle.ui import server
from lifecycle.ui.components import explanation
from lifecycle.ui.session import served
from tests.support.small_course import STAGE, write_course
from tests.ui.explorer_app import opened, panel

pytestmark = pytest.mark.usefixtures("own_folders")


@pytest.fixture(autouse=True)
def nothing_explained(monkeypatch):
    monkeypatch.setattr(served, "_explained", {})


def client():
    return TestClient(Starlette(routes=server.routes()))


def test_all_places_come_at_the_address_of_their_version_and_are_kept(small):
    known = explanations(load(small))
    answer = client().get(f"/explanations/{known.version}")
    assert answer.status_code == 200
    assert answer.content == known.as_json()
    assert answer.headers["content-type"] == "application/json"
    assert "immutable" in answer.headers["cache-control"]


def test_one_place_comes_alone_where_it_is_asked_for(small):
    known = explanations(load(small))
    answer = client().get(f"/explanations/{known.version}/store")
    assert answer.content == known.as_json("store")


@pytest.mark.parametrize("path", ["{}x", "x", "{}/nowhere", "{}/store/more", "x/store"])
def test_what_there_is_not_is_not_kept_by_anybody(small, path):
    answer = client().get(f"/explanations/{path.format(explanations(load(small)).version)}")
    assert answer.status_code == 404
    assert "cache-control" not in answer.headers


def test_a_course_with_faults_has_none(small):
    version = explanations(load(small)).version
    (small / "pipeline.yaml").write_text("stages: [")
    assert client().get(f"/explanations/{version}").status_code == 404


def test_a_page_from_before_an_edit_gets_what_it_was_drawn_with(small):
    before = served.explained(served.course_without_a_page())
    write_course(small, {"stages/store.md": STAGE.format(title="The new store")})
    now = served.explained(served.course_without_a_page())
    assert now.version != before.version
    for known in (before, now):
        assert client().get(f"/explanations/{known.version}").content == known.as_json()


def test_the_server_knows_those_of_few_courses_and_makes_each_once(small):
    courses = []
    for number in range(served.EXPLAINED_KEPT + 2):
        write_course(small, {"stages/store.md": STAGE.format(title=f"Store {number}")})
        courses.append(served.course_without_a_page())
        assert served.explained(courses[-1]) is served.explained(courses[-1])
    assert len(served._explained) == served.EXPLAINED_KEPT
    assert served.explained(courses[0]).by_place["store"].title == "Store 0"


@pytest.mark.parametrize(
    ("places", "apiece"), [(explanation.MOST_AT_ONCE, False), (explanation.MOST_AT_ONCE + 1, True)]
)
def test_a_large_course_is_fetched_place_by_place(monkeypatch, small, places, apiece):
    mounts = []
    monkeypatch.setattr(explanation, "_part", lambda **mount: mounts.append(mount))
    shown = explanations(load(small)).by_place["store"]
    panel = explanation.Panel("store", shown, source="/e/1", places=places, names=["stage"], reading="")
    panel.title()
    panel.text()
    assert [mount["data"]["apiece"] for mount in mounts] == [apiece, apiece]
    assert [mount["data"]["content"] for mount in mounts] == [shown.title, shown.html]


def test_the_script_is_given_what_the_address_of_the_page_leads_to(small):
    parts = panel(opened(stage="store"))
    known = explanations(load(small))
    assert {part["place"] for part in parts.values()} == {"store"}
    assert parts["title"]["content"] == "Store"
    assert parts["html"]["content"] == known.by_place["store"].html
    assert parts["html"]["source"] == f"/explanations/{known.version}"
    whole = panel(opened())
    assert whole["html"]["place"] == ""
    assert whole["title"]["content"] == "The whole"
