// Bundles every entry into the `dist` folder beside it: `node build.js` writes, `node build.js --check` only compares.

import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
// Modules that Streamlit mounts have a default export, what is loaded later a named one; pages run as they are.
const MOUNTED = [
  "lifecycle/diagram/living/script/{diagram,note}.js",
  "lifecycle/diagram/living/script/film/film.js",
  "lifecycle/ui/components/{aside,embedding,explanation,flips,framing,keeping,keys,links,lookup,playhead,reconnect,turns}.js",
  "lifecycle/ui/session/{after,seeing}.js",
  "lifecycle/ui/panel/hall.js",
  "lifecycle/ui/lessons/lead.js",
  "lifecycle/ui/present/{conductor,running}.js",
  "lifecycle/ui/yours/undoing.js",
];
const PAGES = ["lifecycle/classroom/server/assets/{phone,desk}.js", "lifecycle/outputs/offline/page/page.js"];

/** @param {string} pattern such as `folder/{one,two}.js` */
function expanded(pattern) {
  const [, before, names, after] = pattern.match(/^(.*)\{(.*)\}(.*)$/) ?? [null, pattern, "", ""];
  return names.split(",").map((name) => before + name + after);
}

/**
 * @param {string} entry
 * @param {"esm" | "iife"} format
 */
async function bundled(entry, format) {
  const outfile = join(dirname(entry), "dist", entry.slice(dirname(entry).length + 1));
  const made = await build({
    absWorkingDir: ROOT, entryPoints: [entry], outfile, format, bundle: true, write: false, target: "es2022", charset: "utf8", legalComments: "eof",
    preserveSymlinks: true, // a second tree that links to the folder of npm makes the same bundles
  });
  return { outfile, text: made.outputFiles[0].text };
}

const check = process.argv.includes("--check");
const made = await Promise.all([
  ...MOUNTED.flatMap(expanded).map((entry) => bundled(entry, "esm")),
  ...PAGES.flatMap(expanded).map((entry) => bundled(entry, "iife")),
]);
const folders = [...new Set(made.map(({ outfile }) => dirname(outfile)))];
const kept = (await Promise.all(folders.map(async (folder) => (await readdir(join(ROOT, folder)).catch(() => [])).map((name) => join(folder, name))))).flat();
const needless = kept.filter((path) => !made.some(({ outfile }) => outfile === path));
const stale = [];
for (const { outfile, text } of made) {
  const path = join(ROOT, outfile);
  if ((await readFile(path, "utf8").catch(() => null)) === text) continue;
  stale.push(outfile);
  if (check) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
if (!check) for (const path of needless) await rm(join(ROOT, path));
const wrong = check ? [...stale, ...needless] : [];
for (const path of wrong) console.error(`${relative(".", join(ROOT, path))} is not what its source makes: run make js`);
process.exitCode = wrong.length ? 1 : 0;
