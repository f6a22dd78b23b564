"""An order that is followed in a browser: the gold dot keeps to its journey, and the ribbon leads the clock."""

import re

import pytest
from playwright.sync_api import Page, expect

from lifecycle.course import SHIPPED, load
from lifecycle.diagram.following.pace import drawn
from lifecycle.diagram.journey_words import journey_words
from lifecycle.simulation.day.run import simulate
from lifecycle.simulation.model.kinds import Size
from lifecycle.simulation.model.scenario import Scenario
from lifecycle.simulation.readings.journey import Pick, choose, follow
from lifecycle.simulation.readings.moves import HOP_S
from lifecycle.words import clock_s
from tests.browser.support.accessibility import serious_faults
from tests.support.narrow import not_none

COURSE = load(SHIPPED)
LABELS = {stage.id: stage.label for stage in COURSE.pipeline.stages}
EVENTS = 20_000
RUN = simulate(COURSE.pipeline.network, Scenario(events=EVENTS))
EVENT = choose(RUN, Pick.SLOWEST, "bi")
JOURNEY = follow(RUN, EVENT, "bi")
# From when to when it is drawn at each stage.
AT = drawn(RUN, JOURNEY)

LIVING = "[...document.querySelectorAll('*')].map((each) => each.shadowRoot?.querySelector('.living')).find(Boolean)"
# What the diagram shows at each painting until the clock rests: the moment, and where the dot is.
WATCHED = f"""() => new Promise((resolve) => {{
    const living = {LIVING}, seen = [];
    const look = () => {{
        seen.push([window.headwatersMoment, living.dataset.followed]);
        if (living.dataset.playing === 'false') resolve(seen);
        else requestAnimationFrame(look);
    }};
    look();
}})"""
# The middle of a dot on a wire, on the screen: as circles, which is how paper gets them.
DOT = f"""(wire) => {{
    window.dispatchEvent(new Event('beforeprint'));
    const dots = {LIVING}.querySelectorAll(`.dots[data-flow="${{wire}}"] .dot`);
    const boxes = [...dots].map((dot) => dot.getBoundingClientRect());
    const {{ x, y, width, height }} = boxes[boxes.length >> 1];
    window.dispatchEvent(new Event('afterprint'));
    return [x + width / 2, y + height / 2];
}}"""


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    return page


def moment(page: Page) -> float:
    return float(page.evaluate("window.headwatersMoment"))


def test_the_dot_keeps_to_the_journey_and_the_address_to_the_order(moving_page, app):
    page = opened(moving_page, f"{app}/?events={EVENTS}")
    expect(page.locator(".follow")).to_be_hidden()
    page.locator(".living .speed").select_option("30")
    page.locator(".st-key-follow").get_by_role("combobox").click()
    page.get_by_role("option", name="the slowest").click()
    expect(page.locator(".follow")).to_be_visible()
    assert f"follow={EVENT}" in page.url
    expect(page.locator(".follow-tag")).to_contain_text(f"order {EVENT:,} ·")
    expect(page.locator(".ribbon-of").first).to_contain_text(journey_words(JOURNEY, LABELS))

    seen = page.evaluate(WATCHED)
    for moment_s, place in seen:
        if ">" in place:
            left_s, came_s = AT[place.split(">")[0]][1], AT[place.split(">")[1]][0]
            assert left_s - 1e-6 <= moment_s <= came_s + 1e-6, "on a wire only with its packet"
        else:
            came_s, left_s = AT[place]
            assert came_s - 1e-6 <= moment_s <= left_s + 1e-6
    assert sum(">" in place for _, place in seen) >= 3
    assert len({place for _, place in seen}) >= 8
    assert seen[-1] == [pytest.approx(AT["bi"][1]), "bi"]
    expect(page.locator(".gold-words")).to_contain_text("visible after")

    parts = page.locator(".ribbon:not(.beside) .bar .part")
    widths = parts.evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().width)")
    buttons = page.locator(".parts button")
    assert len(widths) == buttons.count()
    wide = sum(widths)
    waited_s = max(wait.seconds for stay in JOURNEY.stays for wait in stay.waits)
    assert max(widths) / wide == pytest.approx(waited_s / not_none(JOURNEY.latency_s), abs=0.005)

    lake_s, _ = AT["lake"]
    page.locator(".parts button", has_text="Raw storage").click()
    assert moment(page) == lake_s
    expect(page.locator(".artefact code")).to_contain_text(f'"order_id": {EVENT}')
    expect(page.locator(".parts [aria-current=step]")).to_contain_text("Raw storage")
    page.wait_for_url(re.compile(f"moment={round(lake_s)}.*follow={EVENT}"))

    page.reload()
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    expect(page.locator(".follow-tag")).to_contain_text(f"order {EVENT:,} ·")
    assert moment(page) == round(lake_s)
    expect(page.locator(".living")).to_have_attribute("data-playing", "false")
    while "follow" in page.url:
        page.go_back()
    expect(page.locator(".follow")).to_be_hidden()
    expect(page.locator(".gold:not(.off)")).to_have_count(0)


def test_who_wants_nothing_to_move_steps_from_stage_to_stage_by_keyboard_and_a_switch_keeps_the_order(page, app):
    opened(page, f"{app}/?events={EVENTS}&follow={EVENT}")
    living = page.locator(".living")
    expect(page.locator(".follow")).to_be_visible()
    expect(living).to_have_attribute("data-playing", "false")
    expect(living).to_have_attribute("data-followed", JOURNEY.stays[0].stage)
    later = page.get_by_role("button", name="To the next stage")
    later.focus()
    for stay in JOURNEY.stays[1:]:
        page.keyboard.press("Enter")
        expect(living).to_have_attribute("data-followed", stay.stage)
        assert moment(page) == AT[stay.stage][0]
        expect(page.locator(".follow-now")).to_contain_text(f" {clock_s(stay.arrived_s)}")
    page.get_by_role("button", name="To the stage before").click()
    expect(living).to_have_attribute("data-followed", JOURNEY.stays[-2].stage)
    assert serious_faults(page, ".st-key-diagram") == []

    page.locator(".st-key-size").get_by_role("radio", name="Stream").click()
    other = follow(simulate(COURSE.pipeline.network, Scenario(events=EVENTS, size=Size.STREAM)), EVENT, "bi")
    expect(page.locator(".ribbon-of").first).to_contain_text(journey_words(other, LABELS))
    expect(page.locator(".beside .ribbon-of")).to_contain_text(journey_words(JOURNEY, LABELS))
    expect(page.locator(".parting")).to_contain_text("In the stream run it")


def test_a_dot_that_is_clicked_is_followed_and_said_and_the_page_keeps_its_style(moving_page, app):
    page = opened(moving_page, f"{app}/?events={EVENTS}&moment=50400")
    expect(page.locator(".living")).to_have_attribute("data-playing", "false")
    x, y = page.evaluate(DOT, "telemetry>logs")
    page.mouse.click(x, y)
    page.wait_for_url(re.compile(r"follow=\d+"))
    event = int(re.findall(r"follow=(\d+)", page.url)[0])
    expect(page.locator(".follow-tag")).to_contain_text(f"order {event:,} ·")
    expect(page.get_by_test_id("stToast")).to_contain_text("an order of this packet, from Telemetry to Log files")
    assert page.locator(".st-key-header").evaluate("(header) => getComputedStyle(header).minHeight") == "32px"
    stays = follow(RUN, event, "bi").stays
    assert stays[0].stage == "telemetry"
    assert 50_400 - HOP_S - 60 <= not_none(stays[0].left_s) <= 50_400
