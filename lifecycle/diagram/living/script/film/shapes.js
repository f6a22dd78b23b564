// A moment of the picture as plain data, and a film as one SVG: what stays stands once, what changes is animated by SMIL,
// which needs no script. The same moments give the same text.

/**
 * A shape at one moment. `key` tells it apart from its siblings, and finds it again at other moments; `look` is what the page
 * computed, inherited but for the opacity.
 * @typedef {{ key: string, tag: string, attrs: Record<string, string>, look: Record<string, string>, text: string, children: Shape[] }} Shape
 *
 * The same shape at every moment, null where it is not there.
 * @typedef {(Shape | null)[]} Strand
 */

/**
 * A shape of our own, which looks like what it stands in but for what is said.
 * @param {string} key
 * @param {string} tag
 * @param {Record<string, string | number>} [attrs]
 * @param {Shape[] | string} [within]
 * @returns {Shape}
 */
export function shape(key, tag, attrs = {}, within = []) {
  const written = Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, rounded(String(value))]));
  const [text, children] = typeof within === "string" ? [within, []] : ["", within];
  return { key, tag, attrs: written, look: {}, text, children };
}

/**
 * The numbers of a text with two decimals at most.
 * @param {string} text
 */
export const rounded = (text) => text.replace(/-?\d*\.\d+(e[-+]?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)) + 0));

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * One picture, or a film of several that repeats itself.
 * @param {Shape[]} moments the root's shape, an `svg`, at each of them
 * @param {number} [lasts] seconds
 */
export const svgText = (moments, lasts = 0) => textOf(moments, moments.map(() => null), lasts);

/**
 * @param {Strand} strand
 * @param {Strand} parents
 * @param {number} lasts
 * @returns {string}
 */
function textOf(strand, parents, lasts) {
  const one = strand.find((at) => at !== null);
  if (!one) return "";
  /** @type {string[]} */
  const attributes = [], changes = [];
  for (const [name, values] of timelines(strand, parents)) {
    if (values[0] !== "") attributes.push(` ${name}="${escaped(values[0])}"`);
    if (values.some((value) => value !== values[0])) changes.push(change(name, values, lasts));
  }
  const within = childrenOf(strand).map((child) => textOf(child, strand, lasts)).join("");
  return `<${one.tag}${attributes.join("")}>${escaped(one.text)}${changes.join("")}${within}</${one.tag}>`;
}

/**
 * Every attribute that a shape needs, with its value at each moment; where it is not there, that of before, or the first.
 * @param {Strand} strand
 * @param {Strand} parents
 * @returns {[string, string[]][]}
 */
function timelines(strand, parents) {
  const first = strand.find((at) => at !== null) ?? null;
  let last = first;
  const filled = strand.map((at) => (last = at ?? last));
  /** @param {(at: Shape) => string | undefined} read */
  const values = (read) => filled.map((at) => (at && read(at)) ?? "");
  const names = new Set(strand.flatMap((at) => (at ? Object.keys(at.attrs) : [])));
  const looks = new Set(strand.flatMap((at) => (at ? Object.keys(at.look) : [])));
  /** @param {string} name */
  const inherits = (name) => strand.every((at, i) => !at || at.look[name] === (name === "opacity" ? "1" : parents[i]?.look[name]));
  /** @type {[string, string[]][]} */
  const known = [...names].map((name) => [name, values((at) => at.attrs[name])]);
  for (const name of looks) if (!inherits(name)) known.push([name, values((at) => at.look[name])]);
  const seen = strand.map((at) => (at ? "inline" : "none"));
  if (strand.some((at, i) => !at && (parents[i] || !parents.some(Boolean)))) known.push(["display", seen]);
  return known;
}

/**
 * What a shape holds, in the order in which it is painted, each at every moment.
 * @param {Strand} strand
 * @returns {Strand[]}
 */
function childrenOf(strand) {
  /** @type {string[]} */
  const order = [];
  const known = strand.map((at) => new Map(at?.children.map((child) => [child.key, child])));
  for (const children of known) {
    let place = -1;
    for (const key of children.keys()) {
      const before = order.indexOf(key);
      if (before < 0) order.splice(place + 1, 0, key);
      place = before < 0 ? place + 1 : before;
    }
  }
  return order.map((key) => known.map((children) => children.get(key) ?? null));
}

/**
 * A value that changes, in steps: with their times, or without where nearly every moment has its own.
 * @param {string} name
 * @param {string[]} values
 * @param {number} lasts
 */
function change(name, values, lasts) {
  const steps = values.flatMap((value, i) => (i === 0 || value !== values[i - 1] ? [i] : []));
  const all = steps.length > values.length / 2;
  const times = all ? "" : ` keyTimes="${steps.map((i) => String(Number((i / values.length).toFixed(4)))).join(";")}"`;
  const shown = (all ? values : steps.map((i) => values[i])).map((value) => (name === "transform" ? value.replace(/translate\(|\)/g, "") : value));
  const [tag, kind] = name === "transform" ? ["animateTransform", ' type="translate"'] : ["animate", ""];
  return `<${tag} attributeName="${name}"${kind} dur="${lasts}s" repeatCount="indefinite" calcMode="discrete" values="${escaped(shown.join(";"))}"${times}/>`;
}
