// A film of the clock: the stretch, its frames as one animated SVG or as a GIF, and what stands below the picture.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressAt, offered } from "../../lifecycle/diagram/living/script/film/form.js";
import { codeOf, codePath, footOf, linesOf } from "../../lifecycle/diagram/living/script/film/foot.js";
import { gifWriter, paletteOf } from "../../lifecycle/diagram/living/script/film/gif.js";
import { rounded, shape, svgText } from "../../lifecycle/diagram/living/script/film/shapes.js";
import { faultOf, fileName, momentsOf, readClock } from "../../lifecycle/diagram/living/script/film/stretch.js";

/** @import { Diagram, Frames } from "../../lifecycle/diagram/living/script/types.js" */
/** @import { Shape } from "../../lifecycle/diagram/living/script/film/shapes.js" */

const DAY = { start: 0, end: 86400 };

test("a moment is read as it is written on the clock, and nothing else is one", () => {
  assert.deepEqual(["02:30", "2.05", " 24:00 ", "24:01", "12:60", "noon", ""].map(readClock), [9000, 7500, 86400, null, null, null, null]);
});

test("what cannot be filmed is said, with how to put it right", () => {
  assert.equal(faultOf({ from: 0, to: 60, lasts: 3 }, DAY), "");
  assert.match(faultOf({ from: 60, to: 60, lasts: 6 }, DAY), /end at 00:01, not after its start.*later/);
  assert.match(faultOf({ from: null, to: 60, lasts: 6 }, DAY), /“From” is not a moment.*02:30/);
  assert.match(faultOf({ from: 0, to: 86400, lasts: 6 }, { start: 3600, end: 7200 }), /from 01:00 to 02:00/);
  for (const lasts of [2, 16, NaN]) assert.match(faultOf({ from: 0, to: 60, lasts }, DAY), /3 to 15 seconds/);
});

test("frames are spread evenly from the first moment to the last", () => {
  assert.deepEqual(momentsOf({ from: 100, to: 390, lasts: 3 }, 10), Array.from({ length: 30 }, (_, i) => 100 + 10 * i));
  assert.equal(momentsOf({ from: 0, to: 60, lasts: 6 }, 25).length, 150);
  assert.equal(fileName({ from: 6900, to: 9000, lasts: 6, format: "gif", caption: "", address: "" }), "pipeline-0155-0230.gif");
});

test("the stretch offered is what six seconds of playing reach from the clock's moment on", () => {
  const frames = /** @type {Frames} */ (/** @type {unknown} */ (DAY));
  /** @param {object} more */
  const at = (more) => offered(/** @type {Diagram} */ (/** @type {unknown} */ ({ speed: 300, gold: null, ...more })), frames);
  assert.deepEqual(at({ t: 7230 }), { from: 7200, to: 7200 + 1740 }); // 1,728 s, in whole minutes
  assert.deepEqual(at({ t: 86400 }), { from: 0, to: 1740 }); // at the day's end, its beginning
  const beats = [{ stage: "a", to: "", start: 7200, end: 10800, watch: 12, part: 0, when: "", rate: "" }];
  assert.deepEqual(at({ t: 7200, gold: { place: { beat: 0, into: 0 }, followed: { beats } } }), { from: 7200, to: 9000 });
  assert.deepEqual(at({ t: 7200, gold: { place: { beat: 0, into: 12 }, followed: { beats } } }), { from: 7200, to: 8940 }); // its journey is over
});

test("the address opens at the film's beginning, in the app and in the offline copy", () => {
  assert.equal(addressAt("https://example.org/?", 7200), "https://example.org/?moment=7200");
  assert.equal(addressAt("https://example.org/?size=stream", 7200), "https://example.org/?size=stream&moment=7200");
  assert.equal(addressAt("https://example.org/copy.html#", 60), "https://example.org/copy.html#moment=60");
});

// --- the animated SVG

/**
 * A wire with a dot on it that goes from moment to moment, and a stage that says what it holds.
 * @param {number | null} x of the dot, null for none
 * @param {string} held
 * @returns {Shape}
 */
const moment = (x, held) => shape("film", "svg", { width: 100, height: 50 }, [
  { ...shape("wire", "path", { d: "M0 0L100.125 0" }), look: { stroke: "#123456", opacity: "1" } },
  { ...shape("group", "g"), look: { fill: "#ff0000", opacity: "1" }, children: x === null ? [] : [{ ...shape("dot 1", "circle", { cx: x, cy: 5 }), look: { fill: "#ff0000", opacity: "1" } }] },
  shape(`state ${held}`, "text", { x: 1 }, held),
]);
const MOMENTS = [moment(1, "3 < 4"), moment(2.3456, "3 < 4"), moment(null, "5"), moment(4, "5"), moment(5, "5")];

test("what does not change stands once, and what does is animated in steps", () => {
  const text = svgText(MOMENTS, 5);
  assert.equal(text.match(/<path/g)?.length, 1);
  assert.ok(text.includes('<path d="M0 0L100.13 0" stroke="#123456"></path>'));
  assert.equal(text.match(/<circle/g)?.length, 1);
  assert.ok(text.includes('<animate attributeName="cx" dur="5s" repeatCount="indefinite" calcMode="discrete" values="1;2.35;2.35;4;5"/>'));
  assert.ok(!text.includes('attributeName="cy"'));
  assert.ok(!text.includes('fill="#ff0000"></circle>') && text.includes('<g fill="#ff0000">')); // a look is inherited
});

test("a shape is there only at its moments, a text with other words is another", () => {
  const text = svgText(MOMENTS, 5);
  assert.ok(text.includes('<circle cx="1" cy="5" display="inline"><animate'));
  assert.ok(text.includes('attributeName="display" dur="5s" repeatCount="indefinite" calcMode="discrete" values="inline;inline;none;inline;inline"/></circle>'));
  assert.ok(text.includes('<text x="1" display="inline">3 &#60; 4<animate'));
  assert.match(text, /<text x="1" display="none">5<animate [^>]*values="none;inline" keyTimes="0;0.4"/);
});

test("what comes later lies where it is painted, not above all", () => {
  const at = [["a", "c"], ["a", "b", "c"]].map((keys) => shape("film", "svg", {}, keys.map((key) => shape(key, "text", {}, key))));
  assert.deepEqual([...svgText(at, 2).matchAll(/>([abc])</g)].map(([, text]) => text), ["a", "b", "c"]);
});

test("the same moments give the same text, and one moment is a picture that stands still", () => {
  assert.equal(svgText(MOMENTS, 5), svgText(structuredClone(MOMENTS), 5));
  assert.ok(!svgText([MOMENTS[0]]).includes("<animate"));
  assert.ok(!/display/.test(svgText([MOMENTS[0]])));
});

test("a shift is animated as one", () => {
  const at = ["translate(1 2)", "translate(3 4)"].map((transform) => shape("film", "svg", {}, [shape("gold", "g", { transform })]));
  assert.ok(svgText(at, 2).includes('<animateTransform attributeName="transform" type="translate" dur="2s" repeatCount="indefinite" calcMode="discrete" values="1 2;3 4"/>'));
});

test("numbers have two decimals, and never a minus before nothing", () => {
  assert.equal(rounded("M1.23456 -0.001L12 3.10e-5"), "M1.23 0L12 0");
});

// --- what stands below

/** @param {string} text */
const six = (text) => 6 * text.length;

test("a caption is broken between words, and a word without room anywhere", () => {
  assert.deepEqual(linesOf("one two three", 48, six), ["one two", "three"]);
  assert.deepEqual(linesOf("abcdefgh", 18, six), ["abc", "def", "gh"]);
  assert.deepEqual(linesOf("  ", 18, six), []);
});

test("a code is drawn as the runs of its dark modules", () => {
  assert.equal(codePath([[true, true, false], [false, false, true]]), "M0 0h2v1h-2zM2 1h1v1h-1z");
  const code = codeOf("http://localhost:8501/?moment=7200");
  assert.deepEqual(code?.[0].slice(0, 8), [true, true, true, true, true, true, true, false]); // a finder's upper edge
  assert.equal(codeOf("x".repeat(1001)), null);
  assert.equal(codeOf(""), null);
});

test("below the picture stand the time, the caption and, where it is wanted, the address with its code", () => {
  const paper = { wide: 600, family: "serif", ink: "#000000", soft: "#444444", measure: six };
  const bare = footOf("A day", "", paper), full = footOf("A day", "http://localhost/", paper);
  /** @param {Shape} foot */
  const texts = (foot) => foot.children.map(({ text }) => text).filter(Boolean);
  assert.deepEqual(texts(bare.foot("01:55")), ["01:55", "A day"]);
  assert.deepEqual(texts(full.foot("02:00")), ["02:00", "A day", "http://localhost/"]);
  assert.ok(full.high > bare.high);
});

// --- GIF

const [RED, BLUE, GREEN] = [0xff0000ff, 0xffff0000, 0xff008000];

/**
 * The frames of a GIF: where each block begins is what its format says.
 * @param {Uint8Array} bytes
 */
function framesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset), frames = [];
  let at = 13 + 3 * 2 ** ((bytes[10] & 7) + 1), control = { delay: 0, dispose: 0, clear: -1 };
  const skip = () => {
    while (bytes[at]) at += bytes[at] + 1;
    at++;
  };
  while (bytes[at] !== 0x3b) {
    if (bytes[at] === 0x21) {
      if (bytes[at + 1] === 0xf9) control = { dispose: (bytes[at + 3] >> 2) & 7, delay: view.getUint16(at + 4, true), clear: bytes[at + 3] & 1 ? bytes[at + 6] : -1 };
      at += 2;
      skip();
    } else {
      assert.equal(bytes[at], 0x2c);
      frames.push({ ...control, width: view.getUint16(at + 5, true), height: view.getUint16(at + 7, true), own: bytes[at + 9] >> 7, from: at });
      at += 11;
      skip();
    }
  }
  return frames;
}

test("a GIF has a header, every frame in its size with its delay, and one palette", () => {
  const still = new Uint32Array(64 * 32).fill(RED), other = still.slice().fill(BLUE, 0, 64);
  const writer = gifWriter(paletteOf([still, other]), 64, 32, 100);
  for (const pixels of [still, other, other]) writer.add(pixels);
  const bytes = writer.end();
  assert.equal(String.fromCharCode(...bytes.slice(0, 6)), "GIF89a");
  assert.deepEqual([bytes[6] + 256 * bytes[7], bytes[8] + 256 * bytes[9]], [64, 32]);
  const frames = framesOf(bytes);
  assert.deepEqual(frames.map(({ delay, dispose, width, height, own, clear }) => [delay, dispose, width, height, own, clear]),
    [[10, 1, 64, 32, 0, -1], [10, 1, 64, 32, 0, 255], [10, 1, 64, 32, 0, 255]]);
  assert.ok(String.fromCharCode(...bytes).includes("NETSCAPE2.0")); // it repeats itself
});

test("flat colours are themselves in the palette, and the last place stays free", () => {
  const palette = paletteOf([Uint32Array.of(RED, RED, BLUE, GREEN)]);
  assert.deepEqual(palette.slice(0, 3), [[255, 0, 0], [0, 128, 0], [0, 0, 255]]);
  assert.equal(palette.length, 256);
  const many = Uint32Array.from({ length: 5000 }, (_, i) => 0xff000000 + i * 3001);
  assert.equal(paletteOf([many]).length, 256);
});

test("of a frame that changed little, little is written", () => {
  let luck = 1;
  const noise = Uint32Array.from({ length: 64 * 64 }, () => [RED, BLUE, GREEN][(luck = (luck * 48271) % 2147483647) % 3]);
  const size = (/** @type {Uint32Array[]} */ frames) => {
    const writer = gifWriter(paletteOf(frames), 64, 64, 100);
    frames.forEach((pixels) => writer.add(pixels));
    return writer.end().length;
  };
  const more = size([noise, noise.slice().fill(RED, 0, 5)]) - size([noise]);
  assert.ok(more < (size([noise]) - 800) / 4, String(more));
});
