// A link within the text to a place or a setting, `?stage=lake` or `?size=stream`, is followed here instead of opening
// the app a second time; the number of a citation, `#source-explain-2`, opens the list that it names at its entry.

/** @param {Mount<null>} mount */
export default function ({ setTriggerValue }) {
  /** @param {Element} link */
  const cited = (link) => {
    const entry = document.getElementById(link.getAttribute("href")?.slice(1) ?? ""), list = entry?.closest("details");
    if (entry && list) {
      list.open = true;
      entry.scrollIntoView({ block: "nearest" });
      return entry.querySelector("a")?.focus({ preventScroll: true });
    }
    citedInExpander(link);
  };
  /** @param {Element} link */
  const citedInExpander = (link) => {
    const [, list, number] = link.getAttribute("href")?.match(/^#source-(\w+)-(\d+)$/) ?? [];
    const box = list && document.querySelector(`.st-key-sources-${list}`);
    if (!box) return;
    if (!box.querySelector("details")?.open) box.querySelector("summary")?.click();
    /** @param {number} tries */
    const show = (tries) => {
      const entry = box.querySelectorAll("ol > li")[Number(number) - 1];
      if (entry && box.querySelector("details")?.open) {
        entry.scrollIntoView({ block: "nearest" });
        entry.querySelector("a")?.focus({ preventScroll: true });
      } else if (tries) setTimeout(show, 50, tries - 1);
    };
    show(40);
    // Once more when the list has unfolded: it grows for a moment.
    setTimeout(show, 400, 0);
  };
  /** @param {MouseEvent} event */
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target instanceof Element && event.target.closest(":is(.st-key-stage-panel, .st-key-effect) a[href^='?'], a[href^='#source-']");
    if (!link) return;
    event.preventDefault();
    const href = link.getAttribute("href");
    if (href?.startsWith("?")) {
      const place = href.match(/^\?stage=([a-z0-9-]+)$/)?.[1]; // a place and nothing else: the panel shows it at once
      if (place) window.dispatchEvent(new CustomEvent("headwaters:choose", { detail: place }));
      setTriggerValue("query", href);
    } else cited(link);
  };
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
}
