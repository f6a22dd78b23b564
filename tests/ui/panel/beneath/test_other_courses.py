"""What the panel shows of undercurrents in courses that lack what the shipped one has."""

import pytest

from tests.support.small_course import PIPELINE, STAGE, write_course
from tests.ui.explorer_app import opened
from tests.ui.panel.beneath.test_beneath import rows, words

CURRENTS = ("access", "encryption", "masking", "orchestration", "observability", "data-quality", "lineage", "ethics")
BESIDE = "".join(f"  - {{id: {current}, label: {current}, acts: {{orders: It acts.}}}}\n" for current in CURRENTS)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course with all of them, in whose pipeline some words are others."""
    monkeypatch.setenv("HEADWATERS_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HEADWATERS_CONTENT", str(tmp_path / "content"))

    def write(*changes):
        pipeline = PIPELINE.partition("undercurrents:")[0]
        for was, now in changes:
            assert was in pipeline
            pipeline = pipeline.replace(was, now)
        pages = {f"stages/{current}.md": STAGE.format(title=current) for current in CURRENTS}
        write_course(tmp_path / "content", {"pipeline.yaml": f"{pipeline}undercurrents:\n{BESIDE}", **pages})

    return write


def watched(undercurrent, **params):
    app = opened(stage=undercurrent, view="watch", **params)
    assert not app.exception
    return app


@pytest.mark.parametrize("undercurrent", CURRENTS)
@pytest.mark.parametrize("follow", [None, "lost", "5", "99999999"])
def test_without_a_consumer_nothing_breaks_and_it_is_told(course, undercurrent, follow):
    course(("role: consumer", "role: archive"))
    app = watched(undercurrent, **({"follow": follow} if follow else {}))
    if follow == "lost":
        assert "No order is followed, because this pipeline has no consumer" in words(app)


def test_without_a_warehouse_no_copies_are_listed(course):
    course(("role: warehouse", "role: lake"))
    assert "No copies are listed, because this pipeline has no warehouse" in words(watched("lineage"))


def test_an_order_that_nobody_lost_is_told_with_the_consumers_label(course):
    course()
    said = words(watched("lineage", follow="lost"))
    assert "No copies are listed, because no event was lost on its way to Report on this day" in said


def test_where_no_source_names_a_person_nothing_is_said_to_be_read(course):
    course(("role: source", "role: source, figures: {personal: 0}"))
    assert "Nothing leaks on this day: no event names a person." in words(watched("access"))


def test_where_no_stage_has_the_switch_nobody_is_asked_to_turn_it(course):
    course()
    assert "Turn one" in words(watched("access"))
    assert "Turn one" not in words(watched("encryption"))


def test_an_undercurrent_of_another_name_says_that_it_moves_no_events(course):
    course()
    assert "An undercurrent moves no events" in words(watched("ethics"))


def test_where_no_course_has_such_a_day_none_is_offered(course):
    course()
    assert "each stage keeps its own time" in words(watched("orchestration"))
    assert "scenario=" not in words(watched("orchestration")).split("keeps its own time")[1]


def test_a_label_stands_in_the_tables_as_it_is_written(course):
    course(("label: Store", 'label: "**Store** [x](y)"'))
    for undercurrent in ("access", "observability", "lineage"):
        app = watched(undercurrent)
        assert r"\*\*Store\*\* \[x\](y)" in [cell for row in rows(app) for cell in row]
    assert r"\*\*Store\*\*" in app.select_slider[0].label
