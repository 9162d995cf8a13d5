// Editing: the list of parts, and beside it or instead of it the part that is open; together, too.

import type { ComponentChildren } from "preact";
import { itemsIn } from "../../core/plan";
import { plan, role } from "../../state/plan";
import { Follower } from "../elements/follower";
import { PlanText } from "../elements/plan-text";
import { SavedWord } from "../elements/saved-word";
import { Button, Link } from "../elements/touch";
import { t } from "../elements/words";
import { CLOSING, openHere, place, READ_THROUGH, REMOVED } from "../route";
import { Title } from "../title";
import { Closing, HandOver, Pause, ReadThrough } from "./closing";
import { NudgeLine } from "./nudges";
import { addOwnPart, OwnPart, OwnPartTools } from "./own-part";
import { glimpse, parts, PartTitle, type Part } from "./parts";
import { RecentlyRemoved, UndoLine } from "./removing";
import { SectionLines } from "./section";
import { mode, Script, Stage } from "./stage";

const WORDS = {
  edit: ["edit.title", "edit.about"],
  together: ["together.title", "together.about"],
  blank: ["blank.title", "blank.about"],
} as const;

const ENDS: Record<string, () => ComponentChildren> = {
  [REMOVED]: RecentlyRemoved,
  [READ_THROUGH]: () => (mode() === "blank" ? <HandOver /> : <ReadThrough />),
  [CLOSING]: Closing,
};

export function Edit() {
  const all = parts();
  const { open, path } = place.value;
  const part = all.find(({ id }) => id === open);
  const End = ENDS[open ?? ""];
  const isOpen = Boolean(part ?? End);
  return (
    <div class={`edit ${mode()}${isOpen ? " edit-open" : ""}`}>
      <header class="edit-head">
        {mode() === "blank" ? (
          <Link class="link to-front" href="/for-professionals" words="foot.professionals" />
        ) : (
          <Link class="link to-front" href="/" words="front.name" />
        )}
        {isOpen && <Link class="link to-list" href={path} words="edit.list" />}
        <SavedWord />
      </header>
      <Follower />
      {(!isOpen || mode() !== "together") && <PartList all={all} isOpen={isOpen} />}
      {part && <OpenPart key={part.id} part={part} all={all} />}
      {End && <End />}
      <UndoLine />
    </div>
  );
}

function PartList({ all, isOpen }: { all: Part[]; isOpen: boolean }) {
  const [title, about] = WORDS[mode()];
  return (
    <div class="edit-list">
      {!isOpen && (
        <>
          <Title page={`page.${mode()}.title`}>{t(title)}</Title>
          <p class="quiet">{t(about)}</p>
          {mode() === "together" && <Begin all={all} />}
        </>
      )}
      <nav aria-label={t("edit.parts")}>
        <ul>
          {all.map((part) => (
            <PartLine key={part.id} part={part} />
          ))}
        </ul>
      </nav>
      {!isOpen && mode() === "edit" && <NudgeLine section={null} />}
      <div class="list-tools">
        {role.value === "writer" && <Button words="edit.add_part" onClick={addOwnPart} />}
        <RemovedLink />
      </div>
      {mode() === "blank" && <ToTheEnd />}
    </div>
  );
}

/** Where two people begin, or go on another day: at the first part that is still empty. */
function Begin({ all }: { all: Part[] }) {
  const ours = all.filter(({ own }) => !own);
  const empty = ours.filter(({ id }) => itemsIn(plan.value, id).length === 0);
  const [next] = empty;
  const isNew = empty.length === ours.length;
  return (
    <>
      <Script part="opening" />
      <p class="begin">
        {!next && <ToTheEnd />}
        {next && (
          <Button class="button lamp" onClick={() => openHere(next.id)}>
            {isNew ? t("together.begin") : t("together.go_on", { part: next.title })}
          </Button>
        )}
      </p>
      <p class="quiet small">{t("together.unmeasured")}</p>
    </>
  );
}

/** After the last part: the plan is read, read through together, or given to whom it is for. */
const ToTheEnd = () =>
  mode() === "edit" ? (
    <Link class="button lamp" href="/read" words="edit.to_read" />
  ) : (
    <Button
      class="button lamp"
      words={mode() === "blank" ? "blank.hand_over" : "together.read_through"}
      onClick={() => openHere(READ_THROUGH)}
    />
  );

/** The person's own first words say where they are better than a number would. */
function PartLine({ part }: { part: Part }) {
  const [first] = itemsIn(plan.value, part.id);
  const words = first ? glimpse(first) : "";
  return (
    <li>
      <Button
        class="part-line"
        aria-current={part.id === place.value.open ? "page" : undefined}
        onClick={() => openHere(part.id)}
      >
        <b>
          <PartTitle part={part} />
        </b>
        {words && <PlanText text={words} class="part-glimpse" />}
        {!words && <span class="part-glimpse">{part.subtitle}</span>}
      </Button>
    </li>
  );
}

const RemovedLink = () => (
  <Button words="edit.recently_removed" onClick={() => openHere(REMOVED)} />
);

function OpenPart({ part, all }: { part: Part; all: Part[] }) {
  const next = all[all.indexOf(part) + 1];
  const isTogether = mode() === "together";
  return (
    <Stage title={<PartTitle part={part} />} subtitle={part.subtitle} script={part.id}>
      <OwnPart part={part} />
      <SectionLines part={part} ideas={isTogether ? "ideas" : "prompts"} />
      {mode() === "edit" && <NudgeLine section={part.id} />}
      <OwnPartTools part={part} />
      <footer class="section-foot">
        {isTogether ? <Pause /> : <RemovedLink />}
        {next ? (
          <Button class="button lamp" words="edit.next_section" onClick={() => openHere(next.id)} />
        ) : (
          <ToTheEnd />
        )}
      </footer>
    </Stage>
  );
}
