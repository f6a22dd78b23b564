// What the desk knows: the talk, and what the class said last.



const CODE = document.body.dataset.code;
export const LIVE = `${document.body.dataset.base}/live/${CODE}/`;
export const AGAIN_MS = 1500;
export const SILENT_MS = 40000;
export const OWN_MS = 1500;
export const SAID_MS = 8000;
// A second press within the one is an echo, within the other it means it.
export const ECHO_MS = 1000;
export const SURE_MS = 6000;
export const ask = (what, options = {}) => fetch(LIVE + what, { credentials: "same-origin", cache: "no-store", ...options }).catch(() => null);
export const words = (answer) => answer.json().then((said) => said.error, () => "");

export const desk = {
  talk: null, told: null, feed: null, heardAt: 0, aheadS: 0,
  digits: "", wanted: null, wantedAt: 0, card: null, queue: Promise.resolve(), leaving: null, shownStep: -1,
};
