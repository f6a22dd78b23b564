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


# Names and states that are wider than the box in which they stand, wherever boxes are drawn: the living diagram, and
# the map of a click question.
_OUTGROWN = """() => {
    const found = [];
    const walk = (root) => {
        for (const each of root.querySelectorAll("*")) if (each.shadowRoot) walk(each.shadowRoot);
        for (const node of root.querySelectorAll("g.node:not(.off)")) {
            const box = (node.querySelector(".rim") ?? node.querySelector("path")).getBoundingClientRect();
            for (const text of node.querySelectorAll(".name, .state, text:not([class])")) {
                const at = text.getBoundingClientRect();
                if (at.width && (at.left < box.left || at.right > box.right)) found.push(text.textContent);
            }
        }
    };
    walk(document);
    return found;
}"""
# Paragraphs whose last line is one word, though there are several lines.
_LONELY = """() => [...document.querySelectorAll(".st-key-talk :is(p, li, h1)")].filter((block) => {
    const words = [];
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            words.push(Math.round(range.getBoundingClientRect().top / 8));
        }
    }
    const last = words.at(-1);
    return words.length > 3 && words[0] !== last && words.filter((top) => top === last).length < 2;
}).map((block) => block.textContent)"""


def outgrown(page: Page) -> list[str]:
    """Texts of the diagram or a map that stand out of their boxes."""
    found: list[str] = page.evaluate(_OUTGROWN)
    return found


def lonely(page: Page) -> list[str]:
    """Paragraphs of a talk that leave one word alone on their last line."""
    found: list[str] = page.evaluate(_LONELY)
    return found
