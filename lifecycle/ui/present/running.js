// The classes that this browser presents. Their secrets stay in cookies that no script reads; one that was just started
// comes here as data, is traded for its cookie, and can be copied: it is never written into the page.

import { el } from "../../../js/shared/dom.js";
import { howManyHere } from "../../../js/shared/voting_words.js";
import { plural } from "../../../js/shared/words.js";

const AGAIN_MS = 5000, SETTLED_MS = 3000, SEEN = "headwaters-class-seen";
/**
 * @import { ActSent, ClassListed, ClassesListed, DeskLink } from "../../../js/shared/class_message.js"
 * @import { Claim, ClassesRunning } from "./message.js"
 * @import { OwnClass, Running } from "./types.js"
 */

/** @param {Running} r @param {string} path */
const within = (r, path) => `${r.data.site || location.origin}/${path}`;
/** @param {Running} r @param {string} path */
const live = (r, path) => within(r, `live/${path}`);
/** @type {RequestInit} */
const own = { credentials: "same-origin", cache: "no-store" };

/**
 * Trade the secret for the cookie, once.
 * @param {Running} r
 * @param {Claim} claim
 */
async function claim(r, { code, secret }) {
  if (r.claimed === code) return;
  try {
    const answer = await fetch(live(r, `${code}/presenter`), { ...own, method: "POST", headers: { Authorization: `Bearer ${secret}` } });
    if (answer.ok) r.claimed = code;
  } catch { /* the desk says so when it is opened */ }
}

/**
 * Put the link on the clipboard; where the page may not (plain http), by way of a field that is gone at once.
 * @param {string} text
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = el("textarea", { "aria-hidden": "true" });
    field.value = text;
    field.style.cssText = "position:fixed;inset:-10rem auto auto -10rem;width:1px;height:1px;opacity:0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

/** @param {string} text @param {() => unknown} onclick @param {string} [kind] */
const button = (text, onclick, kind = "") => el("button", { type: "button", text, onclick, class: kind });
/** @param {Running} r @param {string} code */
const openDesk = (r, code) => window.open(within(r, `desk/${code}`), "headwaters-desk");

/**
 * The desk's secret link: known of a class that was started here, else asked for with this browser's cookie.
 * @param {Running} r
 * @param {OwnClass} own
 */
async function deskLink(r, { code, secret, desk }) {
  if (secret) return `${desk}#${secret}`;
  const answer = await fetch(live(r, `${code}/link`), { ...own, method: "POST" }).catch(() => null);
  if (!answer?.ok) return "";
  /** @type {DeskLink} */
  const { link } = await answer.json();
  return link;
}

/** @param {Running} r @param {OwnClass} told */
function deskButtons(r, told) {
  const { code } = told;
  const said = el("span", { role: "status" });
  const link = button("Copy the desk’s link", async () => {
    const address = await deskLink(r, told);
    said.textContent = address && (await copy(address)) ? "Copied. Anybody who has it drives the class." : "It could not be copied: open the desk here, and scan its code with the other device.";
  });
  return [button("Open the desk", () => openDesk(r, code)), link, said];
}

/** @param {Running} r @param {ClassListed} told */
function card(r, told) {
  const erased = new Date(told.expires_s * 1000).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
  const people = !told.over ? howManyHere(told.phones) : told.voters ? `${plural(told.voters, "phone")} voted` : "Nobody voted";
  const state = told.over ? "has ended" : "is running";
  const claimed = r.data.claim?.code === told.code ? r.data.claim : null;
  /** @param {string} kind */
  const download = (kind) => el("a", { href: live(r, `${told.code}/results.${kind}`), text: `Results (${kind.toUpperCase()})`, download: "" });
  const buttons = told.over ? [] : [
    button("Resume", () => r.send("resume", { talk: told.talk, code: told.code, at: Date.now() }), "main"),
    ...deskButtons(r, claimed ?? { code: told.code }),
    el("a", { href: live(r, `${told.code}/notes.pdf`), text: "With notes (PDF)", title: "The talk with notes, planned times and answers", download: "" }),
  ];
  const end = button("End", () => endClass(r, told), "end");
  return el("section", { class: "card", "aria-label": `Class ${told.spelled}` },
    el("h3", {}, `Your class ${told.spelled} ${state}: “${told.title}”`),
    el("p", {}, `${people}. It is deleted with all its votes on ${erased}. Take the results before that.`),
    el("div", { class: "buttons" }, ...buttons, download("csv"), download("pdf"), ...(told.over ? [] : [end])));
}

/** @param {Running} r @param {ClassListed} told */
async function endClass(r, { code, spelled }) {
  if (!confirm(`End the class ${spelled} for everybody? Its results stay until the class is deleted.`)) return;
  /** @type {ActSent} */
  const sent = { action: "end" };
  await fetch(live(r, `${code}/act`), { ...own, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) }).catch(() => null);
  show(r);
}

/** @param {Running} r */
async function show(r) {
  clearTimeout(r.again);
  const { claim: started, only } = r.data;
  if (started) await claim(r, started);
  if (only && started) {
    if (r.shown !== started.code) r.root.replaceChildren(el("div", { class: "buttons" }, ...deskButtons(r, started)));
    r.shown = started.code;
    bringIntoSight(r, started.code);
    return;
  }
  try {
    const answer = await fetch(live(r, "mine"), own);
    /** @type {Pick<ClassesListed, "classes">} */
    const { classes } = answer.ok ? await answer.json() : { classes: [] };
    const now = JSON.stringify([classes, started?.code]);
    if (now !== r.shown) r.root.replaceChildren(...classes.map((each) => card(r, each)));
    r.shown = now;
  } catch { /* the page's own sign says that the server is away */ }
  if (r.root.isConnected) r.again = setTimeout(() => show(r), AGAIN_MS);
}

/**
 * Once for a class: the page from its beginning, where the card of the running class and its talk's are both seen whole;
 * where they are not, the talk's card to the top, as it grows and others come above it.
 * @param {Running} r
 * @param {string} code
 */
function bringIntoSight(r, code) {
  const around = r.root.getRootNode();
  /** @type {HTMLElement | null} */
  const talk = around instanceof ShadowRoot ? around.host.closest("[class*=st-key-talk-]") : null;
  const page = talk?.closest("[data-testid=stMain]");
  if (!talk || !page || sessionStorage.getItem(SEEN) === code) return;
  sessionStorage.setItem(SEEN, code);
  talk.style.scrollMarginTop = "3.5rem"; // the page's own head stays above
  const scroll = () => {
    const end = talk.getBoundingClientRect().bottom - page.getBoundingClientRect().top + page.scrollTop;
    if (end <= page.clientHeight) page.scrollTop = 0;
    else talk.scrollIntoView({ block: "start", behavior: "instant" });
  };
  const growing = new ResizeObserver(scroll);
  for (const each of [talk, ...page.children]) growing.observe(each);
  setTimeout(() => growing.disconnect(), SETTLED_MS);
}

/** @param {Mount<ClassesRunning, HTMLElement & { running?: Running }>} mount */
export default function ({ data, parentElement, setTriggerValue }) {
  const r = (parentElement.running ??= { root: parentElement.appendChild(el("div", { class: "running" })), data, send: setTriggerValue });
  Object.assign(r, { data, send: setTriggerValue });
  show(r);
  return () => clearTimeout(r.again);
}
