"""Marks keep clear of what they stand beside: signs and losses of flows and words, the clock's of its words."""

import re

import pytest
from playwright.sync_api import expect

# Signs of faults, losses and queues that touch a flow, a word or each other; and stretches of the clock over words.
TOUCHED = """() => {
    const roots = [...document.querySelectorAll('*')].map((each) => each.shadowRoot);
    const root = roots.find((each) => each?.querySelector('.scene')) ?? document;
    const all = (selector) => [...root.querySelectorAll(selector)].filter((each) => each.getBoundingClientRect().width);
    const over = (a, b, least) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > least &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > least;
    const marks = all('.badge:not(.off) .sign, .lost:not(.off)');
    const words = all('.name, .state, .cluster text, .edge text').filter((each) => each.textContent);
    const flows = all('g.edge path:first-of-type:not(.hit)').flatMap((path) => {
        const to = path.getScreenCTM(), steps = Math.ceil(path.getTotalLength() / 2) + 1;
        return Array.from({ length: steps }, (_, i) => path.getPointAtLength(2 * i).matrixTransform(to));
    });
    const bad = [];
    marks.forEach((mark, nth) => {
        const a = mark.getBoundingClientRect(), called = mark.textContent || 'the sign';
        for (const b of [...words, ...marks.slice(nth + 1)])
            if (over(a, b.getBoundingClientRect(), 2)) bad.push(`${called} over ${b.textContent || 'a sign'}`);
        const within = ({ x, y }) => x > a.left + 2 && x < a.right - 2 && y > a.top + 2 && y < a.bottom - 2;
        if (flows.some(within)) bad.push(`${called} over a flow`);
    });
    const way = root.querySelector('.faults').getBoundingClientRect();
    const stretches = all('.faults span');
    for (const stretch of stretches) {
        const a = stretch.getBoundingClientRect();
        for (const b of all('.marks li, .time, .legend'))
            if (over(a, b.getBoundingClientRect(), 1)) bad.push(`the clock's mark over ${b.textContent}`);
        if (a.left < way.left - 1 || a.right > way.right + 1) bad.push("the clock's mark beyond the clock");
    }
    return { bad, marks: marks.length, stretches: stretches.length };
}"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    ("scenario", "moment"),
    [("double-run", 43_500), ("consumer-crash", 28_800), ("monday-dashboards", 34_200), ("catcher-down", 52_200)],
)
def test_marks_of_the_diagram_and_of_the_clock_cover_no_flow_and_no_word(
    new_page, app, motion, width, scenario, moment
):
    page = new_page(width, 900, reduced_motion=motion)
    page.goto(f"{app}/?scenario={scenario}&moment={moment}")
    # the address's moment comes after the run, which in between plays from a moment of its own
    expect(page.locator(f".living[data-ready=true][data-moment='{moment}'][data-playing=false]")).to_be_visible()
    expect(page.locator(".marks li").first).to_be_visible()
    found = page.evaluate(TOUCHED)
    assert found["marks"] >= 1
    assert found["stretches"] >= 1
    assert found["bad"] == []


def test_a_mark_leads_the_clock_there_and_when_it_is_caught_up_is_said_once_the_clock_has_been_there(page, app):
    page.goto(f"{app}/?scenario=consumer-crash&moment=30600")
    living, caught = page.locator(".living"), page.locator(".marks .made-up")
    expect(living.and_(page.locator("[data-ready=true][data-moment='30600']"))).to_be_visible()
    expect(caught).to_have_count(1)
    expect(caught).to_be_hidden()
    expect(page.locator(".faults .caught")).to_be_hidden()
    page.get_by_role("button", name="Transient storage stopped").click()
    expect(living).to_have_attribute("data-moment", "7200")
    page.get_by_role("slider", name="Time of day").fill("39600")
    expect(caught).to_have_text("All caught up at 10:06")
    expect(page.locator(".faults .caught")).to_be_visible()
    page.get_by_role("button", name="All caught up").click()
    expect(page.locator(".time")).to_have_text("10:06")
    expect(page).to_have_url(re.compile("moment=36360"))
    page.get_by_role("radio", name="Stream").first.click()
    expect(caught).to_have_text(re.compile("All caught up at"))
