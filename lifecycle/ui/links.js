// A link to a place within the text, `?stage=lake`, selects it here instead of opening the app a second time.

export default function ({ setTriggerValue }) {
  const follow = (event) => {
    const link = event.target.closest?.(".st-key-stage-panel a[href^='?stage=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    setTriggerValue("stage", new URLSearchParams(link.getAttribute("href")).get("stage"));
  };
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
}
