"""The diagram in its other forms: saved, dark, on a phone, still, and without a day."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.accessibility import serious_faults
from tests.browser.support.diagram_page import panel, save, stage, visit
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


def test_the_saved_svg_stands_alone_and_shows_the_selection(moving_diagram: Page) -> None:
    stage(moving_diagram, "transform").click()
    expect(panel(moving_diagram)).to_contain_text("Selected: transform")
    moving_diagram.get_by_role("slider", name="Time of day").fill("43500")
    expect(moving_diagram.locator(".time")).to_have_text("12:05")
    with moving_diagram.expect_download() as waiting:
        save(moving_diagram, "Save as SVG")
    assert waiting.value.suggested_filename == "pipeline-1205-transform.svg"
    root = ET.parse(waiting.value.path()).getroot()
    names = {e.get("id"): e for e in root.iter() if e.get("id")}
    assert "opacity: 0.38" in (names["stage-archive"].get("style") or "")
    rims = [e for e in names["stage-transform"].iter() if e.get("class") == "rim"]
    assert "stroke-width: 3.4" in (rims[0].get("style") or "")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "var(" not in text
    assert "color-mix" not in text
    assert not re.search(r"(href|src)=|url\((?!\"?#|data:|&quot;#)", text)
    told = sum(int(e.get("data-tokens") or 0) for e in root.iter())
    assert told > 20
    assert len([e for e in root.iter() if e.get("class") in ("dot", "packet")]) == told


def test_the_saved_png_is_the_picture_at_twice_its_size(diagram: Page) -> None:
    with diagram.expect_download() as waiting:
        save(diagram, "Save as PNG")
    data = Path(waiting.value.path()).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(data[16:20], "big") > 1500
    assert len(data) > 40_000


def test_the_dark_picture_is_saved_dark(new_page: Callable[..., Page], url: str) -> None:
    page = visit(new_page(color_scheme="dark"), f"{url}/?moment=9300")
    with page.expect_download() as waiting:
        save(page, "Save as SVG")
    ground = ET.parse(waiting.value.path()).getroot().find("{http://www.w3.org/2000/svg}rect")
    assert ground is not None
    assert ground.get("fill") == "rgb(15, 23, 28)"


def test_a_phone_gets_the_picture_top_to_bottom_without_sideways_scrolling(
    new_page: Callable[..., Page], url: str
) -> None:
    page = visit(new_page(360, 800, has_touch=True, is_mobile=True), f"{url}/?moment=9300")
    expect(page.locator(".scene")).to_have_class(re.compile(r"\btb\b"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    upper, lower = stage(page, "oltp").bounding_box(), stage(page, "bi").bounding_box()
    assert upper
    assert lower
    assert lower["y"] > upper["y"] + 300
    stage(page, "lake").tap()
    expect(panel(page)).to_contain_text("Selected: lake")


@pytest.mark.parametrize("width", [1440, 360])
def test_no_text_of_the_picture_is_smaller_than_eleven_pixels(
    new_page: Callable[..., Page], url: str, width: int
) -> None:
    page = visit(new_page(width, 900), f"{url}/?moment=9300")
    sizes = page.locator(".scene text").evaluate_all("""all => all.filter(t => t.textContent.trim()).map(
        t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)""")
    assert min(sizes) >= 10.95


def test_who_wants_less_motion_sees_a_still_picture_with_counts(new_page: Callable[..., Page], url: str) -> None:
    page = visit(new_page(reduced_motion="reduce"), url)
    living = page.locator(".living")
    expect(living).to_have_attribute("data-playing", "false")
    expect(page.locator("text.count").filter(has_text=re.compile(r"\d")).first).to_be_visible()
    drawn = ink_of(page)
    assert drawn["ink"] > 0  # of a flow a packet, a request and what comes back, each once, where they stand
    assert max(flow["circles"] for flow in drawn["flows"].values()) <= 3
    assert "drops" not in {name for name, flow in drawn["flows"].items() if flow["circles"]}


def test_without_a_moment_in_the_address_the_day_plays(moving_page: Page, url: str) -> None:
    visit(moving_page, url)
    expect(moving_page.locator(".living")).to_have_attribute("data-playing", "true")


def test_without_frames_the_pipeline_is_there_and_the_clock_is_not(page: Page, serve: Callable[..., str]) -> None:
    visit(page, serve(APP, {"NO_FRAMES": "1"}))
    expect(page.get_by_role("slider")).to_have_count(0)
    stage(page, "lake").click()
    expect(panel(page)).to_contain_text("Selected: lake")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(new_page: Callable[..., Page], url: str, scheme: str) -> None:
    page = visit(new_page(color_scheme=scheme), f"{url}/?moment=9300&stage=lake")
    page.get_by_text("The same state in words").click()
    assert serious_faults(page, ".st-key-diagram") == []


def test_nothing_goes_wrong_in_the_console(page: Page, url: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    visit(page, url)
    stage(page, "bi").click()
    expect(panel(page)).to_contain_text("Selected: bi")
    assert said == []
