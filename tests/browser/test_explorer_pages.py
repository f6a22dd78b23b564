"""The explorer among the other pages and screens, with courses of one's own and links that leave things out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lifecycle.course import load
from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import choose, opened, panel_title, ready
from tests.browser.support.stillness import still
from tests.support.narrow import not_none

ROOT = Path(__file__).parents[2]
COURSE = load(ROOT / "content")


def settled(page: Page) -> None:
    """Wait for the page to stand still: every element here, dressed, every transition of a colour over."""
    page.wait_for_function("getComputedStyle(document.querySelector('.st-key-header')).minHeight === '32px'")
    still(page)


@pytest.mark.parametrize("path", ["/practice", "/"])
def test_a_page_opened_first_on_a_cold_server_stands_in_the_frame(serve, page, tmp_path, path):
    url = serve(ROOT / "app.py", {"HEADWATERS_DATA": str(tmp_path)})
    page.goto(url + path)
    expect(page.get_by_role("heading", name="Headwaters")).to_be_visible()


def test_changing_pages_keeps_the_place(page, app):
    opened(page, f"{app}/?stage=lake&start=push")
    page.locator(".st-key-header").get_by_text("Practice").click()
    expect(page.locator(".st-key-review")).to_be_visible()
    page.locator(".st-key-header").get_by_text("Explore").click()
    ready(page)
    expect(panel_title(page)).to_have_text(COURSE.places["lake"].title)
    expect(page).to_have_url(re.compile("start=push"))


def test_the_plain_list_of_stages_shows_the_whole_again_when_it_is_cleared_and_lies_over_no_paper(page, app):
    opened(page, f"{app}/?stage=lake")
    plain = page.locator(".st-key-stage")
    plain.get_by_label("Clear value").click()
    expect(panel_title(page)).to_have_text(COURSE.pipeline.title)
    expect(page).not_to_have_url(re.compile("stage="))
    expect(page.locator(".node[aria-pressed=true]")).to_have_count(0)
    page.emulate_media(media="print")
    expect(plain).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080)])
def test_on_a_desk_the_explorer_is_one_screen(new_page, app, width, height):
    page = opened(new_page(width, height), f"{app}/?stage=lake")
    for chart in page.locator(".st-key-charts .js-plotly-plot").all():
        box = not_none(chart.bounding_box())
        assert box["y"] + box["height"] <= height
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_on_a_phone_it_is_one_column_in_the_order_of_reading(new_page, app):
    page = opened(new_page(390, 844, has_touch=True, is_mobile=True), f"{app}/?stage=lake")
    tops = [
        not_none(page.locator(f".st-key-{key}").bounding_box())["y"]
        for key in ("controls", "diagram", "stage-panel", "charts")
    ]
    assert tops == sorted(tops)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.locator("#stage-warehouse").tap()
    expect(panel_title(page)).to_have_text(COURSE.places["warehouse"].title)


@pytest.mark.parametrize(
    "path",
    ["/?stage=lake", "/?stage=lake&view=quiz", "/?stage=ingestion&view=watch", "/practice", "/present", "/believe"],
)
def test_axe_finds_nothing_serious_in_our_own_content_by_day_and_by_night(page, app, path):
    page.goto(app + path)
    shown = page.locator(
        ".st-key-quiz, .st-key-review, .living[data-ready=true], .st-key-talk-papers-push-or-pull, "
        ".st-key-believe-two-ways [data-testid=stExpander]"
    )
    expect(shown.first).to_be_visible()
    settled(page)
    assert serious_faults(page, ".stMain") == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).backgroundColor === 'rgb(15, 23, 28)'")
    settled(page)
    assert serious_faults(page, ".stMain") == []


@pytest.mark.parametrize("width", [1440, 390])
def test_a_sweep_is_made_shown_and_opened_on_the_diagram(new_page, app, width):
    page = new_page(width, 900)
    page.goto(app + "/sweep")
    expect(page.locator(".st-key-sweep-start button")).to_be_visible()
    settled(page)  # a run that ends closes a list that is open
    page.locator(".st-key-sweep-steps input").click()
    page.get_by_role("option", name="5", exact=True).click()
    page.locator(".st-key-sweep-start button").click()
    expect(page.locator(".st-key-sweep .js-plotly-plot")).to_be_visible()
    settled(page)
    assert serious_faults(page, ".stMain") == []
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")
    page.get_by_role("link", name="See it on the diagram").click()
    expect(page.locator(".living[data-ready=true]")).to_be_visible()
    assert "knobs=ingestion.batch_interval_s" in page.url


@pytest.mark.parametrize("width", [1440, 390])
def test_runs_are_kept_compared_shared_and_opened_again(new_page, app, width):
    page = opened(new_page(width, 900), f"{app}/?events=3000")
    page.get_by_role("button", name="Keep to compare").click()
    expect(page.locator(".st-key-keep")).to_contain_text("Kept to compare (1)")
    choose(page, "size", "Stream")
    page.get_by_role("button", name="Keep to compare").click()
    expect(page.locator(".st-key-keep")).to_contain_text("Kept to compare (2)")
    page.locator(".st-key-header").get_by_role("link", name="Compare").click()
    runs = page.locator(".st-key-compare-runs")
    expect(runs.get_by_role("link")).to_contain_text(["in batches", "as a stream"])
    expect(page.locator(".st-key-compare .js-plotly-plot")).to_have_count(3)
    settled(page)
    assert serious_faults(page, ".stMain") == []
    assert page.evaluate("document.querySelector('.stMain').scrollWidth <= innerWidth")
    page.get_by_role("button", name="Is it chance?").click()
    expect(page.get_by_text("Every run was simulated on the same 10 days")).to_be_visible()
    shared = new_page(width, 900)
    shared.goto(page.url)
    expect(shared.locator(".st-key-compare-runs").get_by_role("link")).to_contain_text(["in batches", "as a stream"])
    runs.get_by_role("link", name="as a stream").click()
    ready(page)
    expect(page).to_have_url(re.compile("size=stream"))
    assert "runs=" not in page.url


def test_a_teams_own_course_is_served_and_a_hostile_one_stays_text(serve, page, tmp_path):
    folder = tmp_path / "course"
    (folder / "stages").mkdir(parents=True)
    (folder / "pipeline.yaml").write_text(
        "title: Ours & theirs\n"
        "zones: [{id: all, label: 'All & everything'}]\n"
        "stages:\n"
        "  - {id: shop, zone: all, label: 'Shop \"A\" & co', role: source}\n"
        "  - {id: desk, zone: all, label: Desk, role: consumer}\n"
        "flows: [{from: shop, to: desk}]\n",
        encoding="utf-8",
    )
    for place in ("shop", "desk"):
        (folder / "stages" / f"{place}.md").write_text(
            f"---\ntitle: The {place}\nsummary: Costs $5 and $6.\n---\n## What it is\nPlain *words* for 5 < 6.\n",
            encoding="utf-8",
        )
    url = serve(ROOT / "app.py", {"HEADWATERS_CONTENT": str(folder), "HEADWATERS_DATA": str(tmp_path / "data")})
    opened(page, f"{url}/?stage=shop")
    expect(page.locator("#stage-shop")).to_contain_text('Shop "A" & co')
    expect(panel_title(page)).to_have_text("The shop")
    expect(page.locator(".st-key-stage-panel")).to_contain_text("Costs $5 and $6.")
    page.locator("#stage-desk").click()
    expect(panel_title(page)).to_have_text("The desk")

    (folder / "stages" / "desk.md").write_text(
        "---\ntitle: x\nsummary: y\n---\n## A\n<script>alert(1)</script>\n", encoding="utf-8"
    )
    page.reload()
    expect(page.get_by_role("alert").first).to_contain_text("fault")
    expect(page.locator(".st-key-stage-panel")).to_be_visible()
    assert page.locator("script", has_text="alert(1)").count() == 0


def test_a_teachers_link_leaves_out_what_was_chosen_and_opens_the_same_experiment(page, new_page, app):
    opened(page, f"{app}/?start=push&stage=buffer")
    page.get_by_role("button", name="More").click()
    page.get_by_text("A link for learners", exact=True).click()
    page.locator(".st-key-hand-out-hides input").click()
    page.get_by_role("option", name="The list of scenarios").click()
    page.get_by_role("option", name="Quiz").click()
    link = page.locator(".st-key-hand-out-link code")
    expect(link).to_contain_text("hide=scenario%2Cquiz")
    learner = opened(new_page(), link.inner_text())
    expect(learner.get_by_role("tab", name="Watch")).to_be_visible()
    expect(learner.get_by_role("tab", name="Quiz")).to_have_count(0)
    expect(learner.locator(".st-key-scenario")).to_have_count(0)
    expect(learner.locator(".st-key-start").get_by_role("radio", name="Push")).to_be_checked()
