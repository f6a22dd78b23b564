// lifecycle/ui/components/links.js
function links_default({ setTriggerValue }) {
  const cited = (link) => {
    const entry = document.getElementById(link.getAttribute("href")?.slice(1) ?? ""), list = entry?.closest("details");
    if (entry && list) {
      list.open = true;
      entry.scrollIntoView({ block: "nearest" });
      return entry.querySelector("a")?.focus({ preventScroll: true });
    }
    citedInExpander(link);
  };
  const citedInExpander = (link) => {
    const [, list, number] = link.getAttribute("href")?.match(/^#source-(\w+)-(\d+)$/) ?? [];
    const box = list && document.querySelector(`.st-key-sources-${list}`);
    if (!box) return;
    if (!box.querySelector("details")?.open) box.querySelector("summary")?.click();
    const show = (tries) => {
      const entry = box.querySelectorAll("ol > li")[Number(number) - 1];
      if (entry && box.querySelector("details")?.open) {
        entry.scrollIntoView({ block: "nearest" });
        entry.querySelector("a")?.focus({ preventScroll: true });
      } else if (tries) setTimeout(show, 50, tries - 1);
    };
    show(40);
    setTimeout(show, 400, 0);
  };
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target instanceof Element && event.target.closest(":is(.st-key-stage-panel, .st-key-effect) a[href^='?'], a[href^='#source-']");
    if (!link) return;
    event.preventDefault();
    const href = link.getAttribute("href");
    if (href?.startsWith("?")) {
      const place = href.match(/^\?stage=([a-z0-9-]+)$/)?.[1];
      if (place) window.dispatchEvent(new CustomEvent("headwaters:choose", { detail: place }));
      setTriggerValue("query", href);
    } else cited(link);
  };
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
}
export {
  links_default as default
};
