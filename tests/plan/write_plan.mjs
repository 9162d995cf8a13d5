// Builds a plan with the app's own code, from values on standard input: as sealed, and as exported.
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const made = await build({
  stdin: {
    contents: `export * from "./src/core/plan-edit";
      export { emptyPlan } from "./src/core/plan";
      export { planJson } from "./src/core/plan-json";
      export { exchange } from "./src/core/exchange";`,
    resolveDir: process.cwd(),
  },
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(made.outputFiles[0].contents).toString("base64");
const app = await import(`data:text/javascript;base64,${source}`);

const { sections, values, ownTitle } = JSON.parse(readFileSync(0, "utf8"));
let drawn = 0;
const newId = () => (++drawn).toString(16).padStart(32, "0");
let plan = app.emptyPlan();
const author = app.newAuthor(plan, newId);

function add(section, value) {
  const added = app.addItem(plan, author, section, value);
  plan = added.plan;
  return added.id;
}

const own = add("own_sections", { title: ownTitle, walk_first: true });
for (const [section, value] of values) add(section === "own" ? own : section, value);
for (const [day, fades] of [["2026-11-20", false], ["2026-01-01", true]]) {
  const id = add("reasons", { text: fades ? "faded" : "removed" });
  plan = app.removeItem(plan, author, id, day);
}
plan = app.fadeRemoved(plan, author, "2026-11-22");
plan = app.putSetting(plan, author, "copies", { json_on: "2026-11-22" });
plan = app.putSetting(plan, author, "walk", { follow_system: true });
const exported = app.exchange(plan, sections, "2026-11-22");
console.log(JSON.stringify({ stored: app.planJson(plan), exported: JSON.stringify(exported) }));
