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

/**
 * Streamlit opens a box of its own over the page, with a veil that takes the keyboard from everything below. A talk has
 * its own sign (conductor.js), so there the box is put away before it is painted; only what opens while the wire is cut
 * is Streamlit's, since our own dialogs come from the server.
 */
function putAway(records) {
  if (connected() || !document.querySelector(".st-key-conductor")) return;
  for (const box of records.flatMap((each) => [...each.addedNodes])) {
    if (box.nodeType !== 1 || !box.matches("[data-testid='stDialog']")) continue;
    box.hidden = true;
    box.style.display = "none";
    box.querySelector("button")?.click(); // dismissed: it does not come again before the next cut
  }
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
  const boxes = new MutationObserver(putAway);
  boxes.observe(document.body, { childList: true });
  return () => {
    watch.disconnect();
    boxes.disconnect();
  };
}
