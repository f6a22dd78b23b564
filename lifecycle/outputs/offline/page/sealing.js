// Hashes, and what is sealed with them, as outputs/offline/asking.py makes them.

/** SHA-256 of some bytes: https://doi.org/10.6028/NIST.FIPS.180-4. The browser's own is not there under file:// everywhere. */
const [ROUNDS, STARTS] = (() => {
  /** @type {number[]} */
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  /** @param {number} x */
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  return [primes.map((p) => fraction(Math.cbrt(p))), primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)))];
})();

/** @param {Uint8Array} bytes */
function sha256(bytes) {
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  /**
   * @param {number} x
   * @param {number} by
   */
  const turn = (x, by) => (x >>> by) | (x << (32 - by));
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

/** @param {string} text */
const digest = (text) => sha256(new TextEncoder().encode(text));

/**
 * @param {string} text
 * @param {string} salt
 */
export const hashed = (text, salt) => [...digest(`${salt}\0${text}`)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Lift the veil that `seal` of asking.py laid over a question's key, or over another value of the type T.
 * @template T
 * @param {string} text
 * @param {string} salt
 * @returns {T}
 */
export function unsealed(text, salt) {
  const data = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  let stream = new Uint8Array();
  for (let i = 0; i < data.length; i++) {
    if (i % 32 === 0) stream = digest(`${salt}\0${i / 32}`);
    data[i] ^= stream[i % 32];
  }
  return JSON.parse(new TextDecoder().decode(data));
}

