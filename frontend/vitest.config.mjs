// The unit tests of the front end: they stand in tests/frontend, mirroring frontend/src.
import { readFile } from "node:fs/promises";
import { defineConfig } from "vitest/config";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Packages are installed in frontend/; a test outside it asks for them as if it stood there.
const fromFrontend = {
  name: "packages-from-frontend",
  enforce: "pre",
  resolveId(source, importer) {
    if (/^[./\0]|^virtual:|^node:/.test(source) || !importer?.includes("/tests/frontend/"))
      return null;
    return this.resolve(source, here("src/index.ts"), { skipSelf: true });
  },
};

// As the build gives it to the worker.
const wasmAsBytes = {
  name: "wasm-as-bytes",
  enforce: "pre",
  async load(id) {
    if (!id.endsWith(".wasm")) return null;
    return `export default new Uint8Array([${[...(await readFile(id))]}]);`;
  },
};

export default defineConfig({
  root: here(".."),
  cacheDir: here("node_modules/.vite"),
  plugins: [fromFrontend, wasmAsBytes],
  oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
  test: {
    include: ["tests/frontend/**/*.test.ts", "tests/frontend/**/*.test.tsx"],
    testTimeout: 20000,
    server: { deps: { inline: ["argon2id"] } }, // so that it is begun anew with vi.resetModules
  },
});
