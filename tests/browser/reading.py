"""What of a page can be read: every text that shows, how large it is on the screen, and whether something cuts it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# Every visible text of the hall, shadow trees with it: its words, its size in pixels of the screen, and what cuts it.
_TEXTS = """() => {
    const found = [];
    const hidden = (element) => {
        for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
            const style = getComputedStyle(at);
            if (style.display === "none" || style.visibility === "hidden" || Number(style.opacity) === 0) return true;
            if (style.clipPath.startsWith("inset(50%")) return true;
            if (at.matches("details:not([open]) > :not(summary)")) return true;
        }
        return false;
    };
    const scale = (element) => {
        const matrix = element instanceof SVGElement && element.getScreenCTM?.();
        return matrix ? Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c)) : 1;
    };
    const walk = (root) => {
        for (const node of root.childNodes) {
            if (node.nodeType === 3 && node.data.trim()) note(node);
            else if (node.nodeType === 1 && !/^(style|script|title|option)$/i.test(node.tagName)) {
                if (node.shadowRoot) walk(node.shadowRoot);
                walk(node);
            }
        }
    };
    const note = (node) => {
        const element = node.parentElement ?? node.getRootNode().host;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.width < 1 || box.height < 1 || hidden(element)) return;
        const cuts = [];
        if (box.left < -1 || box.right > innerWidth + 1) cuts.push("the screen");
        const frame = element.closest("svg")?.getBoundingClientRect();
        if (frame && (box.left < frame.left - 2 || box.right > frame.right + 2)) cuts.push("its picture's sides");
        if (frame && (box.top < frame.top - 4 || box.bottom > frame.bottom + 4)) cuts.push("its picture's ends");
        const page = document.querySelector(".stMain");
        if (page && box.bottom > Math.max(innerHeight, page.scrollHeight) + 1) cuts.push("the foot");
        const px = parseFloat(getComputedStyle(element).fontSize) * scale(element);
        found.push({ text: node.data.trim(), px, cuts });
    };
    for (const part of document.querySelectorAll(".st-key-talk, .st-key-conductor")) walk(part);
    return found;
}"""


def texts(page: Page) -> list[dict[str, Any]]:
    """Every text of a talk that shows: `text`, `px` high letters, and what `cuts` it."""
    found: list[dict[str, Any]] = page.evaluate(_TEXTS)
    return found
