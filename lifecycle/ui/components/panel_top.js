// Another text begins at its beginning: the panel's own scroll where it has one, else the page's, and only where the
// reader is already past the beginning.

/** @type {string | null} */
let shown = null;

/** @param {Mount<{ text: string }>} mount */
export default function ({ data }) {
  const before = shown;
  shown = data.text;
  if (before === null || before === shown) return;
  const panel = document.querySelector(".st-key-stage-panel");
  if (!panel) return;
  panel.scrollTop = 0;
  if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView({ block: "start", behavior: "instant" });
}
