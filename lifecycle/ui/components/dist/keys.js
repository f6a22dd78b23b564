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
function isTyping(event, harmless = /(?!)/) {
  const at = event.composedPath()[0];
  if (!(at instanceof HTMLElement)) return false;
  const type = at instanceof HTMLInputElement ? at.type : "";
  return at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) && !harmless.test(type);
}
var isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

// lifecycle/ui/components/keys.js
function create(parent) {
  const list = el("dl"), title = el("h2", { text: "Keys", id: "keys-title" });
  const close = el("button", { type: "button", text: "Close", autofocus: true, onclick: () => void dialog.close() });
  const dialog = el("dialog", {}, title, list, close);
  dialog.setAttribute("aria-labelledby", "keys-title");
  const open = () => dialog.open || dialog.showModal();
  const button = el("button", { type: "button", text: "?", title: "Keys (?)", "aria-label": "Keys (?)", class: "open", onclick: open });
  parent.append(button, dialog);
  const pressed = (event) => {
    if (event.key !== "?" || isChord(event) || event.defaultPrevented || isTyping(event, /^(range|radio|checkbox|button)$/)) return;
    event.preventDefault();
    open();
  };
  document.addEventListener("keydown", pressed);
  return { list, end: () => {
    document.removeEventListener("keydown", pressed);
    button.remove();
    dialog.remove();
  } };
}
function keys_default({ data, parentElement }) {
  const keys = parentElement.keys ??= create(parentElement);
  keys.list.replaceChildren(...data.rows.flatMap(([names, words]) => [
    el("dt", {}, ...names.map((name) => el("kbd", { text: name }))),
    el("dd", { text: words })
  ]));
  clearTimeout(keys.leaving);
  return () => {
    keys.leaving = setTimeout(() => {
      if (parentElement.isConnected) return;
      keys.end();
      delete parentElement.keys;
    }, 500);
  };
}
export {
  keys_default as default
};
