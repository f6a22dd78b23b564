"""The course that comes with the program: whole, checked, and asked about everywhere."""

import re

import pytest

from lifecycle.course import check, load
from lifecycle.course.citing import DEFAULTS
from lifecycle.course.loading import SHIPPED
from lifecycle.documents import read_yaml
from tests.support.narrow import not_none

SECTIONS = [
    "What it is",
    "The physics",
    "The trade-off",
    "What breaks",
    "What the field uses",
    "Common misconception",
]


def _places() -> list[str]:
    root, _ = read_yaml((SHIPPED / "pipeline.yaml").read_text(encoding="utf-8"), "pipeline.yaml")
    return [place["id"] for key in ("stages", "undercurrents") for place in not_none(root).plain[key]]


PLACES = _places()


@pytest.fixture(scope="module")
def course():
    return load(SHIPPED)


def test_the_course_checks_clean():
    assert "\n".join(map(str, check(SHIPPED))) == ""


def test_the_map_has_sixteen_stages_in_three_zones_and_seven_undercurrents(course):
    assert PLACES == [
        "oltp", "telemetry", "external", "api", "jdbc", "logs", "ingestion",
        "buffer", "lake", "transform", "warehouse", "archive", "bi", "ml", "ai", "reverse-etl",
        "access", "encryption", "masking", "orchestration", "observability", "data-quality", "lineage",
    ]  # fmt: skip
    assert [zone.id for zone in course.pipeline.zones] == ["upstream", "midstream", "downstream"]
    assert [(flow.source, flow.target) for flow in course.pipeline.flows if flow.loop] == [("reverse-etl", "external")]


@pytest.mark.parametrize("place", PLACES)
def test_each_place_is_explained_in_six_sections(course, place):
    assert [section.heading for section in course.places[place].sections] == SECTIONS
    for section in course.places[place].sections:
        assert len(section.markdown.split()) >= 20, section.heading


@pytest.mark.parametrize("place", [*PLACES, "lifecycle"])
def test_each_place_is_asked_about_at_least_four_times(course, place):
    found = course.overview if place == "lifecycle" else course.places[place]
    assert len(found.questions) >= 4


@pytest.mark.parametrize("place", [*PLACES, "lifecycle"])
def test_each_wrong_option_says_why_it_is_wrong(course, place):
    found = course.overview if place == "lifecycle" else course.places[place]
    for question in found.questions:
        for option in question.options:
            assert option.right or option.feedback.strip(), f"{question.id}: {option.text}"


@pytest.mark.parametrize("place", [*PLACES, "lifecycle"])
def test_each_question_explains_its_answer_and_has_an_id_of_its_own(course, place):
    found = course.overview if place == "lifecycle" else course.places[place]
    text = (SHIPPED / "quizzes" / f"{place}.md").read_text(encoding="utf-8")
    for question in found.questions:
        assert question.explanation.strip(), question.id
        assert f"question: {question.id}" in text


@pytest.mark.parametrize("undercurrent", ["access", "encryption", "masking"])
def test_each_undercurrent_acts_somewhere(course, undercurrent):
    assert course.pipeline.by_id[undercurrent].acts


@pytest.mark.parametrize("undercurrent", ["access", "encryption", "masking"])
def test_each_undercurrent_says_on_the_picture_what_it_does_at_every_stage(course, undercurrent):
    acts = course.pipeline.by_id[undercurrent].acts
    assert {act.stage for act in acts} == {stage.id for stage in course.pipeline.stages}
    few = [act.short for act in acts]
    assert all(few)
    assert len(set(few)) == len(few), "each stage its own words"


def test_a_transfer_is_acted_by_the_stages_of_the_diagram(course):
    for transfer in course.transfers:
        cast = re.findall(r"^ *participant (\S+)(?: as (.*))?$", transfer.mermaid, re.MULTILINE)
        stages = [(id, name) for id, name in cast if id in course.pipeline.by_id]
        assert len(stages) >= 3, transfer.title
        assert all(name == course.pipeline.by_id[id].label for id, name in stages)
        assert "ingestion" in dict(stages)


def test_all_four_transfers_are_shown(course):
    assert {(each.start, each.size) for each in course.transfers} == {
        (start, size) for start in ("pull", "push") for size in ("batch", "stream")
    }


def test_every_kind_of_day_can_be_chosen(course):
    assert {named.scenario.arrivals for named in course.scenarios} == {"steady", "daily", "spike", "real-day"}


def test_what_the_defaults_of_the_simulation_and_of_the_price_book_cite_is_in_the_list_of_sources(course):
    assert {"kafka-docs", "s3-pricing"} <= DEFAULTS <= set(course.sources)
