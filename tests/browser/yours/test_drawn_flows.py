"""Flows drawn in the picture of one's own pipeline, by mouse, by finger, by two clicks and by keys; and its map."""

from __future__ import annotations

import re
import signal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import settled
from tests.browser.yours.test_own_pipeline import node, sample

UNDO = "Undo: connect customers_loyal to late_parcels"
LARGE = "\n".join([
    "flowchart LR",
    *(f"subgraph {name}\n" + "\n".join(f"{name}{n}" for n in range(25)) + "\nend" for name in ("raw", "marts")),
    *(f"raw{n} --> marts{n}" for n in range(25)),
    *(f"alone{n} --> raw{n}" for n in range(15)),
])  # fmt: skip


def middle(part: Locator) -> tuple[float, float]:
    box = part.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def body(page: Page, stage: str) -> tuple[float, float]:
    return middle(node(page, stage).locator(".body"))


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press and go there, without letting go."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)


def finger(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a finger over the screen."""
    touch = page.context.new_cdp_session(page)
    for part in range(9):
        x, y = (a + (b - a) * part / 8 for a, b in zip(start, end, strict=True))
        kind = "touchMove" if part else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def living(page: Page) -> Locator:
    return page.locator(".living:visible")


def live(page: Page) -> Locator:
    return page.locator(".living [aria-live]")


def undo(page: Page) -> Locator:
    return page.get_by_role("button", name=UNDO)


def in_view(page: Page, stage: str) -> bool:
    """Whether the middle of a node is in the window on the picture."""
    (x, y), box = body(page, stage), page.locator(".living div.stage").bounding_box()
    assert box
    return box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"]


def test_a_flow_is_drawn_by_dragging_from_node_to_node_and_undone(page, app):
    sample(page, app)
    drag(page, body(page, "customers-loyal"), body(page, "late-parcels"))
    expect(node(page, "late-parcels")).to_have_class(re.compile(r"\baim\b"))
    expect(page.locator(".living .hint")).to_have_text("customers_loyal → late_parcels")
    expect(page.locator(".living .rubber")).to_have_count(1)
    page.mouse.up()
    expect(undo(page)).to_be_enabled()
    expect(page.locator("[id$='flow-customers-loyal-late-parcels']").first).to_be_attached()
    expect(live(page)).to_have_text("customers_loyal leads to late_parcels now. Undo takes that back.")
    expect(page.locator(".living .rubber")).to_have_count(0)
    expect(living(page)).to_have_attribute("data-selected", "customers-loyal")  # whose ways are lit, the new one too
    undo(page).click()
    expect(page.locator("[id$='flow-customers-loyal-late-parcels']")).to_have_count(0)


def test_what_is_joined_already_and_a_node_with_itself_are_refused_in_words(page, app):
    sample(page, app)
    refusal = page.locator(".st-key-draft-form").get_by_role("alert")
    drag(page, body(page, "stg-customers"), body(page, "customers-loyal"))
    page.mouse.up()
    expect(refusal).to_contain_text("Nothing was changed: stg_customers leads to customers_loyal already")
    drag(page, body(page, "stg-customers"), (700, 200))
    page.mouse.move(*body(page, "stg-customers"), steps=4)
    page.mouse.up()
    expect(refusal).to_contain_text("Nothing was changed: stg_customers cannot lead to itself")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_line_is_dropped_beside_the_nodes_and_by_escape_and_a_click_still_chooses(page, app):
    sample(page, app)
    start = body(page, "customers-loyal")
    drag(page, start, (start[0] + 330, start[1] - 60))
    expect(living(page)).to_have_class(re.compile(r"\bjoining\b"))
    page.mouse.up()
    expect(living(page)).not_to_have_class(re.compile(r"\bjoining\b"))
    expect(live(page)).to_have_text("The flow is dropped; nothing was joined.")
    drag(page, start, body(page, "late-parcels"))
    page.keyboard.press("Escape")
    expect(page.locator(".living .rubber")).to_have_count(0)
    page.mouse.up()
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 9, start[1] + 4, steps=3)  # a hand that shakes within the node
    page.mouse.up()
    expect(page.get_by_label("Name", exact=True)).to_have_value("customers_loyal")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_by_keys_c_begins_a_flow_the_arrows_lead_and_enter_joins(page, app):
    sample(page, app)
    node(page, "orders-delivered").focus()
    page.keyboard.press("c")
    expect(live(page)).to_contain_text("A flow from orders_delivered.")
    page.keyboard.press("Escape")
    expect(live(page)).to_have_text("The flow is dropped; nothing was joined.")
    expect(node(page, "orders-delivered")).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.press("ArrowRight")
    expect(node(page, "late-parcels")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(node(page, "thank-you-letter")).to_have_class(re.compile(r"\baim\b"))
    assert serious_faults(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo: connect orders_delivered to thank_you_letter")).to_be_enabled()
    expect(live(page)).to_have_text("orders_delivered leads to thank_you_letter now. Undo takes that back.")
    expect(node(page, "thank-you-letter")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("draw a flow; the arrows and Enter choose where it leads")


def test_two_clicks_do_as_well_the_handle_and_then_the_node(page, app):
    sample(page, app)
    page.mouse.move(*body(page, "customers-loyal"), steps=3)
    page.get_by_role("button", name="Draw a flow from customers_loyal").click()
    expect(page.locator(".living .hint")).to_contain_text("choose where it leads")
    node(page, "late-parcels").click()
    expect(undo(page)).to_be_enabled()
    expect(living(page)).to_have_attribute("data-selected", "customers-loyal")  # whose ways are lit, not where it leads


def test_by_finger_the_handle_of_the_chosen_node_draws_and_the_picture_scrolls_as_before(new_page, app):
    page = new_page(390, 844, has_touch=True, is_mobile=True)
    sample(page, app)
    stage = page.locator(".living div.stage")
    stage.scroll_into_view_if_needed()
    start = body(page, "carrier-parcels")
    finger(page, start, (start[0] - 180, start[1] - 10))
    page.wait_for_function("stage => stage.scrollLeft > 60", arg=stage.element_handle())
    expect(living(page)).not_to_have_class(re.compile(r"\bjoining\b"))
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    node(page, "shop-orders").tap()
    handle = page.get_by_role("button", name="Draw a flow from shop.orders")
    expect(handle).to_be_visible()
    box = handle.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 34
    node(page, "stg-order-items").scroll_into_view_if_needed()
    finger(page, middle(handle), body(page, "stg-order-items"))
    expect(page.get_by_role("button", name="Undo: connect shop.orders to stg_order_items")).to_be_enabled()


def test_a_finger_on_a_node_of_a_zoomed_picture_pulls_the_picture(new_page, app):
    page = new_page(390, 844, has_touch=True, is_mobile=True)
    sample(page, app)
    page.get_by_role("button", name="Zoom in").tap()
    page.locator(".living div.stage").scroll_into_view_if_needed()
    before = body(page, "shop-orders")
    finger(page, before, (before[0] - 100, before[1] - 20))
    expect(live(page)).not_to_contain_text("flow")
    assert body(page, "shop-orders") == pytest.approx((before[0] - 100, before[1] - 20), abs=8)


def test_the_explorer_offers_no_such_thing(page, app):
    page.goto(app)
    page.wait_for_selector(".living[data-ready] g.node")
    start = middle(page.locator("#stage-lake .body"))
    drag(page, start, (start[0] + 200, start[1] + 60))
    expect(page.locator(".living .rubber")).to_have_count(0)
    page.mouse.up()
    expect(page.locator(".living .handle")).to_be_hidden()
    page.locator("#stage-lake").focus()
    page.keyboard.press("c")
    expect(living(page)).not_to_have_class(re.compile(r"\bjoining\b"))


def test_a_picture_that_does_not_fit_has_a_map_that_leads_through_it_and_keeps_its_view_over_an_edit(page, app):
    sample(page, app)
    overview = page.locator(".living .overview")
    expect(overview).to_be_hidden()
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    expect(overview).to_be_visible()
    box = overview.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    clear_of_the_map = node(page, "morning-sales").locator(".body").bounding_box()
    assert clear_of_the_map
    assert clear_of_the_map["y"] + clear_of_the_map["height"] <= box["y"]
    drag(page, (box["x"] + 10, box["y"] + 10), (box["x"] + 3, box["y"] + 3))
    page.mouse.up()
    assert in_view(page, "shop-order-items")
    assert serious_faults(page) == []
    start = body(page, "shop-customers")
    drag(page, start, body(page, "shop-orders"))
    assert body(page, "shop-customers") == pytest.approx(start)  # the picture is not pulled along
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo: connect shop.customers to shop.orders")).to_be_enabled()
    expect(live(page)).to_contain_text("now")
    assert float(living(page).get_attribute("data-zoom") or 0) > 2
    assert in_view(page, "shop-customers")
    page.get_by_role("button", name="Fit the whole picture").click()
    expect(overview).to_be_hidden()


def test_a_flow_stays_drawn_though_a_node_is_clicked_before_a_busy_server_has_heard_of_it(page, server):
    sample(page, server.url)
    settled(page)
    server.process.send_signal(signal.SIGSTOP)
    try:
        drag(page, body(page, "customers-loyal"), body(page, "late-parcels"))
        page.mouse.up()
        node(page, "morning-sales").click()
    finally:
        server.process.send_signal(signal.SIGCONT)
    expect(undo(page)).to_be_enabled()
    expect(page.get_by_label("Name", exact=True)).to_have_value("morning_sales")
    assert page.get_by_text("Nothing was changed").all_inner_texts() == []


def test_the_background_of_a_zoomed_picture_is_still_pulled(page, app):
    sample(page, app)
    page.get_by_role("button", name="Zoom in").click()
    before = body(page, "customers-loyal")
    drag(page, (before[0] + 230, before[1] - 90), (before[0] + 190, before[1] - 120))
    page.mouse.up()
    assert body(page, "customers-loyal") == pytest.approx((before[0] - 40, before[1] - 30), abs=3)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_in_a_large_graph_single_nodes_are_joined_and_a_group_says_that_it_has_to_be_opened(page, app, tmp_path):
    file = tmp_path / "large.mmd"
    file.write_text(LARGE, encoding="utf-8")
    page.goto(f"{app}/pipeline")
    page.locator("input[type=file]").first.set_input_files(file)
    page.wait_for_selector(".living[data-ready] g.node")
    group = page.locator(".living g.node", has_text="marts").first
    drag(page, body(page, "alone0"), middle(group.locator(".body")))
    expect(page.locator(".living .hint")).to_contain_text("is a group: open it to join a node of it")
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    drag(page, body(page, "alone0"), body(page, "alone3"))
    page.mouse.up()
    expect(page.get_by_role("button", name="Undo: connect alone0 to alone3")).to_be_enabled()


def test_a_strip_of_many_nodes_is_zoomed_until_it_can_be_read_and_its_map_is_wide_enough_to_hit(page, app, tmp_path):
    file = tmp_path / "strip.mmd"
    file.write_text("flowchart LR\n" + "\n".join(f"a{n} --> b{n}" for n in range(120)), encoding="utf-8")
    page.goto(f"{app}/pipeline")
    page.locator("input[type=file]").first.set_input_files(file)
    page.wait_for_selector(".living[data-ready] g.node")
    page.get_by_text("All of it, alive").click()
    expect(page.locator(".living g.node")).to_have_count(240)
    wide = "one => one.getBoundingClientRect().width"
    name = page.locator(".living g.node .body").first
    page.mouse.move(*middle(name), steps=2)
    expect(page.locator(".living .handle")).to_be_hidden()  # it would cover the neighbours
    for _ in range(12):
        page.get_by_role("button", name="Zoom in").click()
    assert name.evaluate(wide) > 150
    assert page.locator(".living .overview").evaluate(wide) >= 36
