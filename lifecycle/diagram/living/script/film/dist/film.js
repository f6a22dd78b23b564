// js/shared/dom.js
var SVG = "http://www.w3.org/2000/svg";
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
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// js/shared/words.js
function even(value) {
  const low = Math.floor(value), over = value - low;
  return over === 0.5 ? low + (low % 2 ? 1 : 0) : Math.round(value);
}
function number(signed) {
  const value = signed + 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return "none";
  if (size === Infinity) return "no limit";
  if (size >= 999500) return `${+(value / 1e6).toPrecision(3)} M`;
  if (size >= 9999.5) return `${+(value / 1e3).toPrecision(3)} k`;
  if (size >= 99.5 || Number.isInteger(value)) return even(value).toLocaleString("en");
  const shown = +value.toPrecision(size < 1 ? 2 : 3);
  return /e/.test(String(shown)) ? shown.toFixed(20).replace(/0+$/, "") : String(shown);
}
var two = (n2) => String(n2).padStart(2, "0");
function clockWords(seconds) {
  const s2 = Math.floor(seconds);
  return `${two(Math.floor(s2 / 3600))}:${two(Math.floor(s2 / 60) % 60)}`;
}

// lifecycle/diagram/living/script/frozen.js
var KEPT = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "letter-spacing",
  "text-transform",
  "paint-order",
  "visibility"
];
function plainColour(value) {
  return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)/g, (_2, r2, g2, b2, a2) => `rgba(${[r2, g2, b2].map((x2) => Math.round(x2 * 255)).join(", ")}, ${a2 ?? 1})`);
}
var isFace = (rule, family) => rule instanceof CSSFontFaceRule && rule.style.fontFamily.replace(/["']/g, "") === family && (rule.style.fontStyle || "normal") === "normal";
async function fontFaces(family) {
  const first = family.split(",")[0].replace(/["']/g, "").trim();
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules].flatMap((rule) => isFace(rule, first) ? [{ rule, base: sheet.href }] : []);
    } catch {
      return [];
    }
  });
  const faces = await Promise.all(rules.map(async ({ rule, base }) => {
    const source = rule.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
    if (!source) return "";
    try {
      const bytes = new Uint8Array(await (await fetch(new URL(source, base ?? document.baseURI))).arrayBuffer());
      let text = "";
      for (let i2 = 0; i2 < bytes.length; i2 += 8192) text += String.fromCharCode(...bytes.subarray(i2, i2 + 8192));
      return `@font-face{font-family:"${first}";font-weight:${rule.style.fontWeight || 400};src:url(data:font/woff2;base64,${btoa(text)})}`;
    } catch {
      return "";
    }
  }));
  return faces.join("");
}
function download(name, blob) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1e4);
}

// lifecycle/diagram/living/script/follow/watch.js
function momentAt(beats, { beat, into }) {
  const { start, end, watch } = beats[beat];
  return start + (end - start) * (into / watch);
}
var isOver = (beats, { beat, into }) => beat === beats.length - 1 && into >= beats[beat].watch;
function onward(beats, { beat, into }, seconds, still = false) {
  into += seconds;
  while (beat < beats.length - 1 && (into >= beats[beat].watch || still && beats[beat].to)) {
    if (!still || !beats[beat].to) into -= beats[beat].watch;
    beat++;
  }
  return { beat, into: Math.min(into, beats[beat].watch) };
}

// js/node_modules/gifenc/dist/gifenc.esm.js
var X = { signature: "GIF", version: "89a", trailer: 59, extensionIntroducer: 33, applicationExtensionLabel: 255, graphicControlExtensionLabel: 249, imageSeparator: 44, signatureSize: 3, versionSize: 3, globalColorTableFlagMask: 128, colorResolutionMask: 112, sortFlagMask: 8, globalColorTableSizeMask: 7, applicationIdentifierSize: 8, applicationAuthCodeSize: 3, disposalMethodMask: 28, userInputFlagMask: 2, transparentColorFlagMask: 1, localColorTableFlagMask: 128, interlaceFlagMask: 64, idSortFlagMask: 32, localColorTableSizeMask: 7 };
function F(t2 = 256) {
  let e2 = 0, s2 = new Uint8Array(t2);
  return { get buffer() {
    return s2.buffer;
  }, reset() {
    e2 = 0;
  }, bytesView() {
    return s2.subarray(0, e2);
  }, bytes() {
    return s2.slice(0, e2);
  }, writeByte(r2) {
    n2(e2 + 1), s2[e2] = r2, e2++;
  }, writeBytes(r2, o2 = 0, i2 = r2.length) {
    n2(e2 + i2);
    for (let c2 = 0; c2 < i2; c2++) s2[e2++] = r2[c2 + o2];
  }, writeBytesView(r2, o2 = 0, i2 = r2.byteLength) {
    n2(e2 + i2), s2.set(r2.subarray(o2, o2 + i2), e2), e2 += i2;
  } };
  function n2(r2) {
    var o2 = s2.length;
    if (o2 >= r2) return;
    var i2 = 1024 * 1024;
    r2 = Math.max(r2, o2 * (o2 < i2 ? 2 : 1.125) >>> 0), o2 != 0 && (r2 = Math.max(r2, 256));
    let c2 = s2;
    s2 = new Uint8Array(r2), e2 > 0 && s2.set(c2.subarray(0, e2), 0);
  }
}
var O = 12;
var J = 5003;
var lt = [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095, 8191, 16383, 32767, 65535];
function at(t2, e2, s2, n2, r2 = F(512), o2 = new Uint8Array(256), i2 = new Int32Array(J), c2 = new Int32Array(J)) {
  let x2 = i2.length, a2 = Math.max(2, n2);
  o2.fill(0), c2.fill(0), i2.fill(-1);
  let l2 = 0, f2 = 0, g2 = a2 + 1, h2 = g2, b2 = false, w2 = h2, _2 = (1 << w2) - 1, u2 = 1 << g2 - 1, k = u2 + 1, B = u2 + 2, p2 = 0, A2 = s2[0], z2 = 0;
  for (let y2 = x2; y2 < 65536; y2 *= 2) ++z2;
  z2 = 8 - z2, r2.writeByte(a2), I2(u2);
  let d2 = s2.length;
  for (let y2 = 1; y2 < d2; y2++) {
    t: {
      let m2 = s2[y2], v2 = (m2 << O) + A2, M2 = m2 << z2 ^ A2;
      if (i2[M2] === v2) {
        A2 = c2[M2];
        break t;
      }
      let V2 = M2 === 0 ? 1 : x2 - M2;
      for (; i2[M2] >= 0; ) if (M2 -= V2, M2 < 0 && (M2 += x2), i2[M2] === v2) {
        A2 = c2[M2];
        break t;
      }
      I2(A2), A2 = m2, B < 1 << O ? (c2[M2] = B++, i2[M2] = v2) : (i2.fill(-1), B = u2 + 2, b2 = true, I2(u2));
    }
  }
  return I2(A2), I2(k), r2.writeByte(0), r2.bytesView();
  function I2(y2) {
    for (l2 &= lt[f2], f2 > 0 ? l2 |= y2 << f2 : l2 = y2, f2 += w2; f2 >= 8; ) o2[p2++] = l2 & 255, p2 >= 254 && (r2.writeByte(p2), r2.writeBytesView(o2, 0, p2), p2 = 0), l2 >>= 8, f2 -= 8;
    if ((B > _2 || b2) && (b2 ? (w2 = h2, _2 = (1 << w2) - 1, b2 = false) : (++w2, _2 = w2 === O ? 1 << w2 : (1 << w2) - 1)), y2 == k) {
      for (; f2 > 0; ) o2[p2++] = l2 & 255, p2 >= 254 && (r2.writeByte(p2), r2.writeBytesView(o2, 0, p2), p2 = 0), l2 >>= 8, f2 -= 8;
      p2 > 0 && (r2.writeByte(p2), r2.writeBytesView(o2, 0, p2), p2 = 0);
    }
  }
}
var $ = at;
function D(t2, e2, s2) {
  return t2 << 8 & 63488 | e2 << 2 & 992 | s2 >> 3;
}
function G(t2, e2, s2, n2) {
  return t2 >> 4 | e2 & 240 | (s2 & 240) << 4 | (n2 & 240) << 8;
}
function j(t2, e2, s2) {
  return t2 >> 4 << 8 | e2 & 240 | s2 >> 4;
}
function R(t2, e2, s2) {
  return t2 < e2 ? e2 : t2 > s2 ? s2 : t2;
}
function T(t2) {
  return t2 * t2;
}
function tt(t2, e2, s2) {
  var n2 = 0, r2 = 1e100;
  let o2 = t2[e2], i2 = o2.cnt, c2 = o2.ac, x2 = o2.rc, a2 = o2.gc, l2 = o2.bc;
  for (var f2 = o2.fw; f2 != 0; f2 = t2[f2].fw) {
    let h2 = t2[f2], b2 = h2.cnt, w2 = i2 * b2 / (i2 + b2);
    if (!(w2 >= r2)) {
      var g2 = 0;
      s2 && (g2 += w2 * T(h2.ac - c2), g2 >= r2) || (g2 += w2 * T(h2.rc - x2), !(g2 >= r2) && (g2 += w2 * T(h2.gc - a2), !(g2 >= r2) && (g2 += w2 * T(h2.bc - l2), !(g2 >= r2) && (r2 = g2, n2 = f2))));
    }
  }
  o2.err = r2, o2.nn = n2;
}
function Q() {
  return { ac: 0, rc: 0, gc: 0, bc: 0, cnt: 0, nn: 0, fw: 0, bk: 0, tm: 0, mtm: 0, err: 0 };
}
function ut(t2, e2) {
  let s2 = e2 === "rgb444" ? 4096 : 65536, n2 = new Array(s2), r2 = t2.length;
  if (e2 === "rgba4444") for (let o2 = 0; o2 < r2; ++o2) {
    let i2 = t2[o2], c2 = i2 >> 24 & 255, x2 = i2 >> 16 & 255, a2 = i2 >> 8 & 255, l2 = i2 & 255, f2 = G(l2, a2, x2, c2), g2 = f2 in n2 ? n2[f2] : n2[f2] = Q();
    g2.rc += l2, g2.gc += a2, g2.bc += x2, g2.ac += c2, g2.cnt++;
  }
  else if (e2 === "rgb444") for (let o2 = 0; o2 < r2; ++o2) {
    let i2 = t2[o2], c2 = i2 >> 16 & 255, x2 = i2 >> 8 & 255, a2 = i2 & 255, l2 = j(a2, x2, c2), f2 = l2 in n2 ? n2[l2] : n2[l2] = Q();
    f2.rc += a2, f2.gc += x2, f2.bc += c2, f2.cnt++;
  }
  else for (let o2 = 0; o2 < r2; ++o2) {
    let i2 = t2[o2], c2 = i2 >> 16 & 255, x2 = i2 >> 8 & 255, a2 = i2 & 255, l2 = D(a2, x2, c2), f2 = l2 in n2 ? n2[l2] : n2[l2] = Q();
    f2.rc += a2, f2.gc += x2, f2.bc += c2, f2.cnt++;
  }
  return n2;
}
function H(t2, e2, s2 = {}) {
  let { format: n2 = "rgb565", clearAlpha: r2 = true, clearAlphaColor: o2 = 0, clearAlphaThreshold: i2 = 0, oneBitAlpha: c2 = false } = s2;
  if (!t2 || !t2.buffer) throw new Error("quantize() expected RGBA Uint8Array data");
  if (!(t2 instanceof Uint8Array) && !(t2 instanceof Uint8ClampedArray)) throw new Error("quantize() expected RGBA Uint8Array data");
  let x2 = new Uint32Array(t2.buffer), a2 = s2.useSqrt !== false, l2 = n2 === "rgba4444", f2 = ut(x2, n2), g2 = f2.length, h2 = g2 - 1, b2 = new Uint32Array(g2 + 1);
  for (var w2 = 0, u2 = 0; u2 < g2; ++u2) {
    let C2 = f2[u2];
    if (C2 != null) {
      var _2 = 1 / C2.cnt;
      l2 && (C2.ac *= _2), C2.rc *= _2, C2.gc *= _2, C2.bc *= _2, f2[w2++] = C2;
    }
  }
  T(e2) / w2 < 0.022 && (a2 = false);
  for (var u2 = 0; u2 < w2 - 1; ++u2) f2[u2].fw = u2 + 1, f2[u2 + 1].bk = u2, a2 && (f2[u2].cnt = Math.sqrt(f2[u2].cnt));
  a2 && (f2[u2].cnt = Math.sqrt(f2[u2].cnt));
  var k, B, p2;
  for (u2 = 0; u2 < w2; ++u2) {
    tt(f2, u2, false);
    var A2 = f2[u2].err;
    for (B = ++b2[0]; B > 1 && (p2 = B >> 1, !(f2[k = b2[p2]].err <= A2)); B = p2) b2[B] = k;
    b2[B] = u2;
  }
  var z2 = w2 - e2;
  for (u2 = 0; u2 < z2; ) {
    for (var d2; ; ) {
      var I2 = b2[1];
      if (d2 = f2[I2], d2.tm >= d2.mtm && f2[d2.nn].mtm <= d2.tm) break;
      d2.mtm == h2 ? I2 = b2[1] = b2[b2[0]--] : (tt(f2, I2, false), d2.tm = u2);
      var A2 = f2[I2].err;
      for (B = 1; (p2 = B + B) <= b2[0] && (p2 < b2[0] && f2[b2[p2]].err > f2[b2[p2 + 1]].err && p2++, !(A2 <= f2[k = b2[p2]].err)); B = p2) b2[B] = k;
      b2[B] = I2;
    }
    var y2 = f2[d2.nn], m2 = d2.cnt, v2 = y2.cnt, _2 = 1 / (m2 + v2);
    l2 && (d2.ac = _2 * (m2 * d2.ac + v2 * y2.ac)), d2.rc = _2 * (m2 * d2.rc + v2 * y2.rc), d2.gc = _2 * (m2 * d2.gc + v2 * y2.gc), d2.bc = _2 * (m2 * d2.bc + v2 * y2.bc), d2.cnt += y2.cnt, d2.mtm = ++u2, f2[y2.bk].fw = y2.fw, f2[y2.fw].bk = y2.bk, y2.mtm = h2;
  }
  let M2 = [];
  var V2 = 0;
  for (u2 = 0; ; ++V2) {
    let L2 = R(Math.round(f2[u2].rc), 0, 255), C2 = R(Math.round(f2[u2].gc), 0, 255), Y = R(Math.round(f2[u2].bc), 0, 255), E2 = 255;
    if (l2) {
      if (E2 = R(Math.round(f2[u2].ac), 0, 255), c2) {
        let st = typeof c2 == "number" ? c2 : 127;
        E2 = E2 <= st ? 0 : 255;
      }
      r2 && E2 <= i2 && (L2 = C2 = Y = o2, E2 = 0);
    }
    let K2 = l2 ? [L2, C2, Y, E2] : [L2, C2, Y];
    if (xt(M2, K2) || M2.push(K2), (u2 = f2[u2].fw) == 0) break;
  }
  return M2;
}
function xt(t2, e2) {
  for (let s2 = 0; s2 < t2.length; s2++) {
    let n2 = t2[s2], r2 = n2[0] === e2[0] && n2[1] === e2[1] && n2[2] === e2[2], o2 = n2.length >= 4 && e2.length >= 4 ? n2[3] === e2[3] : true;
    if (r2 && o2) return true;
  }
  return false;
}
function ct(t2 = {}) {
  let { initialCapacity: e2 = 4096, auto: s2 = true } = t2, n2 = F(e2), r2 = 5003, o2 = new Uint8Array(256), i2 = new Int32Array(r2), c2 = new Int32Array(r2), x2 = false;
  return { reset() {
    n2.reset(), x2 = false;
  }, finish() {
    n2.writeByte(X.trailer);
  }, bytes() {
    return n2.bytes();
  }, bytesView() {
    return n2.bytesView();
  }, get buffer() {
    return n2.buffer;
  }, get stream() {
    return n2;
  }, writeHeader: a2, writeFrame(l2, f2, g2, h2 = {}) {
    let { transparent: b2 = false, transparentIndex: w2 = 0, delay: _2 = 0, palette: u2 = null, repeat: k = 0, colorDepth: B = 8, dispose: p2 = -1 } = h2, A2 = false;
    if (s2 ? x2 || (A2 = true, a2(), x2 = true) : A2 = Boolean(h2.first), f2 = Math.max(0, Math.floor(f2)), g2 = Math.max(0, Math.floor(g2)), A2) {
      if (!u2) throw new Error("First frame must include a { palette } option");
      pt(n2, f2, g2, u2, B), it(n2, u2), k >= 0 && dt(n2, k);
    }
    let z2 = Math.round(_2 / 10);
    wt(n2, p2, z2, b2, w2);
    let d2 = Boolean(u2) && !A2;
    ht(n2, f2, g2, d2 ? u2 : null), d2 && it(n2, u2), yt(n2, l2, f2, g2, B, o2, i2, c2);
  } };
  function a2() {
    ft(n2, "GIF89a");
  }
}
function wt(t2, e2, s2, n2, r2) {
  t2.writeByte(33), t2.writeByte(249), t2.writeByte(4), r2 < 0 && (r2 = 0, n2 = false);
  var o2, i2;
  n2 ? (o2 = 1, i2 = 2) : (o2 = 0, i2 = 0), e2 >= 0 && (i2 = e2 & 7), i2 <<= 2;
  let c2 = 0;
  t2.writeByte(0 | i2 | c2 | o2), S(t2, s2), t2.writeByte(r2 || 0), t2.writeByte(0);
}
function pt(t2, e2, s2, n2, r2 = 8) {
  let o2 = 1, i2 = 0, c2 = Z(n2.length) - 1, x2 = o2 << 7 | r2 - 1 << 4 | i2 << 3 | c2, a2 = 0, l2 = 0;
  S(t2, e2), S(t2, s2), t2.writeBytes([x2, a2, l2]);
}
function dt(t2, e2) {
  t2.writeByte(33), t2.writeByte(255), t2.writeByte(11), ft(t2, "NETSCAPE2.0"), t2.writeByte(3), t2.writeByte(1), S(t2, e2), t2.writeByte(0);
}
function it(t2, e2) {
  let s2 = 1 << Z(e2.length);
  for (let n2 = 0; n2 < s2; n2++) {
    let r2 = [0, 0, 0];
    n2 < e2.length && (r2 = e2[n2]), t2.writeByte(r2[0]), t2.writeByte(r2[1]), t2.writeByte(r2[2]);
  }
}
function ht(t2, e2, s2, n2) {
  if (t2.writeByte(44), S(t2, 0), S(t2, 0), S(t2, e2), S(t2, s2), n2) {
    let r2 = 0, o2 = 0, i2 = Z(n2.length) - 1;
    t2.writeByte(128 | r2 | o2 | 0 | i2);
  } else t2.writeByte(0);
}
function yt(t2, e2, s2, n2, r2 = 8, o2, i2, c2) {
  $(s2, n2, e2, r2, t2, o2, i2, c2);
}
function S(t2, e2) {
  t2.writeByte(e2 & 255), t2.writeByte(e2 >> 8 & 255);
}
function ft(t2, e2) {
  for (var s2 = 0; s2 < e2.length; s2++) t2.writeByte(e2.charCodeAt(s2));
}
function Z(t2) {
  return Math.max(Math.ceil(Math.log2(t2)), 1);
}

// js/node_modules/lean-qr/index.mjs
var t = [0.2, 3 / 8, 5 / 9, 2 / 3];
var o = (o2, e2) => (r2) => {
  const n2 = 4 * o2 + r2 - 4, s2 = "*-04-39?2$%%$%%'$%''%'''%')(%'))%(++'(++'(+.'+-.',/3',33)-/5)-43).36)058*18<+37<+4:<,4:E,5<A-7>C/8@F/:EH/<EK0=FM1?IP2@KS3BNV4DPY5FS\\6HV_6IXb7K[e8N^i9Pam;Rdp<Tgt".charCodeAt(n2) - 35, f2 = n2 > 8 ? s2 : 1, c2 = e2 / f2 | 0, i2 = e2 % f2, l2 = f2 - i2, a2 = n2 > 8 ? c2 * t[r2] + (o2 > 5) & -2 : s2, _2 = c2 - a2;
  return { t: l2 * _2 + i2 * _2 + i2, o: [[l2, _2], [i2, _2 + 1]], i: a2 };
};
var e = { min: 0, L: 0, M: 1, Q: 2, H: 3, max: 3 };
var r = (t2) => new Uint8Array(t2);
var n = (t2) => {
  const o2 = new Error(`lean-qr error ${t2}`);
  throw o2.code = t2, o2;
};
var s = (t2) => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".indexOf(t2);
var f = (t2) => t2.charCodeAt(0);
var c = (...t2) => (o2, e2) => t2.forEach((t3) => t3(o2, e2));
var i = (t2) => (o2) => {
  o2.eci !== t2 && (o2.push(7, 4), t2 < 128 ? o2.push(t2, 8) : t2 < 16384 ? o2.push(32768 | t2, 16) : o2.push(12582912 | t2, 24), o2.eci = t2);
};
var l = (t2) => (o2, e2) => {
  o2.push(4, 4), o2.push(t2.length, 8 + 8 * (e2 > 9)), t2.forEach((t3) => o2.push(t3, 8));
};
var a = (t2, o2, e2, r2, n2 = (t3, o3) => e2(t3.length, o3), s2 = r2 ? (o3) => c(i(r2), t2(o3)) : t2) => (s2.test = o2, s2.l = e2, s2.est = n2, s2.eci = r2 && [r2], s2);
var _ = a((t2) => (o2, e2) => {
  o2.push(1, 4), o2.push(t2.length, 10 + 2 * (e2 > 26) + 2 * (e2 > 9));
  let r2 = 0;
  for (; r2 < t2.length - 2; r2 += 3) o2.push(+t2.slice(r2, r2 + 3), 10);
  r2 < t2.length - 1 ? o2.push(+t2.slice(r2), 7) : r2 < t2.length && o2.push(+t2[r2], 4);
}, (t2) => /[0-9]/.test(t2), (t2, o2) => 14 + 2 * (o2 > 26) + 2 * (o2 > 9) + 10 * t2 / 3);
var u = a((t2) => (o2, e2) => {
  o2.push(2, 4), o2.push(t2.length, 9 + 2 * (e2 > 26) + 2 * (e2 > 9));
  let r2 = 0;
  for (; r2 < t2.length - 1; r2 += 2) o2.push(45 * s(t2[r2]) + s(t2[r2 + 1]), 11);
  r2 < t2.length && o2.push(s(t2[r2]), 6);
}, (t2) => s(t2) >= 0, (t2, o2) => 13 + 2 * (o2 > 26) + 2 * (o2 > 9) + 5.5 * t2);
var d = a((t2) => l([...t2].map(f)), (t2) => f(t2) < 128, (t2, o2) => 12 + 8 * (o2 > 9) + 8 * t2);
d._ = true, d.u = true;
var p = a(d, (t2) => f(t2) < 256, d.l, 3);
p._ = true;
var m = new TextEncoder();
var h = a((t2) => l(m.encode(t2)), () => 1, 0, 26, (t2, o2) => 12 + 8 * (o2 > 9) + 8 * m.encode(t2).length);
h._ = true;
var w = () => {
  const t2 = /* @__PURE__ */ new Map(), o2 = new TextDecoder("sjis"), e2 = r(2);
  for (let r2 = 0; r2 < 7973; ++r2) e2[0] = r2 / 192 + 129 + 64 * (r2 > 5951), e2[1] = r2 % 192 + 64, t2.set(o2.decode(e2), r2);
  return t2.delete("�"), w = () => t2, t2;
};
var y = a((t2) => (o2, e2) => {
  o2.push(8, 4), o2.push(t2.length, 8 + 2 * (e2 > 26) + 2 * (e2 > 9));
  for (const e3 of t2) o2.push(w().get(e3), 13);
}, (t2) => w().has(t2), (t2, o2) => 12 + 2 * (o2 > 26) + 2 * (o2 > 9) + 13 * t2);
y._ = true;
var g = [_, u, d, p, y, h];
var b = { auto: (t2, { modes: o2 = g } = {}) => (e2, r2) => {
  const s2 = o2.map((o3, e3) => {
    const n2 = /* @__PURE__ */ new Map(), s3 = (t3, o4) => (n2.has(t3) || n2.set(t3, o4(t3, r2)), n2.get(t3));
    return { m: o3, h: 1 << e3, C: o3.est("", r2), S: o3.l ? (t3, e4) => s3(e4 - t3, o3.l) : (e4, r3) => s3(t2.slice(e4, r3), o3.est) };
  });
  let f2 = [{ v: 0 }], c2 = 0, i2 = 0, l2 = -1;
  for (const o3 of [...t2, ""]) {
    let t3 = 0;
    if (o3) for (const e3 of s2) e3.m.test(o3) && (t3 |= e3.h);
    if (!o3 || t3 !== l2) {
      if (-1 !== l2) {
        const t4 = new Set(f2.map((t5) => t5.D)), o4 = [];
        for (const { m: e3, C: r3, S: n2, h: a3 } of s2) if (l2 & a3) {
          const s3 = n2(c2, i2);
          for (const l3 of e3.eci ?? t4) if (!e3.u || !l3) {
            let t5;
            for (const o5 of f2) if (o5.D === l3 || e3.eci) {
              const f3 = o5.m === e3 && o5.D === l3, a4 = f3 ? o5.V : o5, _2 = e3._ && f3 ? o5.v + s3 - r3 : a4.v + 12 * (a4.D !== l3) + (f3 ? n2(f3 ? o5.$ : c2, i2) : s3);
              (!t5 || _2 < t5.v) && (t5 = { $: f3 ? o5.$ : c2, V: a4, m: e3, D: l3, A: i2, v: _2 });
            }
            t5 && o4.push(t5);
          }
        }
        f2 = o4;
      }
      l2 = t3, c2 = i2;
    }
    i2 += o3.length;
  }
  f2.length || n(5);
  const a2 = [];
  for (let o3 = f2.reduce((t3, o4) => o4.v < t3.v ? o4 : t3); o3.m; o3 = o3.V) a2.push(o3.m(t2.slice(o3.$, o3.A)));
  a2.reverse().forEach((t3) => t3(e2, r2));
}, multi: c, eci: i, bytes: l, numeric: _, alphaNumeric: u, ascii: d, iso8859_1: p, shift_jis: y, utf8: h };
var C = () => ({ F: r(2956), I: 0, push(t2, o2) {
  for (let e2 = o2, r2 = 8 - (7 & this.I); e2 > 0; e2 -= r2, r2 = 8) this.F[this.I >> 3] |= t2 << r2 >> e2, this.I += e2 < r2 ? e2 : r2;
} });
var x = (t2, o2 = t2 * t2, e2 = r(o2)) => ({ size: t2, K: e2, get: (o3, r2) => o3 >= 0 && o3 < t2 && !!(1 & e2[r2 * t2 + o3]), toString({ on: o3 = "##", off: e3 = "  ", lf: r2 = "\n", pad: n2 = 4, padX: s2 = n2, padY: f2 = n2 } = {}) {
  let c2 = "";
  for (let n3 = -f2; n3 < t2 + f2; ++n3) {
    for (let r3 = -s2; r3 < t2 + s2; ++r3) c2 += this.get(r3, n3) ? o3 : e3;
    c2 += r2;
  }
  return c2;
}, toImageData(o3, { on: e3 = [0, 0, 0], off: r2 = [0, 0, 0, 0], pad: n2 = 4, padX: s2 = n2, padY: f2 = n2 } = {}) {
  const c2 = t2 + 2 * s2, i2 = t2 + 2 * f2, l2 = o3.createImageData(c2, i2), a2 = new Uint32Array(l2.data.buffer);
  l2.data.set([...e3, 255]);
  const _2 = a2[0];
  l2.data.set([...r2, 255]);
  const u2 = a2[0];
  for (let t3 = 0; t3 < i2; ++t3) for (let o4 = 0; o4 < c2; ++o4) a2[t3 * c2 + o4] = this.get(o4 - s2, t3 - f2) ? _2 : u2;
  return l2;
}, toCanvas(t3, o3) {
  const e3 = t3.getContext("2d"), r2 = this.toImageData(e3, o3);
  t3.width = r2.width, t3.height = r2.height, e3.putImageData(r2, 0, 0);
}, toDataURL({ type: t3 = "image/png", scale: o3 = 1, ...e3 } = {}) {
  const r2 = document.createElement("canvas"), n2 = r2.getContext("2d"), s2 = this.toImageData(n2, e3);
  return r2.width = s2.width * o3, r2.height = s2.height * o3, n2.putImageData(s2, 0, 0), n2.imageSmoothingEnabled = false, n2.globalCompositeOperation = "copy", n2.drawImage(r2, 0, 0, s2.width, s2.height, 0, 0, r2.width, r2.height), r2.toDataURL(t3, 1);
} });
var z = [(t2, o2) => 1 & (t2 ^ o2), (t2, o2) => 1 & o2, (t2) => t2 % 3, (t2, o2) => (t2 + o2) % 3, (t2, o2) => 1 & (t2 / 3 ^ o2 >> 1), (t2, o2) => (t2 & o2 & 1) + t2 * o2 % 3, (t2, o2) => (t2 & o2) + t2 * o2 % 3 & 1, (t2, o2) => (t2 ^ o2) + t2 * o2 % 3 & 1];
var E = r(511);
for (let t2 = 0, o2 = 1; t2 < 255; o2 = 2 * o2 ^ 285 * (o2 > 127)) E[E[o2 + 255] = t2++] = o2;
var M = (t2) => E[t2 % 255];
var S2 = (t2) => E[t2 + 255];
var v = (t2, o2) => {
  const e2 = r(t2.length + o2.length - 1);
  for (let r2 = 0; r2 < t2.length; ++r2) for (let n2 = 0; n2 < o2.length; ++n2) e2[r2 + n2] ^= M(t2[r2] + o2[n2]);
  return e2.map(S2);
};
var D2 = (t2, o2) => {
  const e2 = r(t2.length + o2.length - 1);
  e2.set(t2, 0);
  for (let r2 = 0; r2 < t2.length; ++r2) if (e2[r2]) {
    const t3 = S2(e2[r2]);
    for (let n2 = 0; n2 < o2.length; ++n2) e2[r2 + n2] ^= M(o2[n2] + t3);
  }
  return e2.slice(t2.length);
};
var L = [[0], [0, 0]];
for (let t2 = 1; t2 < 30; ++t2) L.push(v(L[t2], [0, t2]));
var V = (t2, o2) => {
  const e2 = [[], []];
  let n2 = 0, s2 = 0;
  for (const [r2, f3] of o2.o) for (let c2 = 0; c2 < r2; ++c2, n2 += f3) {
    const r3 = t2.slice(n2, n2 + f3);
    e2[0].push(r3), e2[1].push(D2(r3, L[o2.i])), s2 += f3 + o2.i;
  }
  const f2 = r(s2);
  s2 = 0;
  for (const t3 of e2) for (let o3 = 0, e3 = -1; e3 < s2; ++o3) {
    e3 = s2;
    for (const e4 of t3) o3 < e4.length && (f2[s2++] = e4[o3]);
  }
  return f2;
};
var $2 = (t2, o2, e2) => {
  let r2 = t2 <<= e2;
  for (let t3 = 134217728; t3 >>= 1; ) r2 & t3 && (r2 ^= o2 * (t3 >> e2));
  return r2 | t2;
};
var A = ({ size: t2, K: o2 }, e2) => {
  const r2 = (e3, r3, n3, s3) => {
    for (; n3-- > 0; e3 += t2) o2.fill(s3, e3, e3 + r3);
  }, n2 = (o3, e3, n3) => {
    for (let s3 = 0; s3++ < 3; n3 -= 2) r2(e3 * t2 + o3 - (n3 >> 1) * (t2 + 1), n3, n3, 2 | s3);
  }, s2 = 2 * ((t2 - 13) / (1 + (e2 / 7 | 0)) / 2 + 0.75 | 0);
  if (e2 > 1) for (let o3 = t2 - 7; o3 > 8; o3 -= s2) {
    for (let t3 = o3; t3 > 8; t3 -= s2) n2(o3, t3, 5);
    o3 < t2 - 7 && n2(o3, 6, 5);
  }
  if (e2 > 6) for (let r3 = $2(e2, 7973, 12), n3 = 1; n3 < 7; ++n3) for (let e3 = 12; e3-- > 9; r3 >>= 1) o2[n3 * t2 - e3] = 2 | 1 & r3;
  r2(7, 2, 9, 2), r2(t2 - 8, 8, 9, 2);
  for (let e3 = 0; e3 < t2; ++e3) o2[6 * t2 + e3] = 3 ^ 1 & e3;
  n2(3, 3, 7), n2(t2 - 4, 3, 7);
  for (let e3 = 0; e3 < t2; ++e3) for (let r3 = e3; r3 < t2; ++r3) o2[r3 * t2 + e3] = o2[e3 * t2 + r3];
  o2[(t2 - 8) * t2 + 8] = 3;
};
var F2 = ({ size: t2, K: o2 }) => {
  const e2 = [];
  for (let r2 = t2 - 2, n2 = t2, s2 = -1; r2 >= 0; r2 -= 2) {
    for (5 === r2 && (r2 = 4); n2 += s2, -1 !== n2 && n2 !== t2; ) {
      const s3 = n2 * t2 + r2;
      o2[s3 + 1] || e2.push(s3 + 1), o2[s3] || e2.push(s3);
    }
    s2 *= -1;
  }
  return e2;
};
var H2 = ({ K: t2 }, o2, e2) => o2.forEach((o3, r2) => t2[o3] = e2[r2 >> 3] >> (7 & ~r2) & 1);
var I = ({ size: t2, K: o2 }, e2, r2, n2) => {
  for (let r3 = 0; r3 < t2; ++r3) for (let n3 = 0; n3 < t2; ++n3) {
    const s3 = r3 * t2 + n3;
    o2[s3] ^= !(e2(n3, r3) || 2 & o2[s3]);
  }
  let s2 = 21522 ^ $2((1 ^ n2) << 3 | r2, 1335, 10);
  for (let e3 = 0; e3++ < 8; s2 >>= 1) o2[(e3 - (e3 < 7)) * t2 + 8] = 1 & s2, o2[9 * t2 - e3] = 1 & s2;
  for (let e3 = 8; --e3, s2; s2 >>= 1) o2[8 * t2 + e3 - (e3 < 7)] = 1 & s2, o2[(t2 - e3) * t2 + 8] = 1 & s2;
};
var K = ({ size: t2, K: o2 }, e2 = 0, r2 = 0) => {
  for (let n2 = 0; n2 < t2; ++n2) {
    for (let s2 = 0; s2 < 2; ++s2) for (let f2, c2 = 0, i2 = 0, l2 = 2; c2 < t2; ++c2) {
      const a2 = 1 & o2[s2 ? n2 * t2 + c2 : c2 * t2 + n2];
      r2 += a2, i2 = (i2 >> 1 | 2098176) & (3047517 ^ a2 - 1), 2049 & i2 && (e2 += 40), a2 ^ l2 && (f2 = 0), l2 = a2, e2 += 5 === ++f2 ? 3 : f2 > 5;
    }
    if (n2) for (let r3 = t2 + n2, s2 = 5 * o2[n2 - 1] ^ o2[n2]; r3 < t2 * t2; r3 += t2) {
      const t3 = 5 * o2[r3 - 1] ^ o2[r3];
      e2 += 3 * !(1 & (s2 | t3) | 4 & (s2 ^ t3)), s2 = t3;
    }
  }
  return e2 + 10 * (10 * Math.abs(r2 / (t2 * t2) - 1) | 0);
};
var N = [];
var P = (t2 = n(1), { minCorrectionLevel: e2 = 0, maxCorrectionLevel: r2 = 3, minVersion: s2 = 1, maxVersion: f2 = 40, mask: c2, trailer: i2 = 60433, ...l2 } = {}) => {
  r2 < e2 && n(3), f2 < s2 && n(2), "string" == typeof t2 && (t2 = b.auto(t2, l2));
  for (let n2 = s2, l3 = 0; n2 <= f2; ++n2) {
    let s3 = N[n2];
    s3 || (N[n2] = s3 = x(4 * n2 + 17), A(s3, n2), s3.p = F2(s3));
    const f3 = o(n2, s3.p.length >> 3);
    if (8 * f3(e2).t < l3) continue;
    const a2 = C();
    t2(a2, n2), l3 = a2.I;
    for (let t3 = r2; t3 >= e2; --t3) {
      const o2 = f3(t3);
      if (8 * o2.t < l3) continue;
      for (a2.I = l3 + 11 & -8; a2.I < 8 * o2.t; ) a2.push(i2, 16);
      const e3 = x(s3.size, s3.K);
      return H2(e3, s3.p, V(a2.F, o2)), (z[c2] ? [z[c2]] : z).map((o3, r3) => {
        const n3 = x(e3.size, e3.K);
        return I(n3, o3, c2 ?? r3, t3), n3.s = z[c2] ? 0 : K(n3), n3;
      }).reduce((t4, o3) => o3.s < t4.s ? o3 : t4);
    }
  }
  n(4);
};
P.with = (...t2) => (o2, e2) => P(o2, { modes: [...g, ...t2], ...e2 });

// lifecycle/diagram/living/script/film/shapes.js
function shape(key, tag, attrs = {}, within = []) {
  const written = Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, rounded(String(value))]));
  const [text, children] = typeof within === "string" ? [within, []] : ["", within];
  return { key, tag, attrs: written, look: {}, text, children };
}
var rounded = (text) => text.replace(/-?\d*\.\d+(e[-+]?\d+)?/g, (number2) => String(Number(Number(number2).toFixed(2)) + 0));
var escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
var svgText = (moments, lasts = 0) => textOf(moments, moments.map(() => null), lasts);
function textOf(strand, parents, lasts) {
  const one = strand.find((at2) => at2 !== null);
  if (!one) return "";
  const attributes = [], changes = [];
  for (const [name, values] of timelines(strand, parents)) {
    if (values[0] !== "") attributes.push(` ${name}="${escaped(values[0])}"`);
    if (values.some((value) => value !== values[0])) changes.push(change(name, values, lasts));
  }
  const within = childrenOf(strand).map((child) => textOf(child, strand, lasts)).join("");
  return `<${one.tag}${attributes.join("")}>${escaped(one.text)}${changes.join("")}${within}</${one.tag}>`;
}
function timelines(strand, parents) {
  const first = strand.find((at2) => at2 !== null) ?? null;
  let last = first;
  const filled = strand.map((at2) => last = at2 ?? last);
  const values = (read) => filled.map((at2) => (at2 && read(at2)) ?? "");
  const names = new Set(strand.flatMap((at2) => at2 ? Object.keys(at2.attrs) : []));
  const looks = new Set(strand.flatMap((at2) => at2 ? Object.keys(at2.look) : []));
  const inherits = (name) => strand.every((at2, i2) => !at2 || at2.look[name] === (name === "opacity" ? "1" : parents[i2]?.look[name]));
  const known = [...names].map((name) => [name, values((at2) => at2.attrs[name])]);
  for (const name of looks) if (!inherits(name)) known.push([name, values((at2) => at2.look[name])]);
  const seen = strand.map((at2) => at2 ? "inline" : "none");
  if (strand.some((at2, i2) => !at2 && (parents[i2] || !parents.some(Boolean)))) known.push(["display", seen]);
  return known;
}
function childrenOf(strand) {
  const order = [];
  const known = strand.map((at2) => new Map(at2?.children.map((child) => [child.key, child])));
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
function change(name, values, lasts) {
  const steps = values.flatMap((value, i2) => i2 === 0 || value !== values[i2 - 1] ? [i2] : []);
  const all = steps.length > values.length / 2;
  const times = all ? "" : ` keyTimes="${steps.map((i2) => String(Number((i2 / values.length).toFixed(4)))).join(";")}"`;
  const shown = (all ? values : steps.map((i2) => values[i2])).map((value) => name === "transform" ? value.replace(/translate\(|\)/g, "") : value);
  const [tag, kind] = name === "transform" ? ["animateTransform", ' type="translate"'] : ["animate", ""];
  return `<${tag} attributeName="${name}"${kind} dur="${lasts}s" repeatCount="indefinite" calcMode="discrete" values="${escaped(shown.join(";"))}"${times}/>`;
}

// lifecycle/diagram/living/script/film/foot.js
var [PAD, CAPTION, ADDRESS, CLOCK, CLOCK_WIDE, LINE] = [14, 15, 12.5, 20, 66, 1.35];
var [MODULE, QUIET] = [3, 4];
var LONG = 300;
var MOST = 1e3;
function codeOf(address) {
  if (!address || address.length > MOST) return null;
  const plain = b.bytes(new TextEncoder().encode(address)), level = address.length < LONG ? e.M : e.L;
  const code = P(plain, { minCorrectionLevel: level });
  const places = Array.from({ length: code.size }, (_2, i2) => i2);
  return places.map((y2) => places.map((x2) => code.get(x2, y2)));
}
function codePath(code) {
  return code.map((row, y2) => row.map((dark, x2) => {
    if (!dark || row[x2 - 1]) return "";
    const end = row.indexOf(false, x2), length = (end < 0 ? row.length : end) - x2;
    return `M${x2} ${y2}h${length}v1h-${length}z`;
  }).join("")).join("");
}
function linesOf(text, room, measure) {
  const lines = [];
  let line = "";
  for (const word of text.trim().split(/(?<=\s)/)) {
    if (line && measure((line + word).trimEnd()) > room) lines.push(line.trimEnd()), line = "";
    for (const letter of word) {
      if (line && measure((line + letter).trimEnd()) > room) lines.push(line), line = "";
      line += letter;
    }
  }
  return line ? [...lines, line.trimEnd()] : lines;
}
function footOf(caption, address, { wide, family, ink, soft, measure }) {
  const code = codeOf(address), side = code ? (code.length + 2 * QUIET) * MODULE : 0;
  const x2 = PAD + CLOCK_WIDE, room = wide - x2 - PAD - (code ? side + PAD : 0);
  const said = linesOf(caption, room, (text) => measure(text, CAPTION)), where = linesOf(address, room, (text) => measure(text, ADDRESS));
  let y2 = PAD;
  const line = (text, size, fill, key) => shape(key, "text", { x: x2, y: (y2 += size * LINE) - size * 0.3, "font-size": size, fill }, text);
  const lines = [...said.map((text, i2) => line(text, CAPTION, ink, `caption ${i2}`)), ...where.map((text, i2) => line(text, ADDRESS, soft, `address ${i2}`))];
  const place = `translate(${wide - PAD - side + QUIET * MODULE} ${PAD + QUIET * MODULE}) scale(${MODULE})`;
  const drawn = !code ? [] : [
    shape("quiet", "rect", { x: wide - PAD - side, y: PAD, width: side, height: side, fill: "#ffffff" }),
    // dark on light is what all readers know
    shape("code", "path", { d: codePath(code), transform: place, fill: "#000000", "shape-rendering": "crispEdges" })
  ];
  const high = Math.max(y2, PAD + CLOCK * LINE, PAD + side) + PAD;
  return { high, foot: (clock) => shape("foot", "g", { "font-family": family }, [
    shape(`clock ${clock}`, "text", { x: PAD, y: PAD + CLOCK, "font-size": CLOCK, "font-weight": 600, fill: ink }, clock),
    ...lines,
    ...drawn
  ]) };
}

// lifecycle/diagram/living/script/film/stretch.js
var [SHORTEST_S, LONGEST_S, USUAL_S] = [3, 15, 6];
var RATES = { gif: 10, svg: 10, webm: 25 };
function readClock(text) {
  const parts = /^\s*(\d{1,2})[:.](\d{2})\s*$/.exec(text);
  if (!parts) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2])];
  return minutes < 60 && hours * 60 + minutes <= 1440 ? hours * 3600 + minutes * 60 : null;
}
function faultOf({ from, to, lasts }, { start, end }) {
  if (from === null || to === null) return `“${from === null ? "From" : "To"}” is not a moment of a day: write it as 02:30.`;
  if (from < start || to > end) return `This day goes from ${clockWords(start)} to ${clockWords(end)}: choose a stretch within it.`;
  if (to <= from) return `The film would end at ${clockWords(to)}, not after its start at ${clockWords(from)}: choose a later “To”.`;
  if (!(lasts >= SHORTEST_S && lasts <= LONGEST_S)) return `A film lasts ${SHORTEST_S} to ${LONGEST_S} seconds: choose a length between them.`;
  return "";
}
function momentsOf({ from, to, lasts }, rate) {
  const many = Math.round(lasts * rate);
  return Array.from({ length: many }, (_2, i2) => from + (to - from) * i2 / (many - 1));
}
var fileName = ({ from, to, format }) => `pipeline-${[from, to].map((t2) => clockWords(t2).replace(":", "")).join("-")}.${format}`;

// lifecycle/diagram/living/script/film/webm.js
var KINDS = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];
var BITS_PER_S = 6e6;
var recordable = () => typeof MediaRecorder === "function" ? KINDS.find((kind) => MediaRecorder.isTypeSupported(kind)) : void 0;
async function recorded(canvas, frames, rate, signal) {
  const pen = canvas.getContext("2d"), stream = canvas.captureStream(rate);
  const recorder = new MediaRecorder(stream, { mimeType: recordable(), videoBitsPerSecond: BITS_PER_S });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve, reject) => {
    recorder.onstop = resolve;
    recorder.onerror = () => reject(new Error("the browser stopped recording"));
  });
  recorder.start();
  const began = performance.now(), frame = 1e3 / rate;
  for (let i2 = 0; i2 < frames.length && !signal.aborted; i2 = Math.max(i2 + 1, Math.floor((performance.now() - began) / frame))) {
    const image = await createImageBitmap(frames[i2]);
    pen?.drawImage(image, 0, 0);
    image.close();
    const wait = (i2 + 1) * frame - (performance.now() - began);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  recorder.stop();
  await ended;
  for (const track of stream.getTracks()) track.stop();
  signal.throwIfAborted();
  return new Blob(parts, { type: "video/webm" });
}

// lifecycle/diagram/living/script/film/form.js
var USUAL_SPEED = 300;
var FORMATS = { gif: "GIF", webm: "WebM video", svg: "Animated SVG" };
var STYLE = `
.film { width: min(34rem, 92vw); padding: 16px 18px; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); color: var(--ink); font: inherit; }
.film::backdrop { background: rgb(0 0 0 / 35%); }
.film h2 { margin: 0 0 8px; font-size: 1.0625rem; }
.film form { display: grid; gap: 10px; }
.film .row { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; }
.film fieldset { border: 0; margin: 0; padding: 0; }
.film legend { float: none; margin: 0; padding: 0; color: var(--soft); }
.film label { display: inline-flex; gap: 6px; align-items: center; min-height: 28px; }
.film .wide { display: grid; gap: 2px; }
.film :is([type=text], [type=number]) { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 7px; padding: 4px 8px; min-width: 0; }
.film .short { width: 5.2em; }
.film p { margin: 0; color: var(--soft); font-size: 0.8125rem; overflow-wrap: anywhere; }
.film .wrong { color: var(--alarm); font-weight: 600; }
.film :is(.wrong, .told):empty, .film progress:not(.on) { display: none; }
.film progress { width: 100%; accent-color: var(--accent); }
.film button { font: inherit; min-height: 34px; padding: 0 14px; border-radius: 8px; border: 1px solid var(--line); background: transparent; color: var(--ink); cursor: pointer; }
.film [type=submit] { background: var(--accent); border-color: var(--accent); color: var(--ground); }
.film :disabled { opacity: .55; cursor: default; }
`;
function offered({ t: t2, speed, gold }, { start, end }) {
  const from = t2 < end - 60 ? Math.floor(t2 / 60) * 60 : start;
  const beats = gold?.followed.beats ?? [], place = gold?.place && !isOver(beats, gold.place) ? gold.place : null;
  const reached = place ? momentAt(beats, onward(beats, place, USUAL_S * USUAL_SPEED / speed)) : from + USUAL_S * (end - start) / speed;
  return { from, to: Math.min(Math.floor(end / 60) * 60, Math.max(from + 60, Math.ceil(reached / 60) * 60)) };
}
var addressAt = (address, from) => `${address}${/[?#]$/.test(address) ? "" : "&"}moment=${Math.round(from)}`;
var labelled = (text, field) => el("label", {}, text, field);
function filmForm(d2, day) {
  const { from, to } = offered(d2, day), { address = "", public: known = false } = d2.said?.film ?? {}, possible = recordable();
  const clock = (value) => el("input", { type: "text", class: "short", inputmode: "numeric", autocomplete: "off", value: clockWords(value) });
  const start = clock(from), end = clock(to);
  const lasts = el("input", { type: "number", class: "short", min: SHORTEST_S, max: LONGEST_S, step: 1, value: USUAL_S });
  const kinds = Object.entries(FORMATS).map(([value, text]) => {
    const off = value === "webm" && !possible;
    return el("label", {}, el("input", { type: "radio", name: "format", value, checked: value === "gif", disabled: off }), text);
  });
  const caption = el("input", { type: "text", maxlength: 200, value: d2.said?.film?.caption || d2.data.title });
  const foot = el("input", { type: "checkbox", checked: Boolean(address) && known, disabled: !address });
  const notes = [
    possible ? "" : "This browser records no WebM; GIF and SVG it makes.",
    address ? !known ? "Only this machine finds the present address." : "" : "This copy has no address that others find."
  ];
  const fields = el(
    "fieldset",
    {},
    el("div", { class: "row" }, labelled("From", start), labelled("To", end), labelled("Lasts (seconds)", lasts)),
    el("div", { class: "row", role: "radiogroup", "aria-label": "Kind of file" }, ...kinds),
    el("label", { class: "wide" }, "Caption", caption),
    labelled("Address and QR code below the picture", foot),
    ...notes.filter(Boolean).map((text) => el("p", { text }))
  );
  function wish() {
    const asked = { from: readClock(start.value), to: readClock(end.value), lasts: lasts.valueAsNumber }, wrong = faultOf(asked, day);
    if (wrong || asked.from === null || asked.to === null) return wrong;
    const chosen = kinds.map(({ control }) => control).find((input) => input instanceof HTMLInputElement && input.checked);
    const format = (
      /** @type {Format} */
      chosen instanceof HTMLInputElement ? chosen.value : "gif"
    );
    const shown = foot.checked ? addressAt(address, asked.from) : "";
    if (shown && !codeOf(shown)) return "The address is too long for a QR code that a phone reads: leave address and QR code out.";
    return { from: asked.from, to: asked.to, lasts: Math.round(asked.lasts * RATES[format]) / RATES[format], format, caption: caption.value.trim(), address: shown };
  }
  return { fields, wish };
}

// lifecycle/diagram/living/script/types.js
var isStage = (node) => node.place.kind === "stage";

// lifecycle/diagram/living/script/film/gif.js
var [EXACT, MIXED, UNCHANGED] = [150, 105, 255];
var LEAVE = 1;
function paletteOf(samples) {
  const counts = /* @__PURE__ */ new Map();
  for (const pixels of samples) for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const common = [...counts].sort(([a2, many], [b2, more]) => more - many || a2 - b2);
  const rest = common.slice(EXACT).flatMap(([pixel, many]) => Array(Math.min(many, 64)).fill(pixel));
  const palette = common.slice(0, EXACT).map(([pixel]) => [pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255]);
  if (rest.length) palette.push(...H(new Uint8Array(Uint32Array.from(rest).buffer), MIXED, { format: "rgb565" }));
  while (palette.length <= UNCHANGED) palette.push([0, 0, 0]);
  return palette;
}
function nearestIn(palette) {
  const known = /* @__PURE__ */ new Map();
  return (pixel) => {
    const before = known.get(pixel);
    if (before !== void 0) return before;
    const r2 = pixel & 255, g2 = pixel >> 8 & 255, b2 = pixel >> 16 & 255;
    let best = 0, least = Infinity;
    for (let i2 = 0; i2 < UNCHANGED && least; i2++) {
      const away = (palette[i2][0] - r2) ** 2 + (palette[i2][1] - g2) ** 2 + (palette[i2][2] - b2) ** 2;
      if (away < least) [best, least] = [i2, away];
    }
    known.set(pixel, best);
    return best;
  };
}
function gifWriter(palette, width, height, delay) {
  const gif = ct(), nearest = nearestIn(palette);
  let before = null;
  return {
    add(pixels) {
      const now = new Uint8Array(pixels.length);
      for (let i2 = 0; i2 < pixels.length; i2++) now[i2] = i2 && pixels[i2] === pixels[i2 - 1] ? now[i2 - 1] : nearest(pixels[i2]);
      const drawn = before ? now.map((colour, i2) => colour === before?.[i2] ? UNCHANGED : colour) : now;
      const options = { delay, dispose: LEAVE, transparent: before !== null, transparentIndex: UNCHANGED };
      gif.writeFrame(drawn, width, height, before ? options : { ...options, palette });
      before = now;
    },
    end() {
      gif.finish();
      return gif.bytes();
    }
  };
}

// lifecycle/diagram/living/script/film/reading.js
var DRAWN = [
  "d",
  "x",
  "y",
  "cx",
  "cy",
  "r",
  "rx",
  "ry",
  "width",
  "height",
  "points",
  "transform",
  "clip-path",
  "text-anchor",
  "textLength",
  "lengthAdjust",
  "pathLength"
];
var UNSAID = ["text-transform", "visibility"];
var asAttribute = (value) => rounded(plainColour(value)).replace(/rgba?\((\d+), (\d+), (\d+)(?:, 1)?\)/g, (_2, ...rgb) => `#${rgb.slice(0, 3).map((x2) => Number(x2).toString(16).padStart(2, "0")).join("")}`).replace(/([\d.]+)px/g, "$1");
function lookOf(live) {
  const style = getComputedStyle(live);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0" || live.classList.contains("hit")) return null;
  return Object.fromEntries(KEPT.filter((name) => !UNSAID.includes(name)).map((name) => [name, asAttribute(style.getPropertyValue(name))]));
}
function nameOf(ids, id) {
  const name = ids.get(id) ?? `c${ids.size + 1}`;
  ids.set(id, name);
  return name;
}
function readShape(live, key, ids) {
  const clip = live.tagName === "clipPath", hidden = live.parentElement?.tagName === "clipPath";
  const look = clip || hidden ? {} : lookOf(live);
  if (!look || live.tagName === "title") return null;
  const text = live.tagName === "text" ? live.textContent : "", children = live.tagName === "text" ? [] : readChildren(live, ids);
  if (live.tagName === "text" && !text.trim() || live.tagName === "g" && !children.length) return null;
  const attrs = clip ? { id: nameOf(ids, live.id) } : {};
  for (const name of DRAWN) {
    const value = live.getAttribute(name);
    if (value !== null) attrs[name] = rounded(value.replace(/url\(#(.+)\)/, (_2, id) => `url(#${nameOf(ids, id)})`));
  }
  return { key, tag: live.tagName, attrs, look, text, children };
}
function readChildren(live, ids) {
  const moves = live.matches(".dots, .falls");
  const taken = {};
  return [...live.children].flatMap((child, i2) => {
    if (!(child instanceof SVGElement)) return [];
    const kind = child.classList[0] ?? "", turn = child.getAttribute("transform") ?? "";
    const nth = moves ? taken[kind] = (taken[kind] ?? 0) + 1 : i2;
    const key = [moves ? kind : "", nth, child.tagName === "text" ? child.textContent : "", /^translate\([^)]*\)$/.test(turn) ? "" : turn].join("|");
    return readShape(child, key, ids) ?? [];
  });
}
function readPicture({ back, front, viewBox: { x: x2, y: y2, w: w2, h: h2 } }, ids, scale) {
  return shape(
    "picture",
    "svg",
    { viewBox: `${x2} ${y2} ${w2} ${h2}`, width: w2 * scale, height: h2 * scale },
    [back, front].map((half, i2) => shape(`half ${i2}`, "g", {}, readChildren(half, ids)))
  );
}

// lifecycle/diagram/living/script/film/making.js
var [WIDEST, LARGEST] = [1200, 2];
var SAMPLES = [0, 0.5, 1];
function forgetPlaces(scene) {
  for (const node of scene.nodes.values()) {
    if (!isStage(node)) continue;
    Object.assign(node, { signed: false, sign: void 0 });
    for (const mark of [node.lost, node.askers]) delete mark.dataset.as;
  }
}
function atMoment(d2, scene, { paintStates, showFollowed, dotsAsShapes }, t2, read) {
  const before = { t: d2.t, still: d2.still }, place = d2.gold?.place;
  const draw = () => {
    forgetPlaces(scene);
    paintStates(d2);
    showFollowed(d2, false);
  };
  Object.assign(d2, { t: t2, still: false });
  draw();
  const done = dotsAsShapes(d2);
  try {
    return read();
  } finally {
    done();
    Object.assign(d2, before);
    if (d2.gold) d2.gold.place = place ?? null;
    draw();
  }
}
async function cameraOf(d2, scene, hands, { from, to, format, caption, address }) {
  const { w: w2, h: h2 } = scene.viewBox, scale = format === "svg" ? 1 : Math.min(WIDEST / w2, LARGEST);
  const { fontFamily: family } = getComputedStyle(scene.front), page = getComputedStyle(d2.root), pen = el("canvas").getContext("2d");
  const faces = await fontFaces(family);
  const paper = {
    wide: w2 * scale,
    family,
    ink: asAttribute(page.color),
    soft: asAttribute(getComputedStyle(d2.ui.legend).color),
    measure: (text, size) => {
      if (!pen) return text.length * size;
      pen.font = `${size}px ${family}`;
      return pen.measureText(text).width;
    }
  };
  const { high, foot } = footOf(caption, address, paper);
  const [width, height] = [w2 * scale, h2 * scale + high].map((length) => 2 * Math.ceil(length / 2));
  const ids = /* @__PURE__ */ new Map();
  const title = `${d2.data.title}, ${clockWords(from)} to ${clockWords(to)}`;
  const around = { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` };
  const at2 = (t2) => atMoment(d2, scene, hands, t2, () => shape("film", "svg", around, [
    shape("title", "title", {}, title),
    shape("style", "style", {}, faces),
    shape("ground", "rect", { width, height, fill: asAttribute(page.backgroundColor) }),
    readPicture(scene, ids, scale),
    shape("below", "g", { transform: `translate(0 ${h2 * scale})` }, [foot(clockWords(t2))])
  ]));
  return { width, height, scale, at: at2 };
}
async function drawShape(pen, moment) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText([moment]))}`;
  await image.decode();
  pen.drawImage(image, 0, 0);
}
async function makeFilm(d2, hands, wish, { signal, tell }) {
  const { scene, frames: day } = d2;
  if (!scene || !day) throw new Error("there is no day on screen");
  const moments = momentsOf(wish, RATES[wish.format]), camera = await cameraOf(d2, scene, hands, wish);
  const pictures = moments.length + (wish.format === "gif" ? SAMPLES.length : 0);
  let done = 0;
  const frame = async (i2) => {
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    if (d2.scene !== scene || d2.frames !== day || !d2.root.isConnected) throw new Error("the day on screen, or its picture, is another one now");
    tell(++done, pictures);
    return camera.at(moments[i2]);
  };
  if (wish.format === "svg") {
    const shapes = [];
    for (const i2 of moments.keys()) shapes.push(await frame(i2));
    return new Blob([svgText(shapes, wish.lasts)], { type: "image/svg+xml" });
  }
  const canvas = el("canvas", { width: camera.width, height: camera.height }), pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("the browser has no room for a picture of this size");
  if (wish.format === "gif") return gifOf(pen, moments, frame);
  const drawn = [];
  for (const i2 of moments.keys()) {
    await drawShape(pen, await frame(i2));
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.95));
    if (!blob) throw new Error("the browser has no room for another frame");
    drawn.push(blob);
  }
  return recorded(canvas, drawn, RATES.webm, signal);
}
async function gifOf(pen, moments, frame) {
  const { width, height } = pen.canvas;
  const pixels = async (i2) => {
    await drawShape(pen, await frame(i2));
    return new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
  };
  const samples = [];
  for (const share of SAMPLES) samples.push(await pixels(Math.round(share * (moments.length - 1))));
  const writer = gifWriter(paletteOf(samples), width, height, 1e3 / RATES.gif);
  for (const i2 of moments.keys()) writer.add(await pixels(i2));
  return new Blob([writer.end()], { type: "image/gif" });
}

// lifecycle/diagram/living/script/film/film.js
function dress(root) {
  const tree = root.getRootNode();
  if (!(tree instanceof ShadowRoot || tree instanceof Document)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  tree.adoptedStyleSheets.push(sheet);
  return () => tree.adoptedStyleSheets = tree.adoptedStyleSheets.filter((other) => other !== sheet);
}
function openFilm(d2, hands) {
  const { frames: day, playing } = d2;
  if (!day) return;
  const { fields, wish } = filmForm(d2, day), undress = dress(d2.root), dialog = el("dialog", { class: "film", "aria-label": "Save a film" });
  const wrong = el("p", { class: "wrong", role: "alert" }), told = el("p", { class: "told", role: "status" }), bar = el("progress", { "aria-label": "Pictures drawn" }), count = el("p", { class: "told", "aria-hidden": "true" });
  const make = el("button", { type: "submit", text: "Make the film" });
  let made = null;
  const leave = el("button", { type: "button", text: "Close", onclick: () => {
    if (made) made.abort();
    else dialog.close();
  } });
  const busy = (on) => {
    fields.disabled = make.disabled = on;
    bar.classList.toggle("on", on);
    write(leave, on ? "Cancel" : "Close");
  };
  async function begin(event) {
    event.preventDefault();
    const asked = wish();
    write(wrong, typeof asked === "string" ? asked : "");
    write(told, "");
    if (typeof asked === "string") return;
    const { signal } = made = new AbortController();
    busy(true);
    leave.focus();
    try {
      const film = await makeFilm(d2, hands, asked, { signal, tell: (done, of) => {
        Object.assign(bar, { max: of, value: done });
        write(count, `Picture ${done} of ${of}`);
        if (done === of && asked.format === "webm") write(told, `It is recorded now, which takes its ${asked.lasts} s.`);
      } });
      const name = fileName(asked);
      download(name, film);
      write(told, `Saved ${name}, ${number(Math.ceil(film.size / 1e3))} kB.`);
    } catch (error) {
      if (signal.aborted) write(told, "Cancelled; nothing was saved.");
      else {
        write(told, "");
        write(wrong, `No film was made: ${error instanceof Error ? error.message : error}. If memory was short, a film of fewer seconds needs less.`);
      }
    }
    made = null;
    write(count, "");
    busy(false);
  }
  dialog.append(
    el("h2", { text: "Save a film of the clock" }),
    el("form", { novalidate: true, onsubmit: begin }, fields, bar, count, wrong, told, el("div", { class: "row" }, make, leave))
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("cancel", (event) => {
    if (!made) return;
    event.preventDefault();
    made.abort();
  });
  dialog.addEventListener("close", () => {
    made?.abort();
    dialog.remove();
    undress?.();
    if (playing && d2.root.isConnected) hands.setPlaying(d2, true);
  });
  hands.setPlaying(d2, false);
  d2.root.append(dialog);
  dialog.showModal();
}
export {
  openFilm
};
/*! Holds gifenc 1.0.3, © 2017 Matt DesLauriers, and lean-qr 2.7.4, © 2021-2025 David Evans, both under the MIT licence */
