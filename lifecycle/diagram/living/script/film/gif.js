// A film as GIF: one palette for all frames, in which the picture's flat colours are themselves, and of each frame only what
// changed. What rows of equal colours and transparent rests make of it is small.

import { GIFEncoder, quantize } from "../../../../../js/shared/encoders.js";

// Of 256 colours so many are those that cover most, exactly; the rest share what letters' and lines' edges are mixed of, and
// the last is none: what stays as it was.
const [EXACT, MIXED, UNCHANGED] = [150, 105, 255];
const LEAVE = 1; // what is drawn stays for the next frame

/**
 * The colours of a film, [red, green, blue] each, 256 of them.
 * @param {Uint32Array[]} samples pixels of some of its frames, as a canvas has them on this machine (red in the lowest byte)
 */
export function paletteOf(samples) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const pixels of samples) for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const common = [...counts].sort(([a, many], [b, more]) => more - many || a - b);
  const rest = common.slice(EXACT).flatMap(([pixel, many]) => Array(Math.min(many, 64)).fill(pixel));
  const palette = common.slice(0, EXACT).map(([pixel]) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]);
  if (rest.length) palette.push(...quantize(new Uint8Array(Uint32Array.from(rest).buffer), MIXED, { format: "rgb565" }));
  while (palette.length <= UNCHANGED) palette.push([0, 0, 0]);
  return palette;
}

/**
 * @param {number[][]} palette
 * @returns {(pixel: number) => number} the index of the nearest colour
 */
function nearestIn(palette) {
  /** @type {Map<number, number>} */
  const known = new Map();
  return (pixel) => {
    const before = known.get(pixel);
    if (before !== undefined) return before;
    const r = pixel & 255, g = (pixel >> 8) & 255, b = (pixel >> 16) & 255;
    let best = 0, least = Infinity;
    for (let i = 0; i < UNCHANGED && least; i++) {
      const away = (palette[i][0] - r) ** 2 + (palette[i][1] - g) ** 2 + (palette[i][2] - b) ** 2;
      if (away < least) [best, least] = [i, away];
    }
    known.set(pixel, best);
    return best;
  };
}

/**
 * @param {number[][]} palette of 256 colours
 * @param {number} width pixels, as is the height
 * @param {number} height
 * @param {number} delay milliseconds that a frame is shown
 * @returns {{ add: (pixels: Uint32Array) => void, end: () => Uint8Array<ArrayBuffer> }}
 */
export function gifWriter(palette, width, height, delay) {
  const gif = GIFEncoder(), nearest = nearestIn(palette);
  /** @type {Uint8Array | null} */
  let before = null;
  return {
    add(pixels) {
      const now = new Uint8Array(pixels.length);
      for (let i = 0; i < pixels.length; i++) now[i] = i && pixels[i] === pixels[i - 1] ? now[i - 1] : nearest(pixels[i]);
      const drawn = before ? now.map((colour, i) => (colour === before?.[i] ? UNCHANGED : colour)) : now;
      const options = { delay, dispose: LEAVE, transparent: before !== null, transparentIndex: UNCHANGED };
      gif.writeFrame(drawn, width, height, before ? options : { ...options, palette });
      before = now;
    },
    end() {
      gif.finish();
      return gif.bytes();
    },
  };
}
