"""What the page says of flows that say how they move: under the switches, in the panel, in the picture."""

import pytest

from tests.support.small_course import PIPELINE, write_course
from tests.ui.explorer_app import opened, words


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HEADWATERS_CONTENT", str(tmp_path / "content"))

    def write(moves):
        text = PIPELINE.replace("{from: orders, to: copy}", f"{{from: orders, to: copy{moves}}}")
        write_course(tmp_path / "content", {"pipeline.yaml": text})

    return write


def test_the_page_says_that_the_switches_turn_nothing_and_how_the_flow_moves(course):
    course(", moves: nightly-file")
    app = opened(stage="copy", view="watch", start="pull", size="stream")
    assert not app.exception
    told = words(app)
    assert "turn nothing here, since each flow says how it moves: Orders → Nightly copy by nightly file." in told
    assert "Orders → Nightly copy moves by nightly file, whatever the switches say: the source sends, a batch" in told
    assert "every 24 h, the first at 02:00; what is due while the receiver is down waits at the receiver." in told


def test_where_no_flow_says_the_page_says_nothing_of_it(course):
    course("")
    app = opened(stage="copy", view="watch")
    assert not app.exception
    assert "whatever the switches say" not in words(app)
    assert "turn nothing here" not in words(app)
