// The one place where nodes are made, and where text or HTML gets into them. Everything else goes through here.

export const SVG = "http://www.w3.org/2000/svg";

/**
 * Attributes by name. `text` sets the node's text, `html` its HTML, `on…` a listener; `true` sets an attribute without a
 * value; what is false, null or undefined is left out.
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => unknown)>} Attributes
 */

/**
 * @template {Element} T
 * @param {T} node
 * @param {Attributes} attributes
 * @param {(Node | string | null)[]} children
 * @returns {T}
 */
function dressed(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") node.textContent = String(value);
    else if (name === "html") setHtml(node, String(value));
    else if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/**
 * Make an element of HTML.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const el = (tag, attributes = {}, ...children) => dressed(document.createElement(tag), attributes, children);

/**
 * Make an element of SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string | null)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export const svgEl = (tag, attributes = {}, ...children) => dressed(document.createElementNS(SVG, tag), attributes, children);

/**
 * Put HTML into a node that our own Markdown renderer made, which lets nothing through that runs. Nothing else is ever
 * set as HTML.
 * @template {Element} T
 * @param {T} node
 * @param {string} html
 * @returns {T}
 */
export function setHtml(node, html) {
  node.innerHTML = html;
  return node;
}

/**
 * Set an attribute where it is another than before.
 * @param {Element} node
 * @param {string} name
 * @param {string | number | boolean} value
 */
export function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/**
 * Set a node's text where it is another than before.
 * @param {Node} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * The element of a page with this id, of the class that the caller counts on.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function byId(id, kind) {
  const node = document.getElementById(id);
  if (!(node instanceof (kind ?? HTMLElement))) throw new Error(`the page has no #${id} of this kind`);
  return /** @type {T} */ (node);
}

/**
 * The one element under `root` that matches; an error where there is none.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T}
 */
export function oneOf(root, selector) {
  const node = root.querySelector(selector);
  if (!node) throw new Error(`nothing matches ${selector}`);
  return /** @type {T} */ (node);
}

/**
 * Every element under `root` that matches.
 * @template {Element} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T[]}
 */
export const allOf = (root, selector) => /** @type {T[]} */ ([...root.querySelectorAll(selector)]);

/**
 * A copy of a node, of the node's own kind.
 * @template {Node} T
 * @param {T} node
 * @param {boolean} [whole] with all that it holds
 * @returns {T}
 */
export const copyOf = (node, whole = false) => /** @type {T} */ (node.cloneNode(whole));

/**
 * Whether a key goes into a field, where it is a letter and no command.
 * @param {Event} event
 * @param {RegExp} [harmless] types of fields that take no letters
 */
export function isTyping(event, harmless = /(?!)/) {
  const at = event.composedPath()[0];
  if (!(at instanceof HTMLElement)) return false;
  const type = at instanceof HTMLInputElement ? at.type : "";
  return at.isContentEditable || (/^(input|textarea|select)$/i.test(at.tagName) && !harmless.test(type));
}

/**
 * Whether a key is pressed together with one that makes it another program's.
 * @param {KeyboardEvent | MouseEvent} event
 */
export const isChord = (event) => event.ctrlKey || event.metaKey || event.altKey;

/**
 * Letters drawn into a room: narrower where they are wider than it, and smaller where that would not do.
 * @param {number} length of the text as it is
 * @param {number} room
 * @param {number} size of its letters
 * @returns {{ size: number | null, length: number | null }} the size and length to set, null where it stays
 */
export function fitted(length, room, size) {
  if (!length || length <= room) return { size: null, length: null };
  return { size: length * NARROWEST > room ? size * (room / (length * NARROWEST)) : null, length: room };
}
const NARROWEST = 0.8; // of a text's own width; what is wider still is set smaller
