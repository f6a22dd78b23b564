// A dialog with the page's keys. The browser's own dialog closes by Escape and gives the focus back to where it was.

function make(tag, attributes = {}, ...children) {
  const node = Object.assign(document.createElement(tag), attributes);
  node.append(...children);
  return node;
}

function create(parent) {
  const list = make("dl"), title = make("h2", { textContent: "Keys", id: "keys-title" });
  const close = make("button", { type: "button", textContent: "Close", autofocus: true, onclick: () => dialog.close() });
  const dialog = make("dialog", {}, title, list, close);
  dialog.setAttribute("aria-labelledby", "keys-title");
  const open = () => dialog.open || dialog.showModal();
  const button = make("button", { type: "button", textContent: "?", title: "Keys (?)", ariaLabel: "Keys (?)", className: "open", onclick: open });
  parent.append(button, dialog);
  const pressed = (event) => {
    const at = event.composedPath()[0];
    const typing = at instanceof HTMLElement && (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName)) && !/^(range|radio|checkbox|button)$/.test(at.type);
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing) return;
    event.preventDefault();
    open();
  };
  document.addEventListener("keydown", pressed);
  return { list, end: () => { document.removeEventListener("keydown", pressed); button.remove(); dialog.remove(); } };
}

export default function ({ data, parentElement }) {
  const keys = (parentElement.keys ??= create(parentElement));
  keys.list.replaceChildren(...data.rows.flatMap(([names, words]) => [
    make("dt", {}, ...names.map((name) => make("kbd", { textContent: name }))), make("dd", { textContent: words }),
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
