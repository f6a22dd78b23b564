"""A flipped switch or a dragged knob is answered by the page itself; what the server then says is the same."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.support.explorer_page import choose, opened
from tests.browser.support.wire import Wire
from tests.support.narrow import not_none

# What was fetched of what the switches would show.
FETCHED = """(many) => performance.getEntriesByType('resource')
    .filter(({ name, responseEnd }) => name.includes('/ahead/') && responseEnd).length >= many"""
# The diagram plays none of these runs any more.
CHANGED = """(runs) => {
    const roots = [...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot);
    return !runs.includes(roots.map((root) => root?.querySelector('.living')).find(Boolean).dataset.run);
}"""
# The figures' values are these.
SETTLED = """(values) => {
    const shown = [...document.querySelectorAll('.st-key-headline [data-testid=stMetricValue]')];
    return shown.map((each) => each.innerText.trim()).join() === values.join();
}"""
# They are others than these.
OTHERS = """(values) => {
    const shown = [...document.querySelectorAll('.st-key-headline [data-testid=stMetricValue]')];
    return shown.map((each) => each.innerText.trim()).join() !== values.join();
}"""
# The script has ended, and every figure says what React, and so the server, has there.
REACTS = """() => {
    const app = document.querySelector('[data-testid=stApp]');
    const texts = [...document.querySelectorAll('.st-key-headline [data-testid=stMetricValue] p')].map((p) => {
        const props = Object.keys(p).find((key) => key.startsWith('__reactProps'));
        return [p.textContent, String(p[props].children)];
    });
    return app.dataset.testScriptState === 'notRunning' && texts.every(([shown, said]) => shown === said);
}"""
WIDTHS = "(bars) => bars.map((bar) => bar.style.width)"
# Every run that the diagram plays from now on.
PLAYED = """() => {
    window.runs = [];
    const roots = [...document.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot);
    const living = roots.map((root) => root?.querySelector('.living')).find(Boolean);
    const watch = new MutationObserver(() => window.runs.push(living.dataset.run));
    watch.observe(living, { attributeFilter: ['data-run'] });
}"""


def held(page: Page, url: str) -> Wire:
    """A page that has fetched what each switch would show, and hears nothing of its server any more."""
    wire = Wire(page)
    opened(page, url)
    page.wait_for_function(FETCHED, arg=3)
    wire.hold()
    return wire


def run(page: Page) -> str:
    """Which run the diagram plays."""
    return str(page.locator(".living").get_attribute("data-run"))


def values(page: Page) -> list[str]:
    return page.locator(".st-key-headline [data-testid=stMetricValue]").all_inner_texts()


def bars(page: Page) -> list[tuple[str, list[str]]]:
    """What the two bars of each figure say, and how wide they are."""
    pairs = page.locator(".st-key-headline .pair").all()
    return [(pair.get_attribute("aria-label") or "", pair.locator("i").evaluate_all(WIDTHS)) for pair in pairs]


def test_diagram_and_figures_are_the_other_runs_before_the_server_has_said_anything(page, app):
    wire = held(page, f"{app}/?seed=31")
    before, figures = run(page), values(page)
    choose(page, "size", "Stream")
    expect(page.locator(".living")).not_to_have_attribute("data-run", before)
    expect(page.locator(".st-key-headline [data-testid=stMetricValue]").first).not_to_have_text(figures[0])
    ahead, shown, drawn = run(page), values(page), bars(page)
    assert drawn[0][1][0] == "100%"
    assert f"before {figures[0]}, now {shown[0]}" == drawn[0][0]
    page.evaluate(PLAYED)
    wire.let_go()
    expect(page).to_have_url(re.compile("size=stream"))
    expect(page.locator(".st-key-headline [data-testid=stMetricDelta]").first).to_contain_text("was")
    assert values(page) == shown
    assert bars(page) == drawn
    assert run(page) == ahead
    assert set(page.evaluate("window.runs")) <= {ahead}  # nor did it go back meanwhile


def test_a_second_flip_before_the_servers_word_waits_for_it(page, app):
    wire = held(page, f"{app}/?seed=32")
    choose(page, "size", "Stream")
    streamed = values(page)
    choose(page, "start", "Push")
    wire.let_go()
    expect(page).to_have_url(re.compile("size=stream&start=push|start=push&size=stream"))
    expect(page.locator(".st-key-headline [data-testid=stMetricDelta]").first).to_be_visible()
    page.wait_for_function(REACTS)
    page.wait_for_function(OTHERS, arg=streamed)  # the script may end once for each of the two clicks


def test_flipped_and_back_at_once_the_page_shows_what_it_did(page, app):
    wire = held(page, f"{app}/?seed=36")
    before, figures = run(page), values(page)
    choose(page, "size", "Stream")
    expect(page.locator(".living")).not_to_have_attribute("data-run", before)
    choose(page, "size", "Batch")
    wire.let_go()
    expect(page.locator(".living")).to_have_attribute("data-run", before)
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_function(SETTLED, arg=figures)
    expect(page).not_to_have_url(re.compile("size=stream"))
    assert run(page) == before


def test_back_before_the_servers_word_leaves_no_figure_of_the_other_run(page, app):
    wire = Wire(page)
    opened(page, f"{app}/?seed=37")
    choose(page, "start", "Push")
    expect(page).to_have_url(re.compile("start=push"))
    page.wait_for_function(FETCHED, arg=6)
    wire.hold()
    pushed = run(page)
    choose(page, "size", "Stream")
    expect(page.locator(".living")).not_to_have_attribute("data-run", pushed)
    page.evaluate("history.back()")
    wire.let_go()
    page.wait_for_function(REACTS)


def test_an_answer_is_not_given_away_where_a_prediction_has_just_been_asked_for(page, app):
    wire = held(page, f"{app}/?seed=38")
    before, figures = run(page), values(page)
    page.get_by_text("Predict first").click()
    choose(page, "size", "Stream")
    wire.let_go()
    expect(page.get_by_text("Before you see it")).to_be_visible()
    assert run(page) == before
    assert values(page) == figures


def test_what_waits_for_a_prediction_is_not_shown_ahead(page, app):
    opened(page, f"{app}/?seed=33")
    page.get_by_text("Predict first").click()
    expect(page.get_by_role("switch", name="Predict first")).to_be_checked()
    before = run(page)
    choose(page, "start", "Push")
    expect(page.get_by_text("Before you see it")).to_be_visible()
    assert run(page) == before


KNOB = ".st-key-knob-ingestion-batch_interval_s"


def thumb(page: Page) -> tuple[float, float]:
    box = not_none(page.locator(f"{KNOB} [data-testid=stSliderThumbValue]").bounding_box())
    track = not_none(page.locator(f"{KNOB} [role=group]").bounding_box())
    return box["x"] + box["width"] / 2, track["y"] + track["height"] / 2


def grasped(page: Page) -> tuple[float, float]:
    x, y = thumb(page)
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def test_a_dragged_knob_is_followed_and_let_go_the_server_says_the_same(page, app):
    wire = held(page, f"{app}/?seed=34&stage=ingestion&view=watch")
    before, figures = run(page), values(page)
    x, y = grasped(page)
    seen = {before}
    for nth in range(1, 4):
        page.mouse.move(x - 60 * nth, y)
        page.wait_for_function(CHANGED, arg=sorted(seen))
        seen.add(run(page))
    assert values(page) != figures
    page.mouse.up()
    page.wait_for_function("window.headwatersDiagrams.get('living-diagram').ahead")
    shown, ahead = values(page), run(page)
    page.evaluate(PLAYED)
    wire.let_go()
    expect(page).to_have_url(re.compile(r"knobs=ingestion\.batch_interval_s"))
    expect(page.locator(".st-key-headline [data-testid=stMetricDelta]").first).to_contain_text("was")
    assert values(page) == shown
    assert run(page) == ahead
    assert set(page.evaluate("window.runs")) <= {ahead}


def test_a_knob_that_is_dragged_before_the_server_has_heard_of_a_flip_waits_for_it(page, app):
    wire = held(page, f"{app}/?seed=39&stage=ingestion&view=watch")
    before = run(page)
    choose(page, "start", "Push")
    expect(page.locator(".living")).not_to_have_attribute("data-run", before)
    pushed = run(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "batch_interval_s" in request.url else None)
    x, y = grasped(page)
    page.mouse.move(x - 80, y)
    expect(page.locator(f"{KNOB} input")).not_to_have_value("6")
    page.mouse.up()
    assert run(page) == pushed  # what was offered is of a pulled day
    assert asked == []
    wire.let_go()
    expect(page).to_have_url(re.compile(r"start=push.*knobs=ingestion|knobs=ingestion.*start=push"))
    page.wait_for_function(REACTS)
    expect(page.locator(".st-key-effect")).to_contain_text("at Ingestion")


def test_a_knob_that_is_dragged_back_shows_what_was_there(page, app):
    wire = held(page, f"{app}/?seed=35&stage=ingestion&view=watch")
    before, figures = run(page), values(page)
    x, y = grasped(page)
    page.mouse.move(x - 80, y)
    expect(page.locator(".living")).not_to_have_attribute("data-run", before)
    page.mouse.move(x, y)
    expect(page.locator(".living")).to_have_attribute("data-run", before)
    page.mouse.up()
    assert values(page) == figures
    wire.let_go()
    expect(page.locator(".living")).to_have_attribute("data-run", before)
    assert values(page) == figures
