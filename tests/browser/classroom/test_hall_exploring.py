"""What a hall sees while its presenter explores off the script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.classroom.test_presenting import HEADLINES, ROOT, TALK, begun
from tests.browser.support.shipped_talk import headline, press, started


def exploring(page: Page):
    return page.locator(".st-key-start")


@pytest.mark.flaky(
    reruns=1,
    reason="four windows draw the explorer at once, more than two cores draw in the seconds in which windows agree",
)
def test_what_the_presenter_explores_every_hall_explores_and_comes_back(page, new_page, app):
    """Four windows draw the explorer at the same moments, which takes two cores that do other work half a minute."""
    _, desk_link, hall_link = started(page, app)
    hall_link = app + hall_link[hall_link.index("/present") :]
    page.get_by_role("button", name="Begin on this screen").click()
    expect(page.locator(".join")).to_be_visible()
    halls = [new_page(), new_page(1280, 800)]
    for hall in halls:
        hall.goto(hall_link)
        expect(headline(hall)).to_have_text(HEADLINES[0])
    desk = new_page(1280, 800)
    desk.goto(desk_link)
    number = next(n for n, step in enumerate(TALK.steps) if "start=push" in step.view)
    press(page, str(number + 1), "Enter")
    expect(headline(halls[0])).to_have_text(HEADLINES[number])
    press(page, "e")
    for hall in (page, *halls):
        expect(hall).to_have_url(re.compile("free=1.*start=push"))
    expect(desk.locator("#exploring")).to_be_visible()
    acts: dict[int, list[str]] = {nth: [] for nth in range(3)}
    for nth, window in enumerate((page, *halls)):
        said = acts[nth]
        window.on(
            "request",
            lambda sent, said=said: said.append(sent.post_data_json["action"]) if sent.url.endswith("/act") else None,
        )
    exploring(page).get_by_text("Pull").click()
    for hall in halls:
        expect(hall).not_to_have_url(re.compile("start=push"))
        expect(hall).to_have_url(re.compile("free=1"))
    page.locator(".node[data-stage=lake]").click()  # a fragment's choice, which no other part of the page hears of
    for hall in halls:
        expect(hall).to_have_url(re.compile("stage=lake"))
    assert set(acts[0]) == {"look"}
    assert [acts[1], acts[2]] == [[], []], "who follows does not answer"
    press(page, "e")
    for hall in (page, *halls):
        expect(headline(hall)).to_have_text(HEADLINES[number])
    press(page, "e")
    expect(halls[1]).to_have_url(re.compile("free=1"))
    desk.get_by_role("button", name="Back to the script").click()
    for hall in (page, *halls):
        expect(headline(hall)).to_have_text(HEADLINES[number])


def test_where_a_talk_explores_the_type_grows_and_the_foot_covers_nothing(new_page, app):
    page = new_page(1920, 1080)
    begun(page, app, next(n for n, step in enumerate(TALK.steps) if "Load" in step.show))
    press(page, "e")
    expect(exploring(page)).to_be_visible()
    expect(page.locator(".st-key-charts .js-plotly-plot .xtick text").first).to_be_visible()
    size = "(e) => parseFloat(getComputedStyle(e).fontSize)"
    assert page.locator(".st-key-charts .xtick text").first.evaluate(size) >= 17
    assert page.locator(".st-key-headline [data-testid=stMetricLabel] p").first.evaluate(size) >= 17
    assert page.locator(".living .legend").evaluate(size) >= 16
    for chart in page.locator(".st-key-charts .js-plotly-plot").all():  # the larger letters have their room
        frame = chart.bounding_box()
        for tick in chart.locator(".xtick text, .ytick text").all():
            at = tick.bounding_box()
            assert at["x"] >= frame["x"] - 1
            assert at["y"] + at["height"] <= frame["y"] + frame["height"] + 1
    foot, main = page.locator(".foot"), page.locator("[data-testid=stAppViewContainer]")
    assert main.bounding_box()["y"] + main.bounding_box()["height"] <= foot.bounding_box()["y"] + 1
    assert re.fullmatch(r"rgb\(.*\)", foot.evaluate("(e) => getComputedStyle(e).backgroundColor"))  # no alpha


# Pairs of things that lie over one another, by their words: what is chosen from, and each chart's finding and drawing.
_OVERLAPS = """() => {
    const seen = (all) => [...all].filter((one) => one.checkVisibility() && one.getBoundingClientRect().width);
    const chosen = '.st-key-controls > *, .living .tools > :not(.gap), :is(.st-key-stage, .st-key-follow) [role=group]';
    const roots = [document, ...[...document.querySelectorAll('*')].map((one) => one.shadowRoot).filter(Boolean)];
    const tools = roots.flatMap((root) => seen(root.querySelectorAll(chosen)));
    const charts = seen(document.querySelectorAll('[class*="st-key-chart-"]')).map((chart) =>
        [...seen(chart.querySelectorAll('.stMarkdown p, .legend, .plot, .stDownloadButton button'))]);
    const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return [tools, ...charts].flatMap((group) => group.flatMap((one, i) => group.slice(i + 1)
        .filter((other) => !one.contains(other) && !other.contains(one) && !one.matches('.legend, .plot')
            && over(one.getBoundingClientRect(), other.getBoundingClientRect()))
        .map((other) => [one, other].map((each) => each.textContent.trim().slice(0, 30) || each.className))));
}"""


@pytest.mark.parametrize("size", [(1920, 1080), (900, 900), (1024, 768), (1366, 768)], ids=str)
def test_where_a_talk_explores_the_diagram_is_large_and_nothing_lies_over_anything(new_page, app, size):
    page = new_page(*size)
    begun(page, app, 1)
    press(page, "e")
    expect(exploring(page)).to_be_visible()
    expect(page.locator(".st-key-charts .js-plotly-plot")).to_have_count(2)
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    assert page.evaluate(_OVERLAPS) == []
    picture = page.locator(".living .scene:visible").first.bounding_box()
    assert picture
    assert picture["width"] >= 0.9 * size[0]
    assert picture["height"] >= 0.4 * size[1]
    expect(page.locator(".st-key-header")).to_be_hidden()


# What Streamlit lays over a page when the wire is cut, and whether it was ever painted: it comes some seconds later.
_BOXES = """() => {
    window.boxes = [];
    const seen = () => {
        for (const box of document.querySelectorAll("[data-testid=stDialog], [data-testid=stConnectionStatus]"))
            if (box.checkVisibility()) window.boxes.push(box.textContent.trim());
        requestAnimationFrame(seen);
    };
    seen();
}"""


@pytest.mark.parametrize("exploring", [False, True], ids=["talk", "exploring"])
def test_when_the_server_is_away_a_small_sign_says_so_and_goes_again(own_server, page, tmp_path, exploring):
    server = own_server(ROOT / "app.py", {"HEADWATERS_DATA": str(tmp_path), "HEADWATERS_CONTENT": ""})
    begun(page, server.url, 1)
    if exploring:
        press(page, "e")
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    page.evaluate(_BOXES)
    failed = []
    page.on("requestfailed", lambda asked: failed.append(asked) if "/_stcore/" in asked.url else None)
    server.kill()
    expect(page.locator(".foot .warn")).to_have_text("No connection, trying again")
    # Streamlit's box comes when it has asked a few times in vain; then the page beneath it would be inert
    page.wait_for_function("document.querySelector('.stApp').dataset.testConnectionState === 'PINGING_SERVER'")
    while len(failed) < 14:
        page.wait_for_event("requestfailed")
    assert page.evaluate("window.boxes") == []
    assert page.locator("#root").get_attribute("inert") is None
    expect(page.get_by_role("dialog")).to_have_count(0)
    if not exploring:
        expect(headline(page)).to_be_visible()
        press(page, "b")
        expect(page.locator(".black")).to_be_visible()  # the keys still reach the talk
        press(page, "b")
    server.start()
    expect(page.locator(".foot .warn")).to_be_empty()
    if not exploring:
        expect(headline(page)).to_have_text(HEADLINES[1])
