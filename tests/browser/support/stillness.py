"""A page that stands still: what is measured while colours change is neither the one nor the other."""

from __future__ import annotations

from playwright.sync_api import Page


def still(page: Page) -> None:
    """Wait until the server's run is over, nothing is faded for it and no transition runs: ten looks in a row.

    Between two runs of the server a page stands still for one look only, and its next run fades what is drawn anew.
    Fifteen seconds at most: a busy machine may keep a transition for ever.
    """
    page.evaluate(
        """async () => {
            const busy = () =>
                document.querySelector("[data-testid=stApp]:not([data-test-script-state=notRunning])") ||
                document.querySelector("[data-stale=true]") ||
                document.getAnimations().some((one) => one instanceof CSSTransition);
            const pause = () => new Promise((resolve) => setTimeout(resolve, 30));
            const end = performance.now() + 15000;
            for (let calm = 0; calm < 10 && performance.now() < end; calm = busy() ? 0 : calm + 1) await pause();
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
