"""A page that stands still: what is measured while colours change is neither the one nor the other."""

from __future__ import annotations

from playwright.sync_api import Page


def still(page: Page) -> None:
    """Wait until no transition runs, five seconds at most: a busy machine may keep one for ever."""
    page.evaluate(
        """async () => {
            const running = () => document.getAnimations().filter((one) => one instanceof CSSTransition);
            const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
            for (let look = 0; look < 100 && running().length; look++) await pause();
        }"""
    )


# Where every part of the page stands, shadow trees with it, has not changed for fifteen frames and a third of a second.
_RESTS = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const places = () => {
        const all = (root) => [...root.querySelectorAll("*")].flatMap((each) => {
            const { left, top, width, height } = each.getBoundingClientRect();
            const own = `${left} ${top} ${width} ${height}`;
            return each.shadowRoot ? [own, ...all(each.shadowRoot)] : [own];
        });
        return all(document.body).join();
    };
    let last = "", frames = 0, since = 0;
    while (frames < 15 || performance.now() - since < 330) {
        await frame();
        const now = places();
        if (now !== last) [last, frames, since] = [now, 0, performance.now()];
        else frames++;
    }
}"""


def resized(page: Page, width: int, height: int) -> None:
    """Give a page another window, and wait until it has followed: charts and diagram do so some frames later."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(_RESTS)
