// Editing: the list of parts, and beside it or instead of it the part that is open; together, too.
// The person's own parts with their name, their place among the others, and where the walk starts.

import type { ComponentChildren } from "preact";
import { itemsIn } from "../../core/plan";
import { setField } from "../../core/plan-edit";
import { isMarked, textOf } from "../../core/value";
import { change, plan, role } from "../../state/plan";
import { Flag } from "../elements/inputs";
import { GrowingText } from "../elements/growing-text";
import { PlanText } from "../elements/plan-text";
import { Follower, SavedWord } from "../elements/saved-word";
import { Button, Link } from "../elements/touch";
import { t } from "../elements/words";
import { CLOSING, openHere, place, READ_THROUGH, REMOVED } from "../route";
import { Title } from "../title";
import { Script } from "./ideas";
import { add, moveIn, newId } from "./lines";
import { NudgeLine } from "./nudges";
import { glimpse, mode, parts, PartTitle, type Part } from "./parts";
import { remove, UndoLine } from "./removing";
import { SectionLines } from "./section";
import { Closing, HandOver, Pause, ReadThrough, RecentlyRemoved, Stage } from "./stage";

const WORDS = {
  edit: ["edit.title", "edit.about", "edit.to_read"],
  together: ["together.title", "together.about", "together.read_through"],
  blank: ["blank.title", "blank.about", "blank.hand_over"],
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
function ToTheEnd() {
  const words = WORDS[mode()][2];
  if (mode() === "edit") return <Link class="button lamp" href="/read" words={words} />;
  return <Button class="button lamp" words={words} onClick={() => openHere(READ_THROUGH)} />;
}

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
      <SectionLines part={part} />
      {mode() === "edit" && <NudgeLine section={part.id} />}
      <OwnPartTools part={part} />
      <footer class="section-foot">
        {isTogether ? <Pause /> : <RemovedLink />}
        {!next && <ToTheEnd />}
        {next && (
          <Button class="button lamp" words="edit.next_section" onClick={() => openHere(next.id)} />
        )}
      </footer>
    </Stage>
  );
}

const MARK = "walk_first";

function addOwnPart(): void {
  const id = newId();
  if (add(id, "own_sections", {})) openHere(id);
}

/** The walk has one beginning: marking one section takes the mark from the others. */
function startWalkWith(section: string, on: boolean): void {
  const marked = itemsIn(plan.value, "own_sections").filter(({ value }) => value[MARK]);
  change((now, author) => {
    const none = marked.reduce((kept, { id }) => setField(kept, author, id, MARK, undefined), now);
    return on ? setField(none, author, section, MARK, true) : none;
  });
}

const OwnPart = ({ part: { id, own } }: { part: Part }) =>
  own && (
    <div class="own-part">
      <GrowingText
        id="own-title"
        label={t("edit.own_name")}
        value={textOf(own.value, "title")}
        onText={(title) => change((now, author) => setField(now, author, id, "title", title))}
      />
      <Flag
        words={t("edit.walk_first")}
        isSet={isMarked(own.value, MARK)}
        onSet={(on) => startWalkWith(id, on)}
      />
    </div>
  );

/** Under the lines, so that the words come first. */
function OwnPartTools({ part: { id, own } }: { part: Part }) {
  const gone = () => {
    remove(id);
    openHere(null);
  };
  if (!own || role.value !== "writer") return null;
  return (
    <div class="row-tools own-tools">
      <Button words="edit.part_up" onClick={() => moveIn("own_sections", id, -1)} />
      <Button words="edit.part_down" onClick={() => moveIn("own_sections", id, 1)} />
      <Button words="edit.part_remove" onClick={gone} />
    </div>
  );
}
