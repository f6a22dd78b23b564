// js/shared/dom.js
function dressed(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === void 0) continue;
    if (name === "text") node.textContent = String(value);
    else if (name === "html") setHtml(node, String(value));
    else if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
var el = (tag, attributes = {}, ...children) => dressed(document.createElement(tag), attributes, children);
function setHtml(node, html) {
  node.innerHTML = html;
  return node;
}

// js/shared/words.js
var plural = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;

// js/shared/voting_words.js
var howManyHere = (phones) => phones ? `${plural(phones, "phone")} ${phones === 1 ? "is" : "are"} here` : "No phone is here yet";

// lifecycle/ui/present/running.js
var AGAIN_MS = 5e3;
var SETTLED_MS = 3e3;
var SEEN = "headwaters-class-seen";
var within = (r, path) => `${r.data.site || location.origin}/${path}`;
var live = (r, path) => within(r, `live/${path}`);
var own = { credentials: "same-origin", cache: "no-store" };
async function claim(r, { code, secret }) {
  if (r.claimed === code) return;
  try {
    const answer = await fetch(live(r, `${code}/presenter`), { ...own, method: "POST", headers: { Authorization: `Bearer ${secret}` } });
    if (answer.ok) r.claimed = code;
  } catch {
  }
}
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
var button = (text, onclick, kind = "") => el("button", { type: "button", text, onclick, class: kind });
var openDesk = (r, code) => window.open(within(r, `desk/${code}`), "headwaters-desk");
async function deskLink(r, { code, secret, desk }) {
  if (secret) return `${desk}#${secret}`;
  const answer = await fetch(live(r, `${code}/link`), { ...own, method: "POST" }).catch(() => null);
  if (!answer?.ok) return "";
  const { link } = await answer.json();
  return link;
}
function deskButtons(r, told) {
  const { code } = told;
  const said = el("span", { role: "status" });
  const link = button("Copy the desk’s link", async () => {
    const address = await deskLink(r, told);
    said.textContent = address && await copy(address) ? "Copied. Anybody who has it drives the class." : "It could not be copied: open the desk here, and scan its code with the other device.";
  });
  return [button("Open the desk", () => openDesk(r, code)), link, said];
}
function card(r, told) {
  const erased = new Date(told.expires_s * 1e3).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
  const people = !told.over ? howManyHere(told.phones) : told.voters ? `${plural(told.voters, "phone")} voted` : "Nobody voted";
  const state = told.over ? "has ended" : "is running";
  const claimed = r.data.claim?.code === told.code ? r.data.claim : null;
  const download = (kind) => el("a", { href: live(r, `${told.code}/results.${kind}`), text: `Results (${kind.toUpperCase()})`, download: "" });
  const buttons = told.over ? [] : [
    button("Resume", () => r.send("resume", { talk: told.talk, code: told.code, at: Date.now() }), "main"),
    ...deskButtons(r, claimed ?? { code: told.code }),
    el("a", { href: live(r, `${told.code}/notes.pdf`), text: "With notes (PDF)", title: "The talk with notes, planned times and answers", download: "" })
  ];
  const end = button("End", () => endClass(r, told), "end");
  return el(
    "section",
    { class: "card", "aria-label": `Class ${told.spelled}` },
    el("h3", {}, `Your class ${told.spelled} ${state}: “${told.title}”`),
    el("p", {}, `${people}. It is deleted with all its votes on ${erased}. Take the results before that.`),
    el("div", { class: "buttons" }, ...buttons, download("csv"), download("pdf"), ...told.over ? [] : [end])
  );
}
async function endClass(r, { code, spelled }) {
  if (!confirm(`End the class ${spelled} for everybody? Its results stay until the class is deleted.`)) return;
  const sent = { action: "end" };
  await fetch(live(r, `${code}/act`), { ...own, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) }).catch(() => null);
  show(r);
}
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
    const { classes } = answer.ok ? await answer.json() : { classes: [] };
    const now = JSON.stringify([classes, started?.code]);
    if (now !== r.shown) r.root.replaceChildren(...classes.map((each) => card(r, each)));
    r.shown = now;
  } catch {
  }
  if (r.root.isConnected) r.again = setTimeout(() => show(r), AGAIN_MS);
}
function bringIntoSight(r, code) {
  const around = r.root.getRootNode();
  const talk = around instanceof ShadowRoot ? around.host.closest("[class*=st-key-talk-]") : null;
  const page = talk?.closest("[data-testid=stMain]");
  if (!talk || !page || sessionStorage.getItem(SEEN) === code) return;
  sessionStorage.setItem(SEEN, code);
  talk.style.scrollMarginTop = "3.5rem";
  const scroll = () => {
    const end = talk.getBoundingClientRect().bottom - page.getBoundingClientRect().top + page.scrollTop;
    if (end <= page.clientHeight) page.scrollTop = 0;
    else talk.scrollIntoView({ block: "start", behavior: "instant" });
  };
  const growing = new ResizeObserver(scroll);
  for (const each of [talk, ...page.children]) growing.observe(each);
  setTimeout(() => growing.disconnect(), SETTLED_MS);
}
function running_default({ data, parentElement, setTriggerValue }) {
  const r = parentElement.running ??= { root: parentElement.appendChild(el("div", { class: "running" })), data, send: setTriggerValue };
  Object.assign(r, { data, send: setTriggerValue });
  show(r);
  return () => clearTimeout(r.again);
}
export {
  running_default as default
};
