// The entry of /now: reads the plan while the page is still being drawn, and begins the walk.

import { render } from "preact";
import { setting, type Plan } from "./core/plan-items";
import { NEEDS, steps } from "./core/walk";
import { readPlan, type ReadPlan } from "./device/read-plan";
import { registerWorker, Safely } from "./ui/elements/entry";
import { sections, t } from "./ui/elements/words";
import { WalkScreen } from "./ui/walk/walk";

const app = document.getElementById("app")!;
const written = document.getElementById("static")!;

/** The general walk came with the page: whatever happens here, it can be put back. */
function showGeneralWalk(sentence = "") {
  render(sentence ? <p class="walk-notice">{sentence}</p> : null, app);
  document.documentElement.classList.remove("walking");
  written.classList.add("shown");
  app.after(written);
}

/** What threw is taken off the page first. */
function fallBack(error: unknown) {
  console.error(error);
  queueMicrotask(() => showGeneralWalk(t("walk.unreadable")));
}

function showPlan(plan: Plan) {
  if (steps(plan, sections(), 12).length === 1) return showGeneralWalk();
  const html = document.documentElement;
  if (setting(plan, "walk")?.value.follow_system === true) html.removeAttribute("data-theme");
  html.classList.add("walking");
  written.remove();
  render(
    <Safely onFault={fallBack}>
      <WalkScreen plan={plan} aside={location.hash === "#needs" ? NEEDS : null} />
    </Safely>,
    app,
  );
}

const SAID = { unreadable: "walk.unreadable", unavailable: "walk.unavailable" } as const;
const AGAIN = 1000; // ms between two tries
const TRIES = 10;

/** A slow device may need longer than it was given: the plan still comes, once it can be read. A page
 *  that the browser brings back from memory may show a plan that has changed, or is gone. */
async function show(reading: Promise<ReadPlan>, triesLeft = TRIES): Promise<void> {
  const read = await reading;
  if (read.state === "open") showPlan(read.plan);
  else showGeneralWalk(read.state === "none" ? "" : t(SAID[read.state]));
  if (read.state === "unavailable" && triesLeft > 0) {
    await new Promise((done) => setTimeout(done, AGAIN));
    return show(readPlan(), triesLeft - 1);
  }
  const shown = JSON.stringify(read);
  addEventListener("pageshow", async (event) => {
    if (event.persisted && JSON.stringify(await readPlan()) !== shown) location.reload();
  });
}

// Every other screen's script takes what it shares with this one from here: the walk begins on its
// own page alone.
if (app?.dataset.entry === "now") {
  const reading = readPlan();
  show(reading).catch((error: unknown) => {
    console.error(error);
    showGeneralWalk();
  });
  reading.finally(() => setTimeout(() => void registerWorker(), 0));
}
