// What is pressed or chosen on the page, and its titles, where two lie over one another by more than two pixels: as a
// list of sentences. What a scroller cuts off does not count, and a link that goes over several lines is each of them.
() => {
  const USED = "button, a[href], input, select, summary, h1, h2, [role=tab], [role=radio], [role=slider], [role=combobox], label";
  const parent = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const within = (inner, outer) => {
    for (let node = inner; node; node = parent(node)) if (node === outer) return true;
    return false;
  };
  const seen = (element) => {
    let rects = [...element.getClientRects()].map(({ left, top, right, bottom }) => ({ left, top, right, bottom }));
    for (let node = element; node; node = parent(node)) {
      const style = getComputedStyle(node);
      if (style.visibility === "hidden" || Number(style.opacity) === 0 || style.clipPath.startsWith("inset(50%")) return [];
      if (node === element || style.overflow === "visible") continue;
      const box = node.getBoundingClientRect();
      rects = rects.map((r) => ({ left: Math.max(r.left, box.left), top: Math.max(r.top, box.top), right: Math.min(r.right, box.right), bottom: Math.min(r.bottom, box.bottom) }));
    }
    return rects.filter((r) => r.right - r.left > 2 && r.bottom - r.top > 2);
  };
  const found = [];
  const collect = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) collect(element.shadowRoot);
      if (element.matches(USED) && !element.closest("svg")) found.push(...seen(element).map((rect) => ({ element, ...rect })));
    }
  };
  collect(document);
  const named = ({ element, left, top }) => `${element.tagName} ${(element.ariaLabel ?? element.textContent).trim().slice(0, 30)} at ${Math.round(left)}, ${Math.round(top)}`;
  const bad = [];
  for (const [i, a] of found.entries())
    for (const b of found.slice(i + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 2 && !within(a.element, b.element) && !within(b.element, a.element) && a.element.closest("label") !== b.element.closest("label")) bad.push(`${named(a)} over ${named(b)}`);
    }
  return bad;
}
