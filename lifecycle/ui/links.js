// A link within the text to a place or a setting, `?stage=lake` or `?size=stream`, is followed here instead of opening
// the app a second time.

export default function ({ setTriggerValue }) {
  const follow = (event) => {
    const link = event.target.closest?.(".st-key-stage-panel a[href^='?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue("query", link.getAttribute("href"));
  };
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
}
