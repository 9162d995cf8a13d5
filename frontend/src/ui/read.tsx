// The whole plan to read, and by its style sheet the page or the card that is printed.

import { itemsIn, mainField, type Shown, type Value } from "../core/plan";
import type { Field } from "../core/sections";
import { fieldText } from "../core/text";
import { isMarked, photoOf, textOf, waysOf } from "../core/value";
import { steps, STRATEGIES } from "../core/walk";
import { plan } from "../state/plan";
import { glimpse, isBlank, labelOf, marks, parts, PartTitle, type Part } from "./edit/parts";
import { ContactWays } from "./elements/contact-ways";
import { dayInFull, dayWords, ReviewDay, today } from "./elements/days";
import { Picture } from "./elements/picture";
import { PlanText } from "./elements/plan-text";
import { Link } from "./elements/touch";
import { sections, t, type Key } from "./elements/words";
import { MakeCopy } from "./make-copy";
import { hasPaper, PaperPicture } from "./paper";
import { Title } from "./title";

const filledIn = (part: Part): Shown[] =>
  itemsIn(plan.value, part.id).filter(({ value }) => !isBlank(value));

const filledParts = (): Part[] => parts().filter((part) => filledIn(part).length > 0);

export const Read = () => (
  <div class="read">
    <header class="read-head">
      <Link href="/" words="front.name" />
      <Link href="/edit" words="front.edit" />
    </header>
    <ReadPlan page="page.read.title" heading="read.title" />
    {filledParts().length > 0 && (
      <Link class="link read-needs" href="/now#needs" words="needs.title" />
    )}
  </div>
);

/** All of it under a heading, and the ways to make a copy. */
export const ReadPlan = ({ page, heading }: Record<"page" | "heading", Key>) => (
  <>
    <Title page={page}>{t(heading)}</Title>
    <p class="read-day">{t("read.day", { day: dayInFull(today()) })}</p>
    <ReviewDay />
    <p class="read-line">{t("read.line")}</p>
    <ReadParts />
    {hasPaper() && <PaperPicture />}
    {filledParts().length > 0 && (
      <>
        <MakeCopy />
        <WalletCard />
      </>
    )}
  </>
);

export function ReadParts() {
  const filled = filledParts();
  if (filled.length === 0) return hasPaper() ? null : <p class="quiet">{t("read.empty")}</p>;
  return (
    <div class="read-parts">
      {filled.map((part) => (
        <section class="read-part" key={part.id}>
          <h2>
            <PartTitle part={part} />
          </h2>
          <ul>
            {filledIn(part).map(({ id, value }) => (
              <ReadItem key={id} value={value} part={part} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function ReadItem({ value, part }: { value: Value; part: Part }) {
  const main = textOf(value, mainField(part.id));
  const beside = marks(part, value);
  const photo = photoOf(value);
  const fields = part.fields.filter((field) => isLine(field) && fieldWords(field, value));
  return (
    <li class="read-item">
      {main && (
        <p>
          <PlanText text={main} class="read-main" />
        </p>
      )}
      {beside && <p class="marks">{beside}</p>}
      {fields.length > 0 && (
        <dl>
          {fields.map((field) => (
            <div key={field.id}>
              <dt>{labelOf(part.template, field.id)}</dt>
              <dd>
                <PlanText text={fieldWords(field, value)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {(waysOf(value).length > 0 || textOf(value, "message")) && <ContactWays value={value} />}
      {photo && (
        <figure>
          <Picture photo={photo} isTold={photo.words !== ""} />
          {photo.words && (
            <figcaption>
              <PlanText text={photo.words} />
            </figcaption>
          )}
        </figure>
      )}
    </li>
  );
}

/** Ways, their message and pictures are shown as what they are; marks stand beside the words. */
const isLine = ({ id, kind, main, same_row }: Field): boolean =>
  !main && !same_row && kind !== "ways" && kind !== "photo" && id !== "message";

function fieldWords(field: Field, value: Value): string {
  if (field.kind === "flag") return isMarked(value, field.id) ? t("read.yes") : "";
  const words = fieldText(plan.value, t, field, value);
  if (!words.trim()) return "";
  return field.kind === "date" ? dayWords(words) : words;
}

const ON_CARD = 3; // of each kind; a card has room for no more

/** A card for a wallet, on paper alone: what matters, what helps first, whom to reach, the number.
 *  The first of each in the walk's own order, so that card and walk say the same. */
function WalletCard() {
  const all = steps(plan.value, sections(), 12).flatMap(({ item }) => item ?? []);
  const of = (id: string) => all.filter(({ section }) => section === id);
  const reached = all.filter(({ value }) => waysOf(value).length > 0);
  return (
    <div class="card" aria-hidden="true">
      {[of("reasons").slice(0, 1), of(STRATEGIES), reached].map((items, at) => (
        <ul key={at}>{items.slice(0, ON_CARD).map(cardLine)}</ul>
      ))}
      <p>
        {t("read.line")} <small>{dayInFull(today())}</small>
      </p>
    </div>
  );
}

function cardLine(item: Shown) {
  const [way] = waysOf(item.value);
  return (
    <li key={item.id}>
      <PlanText text={glimpse(item)} />
      {way && <PlanText text={way.number || `${way.app} ${way.handle}`.trim()} class="card-way" />}
    </li>
  );
}
