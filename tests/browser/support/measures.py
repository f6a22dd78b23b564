"""What an eye and a hand meet on a page at first sight: things to touch, the diagram's share of it, the type's size."""

from __future__ import annotations

from playwright.sync_api import Page

# The deepest thing that has the keyboard: what it is called, whether it was in the window, null at the end of the page.
_FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body) return null;
    const name = `${at.tagName} ${at.getAttribute("aria-label") || at.textContent.trim() || at.id}`.slice(0, 60);
    return [name, window.firstSight.has(at)];
}"""
# Everything in the window before the keyboard moves it, shadow trees with it.
_FIRST_SIGHT = """() => {
    const all = (root) => [...root.querySelectorAll("*")].flatMap((each) =>
        each.shadowRoot ? [each, ...all(each.shadowRoot)] : [each]);
    window.firstSight = new Set(all(document.body).filter((each) => {
        const { left, right, top, bottom } = each.getBoundingClientRect();
        return each.checkVisibility() && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    }));
}"""
# Every text that is painted anywhere on the page and how large its letters are on the screen, the smallest first.
_TYPE = """() => {
    const texts = (root) => [...root.childNodes].flatMap((node) => {
        if (node instanceof Text) return node.data.trim() ? [node] : [];
        if (!(node instanceof Element) || ["STYLE", "SCRIPT"].includes(node.tagName)) return [];
        return [...(node.shadowRoot ? texts(node.shadowRoot) : []), ...texts(node)];
    });
    const seen = texts(document.body).filter((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const { width, height } = range.getBoundingClientRect();
        return width > 1.5 && height > 1.5 && text.parentElement?.checkVisibility({ visibilityProperty: true });
    });
    return seen.map((text) => {
        const matrix = text.parentElement.getScreenCTM?.();
        const scale = matrix ? Math.hypot(matrix.b, matrix.d) : 1;
        return [parseFloat(getComputedStyle(text.parentElement).fontSize) * scale, text.data.trim().slice(0, 40)];
    }).sort(([one], [two]) => one - two);
}"""
MOST_TABS = 200


def tab_stops(page: Page) -> tuple[list[str], int]:
    """What Tab comes to that stood in the window at first sight, and after how many stops the page ends."""
    page.evaluate(_FIRST_SIGHT)
    stops: list[str] = []
    for count in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None:
            return stops, count
        name, was_in_sight = focused
        if was_in_sight and not name.startswith("A Skip"):  # ways past are seen once the keyboard is there
            stops.append(name)
    raise AssertionError(f"the keyboard does not get out: {stops[-5:]}")


def smallest_type(page: Page) -> tuple[float, str]:
    """The smallest letters of the page, in pixels of the screen, and what they say."""
    px, words = page.evaluate(_TYPE)[0]
    return float(px), str(words)


def share(page: Page, selector: str) -> float:
    """How much of the window a thing takes, 0 to 1."""
    box, window = page.locator(selector).bounding_box(), page.viewport_size
    assert box
    assert window
    return box["width"] * box["height"] / (window["width"] * window["height"])
