// Streamlit mends a cut wire by itself. A server that was started anew, though, knows nothing of the page that is still
// open, and what reruns alone (diagram, panel, quiz) would stay deaf; so one whole run is asked for once the wire is
// back. A stage that was chosen meanwhile, and that nobody heard of, goes with it. Where Streamlit has given its wire up
// for good, the page would stand still for ever: it is loaded anew, at the address that says all of it.

const app = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-testid='stApp']"));
const wire = () => app()?.dataset.testConnectionState;
const connected = () => wire() === "CONNECTED";

// So long after one loading anew there is no other: what is broken for good must not flicker.
const ANEW_MS = 20_000;
const LOADED_ANEW = "headwaters-loaded-anew";

function loadAnew() {
  try {
    if (Date.now() - Number(sessionStorage.getItem(LOADED_ANEW) ?? 0) < ANEW_MS) return;
    sessionStorage.setItem(LOADED_ANEW, String(Date.now()));
  } catch {
    return; // nothing can be kept here, so nothing would end the loading
  }
  location.reload();
}

function unheard() {
  const pending = window.headwatersDiagrams?.get("living-diagram")?.diagram?.pending;
  if (!pending) return {};
  pending.at = performance.now();
  return { stage: pending.id };
}

/** What came while the wire was being cut was not heard, and the same words are not sent twice. */
function hearWhatCame() {
  for (const { notes, diagram, hear } of window.headwatersDiagrams?.values() ?? []) {
    if (notes.state && notes.state !== diagram?.said) hear?.(notes.state);
  }
}

/**
 * Streamlit opens a box of its own over the page, with a veil that takes the keyboard from everything below. A talk has
 * its own sign (conductor.js), so there the box is put away before it is painted; only what opens while the wire is cut
 * is Streamlit's, since our own dialogs come from the server.
 * @param {MutationRecord[]} records
 */
function putAway(records) {
  if (connected() || !document.querySelector(".st-key-conductor")) return;
  for (const box of records.flatMap((each) => [...each.addedNodes])) {
    if (!(box instanceof HTMLElement) || !box.matches("[data-testid='stDialog']")) continue;
    box.hidden = true;
    box.style.display = "none";
    box.querySelector("button")?.click(); // dismissed: it does not come again before the next cut
  }
}

/** @param {Mount<null>} mount */
export default function ({ setTriggerValue }) {
  const root = app();
  if (!root) return;
  window.headwatersCut = !connected();
  const watch = new MutationObserver(() => {
    const back = window.headwatersCut && connected();
    window.headwatersCut = !connected();
    if (back) {
      const asked = unheard();
      hearWhatCame();
      setTriggerValue("back", asked);
    }
    if (wire() === "DISCONNECTED_FOREVER") loadAnew();
  });
  watch.observe(root, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  const boxes = new MutationObserver(putAway);
  boxes.observe(document.body, { childList: true });
  return () => {
    watch.disconnect();
    boxes.disconnect();
  };
}
