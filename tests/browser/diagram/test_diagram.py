"""The living diagram by itself, in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lifecycle.diagram.living import dots, packets
from tests.browser.support import one_day
from tests.browser.support.diagram_page import panel, stage, visit
from tests.browser.support.ink import ink_of

APP = Path(__file__).with_name("diagram_app.py")


@pytest.fixture
def url(serve: Callable[..., str]) -> str:
    return serve(APP)


@pytest.fixture
def diagram(page: Page, url: str) -> Page:
    """The page, paused at half past two: batches on their way, the buffer down."""
    return visit(page, f"{url}/?moment=9300")


@pytest.fixture
def moving_diagram(moving_page: Page, url: str) -> Page:
    """The same, of somebody who has nothing against motion: dots are drawn."""
    return visit(moving_page, f"{url}/?moment=9300")


def focused(page: Page) -> str:
    return page.evaluate("""() => {
        let el = document.activeElement;
        while (el?.shadowRoot?.activeElement) el = el.shadowRoot.activeElement;
        return el?.dataset?.stage ?? el?.className ?? "";
    }""")


def test_a_click_selects_lights_what_is_up_and_downstream_and_dims_the_rest(diagram: Page) -> None:
    stage(diagram, "transform").click()
    expect(panel(diagram)).to_contain_text("Selected: transform")
    expect(stage(diagram, "transform")).to_have_attribute("aria-pressed", "true")
    for lit in ("oltp", "lake", "bi", "transform"):
        expect(stage(diagram, lit)).to_have_class(re.compile(r"\blit\b"))
    for dim in ("archive", "masking"):
        expect(stage(diagram, dim)).not_to_have_class(re.compile(r"\blit\b"))
    expect(diagram.locator("#flow-lake-transform")).to_have_class(re.compile(r"\blit\b"))
    expect(diagram.locator("#flow-lake-archive")).not_to_have_class(re.compile(r"\blit\b"))


def test_a_second_click_on_it_and_escape_both_clear(diagram: Page) -> None:
    stage(diagram, "lake").click()
    expect(panel(diagram)).to_contain_text("Selected: lake")
    stage(diagram, "lake").click()
    expect(panel(diagram)).to_contain_text("Selected: nothing")
    stage(diagram, "bi").click()
    expect(panel(diagram)).to_contain_text("Selected: bi")
    diagram.keyboard.press("Escape")
    expect(panel(diagram)).to_contain_text("Selected: nothing")
    expect(diagram.locator('g.node[aria-pressed="true"]')).to_have_count(0)


def test_the_picture_is_built_once_and_neither_moves_nor_flickers_at_a_rerun(diagram: Page) -> None:
    diagram.get_by_role("button", name="Zoom in").click()
    diagram.evaluate("""() => {
        const root = [...document.querySelectorAll('*')].map(e => e.shadowRoot).find(s => s?.querySelector('.scene'));
        window.marked = root.querySelector('#stage-lake');
        window.removals = 0;
        new MutationObserver(all => all.forEach(m => window.removals += [...m.removedNodes].filter(
            n => n.nodeType === 1 && (n.matches('svg, g.node, g.edge'))).length)
        ).observe(root, {childList: true, subtree: true});
    }""")
    view = diagram.locator(".view").get_attribute("transform")
    diagram.get_by_role("button", name="Rerun").click()
    stage(diagram, "lake").click()
    expect(panel(diagram)).to_contain_text("Selected: lake")
    assert diagram.evaluate("window.marked.isConnected && window.marked.getAttribute('aria-pressed') === 'true'")
    diagram.get_by_role("button", name="Other run").click()
    expect(diagram.locator(".legend")).to_contain_text("1 dot = 5 events (was 10)")
    assert diagram.evaluate("window.marked.isConnected && window.marked.classList.contains('selected')")
    assert diagram.evaluate("window.removals") == 0
    assert diagram.locator(".view").get_attribute("transform") == view


def test_a_selection_in_the_address_is_shown_and_an_unknown_one_selects_nothing(new_page, url: str) -> None:
    page = visit(new_page(), f"{url}/?stage=warehouse&moment=100")
    expect(stage(page, "warehouse")).to_have_attribute("aria-pressed", "true")
    page = visit(new_page(), f"{url}/?stage=%3Cscript%3E&moment=100")
    expect(page.locator('g.node[aria-pressed="true"]')).to_have_count(0)


def test_tab_reaches_the_picture_once_arrows_walk_the_flows_and_enter_selects(diagram: Page) -> None:
    assert diagram.locator('g.node[tabindex="0"]').count() == 1
    stage(diagram, "oltp").focus()
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        diagram.keyboard.press(key)
        walked.append(focused(diagram))
    assert walked == ["jdbc", "ingestion", "buffer", "lake", "buffer"]
    diagram.keyboard.press("ArrowDown")
    assert focused(diagram) == "lake"
    assert diagram.locator('g.node[tabindex="0"]').get_attribute("data-stage") == "lake"
    diagram.keyboard.press("Enter")
    expect(panel(diagram)).to_contain_text("Selected: lake")
    diagram.keyboard.press("ArrowDown")
    diagram.keyboard.press("Space")
    expect(panel(diagram)).to_contain_text("Selected: archive")


def test_arrows_reach_every_place_and_the_loop_leads_home(diagram: Page) -> None:
    stage(diagram, "reverse-etl").focus()
    diagram.keyboard.press("ArrowRight")
    assert focused(diagram) == "external"
    diagram.keyboard.press("ArrowDown")
    assert focused(diagram) == "access"
    diagram.keyboard.press("ArrowRight")
    assert focused(diagram) == "encryption"


def test_slash_searches_filters_and_selects(diagram: Page) -> None:
    diagram.locator("body").press("/")
    box = diagram.get_by_role("combobox", name="Find a stage")
    expect(box).to_be_focused()
    box.type("kafka")
    expect(diagram.locator(".finder [role=option]")).to_have_count(1)
    diagram.keyboard.press("Enter")
    expect(panel(diagram)).to_contain_text("Selected: buffer")
    assert focused(diagram) == "buffer"


def test_escape_closes_the_search_first_and_the_selection_stays(diagram: Page) -> None:
    stage(diagram, "lake").click()
    diagram.keyboard.press("/")
    expect(diagram.get_by_role("combobox", name="Find a stage")).to_be_visible()
    diagram.keyboard.press("Escape")
    expect(diagram.get_by_role("combobox", name="Find a stage")).to_be_hidden()
    expect(stage(diagram, "lake")).to_have_attribute("aria-pressed", "true")


def test_keys_typed_into_a_field_stay_in_the_field(diagram: Page) -> None:
    field = diagram.get_by_label("A field")
    field.click()
    field.type("a / b")
    expect(field).to_have_value("a / b")
    expect(diagram.get_by_role("combobox", name="Find a stage")).to_be_hidden()
    expect(diagram.locator(".living")).to_have_attribute("data-playing", "false")


def test_space_plays_and_pauses_and_the_server_hears_the_moment(diagram: Page) -> None:
    living = diagram.locator(".living")
    diagram.locator("body").press("Space")
    expect(living).to_have_attribute("data-playing", "true")
    diagram.wait_for_function("""() => [...document.querySelectorAll('*')].some(
        e => Number(e.shadowRoot?.querySelector('.living')?.dataset.moment) > 9500)""")
    diagram.locator("body").press("Space")
    expect(living).to_have_attribute("data-playing", "false")
    moment = living.get_attribute("data-moment")
    expect(panel(diagram)).to_contain_text(f"Moment: {moment}.0")
    expect(diagram.get_by_role("status")).to_contain_text("Paused at 02:")


def test_scrubbing_shows_the_moment_and_tells_the_server(diagram: Page) -> None:
    scrub = diagram.get_by_role("slider", name="Time of day")
    scrub.fill("43200")
    expect(scrub).to_have_attribute("aria-valuetext", "12:00")
    expect(panel(diagram)).to_contain_text("Moment: 43200.0")
    expect(diagram.locator(".time")).to_have_text("12:00")


def test_the_dots_on_each_flow_are_those_that_the_frames_say(moving_diagram: Page) -> None:
    frames = one_day.frames(one_day.pipeline())
    scrub = moving_diagram.get_by_role("slider", name="Time of day")
    seen, carried = set(), set()
    for moment in (9300, 30600, 43260, 61260):
        scrub.fill(str(moment))
        drawn = ink_of(moving_diagram)
        assert drawn["stray"] == 0
        for source, target in frames.flows:
            together = packets(frames, (source, target), moment)
            shown = dots(frames, (source, target), moment) + len(together)
            carried |= set(together)
            seen.add(shown)
            flow = moving_diagram.locator(f"#flow-{source}-{target}")
            expect(flow).to_have_attribute("data-tokens", str(shown))
            assert drawn["flows"][f"{source}>{target}"] == {"circles": shown, "inked": shown}
    assert max(seen) > 10
    assert max(carried) > 1000
    assert 0 in seen


def test_a_fault_wears_a_sign_losses_are_counted_and_ages_are_said_in_words(diagram: Page) -> None:
    expect(stage(diagram, "buffer").locator(".badge")).to_be_visible()
    expect(stage(diagram, "lake").locator(".badge")).to_be_hidden()
    expect(stage(diagram, "buffer").locator(".lost:not(.askers)")).to_have_text("−280 lost")
    expect(stage(diagram, "bi").locator(".state")).to_have_text(re.compile("min old"))
    label = stage(diagram, "buffer").get_attribute("aria-label") or ""
    assert label.startswith("Transient storage. stopped now")
    assert "quiz 50 %" in label


def test_the_days_faults_stand_above_the_slider_and_their_words_below_it_on_a_phone_too(
    diagram: Page, new_page: Callable[..., Page], url: str
) -> None:
    (fault,) = one_day.frames(one_day.pipeline(), 120_000).faults
    label = next(stage.label for stage in one_day.pipeline().stages if stage.id == fault.station)
    phone = new_page(390, 844, has_touch=True, is_mobile=True)
    phone.goto(url)
    for page in (diagram, phone):
        expect(page.locator(".marks .struck")).to_have_text(f"{label} stopped, 02:00 to 03:00")
        expect(page.locator(".marks .struck")).to_be_visible()
        mark, way = (page.locator(css).bounding_box() for css in (".faults .fault", ".faults"))
        assert mark
        assert way
        assert (mark["x"] - way["x"]) / way["width"] == pytest.approx(fault.start_s / 86_400, abs=0.01)


def test_the_lake_fills_over_the_day(diagram: Page) -> None:
    scrub = diagram.get_by_role("slider", name="Time of day")
    heights = []
    for moment in ("3600", "43200", "86400"):
        scrub.fill(moment)
        expect(diagram.locator(".time")).to_have_text(re.compile("^(01|12|24):00$"))
        heights.append(float(stage(diagram, "lake").locator(".tank").get_attribute("height") or 0))
    assert heights == sorted(heights)
    assert heights[0] < 5
    assert heights[-1] > 60


def test_the_same_state_stands_in_a_table(diagram: Page) -> None:
    diagram.get_by_text("The same state in words").click()
    row = diagram.get_by_role("row").filter(has=diagram.get_by_role("rowheader", name="Transient storage"))
    expect(row).to_contain_text("280")
    expect(row).to_contain_text("stopped")
    expect(diagram.get_by_role("rowheader")).to_have_count(15)


def test_hovering_shows_the_card_with_the_figures_of_the_moment(diagram: Page) -> None:
    stage(diagram, "buffer").hover()
    card = diagram.get_by_role("tooltip")
    expect(card).to_contain_text("Transient storage")
    expect(card).to_contain_text("Kafka / Kinesis. Holds what the next stage cannot take yet")
    for fact in ("in", "out", "waiting", "busy", "age", "lost", "02:35"):
        expect(card).to_contain_text(fact)
    diagram.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_an_undercurrent_lies_over_the_stages_on_which_it_acts(diagram: Page) -> None:
    stage(diagram, "masking").click()
    expect(panel(diagram)).to_contain_text("Selected: masking")
    expect(stage(diagram, "transform").locator(".mark")).to_be_visible()
    expect(stage(diagram, "lake").locator(".mark")).to_be_hidden()
    assert "PII masking: names become tokens" in (stage(diagram, "transform").get_attribute("aria-label") or "")
    diagram.get_by_label("Lay an undercurrent over the picture").select_option("encryption")
    expect(stage(diagram, "lake").locator(".mark")).to_be_visible()
    expect(stage(diagram, "transform").locator(".mark")).to_be_hidden()


def test_an_undercurrent_says_in_each_box_what_it_does_there(diagram: Page) -> None:
    state = stage(diagram, "ingestion").locator(".state")
    overlay = diagram.get_by_label("Lay an undercurrent over the picture")
    before = state.text_content()
    overlay.select_option("encryption")
    expect(state).to_have_text("one TLS ends")
    expect(stage(diagram, "lake").locator(".state")).to_have_text("keys at rest")
    overlay.select_option("masking")
    expect(state).to_have_text(before or "")
    expect(stage(diagram, "transform").locator(".state")).not_to_have_text("names become tokens")


def test_a_plain_wheel_scrolls_the_page_and_a_wheel_with_control_zooms(diagram: Page) -> None:
    living = diagram.locator(".living")
    stage(diagram, "lake").hover()
    diagram.mouse.wheel(0, -200)
    expect(living).to_have_attribute("data-zoom", "1.00")
    diagram.keyboard.down("Control")
    diagram.mouse.wheel(0, -200)
    diagram.keyboard.up("Control")
    expect(living).not_to_have_attribute("data-zoom", "1.00")
    before = diagram.locator(".view").get_attribute("transform")
    box = diagram.locator(".scene").bounding_box()
    assert box
    diagram.mouse.move(box["x"] + 300, box["y"] + 250)
    diagram.mouse.down()
    diagram.mouse.move(box["x"] + 260, box["y"] + 230, steps=4)
    diagram.mouse.up()
    expect(diagram.locator(".view")).not_to_have_attribute("transform", before or "")
    expect(panel(diagram)).to_contain_text("Selected: nothing")
    diagram.get_by_role("button", name="Fit the whole picture").click()
    expect(living).to_have_attribute("data-zoom", "1.00")
