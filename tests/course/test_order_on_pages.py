"""Order 48,213 on the pages: the values and moments that they print are those of the simulated day."""

import re

import pytest

from lifecycle.course.following.artefacts import filled
from lifecycle.course.loading import SHIPPED
from lifecycle.simulation.readings.journey import Journey, follow
from lifecycle.simulation.readings.report import report
from lifecycle.words import clock_s
from tests.course.talks.test_talks_content import COURSE, day
from tests.support.narrow import not_none

SOCKS, OURS = "?seed=7&events=57530&size=batch", 48_213


def text(name: str) -> str:
    return (SHIPPED / name).read_text(encoding="utf-8")


def clock_at(printed: str) -> int:
    """The second of the day of a printed moment, 21:15:28."""
    hours, minutes, seconds = map(int, printed.split(":"))
    return 3600 * hours + 60 * minutes + seconds


@pytest.fixture(scope="module")
def journey() -> Journey:
    return follow(day(SOCKS), OURS, "bi")


def test_the_overview_prints_when_the_order_changed_its_form(journey):
    stays = {stay.stage: stay for stay in journey.stays}
    moments = [
        journey.born_s,
        stays["ingestion"].arrived_s,
        not_none(stays["lake"].left_s),
        stays["warehouse"].arrived_s,
        not_none(stays["bi"].left_s),
    ]
    assert re.findall(r"^(\d\d:\d\d:\d\d)  ", text("lifecycle.md"), re.MULTILINE) == [clock_s(at_s) for at_s in moments]


def test_the_connectors_envelope_says_when_that_day_read_the_order(journey):
    read_s = next(stay.arrived_s for stay in journey.stays if stay.stage == "ingestion")
    assert f'"read_at": "2026-03-14T{clock_s(read_s)}Z"' in text("stages/ingestion.md")


def test_the_report_of_the_join_is_of_the_moment_at_which_the_orchestrator_saw_it_end(journey):
    ended = not_none(re.search(r'"job": "join",.* "to": "([\d:]+)"}', text("stages/orchestration.md"))).group(1)
    report_of_it = text("stages/lineage.md")
    assert f'"eventTime": "2026-03-14T{ended}+01:00"' in report_of_it
    assert '"name": "orders_hourly.join"' in report_of_it
    stays = {stay.stage: stay for stay in journey.stays}
    assert stays["warehouse"].arrived_s - clock_at(ended) == pytest.approx(10, abs=1)


def test_the_orders_customer_is_the_one_whom_the_pages_name(journey):
    stay = journey.stays[0]
    row = filled(not_none(COURSE.places["oltp"].artefact), journey, stay)
    values = not_none(re.search(r"VALUES \((\d+), (\d+), 'socks', ([\d.]+)", row)).groups()
    assert f"VALUES ({', '.join(values[:2])}, 'socks', {values[2]}" in text("stages/oltp.md")
    named = re.compile(r'customer(?:_id)?"?[=:] ?(\d{4})\b')
    pages = [*SHIPPED.glob("stages/*.md"), *SHIPPED.glob("transfers/*.md"), SHIPPED / "lifecycle.md"]
    found = {match for page in pages for match in named.findall(page.read_text(encoding="utf-8"))}
    assert found == {values[1]}


def test_the_api_page_says_how_little_of_its_limit_an_ordinary_day_uses():
    figures = {stage.id: dict(stage.figures) for stage in COURSE.pipeline.stages}
    born = sum(each.get("share", 0.0) for each in figures.values())
    records = COURSE.default.scenario.events * figures["external"]["share"] / born
    page = text("stages/api.md")
    assert f"{records:,.0f} records come at {records / 86_400:.2f} a second" in page
    assert f"{figures['api']['rate_per_s']:g} are allowed" in page


def test_the_assistants_page_says_when_that_day_indexed_the_order(journey):
    chunk = follow(day(SOCKS), OURS, "ai").stays[-1]
    page = text("stages/ai.md")
    assert f'"indexed_at": "2026-03-14 {clock_s(not_none(chunk.left_s))}"' in page
    assert f"the curated storage at {clock_s(chunk_came_s(journey))} and a dashboard at" in page


def chunk_came_s(journey: Journey) -> float:
    """When the row came to the table of which the chunk is made."""
    return next(stay.arrived_s for stay in journey.stays if stay.stage == "warehouse")


def test_the_assistants_page_says_how_old_its_newest_document_gets():
    oldest_s = report(day("?start=push&size=stream&transform=stream")).consumers["ai"].freshness_s.max
    assert f"up to {oldest_s / 60:.0f} minutes old" in text("stages/ai.md")
