"""A stretch of the clock saved as a film: as GIF and as SVG, by the form under "Save"."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.support.diagram_page import save, visit

AT_TWO = "/?scenario=normal-day&moment=7200"
SVG = "{http://www.w3.org/2000/svg}"


def open_form(page: Page, address: str) -> Page:
    visit(page, address)
    save(page, "Save a film")
    expect(page.get_by_role("dialog", name="Save a film")).to_be_visible()
    return page


def filmed(page: Page, kind: str, *, start: str = "02:00", to: str = "02:29", lasts: int = 3) -> tuple[str, bytes]:
    """The film's file: its name and its bytes."""
    page.get_by_label(kind).check()
    page.get_by_label("From", exact=True).fill(start)
    page.get_by_label("To", exact=True).fill(to)
    page.get_by_label("Lasts (seconds)").fill(str(lasts))
    page.get_by_label("Address and QR code").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Make the film").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"Saved {waiting.value.suggested_filename}")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def lines(root: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def modules(path: str) -> set[tuple[int, int]]:
    """The dark modules of a code that is drawn run by run."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1", path)
    return {(int(x) + i, int(y)) for x, y, length in runs for i in range(int(length))}


def says(dark: set[tuple[int, int]], address: str) -> bool:
    """Whether modules are a code of an address: one that another program makes of it, by whichever level and mask."""
    version = (max(x for x, _ in dark) - 16) // 4
    made = (
        segno.make_qr(address, error=level, version=version, mask=mask, boost_error=False).matrix
        for level, mask in product("mqh", range(8))
        if fits(address, level, version)
    )
    return any({(x, y) for y, row in enumerate(code) for x, on in enumerate(row) if on} == dark for code in made)


def fits(address: str, level: str, version: int) -> bool:
    try:
        return bool(segno.make_qr(address, error=level, version=version))
    except segno.DataOverflowError:
        return False


def test_a_gif_has_every_frame_and_its_delay(page: Page, app: str) -> None:
    name, data = filmed(open_form(page, app + AT_TWO), "GIF")
    assert name == "pipeline-0200-0229.gif"
    film = Image.open(io.BytesIO(data))
    assert (film.format, film.n_frames, film.width) == ("GIF", 30, 1200)  # type: ignore[attr-defined]
    assert film.info["loop"] == 0
    pictures = []
    for frame in range(30):
        film.seek(frame)
        assert film.info["duration"] == 100
        pictures.append(film.convert("RGB"))
    assert pictures[0].getpixel((2, 2)) == (255, 255, 255)  # flat colours are themselves
    assert len({picture.tobytes() for picture in pictures}) > 20


@pytest.fixture
def codes_as_the_standard_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the text ends at a byte's end, segno fills up with one more zero byte, which readers pass over."""
    monkeypatch.setattr(segno.encoder, "write_padding_bits", lambda buff, _, length: buff.extend([0] * (-length % 8)))


@pytest.mark.usefixtures("codes_as_the_standard_has_them")
def test_an_svg_is_the_same_in_two_sessions_and_says_where_it_is_from(new_page: Callable[..., Page], app: str) -> None:
    address = f"{app}/?scenario=consumer-crash&moment=43200"
    pages = [open_form(new_page(), address) for _ in range(2)]
    pages[1].locator("text.lost").evaluate_all(
        "all => all.forEach((sign) => sign.setAttribute('x', '7'))"
    )  # as from before
    (name, first), (_, second) = (filmed(page, "Animated SVG", start="12:00", to="12:29") for page in pages)
    assert name == "pipeline-1200-1229.svg"
    assert first == second
    root = ET.fromstring(first)
    assert {
        "12:00",
        "12:29",
        "The data lifecycle: The consumer crashes at 02:00 (pull, in batches, transformed in batches)",
    } <= set(lines(root))
    assert "".join(lines(root)).count(address) == 1
    code = next(path for path in root.iter(f"{SVG}path") if path.get("shape-rendering"))
    assert says(modules(code.get("d") or ""), address)
    moving = [each.get("dur") for each in root.iter(f"{SVG}animate")]
    assert len(moving) > 50
    assert set(moving) == {"3s"}
    assert any(
        each.get("attributeName") == "cx" for each in root.iter(f"{SVG}animate")
    )  # dots, though this screen wants none
    names = {each.get("id", "") for each in root.iter()} - {""}
    assert all(re.fullmatch(r"c\d+", name) for name in names)  # the page's own count how often it was drawn
    assert {each.get("clip-path") for each in root.iter()} - {None} <= {f"url(#{name})" for name in names}
    text = first.decode()
    assert "<script" not in text
    font = next(root.iter(f"{SVG}style")).text or ""
    assert 20_000 < len(text) - len(font) < 750_000


def test_an_image_of_the_svg_moves_and_the_page_stays_at_its_moment(moving_page: Page, app: str) -> None:
    page = open_form(moving_page, app + AT_TWO)
    page.evaluate(
        "window.moments = []; addEventListener('headwaters:moment', ({detail}) => window.moments.push(detail))"
    )
    _, data = filmed(page, "Animated SVG")
    expect(page.locator(".time")).to_have_text("02:00")
    assert page.locator(".living").get_attribute("data-moment") == "7200"
    assert page.evaluate("window.moments") == []  # a lesson's step would be done by them
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("summary", has_text="Save")).to_be_focused()
    page.set_content("<img>")
    page.locator("img").evaluate(
        "(img, text) => { img.src = 'data:image/svg+xml,' + encodeURIComponent(text); return img.decode(); }",
        data.decode(),
    )
    page.set_content("<img>")
    page.locator("img").evaluate(
        "(img, text) => { img.src = 'data:image/svg+xml,' + encodeURIComponent(text); return img.decode(); }",
        data.decode(),
    )
    seen = {page.screenshot()}
    for _ in range(20):
        page.wait_for_timeout(100)
        seen.add(page.screenshot())
    assert len(seen) > 1


def test_what_cannot_be_filmed_is_said_and_a_film_can_be_cancelled(page: Page, app: str) -> None:
    page.add_init_script("delete window.MediaRecorder")
    open_form(page, app + AT_TWO)
    dialog = page.get_by_role("dialog")
    expect(page.get_by_label("WebM video")).to_be_disabled()
    expect(dialog).to_contain_text("This browser records no WebM")
    page.get_by_label("To", exact=True).fill("01:00")
    page.get_by_role("button", name="Make the film").click()
    expect(page.get_by_role("alert").filter(has_text="not after its start at 02:00")).to_be_visible()
    page.get_by_label("To", exact=True).fill("03:00")
    page.get_by_label("Lasts (seconds)").fill("15")
    page.get_by_role("button", name="Make the film").click()
    page.get_by_role("button", name="Cancel").click()
    expect(dialog).to_contain_text("Cancelled; nothing was saved.")
    expect(page.get_by_role("button", name="Make the film")).to_be_enabled()


def test_the_menu_closes_by_escape_and_by_a_choice_and_the_selection_stays(page: Page, app: str) -> None:
    visit(page, f"{app}{AT_TWO}&stage=lake")
    menu = page.locator("summary", has_text="Save")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save as PNG")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save as SVG")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Save as PNG")).to_be_hidden()
    expect(menu).to_be_focused()
    expect(page.locator("#stage-lake")).to_have_attribute("aria-pressed", "true")
    save(page, "Save a film")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Caption").fill("r / c")  # letters, and no keys of the page's
    page.get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Save as PNG")).to_be_hidden()
    expect(page.locator("#stage-lake")).to_have_attribute("aria-pressed", "true")


def test_a_followed_order_goes_through_the_film(page: Page, app: str) -> None:
    page = open_form(page, f"{app}/?scenario=normal-day&follow=last&moment=85800")
    _, data = filmed(page, "Animated SVG", start="23:50", to="24:00")
    tags = [text for text in lines(ET.fromstring(data)) if text.startswith("order ")]
    assert tags


def test_the_offline_copy_films_without_a_network(stick: Callable[..., Page]) -> None:
    page = stick()
    save(page, "Save a film")
    expect(page.get_by_role("dialog")).to_contain_text("This copy has no address that others find.")
    page.get_by_label("Animated SVG").check()
    page.get_by_label("Lasts (seconds)").fill("3")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Make the film").click()
    root = ET.parse(waiting.value.path()).getroot()
    assert any(text.startswith("The data lifecycle: ") for text in lines(root))
    assert len([*root.iter(f"{SVG}animate")]) > 50
