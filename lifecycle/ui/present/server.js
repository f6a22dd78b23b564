// When the server is away: a small sign in the foot, where Streamlit would lay a box over the headline.

import { paint } from "./overlay.js";

/** @import { Conductor } from "./types.js" */

/** @returns {HTMLElement | null} */
export const stApp = () => document.querySelector("[data-testid='stApp']");

/** @param {Conductor} c */
export function watchServer(c) {
  const show = () => {
    const state = stApp()?.dataset.testConnectionState ?? "";
    c.away = ["DISCONNECTED", "PINGING_SERVER", "CONNECTING"].includes(state) && c.met;
    c.met ||= state === "CONNECTED";
    paint(c);
  };
  const watch = new MutationObserver(show), app = stApp();
  if (app) watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  show();
  return watch;
}
