// When the server is away: a small sign in the foot, where Streamlit would lay a box over the headline.

import { paint } from "./overlay.js";

export const stApp = () => document.querySelector("[data-testid='stApp']");

export function watchServer(c) {
  const show = () => {
    c.away = ["DISCONNECTED", "PINGING_SERVER", "CONNECTING"].includes(stApp()?.dataset.testConnectionState) && c.met;
    c.met ||= stApp()?.dataset.testConnectionState === "CONNECTED";
    paint(c);
  };
  const watch = new MutationObserver(show);
  if (stApp()) watch.observe(stApp(), { attributes: true, attributeFilter: ["data-test-connection-state"] });
  show();
  return watch;
}
