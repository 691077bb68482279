// Bundles every src/*.js and src/*.css into ../src/kg/web/static/bundle, under names that change with their content
// (manifest.json tells which), with the licences of all that is bundled.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "..", "src", "kg", "web", "static", "bundle");

const entries = (await readdir(join(here, "src"))).filter((name) => /\.(js|css)$/.test(name)).sort();
const { metafile, outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: entries.map((name) => join("src", name)),
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  metafile: true,
  write: false,
  logLevel: "warning",
});
const carried = await licences(await packages(Object.keys(metafile.inputs)));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const { path, contents } of outputFiles) await writeFile(path, contents);
await writeFile(join(out, "LICENCES.txt"), carried);
await writeFile(join(out, "manifest.json"), JSON.stringify(manifest(metafile.outputs), null, 1) + "\n");

function manifest(outputs) {
  const files = Object.entries(outputs).filter(([, about]) => dirname(about.entryPoint ?? "") === "src");
  return Object.fromEntries(files.map(([file, about]) => [basename(about.entryPoint), basename(file)]).sort());
}

// The packages of these files, and those that a published bundle among them has swallowed: its source map names them.
async function packages(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const map = join(here, `${input}.map`);
    const sources = JSON.parse(await readFile(map, "utf8").catch(() => "{}")).sources ?? [];
    for (const file of [input, ...sources]) {
      const match = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file);
      if (match) names.add(match[1]);
    }
  }
  return [...names].sort();
}

async function licences(names) {
  const parts = [];
  for (const name of names) {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8").catch(() => "null"));
    if (!about) throw new Error(`${name} is bundled inside another package, and its licence is not at hand`);
    parts.push(`${name} ${about.version}: ${about.license}\n\n${await licence(folder, about)}\n`);
  }
  return parts.join(`\n${"-".repeat(78)}\n\n`);
}

async function licence(folder, about) {
  const files = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  if (texts.length) return texts.join("\n").trim();
  if (about.license !== "MIT" || !about.author) throw new Error(`${about.name} carries no licence text`);
  const people = [about.author, ...(about.contributors ?? [])].map((one) => one.name ?? one);
  return `Copyright (c) ${people.join(", ")}\n\n${(await readFile(join(here, "MIT.txt"), "utf8")).trim()}`;
}
