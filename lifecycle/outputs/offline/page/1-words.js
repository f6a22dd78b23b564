// Words, numbers and hashes: what Python says in lifecycle/words.py, quizzes/numbers.py and outputs/offline/asking.py, said here too.

const { el, unpack, openFrames, clockWords, duration, number } = window.headwaters;
const COURSE = JSON.parse(document.getElementById("course").textContent);
const byId = (id) => document.getElementById(id);

/** Put HTML that the export made with its own safe renderer into a node; nothing else is ever set as HTML. */
function setHtml(node, html) {
  node.innerHTML = html;
  return node;
}

const htmlIn = (tag, html, attributes = {}) => setHtml(el(tag, attributes), html);

/** How a figure changed, in words: `+12 %`, `40 times as much`, `no change`; null is no figure at all. */
function change(before, after) {
  if (before === after) return "no change";
  if (before === null || after === null) return before === null ? "from nothing" : "to nothing";
  if (before === 0) return "from none";
  const ratio = after / before, percent = 100 * (ratio - 1), size = Math.abs(percent);
  if (ratio >= 3) return `${number(ratio)} times as much`;
  if (size < 0.05) return "no change";
  let shown = size < 10 || size > 99 ? size.toFixed(1) : size.toFixed(0);
  if (shown === "100.0" && after) shown = "99.9";
  return `${percent > 0 ? "+" : "−"}${shown.replace(/\.0$/, "")} %`;
}

/** SHA-256 of some bytes: https://doi.org/10.6028/NIST.FIPS.180-4. The browser's own is not there under file:// everywhere. */
const [ROUNDS, STARTS] = (() => {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  return [primes.map((p) => fraction(Math.cbrt(p))), primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)))];
})();

function sha256(bytes) {
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer), turn = (x, by) => (x >>> by) | (x << (32 - by));
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const sums = [...STARTS], w = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getInt32(at + 4 * i);
      else {
        const a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
      }
    }
    let [a, b, c, d, e, f, g, h] = sums;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((x, i) => (sums[i] = (sums[i] + x) | 0));
  }
  const out = new DataView(new ArrayBuffer(32));
  sums.forEach((x, i) => out.setInt32(4 * i, x));
  return new Uint8Array(out.buffer);
}

const digest = (text) => sha256(new TextEncoder().encode(text));
const hashed = (text, salt) => [...digest(`${salt}\0${text}`)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Lift the veil that `seal` of asking.py laid over a question's key. */
function unsealed(text, salt) {
  const data = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  let stream = null;
  for (let i = 0; i < data.length; i++) {
    if (i % 32 === 0) stream = digest(`${salt}\0${i / 32}`);
    data[i] ^= stream[i % 32];
  }
  return JSON.parse(new TextDecoder().decode(data));
}

const normalised = (text) => text.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
const TYPED = new RegExp(`^(?:${COURSE.typed.form})$`, "i"), DOUBTFUL = new RegExp(`^(?:${COURSE.typed.doubtful})$`);

/** A typed number's parts and by what it is multiplied to be in the accepted unit; null where it is no number of it. */
function typedParts(text, accepted) {
  if (accepted.value === undefined) return null;
  const found = TYPED.exec([...text].map((sign) => COURSE.typed.signs[sign] ?? sign).join("").trim());
  if (!found) return null;
  const unit = normalised(found[4] ?? ""), here = COURSE.units[unit], wanted = normalised(accepted.unit), there = COURSE.units[wanted];
  const same = !unit || unit === wanted;
  if (!same && !(here && there && here[0] === there[0])) return null;
  return { sign: found[1], digits: found[2], exponent: found[3] ?? "", factor: same ? 1 : here[1] / there[1], bare: !unit };
}

/** The digits without groups and with a decimal point. */
function withPoint(text) {
  const digits = text.replace(/[^0-9.,]/g, ""), [commas, points] = [",", "."].map((sign) => digits.split(sign).length - 1);
  if (commas && points) return digits.replaceAll(digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "," : ".", "").replace(",", ".");
  return commas > 1 ? digits.replaceAll(",", "") : points > 1 ? digits.replaceAll(".", "") : digits.replace(",", ".");
}

/** A sentence where a typed number can mean two, "" otherwise. */
function doubt(text, accepted, salt) {
  if (hashed(normalised(text), salt) === accepted.hash) return "";
  const typed = typedParts(text, accepted);
  if (!typed || !DOUBTFUL.test(typed.digits)) return "";
  const said = { typed: typed.digits, one: typed.digits.replace(",", ""), other: String(Number(typed.digits.replace(",", "."))) };
  return COURSE.typed.doubt.replace(/\{(\w+)\}/g, (gap, name) => said[name]);
}

/** What was typed as a number in the accepted one's unit; null where it is none, or can mean two. */
function typedNumber(text, accepted) {
  const typed = typedParts(text, accepted);
  return typed && !DOUBTFUL.test(typed.digits) ? Number(typed.sign + withPoint(typed.digits) + typed.exponent) * typed.factor : null;
}

/** Whether a typed answer is the accepted one: the same words, or a number near enough, in any unit of the same kind. */
function fits(text, accepted, salt) {
  if (hashed(normalised(text), salt) === accepted.hash) return true;
  const value = typedNumber(text, accepted);
  return value !== null && Math.abs(value - accepted.value) <= accepted.tolerance + 1e-9 * Math.abs(accepted.value);
}
