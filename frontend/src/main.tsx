// The entry of front, edit, read and keep safe: opens the plan, shows the screen that the address names.

import { render } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { startBackup } from "./state/backup";
import { opening, start, startInMemory } from "./state/plan";
import { ComeBack } from "./ui/come-back";
import { Edit } from "./ui/edit/screen";
import { stayAboveKeyboard } from "./ui/elements/above-keyboard";
import { registerWorker, Safely } from "./ui/elements/entry";
import { keepFocus } from "./ui/elements/kept-focus";
import { has, t } from "./ui/elements/words";
import { Front, Problem } from "./ui/front";
import { KeepSafe } from "./ui/keep-safe";
import { Paper } from "./ui/paper";
import { Read } from "./ui/read";
import { followLinks, loadPlainly, place } from "./ui/route";

const app = document.getElementById("app")!;
/** The page as Python wrote it; `/` has the first visit there, which no other page has. */
const written = document.getElementById("static")!;
const writtenPath = location.pathname;

/** A plan for someone else opens nothing that is kept here, and keeps nothing. */
const BLANK = "/blank";

let hasFallen = false;

/** Taken out of the page rather than hidden: there is one h1, one way each, and no second copy. */
function showWritten(isShown: boolean): void {
  if (hasFallen) return;
  if (!isShown) return written.remove();
  written.classList.add("shown");
  app.before(written);
}

/** Something threw: the page's own words and ways stand, with one sentence above them. */
function fallBack(error: unknown): void {
  console.error(error);
  if (hasFallen) return;
  const look = { className: "fallen", textContent: t("front.fallen") };
  const said = Object.assign(document.createElement("p"), look);
  said.setAttribute("role", "status");
  written.prepend(said);
  showWritten(true);
  hasFallen = true;
  loadPlainly();
}

function screenFor(path: string) {
  if (opening.value === "opening") return null;
  if (path === "/keep-safe") return <KeepSafe />;
  if (opening.value === "unreadable" || opening.value === "unavailable") return <Problem />;
  if (["/edit", "/together", BLANK].includes(path)) return <Edit />;
  if (path === "/come-back") return <ComeBack />;
  if (path === "/paper") return <Paper />;
  if (path === "/read") return <Read />;
  return opening.value === "open" ? <Front /> : null;
}

function App() {
  const { path } = place.value;
  const screen = screenFor(path);
  const isFirstVisit = opening.value === "none" && screen === null;
  useLayoutEffect(() => {
    if (isFirstVisit && path !== writtenPath) location.assign(path);
    else if (opening.value !== "opening") showWritten(isFirstVisit);
  }, [isFirstVisit, path, opening.value]);
  return screen;
}

async function run(): Promise<void> {
  if (!has("front.fallen")) throw new Error("the words did not come");
  followLinks();
  keepFocus(app);
  stayAboveKeyboard();
  const safely = (
    <Safely onFault={fallBack}>
      <App />
    </Safely>
  );
  render(safely, app);
  if (location.pathname === BLANK) return startInMemory();
  await start();
  await startBackup();
}

run().catch(fallBack);
addEventListener("load", () => void registerWorker(), { once: true });
