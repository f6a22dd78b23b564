// Streamlit mends a cut wire by itself. A server that was started anew, though, knows nothing of the page that is still
// open, and what reruns alone (diagram, panel, quiz) would stay deaf; so one whole run is asked for once the wire is
// back. A stage that was chosen meanwhile, and that nobody heard of, goes with it.

const app = () => document.querySelector("[data-testid='stApp']");
const connected = () => app()?.dataset.testConnectionState === "CONNECTED";

function unheard() {
  const pending = window.headwatersDiagrams?.get("living-diagram")?.diagram?.pending;
  if (!pending) return {};
  pending.at = performance.now();
  return { stage: pending.id };
}

export default function ({ setTriggerValue }) {
  if (!app()) return;
  window.headwatersCut = !connected();
  const watch = new MutationObserver(() => {
    const back = window.headwatersCut && connected();
    window.headwatersCut = !connected();
    if (back) setTriggerValue("back", unheard());
  });
  watch.observe(app(), { attributes: true, attributeFilter: ["data-test-connection-state"] });
  return () => watch.disconnect();
}
