// Holds tests/course/mermaid_cases.json against Mermaid's own parser; with --write, records what it says.
//
//   npm install --prefix SOMEWHERE mermaid@11 jsdom
//   node tools/mermaid_cases.mjs SOMEWHERE [--write]

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const TABLE = new URL("../tests/course/mermaid_cases.json", import.meta.url);
const [where, write] = process.argv.slice(2);
if (!where) {
  console.error("name the folder into which mermaid and jsdom were installed");
  process.exit(2);
}
const require = createRequire(pathToFileURL(resolve(where, "package.json")));
const { JSDOM } = require("jsdom");
globalThis.window = new JSDOM("<!doctype html><body></body>").window;
globalThis.document = globalThis.window.document;
const entry = resolve(where, "node_modules/mermaid/dist/mermaid.core.mjs");
const { default: mermaid } = await import(pathToFileURL(entry));

const cases = JSON.parse(readFileSync(TABLE, "utf8"));
let other = 0;
for (const each of cases) {
  let valid = true;
  try {
    await mermaid.parse(each.diagram);
  } catch {
    valid = false;
  }
  if (each.mermaid !== valid) {
    other += 1;
    console.log(`${valid ? "valid" : "invalid"}, and recorded otherwise:\n${each.diagram}\n`);
  }
  each.mermaid = valid;
}
console.log(`${cases.length} cases, ${other} recorded otherwise`);
if (write === "--write") {
  writeFileSync(TABLE, `[\n${cases.map((each) => JSON.stringify(each)).join(",\n")}\n]\n`);
} else if (other) {
  process.exit(1);
}
process.exit(0);
