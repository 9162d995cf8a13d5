// Editing: the list of parts, and beside it or instead of it the part that is open; together, too.

import type { ComponentChildren } from "preact";
import { itemsIn, mainField, type Plan } from "../../core/plan";
import { photoOf, textOf } from "../../core/value";
import { plan, role } from "../../state/plan";
import { Follower } from "../elements/follower";
import { PlanText } from "../elements/plan-text";
import { SavedWord } from "../elements/saved-word";
import { Title } from "../elements/title";
import { sections, t } from "../elements/words";
import { CLOSING, openHere, place, READ_THROUGH, REMOVED } from "../route";
import { Closing, HandOver, Pause, ReadThrough } from "./closing";
import { NudgeLine } from "./nudge-line";
import { addOwnPart, OwnPart, OwnPartTools } from "./own-part";
import { PartTitle } from "./part-title";
import { parts, type Part } from "./parts";
import { RecentlyRemoved, UndoLine } from "./removing";
import { Script } from "./script";
import { SectionLines } from "./section";
import { Stage } from "./stage";

/** The plan that is kept; the same with someone, in larger type; one for someone else, kept nowhere. */
type Mode = "edit" | "together" | "blank";

const mode = (): Mode => place.value.path.slice(1) as Mode;

const WORDS = {
  edit: ["page.edit.title", "edit.title", "edit.about"],
  together: ["page.together.title", "together.title", "together.about"],
  blank: ["page.blank.title", "blank.title", "blank.about"],
} as const;

const ENDS: Record<string, () => ComponentChildren> = {
  [REMOVED]: Removed,
  [READ_THROUGH]: () => (mode() === "blank" ? <HandOver /> : <ReadThrough />),
  [CLOSING]: Closing,
};

export function Edit() {
  const all = parts(plan.value, sections());
  const open = place.value.open ?? "";
  const part = all.find(({ id }) => id === open) ?? null;
  const End = part ? undefined : ENDS[open];
  const isOpen = Boolean(part ?? End);
  return (
    <div class={`edit ${mode()}${isOpen ? " edit-open" : ""}`}>
      <header class="edit-head">
        <WayOut />
        {isOpen && (
          <a class="link to-list" href={place.value.path}>
            {t("edit.list")}
          </a>
        )}
        <SavedWord />
      </header>
      <Follower />
      {(!isOpen || mode() !== "together") && (
        <PartList {...{ all, isOpen }} open={part?.id ?? null} />
      )}
      {part && <OpenPart key={part.id} part={part} all={all} />}
      {End && <End />}
      <UndoLine />
    </div>
  );
}

function WayOut() {
  const isBlank = mode() === "blank";
  return (
    <a class="link to-front" href={isBlank ? "/for-professionals" : "/"}>
      {t(isBlank ? "foot.professionals" : "front.name")}
    </a>
  );
}

function PartList({ all, open, isOpen }: { all: Part[]; open: string | null; isOpen: boolean }) {
  const [page, title, about] = WORDS[mode()];
  return (
    <div class="edit-list">
      {!isOpen && (
        <>
          <Title page={t(page)} turn={place.value.turn}>
            {t(title)}
          </Title>
          <p class="quiet">{t(about)}</p>
          {mode() === "together" && <Begin all={all} />}
        </>
      )}
      <nav aria-label={t("edit.parts")}>
        <ul>
          {all.map((part) => (
            <PartLine key={part.id} part={part} isCurrent={part.id === open} />
          ))}
        </ul>
      </nav>
      {!isOpen && mode() === "edit" && <NudgeLine section={null} />}
      <div class="list-tools">
        {role.value === "writer" && (
          <button type="button" class="link" onClick={addOwnPart}>
            {t("edit.add_part")}
          </button>
        )}
        <RemovedLink />
      </div>
      {mode() === "blank" && <ToTheEnd />}
    </div>
  );
}

/** Where two people begin, or go on another day: at the first part that is still empty. */
function Begin({ all }: { all: Part[] }) {
  const isEmpty = ({ id, own }: Part): boolean => !own && itemsIn(plan.value, id).length === 0;
  const next = all.find(isEmpty);
  const isNew = all.every((part) => part.own || isEmpty(part));
  return (
    <>
      <Script part="opening" />
      <p class="begin">
        {next ? (
          <button type="button" class="button lamp" onClick={() => openHere(next.id)}>
            {isNew ? t("together.begin") : t("together.go_on", { part: next.title })}
          </button>
        ) : (
          <ToTheEnd />
        )}
      </p>
      <p class="quiet small">{t("together.unmeasured")}</p>
    </>
  );
}

/** After the last part: the plan is read, read through together, or given to whom it is for. */
function ToTheEnd() {
  if (mode() === "edit")
    return (
      <a class="button lamp" href="/read">
        {t("edit.to_read")}
      </a>
    );
  return (
    <button type="button" class="button lamp" onClick={() => openHere(READ_THROUGH)}>
      {mode() === "blank" ? t("blank.hand_over") : t("together.read_through")}
    </button>
  );
}

/** The person's own first words say where they are better than a number would. */
function glimpse(now: Plan, part: Part): string {
  const [first] = itemsIn(now, part.id);
  if (!first) return "";
  const words = textOf(first.value, mainField(part.id)).trim();
  return words || (photoOf(first.value) ? t("photo.one") : "");
}

function PartLine({ part, isCurrent }: { part: Part; isCurrent: boolean }) {
  return (
    <li>
      <button
        type="button"
        class="part-line"
        aria-current={isCurrent ? "page" : undefined}
        onClick={() => openHere(part.id)}
      >
        <b>
          <PartTitle part={part} />
        </b>
        <Glimpse part={part} />
      </button>
    </li>
  );
}

function Glimpse({ part }: { part: Part }) {
  const words = glimpse(plan.value, part);
  if (words) return <PlanText text={words} class="part-glimpse" />;
  return <span class="part-glimpse">{part.subtitle}</span>;
}

function RemovedLink() {
  return (
    <button type="button" class="link" onClick={() => openHere(REMOVED)}>
      {t("edit.recently_removed")}
    </button>
  );
}

function OpenPart({ part, all }: { part: Part; all: Part[] }) {
  const next = all[all.indexOf(part) + 1];
  const isWriter = role.value === "writer";
  const isTogether = mode() === "together";
  return (
    <Stage
      page={t(WORDS[mode()][0])}
      title={<PartTitle part={part} />}
      subtitle={part.subtitle}
      script={isTogether ? part.id : undefined}
    >
      <OwnPart part={part} readOnly={!isWriter} />
      <SectionLines part={part} ideas={isTogether ? "ideas" : "prompts"} />
      {mode() === "edit" && <NudgeLine section={part.id} />}
      {part.own && isWriter && <OwnPartTools part={part} />}
      <footer class="section-foot">
        {isTogether ? <Pause /> : <RemovedLink />}
        {next ? (
          <button type="button" class="button lamp" onClick={() => openHere(next.id)}>
            {t("edit.next_section")}
          </button>
        ) : (
          <ToTheEnd />
        )}
      </footer>
    </Stage>
  );
}

function Removed() {
  return (
    <Stage page={t(WORDS[mode()][0])} title={t("edit.recently_removed")}>
      <RecentlyRemoved />
    </Stage>
  );
}
