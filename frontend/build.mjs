// Builds what the browser runs: types from the plan's schema, scripts, styles, and a size budget that fails.

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "json-schema-to-typescript";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const generated = join(here, "src/generated");
const out = process.env.KEEL_ASSETS ?? join(here, "../build/assets");

const STYLES = ["page", "app", "now", "sheet"];

/** Bytes, gzipped, above which the build fails; FIGURES says what each should reach. */
const BUDGET = {
  now: { reach: 12 * 1024, fail: 16 * 1024 },
  "service-worker": { reach: 1.5 * 1024, fail: 2.5 * 1024 },
  "argon2-worker": { reach: 8 * 1024, fail: 12 * 1024 },
  all: { reach: 45 * 1024, fail: 60 * 1024 },
};

async function writeTypes() {
  const schema = JSON.parse(await readFile(join(generated, "safety-plan.schema.json"), "utf8"));
  const types = await compile(schema, "SafetyPlan", {
    bannerComment: "// The plan's types, made from its published schema by the build; not edited.",
    unreachableDefinitions: true,
    additionalProperties: true,
  });
  await writeFile(join(generated, "safety-plan.ts"), types);
}

/** A WebAssembly file in a script, its bytes as letters: gzip sees what repeats, as in base64 it
 *  would not. */
function wasmAsText({ onLoad }) {
  onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
    const letters = JSON.stringify(await readFile(path, "latin1"));
    return { contents: `export default Uint8Array.from(${letters}, (one) => one.charCodeAt(0))` };
  });
}

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  write: false,
  legalComments: "none",
  plugins: [{ name: "wasm-as-text", setup: wasmAsText }],
  target: ["safari15.4", "chrome102", "firefox102"],
  logLevel: "warning",
};

/** A script once more through terser, which finds what esbuild leaves: about a thirtieth less. */
async function small(script, module = false) {
  const { code } = await minify(script, {
    module,
    toplevel: true,
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true }, // not proven safe by itself: the journeys run what comes out
  });
  return code;
}

async function bundle(options) {
  const { outputFiles } = await build({ ...common, ...options });
  return outputFiles[0].contents;
}

/** A script that stands alone and begins at once: the workers, and the one inside /now. */
const alone = async (name) => {
  const bytes = await bundle({ entryPoints: [`src/${name}.ts`], format: "iife" });
  return small(new TextDecoder().decode(bytes));
};

const style = (name) => bundle({ entryPoints: [`styles/${name}.css`] });

const types = { target: "ES2022", verbatimModuleSyntax: true };
const JSX = { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Fragment" };

/**
 * `now` and `main`, where `main` takes all that both need from `now`: it is told to import `now`,
 * so that the whole of `now` becomes the one chunk that they share, and /now reads no second file.
 */
async function modules(define) {
  const { outputFiles } = await build({
    ...common,
    define,
    stdin: { contents: 'import "./now"; import "./main";', resolveDir: join(here, "src") },
    entryPoints: ["src/now.tsx"],
    outdir: "/",
    splitting: true,
    format: "esm",
    // A tag as h(…), which names no `children` as the automatic way does: 0.4 KiB less.
    tsconfigRaw: { compilerOptions: { ...types, ...JSX } },
    inject: [join(here, "src/h.ts")],
  });
  const [shared, ...others] = outputFiles.filter(({ path }) => /^\/chunk-/.test(path));
  const named = (name) => outputFiles.find(({ path }) => path === `/${name}.js`).text;
  if (others.length || named("now") !== `import".${shared.path}";\n`)
    throw new Error("now is more than one file; see modules() in build.mjs");
  const [now, main] = [await small(shared.text, true), await small(named("stdin"), true)];
  return { now, main, from: `.${shared.path}` };
}

/** The two colours that a browser paints around a page, from the palette. */
async function grounds() {
  const tokens = await readFile(join(here, "styles/tokens.css"), "utf8");
  const find = (name) => tokens.match(new RegExp(`--${name}: (#[0-9a-f]{6});`))[1];
  return { day: find("paper-day"), night: find("water") };
}

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 10);

/** Written under a name that changes with its bytes, so that it may be kept for ever. */
async function writeHashed(name, bytes) {
  const file = `${name}-${hash(bytes)}.js`;
  await writeFile(join(out, file), bytes);
  return file;
}

/** Gzipped bytes of each, and of all. */
function sizesOf(scripts) {
  const sizes = Object.entries(scripts).map(([name, text]) => [
    name,
    gzipSync(text, { level: 9 }).length,
  ]);
  return { ...Object.fromEntries(sizes), all: sizes.reduce((sum, [, size]) => sum + size, 0) };
}

/** Prints the table and returns whether every size is within its budget. */
function withinBudget(sizes) {
  const rows = Object.entries(BUDGET).map(([name, { reach, fail }]) => {
    const size = sizes[name];
    const verdict = size > fail ? "TOO LARGE" : size > reach ? "above its aim" : "ok";
    return { name, size, reach, fail, verdict };
  });
  console.log(
    "gzipped bytes".padEnd(18) + "size".padStart(8) + "aim".padStart(8) + "fail".padStart(8),
  );
  for (const row of rows) {
    const numbers = [row.size, row.reach, row.fail].map((n) => String(Math.round(n)).padStart(8));
    console.log(row.name.padEnd(18) + numbers.join("") + "  " + row.verdict);
  }
  return rows.every((row) => row.size <= row.fail);
}

async function writeAssets() {
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, "styles"), { recursive: true });
  const argon2 = await alone("argon2-worker");
  const stretching = await writeHashed("argon2-worker", argon2);
  const address = JSON.stringify(`/assets/${stretching}`);
  const { now, main, from } = await modules({ ARGON2_WORKER: address });
  const scripts = { now: await writeHashed("now", now) };
  const whole = main.replaceAll(`"${from}"`, `"./${scripts.now}"`);
  scripts.main = await writeHashed("main", whole);
  const [worker, early] = [await alone("service-worker"), await alone("early")];
  await writeFile(join(out, "service-worker.js"), worker);
  await writeFile(join(out, "early.js"), early);
  const sizes = sizesOf({
    now,
    main: whole,
    early,
    "service-worker": worker,
    "argon2-worker": argon2,
  });
  for (const name of STYLES) {
    const bytes = await style(name);
    await writeFile(join(out, "styles", `${name}.css`), bytes);
    console.log(`style ${name}: ${bytes.length} bytes, brotli ${brotliCompressSync(bytes).length}`);
  }
  await cp(join(here, "icons"), join(out, "icons"), {
    recursive: true,
    filter: (path) => !path.endsWith(".py"),
  });
  await cp(join(generated, "safety-plan.schema.json"), join(out, "safety-plan.v1.json"));
  const names = {
    scripts,
    argon2_worker: stretching,
    imports: { main: ["now"], now: [] },
    early: "early.js",
    styles: STYLES,
    colours: await grounds(),
  };
  await writeFile(join(out, "assets.json"), JSON.stringify(names, null, 1));
  return withinBudget(sizes);
}

await writeTypes();
if (!process.argv.includes("--types-only") && !(await writeAssets())) {
  console.error("The scripts are larger than their budget; see the table above.");
  process.exitCode = 1;
}
