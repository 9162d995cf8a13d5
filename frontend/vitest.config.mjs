// The unit tests of the front end: they stand in tests/frontend, mirroring frontend/src.
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

export default defineConfig({
  root: here(".."),
  cacheDir: here("node_modules/.vite"),
  plugins: [fromFrontend],
  oxc: { jsx: { runtime: "automatic", importSource: "preact", development: false } },
  test: {
    include: ["tests/frontend/**/*.test.ts", "tests/frontend/**/*.test.tsx"],
    testTimeout: 20000,
  },
});
