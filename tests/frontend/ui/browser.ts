// A browser's page for a test: import it before anything that draws. (Vitest's own "jsdom" setting
// serves files by addresses under the root, and then finds none of ours.)
import { builtinEnvironments } from "vitest/runtime";

await builtinEnvironments.jsdom.setup(globalThis, {});
