/*! Holds gifenc 1.0.3, © 2017 Matt DesLauriers, and lean-qr 2.7.4, © 2021-2025 David Evans, both under the MIT licence */

// The two libraries that are bundled, into the script of films alone: docs/THIRD_PARTY.md names them, their licences lie
// beside that script. They are imported here because npm's folder lies beside this one.

export { GIFEncoder, quantize } from "gifenc/dist/gifenc.esm.js";
export { correction, generate, mode } from "lean-qr";
