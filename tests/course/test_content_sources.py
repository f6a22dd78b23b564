"""The course that comes with the program says where its facts come from: on every place's page, beside every figure."""

import re

import pytest

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from lifecycle.course.sources import cited
from tests.course.test_content import PLACES

# A figure about one of these is a claim about the world, which only its owner or a measurement can support.
PRODUCTS = re.compile(
    r"\b(Airflow|Athena|AWS|Azure|BigQuery|Confluent|Databricks|Debezium|Delta Lake|DynamoDB|Fivetran|Glacier|Iceberg|"
    r"Kafka|Kinesis|KMS|Kubernetes|Logback|MySQL|OpenTelemetry|Parquet|Postgres|Power BI|Pub/Sub|Pulsar|Redis|Redshift|"
    r"S3|Salesforce|Shopify|Snowflake|Spark|Stripe)\b"
)
FIGURE = re.compile(
    r"\b\d[\d.,]*\s?(%|ms|s|min|minutes|hours|h|days|years|[kKMGTP]i?B|MB/s|dollars|files|connections|records|partitions)"
    r"(?![\w%])"
)
REPEATS = "Common misconception"  # it turns over what the sections above have said and cited
LEAST_SOURCES, LEAST_SECTIONS = 5, 4


@pytest.fixture(scope="module")
def course():
    return load(SHIPPED)


def _ids(text: str) -> set[str]:
    return {each.id for _, _, found in cited(text) for each in found or ()}


def _blocks(text: str) -> list[str]:
    """Paragraphs, each with the table that it leads to, and points of lists: what is taken in at one glance."""
    return [block for block in re.split(r"\n\s*\n(?!\|)|\n(?=- |\d+\. )", text) if block.strip()]


def _unsupported(text: str) -> list[str]:
    return [each for each in _blocks(text) if PRODUCTS.search(each) and FIGURE.search(each) and not _ids(each)]


def test_the_rule_finds_a_products_figure_without_a_source_beside_it():
    text = "- S3 waits 30 days [@s3].\n- Kafka waits 7 days.\n\nWe wait 7 days.\n\nPrices:\n\n| Spark | 4 GB |"
    assert _unsupported(text) == ["- Kafka waits 7 days.", "Prices:\n\n| Spark | 4 GB |"]


@pytest.mark.parametrize("place", PLACES)
def test_each_place_cites_several_sources_in_most_of_its_sections(course, place):
    sections = [section for section in course.places[place].sections if section.heading != REPEATS]
    assert len(set().union(*(_ids(section.markdown) for section in sections))) >= LEAST_SOURCES
    citing = [section.heading for section in sections if _ids(section.markdown)]
    assert len(citing) >= LEAST_SECTIONS, citing
    assert {"The physics", "What the field uses"} <= set(citing)


@pytest.mark.parametrize("place", PLACES)
def test_each_figure_about_a_product_stands_beside_a_source(course, place):
    sections = [section for section in course.places[place].sections if section.heading != REPEATS]
    assert [block for section in sections for block in _unsupported(section.markdown)] == []


def test_each_way_to_move_data_cites(course):
    assert [(each.start, each.size) for each in course.transfers if not _ids(each.markdown)] == []


def test_each_section_of_what_cuts_across_the_stages_cites_or_links_to_a_day_that_shows_it(course):
    sections = course.overview.sections
    assert [each.heading for each in sections if not _ids(each.markdown) and "](?scenario=" not in each.markdown] == []
