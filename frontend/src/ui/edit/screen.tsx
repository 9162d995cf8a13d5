// Editing: the list of parts, and beside it or instead of it the part that is open; together, too.

import type { ComponentChildren } from "preact";
import { itemsIn } from "../../core/plan";
import { plan, role } from "../../state/plan";
import { PlanText } from "../elements/plan-text";
import { Follower, SavedWord } from "../elements/saved-word";
import { Button, Link } from "../elements/touch";
import { t } from "../elements/words";
import { CLOSING, openHere, place, READ_THROUGH, REMOVED } from "../route";
import { Title } from "../title";
import { Closing, HandOver, Pause, ReadThrough } from "./closing";
import { NudgeLine } from "./nudge-line";
import { addOwnPart, OwnPart, OwnPartTools } from "./own-part";
import { PartTitle } from "./part-title";
import { glimpse, parts, type Part } from "./parts";
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
  [REMOVED]: () => (
    <Stage page={WORDS[mode()][0]} title={t("edit.recently_removed")}>
      <RecentlyRemoved />
    </Stage>
  ),
  [READ_THROUGH]: () => (mode() === "blank" ? <HandOver /> : <ReadThrough />),
  [CLOSING]: Closing,
};

export function Edit() {
  const all = parts();
  const open = place.value.open ?? "";
  const part = all.find(({ id }) => id === open) ?? null;
  const End = part ? undefined : ENDS[open];
  const isOpen = Boolean(part ?? End);
  return (
    <div class={`edit ${mode()}${isOpen ? " edit-open" : ""}`}>
      <header class="edit-head">
        {mode() === "blank" ? (
          <Link class="link to-front" href="/for-professionals" words="foot.professionals" />
        ) : (
          <Link class="link to-front" href="/" words="front.name" />
        )}
        {isOpen && <Link class="link to-list" href={place.value.path} words="edit.list" />}
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

function PartList({ all, open, isOpen }: { all: Part[]; open: string | null; isOpen: boolean }) {
  const [page, title, about] = WORDS[mode()];
  return (
    <div class="edit-list">
      {!isOpen && (
        <>
          <Title page={page}>{t(title)}</Title>
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
        {role.value === "writer" && <Button words="edit.add_part" onClick={addOwnPart} />}
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
          <Button class="button lamp" onClick={() => openHere(next.id)}>
            {isNew ? t("together.begin") : t("together.go_on", { part: next.title })}
          </Button>
        ) : (
          <ToTheEnd />
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

const PartLine = ({ part, isCurrent }: { part: Part; isCurrent: boolean }) => (
  <li>
    <Button
      class="part-line"
      aria-current={isCurrent ? "page" : undefined}
      onClick={() => openHere(part.id)}
    >
      <b>
        <PartTitle part={part} />
      </b>
      <Glimpse part={part} />
    </Button>
  </li>
);

/** The person's own first words say where they are better than a number would. */
function Glimpse({ part }: { part: Part }) {
  const first = itemsIn(plan.value, part.id)[0];
  const words = first && glimpse(first);
  if (words) return <PlanText text={words} class="part-glimpse" />;
  return <span class="part-glimpse">{part.subtitle}</span>;
}

const RemovedLink = () => (
  <Button words="edit.recently_removed" onClick={() => openHere(REMOVED)} />
);

function OpenPart({ part, all }: { part: Part; all: Part[] }) {
  const next = all[all.indexOf(part) + 1];
  const isWriter = role.value === "writer";
  const isTogether = mode() === "together";
  return (
    <Stage
      page={WORDS[mode()][0]}
      title={<PartTitle part={part} />}
      subtitle={part.subtitle}
      script={isTogether ? part.id : undefined}
    >
      <OwnPart part={part} />
      <SectionLines part={part} ideas={isTogether ? "ideas" : "prompts"} />
      {mode() === "edit" && <NudgeLine section={part.id} />}
      {part.own && isWriter && <OwnPartTools part={part} />}
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
