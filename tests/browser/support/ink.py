"""What stands on the diagram's canvas, beside the shapes that the same moment puts on paper."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# Paper gets what moves as shapes of the SVG, at `beforeprint`: there the canvas must have ink, and nowhere else.
INK = """() => {
    const shadows = [...document.querySelectorAll('*')].map((node) => node.shadowRoot).filter(Boolean);
    const root = [document, ...shadows].find((node) => node.querySelector('.scene'));
    const canvas = root.querySelector('.dots-canvas'), home = canvas.getBoundingClientRect();
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const across = canvas.width / home.width, down = canvas.height / home.height;
    window.dispatchEvent(new Event('beforeprint'));
    const flows = {}, circles = [];
    for (const group of root.querySelectorAll('.all-dots > g')) {
        const name = group.dataset.flow ?? 'drops';
        flows[name] ??= { circles: 0, inked: 0 };
        for (const circle of group.children) {
            const box = circle.getBoundingClientRect();
            if (!box.width) continue;
            const at = { flow: name, r: (box.width / 2) * across,
                x: (box.left + box.width / 2 - home.left) * across, y: (box.top + box.height / 2 - home.top) * down };
            at.inside = at.x >= 0 && at.x < canvas.width && at.y >= 0 && at.y < canvas.height; // or out of sight
            circles.push(at);
            flows[name].circles += at.inside;
        }
    }
    window.dispatchEvent(new Event('afterprint'));
    const left = root.querySelectorAll('.all-dots > g > *').length;
    const alpha = (x, y) => data[4 * (Math.floor(y) * canvas.width + Math.floor(x)) + 3] ?? 0;
    for (const { x, y, flow, inside } of circles) if (inside && alpha(x, y)) flows[flow].inked += 1;
    let ink = 0, stray = 0;
    for (let y = 0; y < canvas.height; y++) for (let x = 0; x < canvas.width; x++) {
        if (!alpha(x, y)) continue;
        ink += 1;
        if (!circles.some((at) => Math.hypot(at.x - x - 0.5, at.y - y - 0.5) < at.r + 2)) stray += 1;
    }
    return { flows, ink, stray, left, width: canvas.width, home: home.width };
}"""


def painted(page: Page) -> None:
    """Two frames of the page: whatever was asked to be drawn anew is."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def ink_of(page: Page) -> Any:
    """Of each flow how many circles paper has and how many of them are on the canvas; how much ink is anywhere else."""
    painted(page)
    return page.evaluate(INK)
