"""The page by keys and by ear: ways past the navigation, titles of its parts, the order of the diagram, the keys."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from lifecycle.ui.pages.frame import PAGES
from tests.browser.classroom.test_reach import COURSE, FOCUSED, NAME, opened, tab_to
from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import without_charts
from tests.browser.support.live_class import HEADLINES, start
from tests.browser.support.stillness import still


def test_one_link_leads_past_the_navigation(page, app):
    opened(page, f"{app}/?moment=43200")
    still(page)
    assert tab_to(page, "^Skip the navigation$") <= 5
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    page.wait_for_function(f"({FOCUSED})().closest('.st-key-controls') !== null")


def test_another_leads_to_the_diagram_which_is_a_few_steps_away(page, app):
    opened(page, f"{app}/?moment=43200")
    before = tab_to(page, "^Skip to the diagram")
    page.keyboard.press("Enter")
    expect(page.locator("#diagram")).to_be_focused()
    after = tab_to(page, "^stage-")
    assert after <= 5
    assert before + after <= 10
    assert page.evaluate(NAME) == f"stage-{COURSE.pipeline.reading_order[0]}"


def test_the_diagrams_toolbar_is_one_stop_and_arrows_walk_it(page, app):
    without_charts(page, f"{app}/?moment=43200")
    tools = page.get_by_role("toolbar", name="Diagram")
    tools.get_by_role("button", name="Find a stage").focus()
    names = [page.evaluate(NAME)]
    for _ in range(6):
        page.keyboard.press("ArrowRight")
        names.append(page.evaluate(NAME))
    assert len(set(names)) == 7
    page.keyboard.press("ArrowRight")
    assert page.evaluate(NAME) == names[0]
    page.keyboard.press("End")
    assert page.evaluate(NAME) == names[-1]
    page.keyboard.press("Tab")
    assert page.evaluate(NAME).startswith("stage-")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(NAME) == names[-1]


def test_the_diagram_is_read_along_the_flow(page, app):
    without_charts(page, f"{app}/?moment=43200")
    read = page.locator(".scene .node").evaluate_all("nodes => nodes.map((node) => node.dataset.stage)")
    stages = COURSE.pipeline.reading_order
    assert tuple(read[: len(stages)]) == stages
    place = {stage: n for n, stage in enumerate(read)}
    assert all(place[flow.source] < place[flow.target] for flow in COURSE.pipeline.flows if not flow.loop)


@pytest.mark.parametrize("name", [name for name, *_ in PAGES])
def test_every_part_of_a_page_has_a_title_and_no_level_is_left_out(page, app, name):
    if name == "explore":
        opened(page, f"{app}/?stage=lake&moment=43200")
    else:
        page.goto(f"{app}/{name}")
    expect(page.locator(".stMain h2").first).to_be_attached()
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    levels = page.locator(".stMain :is(h1, h2, h3, h4, h5):not(dialog *)").evaluate_all(
        "titles => titles.map((title) => Number(title.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    if name == "explore":
        assert levels.count(2) == 4  # settings, pipeline, the stage, figures and charts


def test_downloads_are_called_by_what_they_bring(page, app):
    opened(page, f"{app}/?stage=lake&moment=43200")
    names = page.locator(".stDownloadButton button:visible").evaluate_all("all => all.map((one) => one.textContent)")
    assert len(names) >= 5
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("address", ["/?stage=lake&moment=43200", "/practice", "/present"])
def test_a_question_mark_shows_the_keys_and_escape_gives_the_focus_back(page, app, address):
    if address.startswith("/?"):
        without_charts(page, app + address)
    else:
        page.goto(app + address)
    where = page.locator(".st-key-header").get_by_role("link", name="Sweep")
    where.focus()
    keys = page.get_by_role("dialog", name="Keys")
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("these keys")
    assert serious_faults(page, ".st-key-keys") == []
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(where).to_be_focused()
    page.locator(".st-key-header").get_by_role("button", name="Keys (?)").click()
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="Close").click()
    expect(keys).to_be_hidden()
    if address.startswith("/?"):
        page.locator(".st-key-stage-panel h2").first.click()  # what scrolls the page has the keys now
        page.keyboard.press("/")
        page.keyboard.type("a?b")  # who types is typing
        expect(keys).to_be_hidden()
        expect(page.get_by_role("combobox", name="Search the course")).to_have_value("a?b")


# Numbers of a still picture that touch a label, a stage, another number, or what stands out of a stage.
COVERED = """() => {
    const scene = [...document.querySelectorAll('*')].map((each) => each.shadowRoot?.querySelector('.scene'))
        .find(Boolean) ?? document.querySelector('.living .scene');
    const all = (selector) => [...scene.querySelectorAll(selector)];
    const counts = all('.count').filter((each) => each.textContent);
    const labels = '.rim, .name, .state, .cluster text, .edge text:not(.count), .lost:not(.off), .badge:not(.off)';
    const bad = [];
    for (const count of counts) {
        const a = count.getBoundingClientRect();
        for (const other of [...all(labels), ...counts.filter((each) => each !== count)]) {
            const b = other.getBoundingClientRect();
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 1 && high > 1) bad.push(`${count.textContent} over ${other.textContent || 'a stage'}`);
        }
    }
    return { shown: counts.length, bad };
}"""


@pytest.mark.parametrize(("width", "least"), [(1440, 5), (1024, 2), (390, 3)])
def test_in_a_still_picture_no_number_covers_anything(new_page, app, width, least):
    page = opened(new_page(width, 900), f"{app}/?moment=43200&scenario=consumer-crash&size=stream&start=push")
    shown = set()
    for _ in range(6):
        found = page.evaluate(COVERED)
        assert found["bad"] == []
        shown.add(found["shown"])
        page.locator(".living").get_by_role("slider", name="Time of day").press("PageUp")
    assert max(shown) >= least


def test_the_desk_shows_its_keys_and_takes_none_meanwhile(page, site, folder):
    lesson = start(site, folder)
    page.goto(lesson.desk)
    expect(page.locator("#headline")).to_have_text(HEADLINES[0])
    keys = page.get_by_role("dialog", name="Keys")
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    assert serious_faults(page) == []
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(page.locator("#headline")).to_have_text(HEADLINES[0])
    page.keyboard.press("End")
    expect(page.locator("#headline")).to_have_text(HEADLINES[-1])
