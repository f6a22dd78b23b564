"""The cards of terms and the search in a real browser: pointer, keys, touch, dark, paper, and the offline copy."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from lifecycle.course import load
from lifecycle.course.loading import SHIPPED
from tests.browser.support.accessibility import serious_faults
from tests.browser.support.explorer_page import settled

COURSE = load(SHIPPED)
READY = ".living[data-ready=true]"


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator(READY)).to_be_visible()
    expect(page.locator(".explanation a.term").first).to_be_visible()
    settled(page)  # a card closes where the explanation beneath it is drawn again
    return page


def card(page: Page) -> Locator:
    return page.locator(".term-card")


def term(page: Page, word: str) -> Locator:
    return page.locator(".explanation a.term", has_text=re.compile(f"^{word}$")).first


def apart(one: Locator, other: Locator) -> bool:
    """Whether neither lies on the other."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a
    assert b
    return a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]


def search(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search")


def test_a_term_opens_its_card_by_pointer_and_by_focus_and_shows_its_view(page, app):
    opened(page, f"{app}/?stage=buffer")
    word = term(page, "offset")
    word.hover()
    expect(card(page)).to_contain_text("A reader's bookmark in a log")
    assert apart(word, card(page))
    card(page).locator("p").hover()  # it may be pointed at itself
    page.wait_for_timeout(500)
    expect(card(page)).to_be_visible()
    assert serious_faults(page, ".term-card") == []
    page.keyboard.press("Escape")  # and closed without moving; the stage stays chosen
    expect(card(page)).to_be_hidden()
    assert "stage=buffer" in page.url
    page.locator(".explanation summary", has_text="The trade-off").click()  # the word stands in a folded part
    page.mouse.move(5, 5)
    page.keyboard.press("Tab")
    term(page, "retention").focus()
    expect(card(page)).to_contain_text("How long a store keeps data")
    expect(term(page, "retention")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(card(page).get_by_role("button", name="Show me")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(term(page, "retention")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("scenario=short-retention"))
    expect(card(page)).to_be_hidden()


def test_one_search_finds_everything_by_keys_and_goes_there(page, app):
    opened(page, f"{app}/?stage=oltp")
    page.locator("body").press("/")
    field = search(page).get_by_role("combobox")
    expect(field).to_be_focused()
    expect(search(page).get_by_role("option").first).to_contain_text("Application state")
    field.type("DÁTA lake")  # case and accents do not matter
    expect(search(page).get_by_role("option").first).to_contain_text("Raw storage")
    assert serious_faults(page, "dialog.search") == []
    field.fill("xqzw")
    expect(search(page).get_by_role("status")).to_contain_text("Nothing fits. Try fewer letters")
    page.keyboard.press("Enter")
    expect(search(page)).to_be_visible()
    field.fill("sale")
    expect(search(page).get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(search(page).get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("scenario=flash-sale"))
    expect(search(page)).to_be_hidden()
    question = COURSE.places["buffer"].questions[2]
    page.locator("body").press("/")
    field.fill(" ".join(re.findall(r"\w+", question.stem)[:9]))
    search(page).get_by_role("option", name=re.compile("^Question")).first.click()
    expect(page).to_have_url(re.compile("stage=buffer&view=quiz"))
    shown = page.locator(".st-key-quiz").get_by_role("radio", checked=True)
    expect(shown.first).to_contain_text("3")
    page.locator("body").press("/")
    page.keyboard.press("Escape")
    expect(search(page)).to_be_hidden()
    page.locator("body").press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("search: stages, terms, ideas")
    page.keyboard.press("/")  # not over another dialog
    expect(search(page)).to_be_hidden()


def test_on_a_phone_in_the_dark_a_tap_opens_card_and_search(new_page, app):
    page = opened(new_page(390, 844, color_scheme="dark", has_touch=True), f"{app}/?stage=buffer")
    word = term(page, "offset")
    word.tap()
    expect(card(page)).to_be_visible()
    assert apart(word, card(page))
    word.tap()
    expect(card(page)).to_be_hidden()
    word.tap()
    assert serious_faults(page, ".term-card") == []
    page.locator(".explanation .lead").tap()
    expect(card(page)).to_be_hidden()
    page.get_by_role("button", name="Search").first.tap()
    search(page).get_by_role("combobox").fill("warehouse")
    assert serious_faults(page, "dialog.search") == []
    search(page).get_by_role("option").first.tap()
    expect(page).to_have_url(re.compile("stage=warehouse"))


def test_a_section_is_unfolded_and_scrolled_to_and_an_idea_opens_its_page(page, app):
    opened(page, f"{app}/?stage=oltp")
    page.locator("body").press("/")
    search(page).get_by_role("combobox").fill("swamp")
    found = search(page).get_by_role("option", name=re.compile("^Section"))
    expect(found.first).to_contain_text("Raw storage: The swamp")
    found.first.click()
    expect(page).to_have_url(re.compile("stage=lake"))
    section = page.locator(".explanation details", has=page.locator("h3", has_text="What breaks"))
    expect(section).to_have_attribute("open", "")
    expect(section.locator("summary")).to_be_focused()
    expect(section.get_by_text("The swamp.")).to_be_in_viewport()
    page.locator("body").press("/")
    search(page).get_by_role("combobox").fill("drain slowly")
    search(page).get_by_role("option", name=re.compile("^Idea")).click()
    expect(page).to_have_url(re.compile("stage=buffer"))


def test_from_another_page_a_section_is_scrolled_to_as_well(page, app):
    page.goto(f"{app}/practice")
    expect(page.get_by_role("button", name="Search").first).to_be_visible()
    page.locator("body").press("/")
    search(page).get_by_role("combobox").fill("hoarding")
    search(page).get_by_role("option", name=re.compile("^Section")).click()
    expect(page.locator(READY)).to_be_visible()
    section = page.locator(".explanation details", has=page.locator("h3", has_text="Hoarding"))
    expect(section).to_have_attribute("open", "")
    expect(section.locator("summary")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"\?view=explain$"))


def test_from_another_page_the_search_leads_to_the_explorer(page, app):
    page.goto(f"{app}/practice")
    expect(page.get_by_role("button", name="Search").first).to_be_visible()
    page.locator("body").press("/")
    search(page).get_by_role("combobox").fill("kafka")
    expect(search(page).get_by_role("option").first).to_contain_text("Transient storage")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/\?stage=buffer"))
    expect(page.locator(READY)).to_be_visible()
    page.emulate_media(media="print")
    line = "getComputedStyle(document.querySelector('.explanation a.term')).textDecorationLine"
    page.wait_for_function(f"document.querySelector('.explanation a.term') && {line} === 'none'")


def test_the_copy_has_cards_and_the_search_too(stick):
    page = stick("#stage=buffer")
    word = page.locator("article.on a.term", has_text="offset").first
    word.hover()
    expect(card(page)).to_contain_text("A reader's bookmark in a log")
    page.keyboard.press("Escape")
    page.locator("body").press("/")
    search(page).get_by_role("combobox").fill("data lake")
    assert serious_faults(page, "dialog.search") == []
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text("Raw storage")
    page.locator("body").press("/")
    search(page).get_by_role("combobox").fill("swamp")
    search(page).get_by_role("option", name=re.compile("^Section")).first.click()
    expect(page.locator("article.on summary", has_text="What breaks")).to_be_focused()
    page.locator("body").press("/")
    search(page).get_by_role("combobox").fill("push or pull")
    search(page).get_by_role("option", name=re.compile("^Talk")).first.click()
    expect(page).to_have_url(re.compile("talk=push-or-pull"))
