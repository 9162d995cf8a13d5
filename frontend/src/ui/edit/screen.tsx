// Editing: the list of sections, and beside it or instead of it the section that is open.

import { itemsIn, mainField, type Plan } from "../../core/plan";
import { photoOf, textOf } from "../../core/value";
import { plan, role, takeOver } from "../../state/plan";
import { PlanText } from "../elements/plan-text";
import { SavedWord } from "../elements/saved-word";
import { Title } from "../elements/title";
import { sections, t } from "../elements/words";
import { go, place, REMOVED } from "../route";
import { NudgeLine } from "./nudge-line";
import { addOwnPart, OwnPart, OwnPartTools } from "./own-part";
import { PartTitle } from "./part-title";
import { parts, type Part } from "./parts";
import { RecentlyRemoved, UndoLine } from "./removing";
import { SectionLines } from "./section";

export function Edit() {
  const all = parts(plan.value, sections());
  const open = place.value.open;
  const part = all.find(({ id }) => id === open) ?? null;
  const isOpen = part !== null || open === REMOVED;
  return (
    <div class={isOpen ? "edit edit-open" : "edit"}>
      <header class="edit-head">
        <a class="link to-front" href="/">
          {t("front.name")}
        </a>
        {isOpen && (
          <a class="link to-list" href="/edit">
            {t("edit.list")}
          </a>
        )}
        <SavedWord />
      </header>
      {role.value === "follower" && <Follower />}
      <PartList all={all} open={part?.id ?? null} isOpen={isOpen} />
      {part && <OpenPart key={part.id} part={part} all={all} />}
      {open === REMOVED && !part && <Removed />}
      <UndoLine />
    </div>
  );
}

/** Two tabs never write at once: this one shows what the other writes, until it is asked to. */
function Follower() {
  return (
    <div class="notice">
      <p>{t("edit.elsewhere")}</p>
      <button type="button" class="button" onClick={() => void takeOver()}>
        {t("edit.here")}
      </button>
    </div>
  );
}

function PartList({ all, open, isOpen }: { all: Part[]; open: string | null; isOpen: boolean }) {
  return (
    <div class="edit-list">
      {!isOpen && (
        <>
          <Title page={t("page.edit.title")} turn={place.value.turn}>
            {t("edit.title")}
          </Title>
          <p class="quiet">{t("edit.about")}</p>
        </>
      )}
      <nav aria-label={t("edit.parts")}>
        <ul>
          {all.map((part) => (
            <PartLine key={part.id} part={part} isCurrent={part.id === open} />
          ))}
        </ul>
      </nav>
      {!isOpen && <NudgeLine section={null} />}
      <div class="list-tools">
        {role.value === "writer" && (
          <button type="button" class="link" onClick={addOwnPart}>
            {t("edit.add_part")}
          </button>
        )}
        <RemovedLink />
      </div>
    </div>
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
        onClick={() => go("/edit", part.id)}
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
    <button type="button" class="link" onClick={() => go("/edit", REMOVED)}>
      {t("edit.recently_removed")}
    </button>
  );
}

function OpenPart({ part, all }: { part: Part; all: Part[] }) {
  const next = all[all.indexOf(part) + 1];
  const isWriter = role.value === "writer";
  return (
    <section class="edit-section">
      <Title page={t("page.edit.title")} turn={place.value.turn}>
        <PartTitle part={part} />
      </Title>
      {part.subtitle && <p class="quiet">{part.subtitle}</p>}
      <OwnPart part={part} readOnly={!isWriter} />
      <SectionLines part={part} />
      <NudgeLine section={part.id} />
      {part.own && isWriter && <OwnPartTools part={part} />}
      <footer class="section-foot">
        <RemovedLink />
        {next ? (
          <button type="button" class="button lamp" onClick={() => go("/edit", next.id)}>
            {t("edit.next_section")}
          </button>
        ) : (
          <a class="button lamp" href="/read">
            {t("edit.to_read")}
          </a>
        )}
      </footer>
    </section>
  );
}

function Removed() {
  return (
    <section class="edit-section">
      <Title page={t("page.edit.title")} turn={place.value.turn}>
        {t("edit.recently_removed")}
      </Title>
      <RecentlyRemoved />
    </section>
  );
}
