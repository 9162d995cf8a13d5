// The whole plan to read, and by its style sheet the page that is printed.

import { findItem, itemsIn, mainField, type Shown } from "../core/plan";
import type { Field } from "../core/sections";
import { photoOf, textOf, waysOf } from "../core/value";
import { plan } from "../state/plan";
import { PartTitle } from "./edit/part-title";
import { choiceWords, isBlank, isSet, labelOf, marks, parts, type Part } from "./edit/parts";
import { ContactWays } from "./elements/contact-ways";
import { dayInFull, dayWords, today } from "./elements/days";
import { Picture } from "./elements/picture";
import { PlanText } from "./elements/plan-text";
import { ReviewDay } from "./elements/review-day";
import { Title } from "./elements/title";
import { sections, t } from "./elements/words";
import { MakeCopy } from "./make-copy";
import { hasPaper, PaperPicture } from "./paper-picture";
import { place } from "./route";

const filledIn = (part: Part): Shown[] =>
  itemsIn(plan.value, part.id).filter(({ value }) => !isBlank(value));

export function Read() {
  return (
    <div class="read">
      <header class="read-head">
        <a class="link" href="/">
          {t("front.name")}
        </a>
        <a class="link" href="/edit">
          {t("front.edit")}
        </a>
      </header>
      <ReadPlan page={t("page.read.title")} title={t("read.title")} />
      {filledParts().length > 0 && (
        <a class="link read-needs" href="/now#needs">
          {t("needs.title")}
        </a>
      )}
    </div>
  );
}

/** All of it under a heading, and the ways to make a copy. */
export function ReadPlan({ page, title }: { page: string; title: string }) {
  return (
    <>
      <Title page={page} turn={place.value.turn}>
        {title}
      </Title>
      <p class="read-day">{t("read.day", { day: dayInFull(today()) })}</p>
      <ReviewDay />
      <p class="read-line">{t("read.line")}</p>
      <ReadParts />
      {hasPaper(plan.value) && <PaperPicture />}
      {filledParts().length > 0 && <MakeCopy />}
    </>
  );
}

const filledParts = (): Part[] =>
  parts(plan.value, sections()).filter((part) => filledIn(part).length > 0);

export function ReadParts() {
  const filled = filledParts();
  if (filled.length === 0 && hasPaper(plan.value)) return null;
  if (filled.length === 0) return <p class="quiet">{t("read.empty")}</p>;
  return (
    <div class="read-parts">
      {filled.map((part) => (
        <ReadPart key={part.id} part={part} />
      ))}
    </div>
  );
}

function ReadPart({ part }: { part: Part }) {
  return (
    <section class="read-part">
      <h2>
        <PartTitle part={part} />
      </h2>
      <ul>
        {filledIn(part).map((item) => (
          <ReadItem key={item.id} item={item} part={part} />
        ))}
      </ul>
    </section>
  );
}

function ReadItem({ item: { value }, part }: { item: Shown; part: Part }) {
  const { template, fields } = part;
  const main = textOf(value, mainField(part.id));
  const beside = marks(template, fields, value);
  const photo = photoOf(value);
  const lines = fields.filter((field) => isLine(field) && isSet(value[field.id]));
  return (
    <li class="read-item">
      {main && (
        <p>
          <PlanText text={main} class="read-main" />
        </p>
      )}
      {beside.length > 0 && <p class="marks">{beside.join(" · ")}</p>}
      {lines.length > 0 && (
        <dl>
          {lines.map((field) => (
            <ReadField key={field.id} field={field} value={value} template={template} />
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

interface FieldProps {
  field: Field;
  value: Shown["value"];
  template: string;
}

function ReadField({ field, value, template }: FieldProps) {
  const words = fieldWords(field, value[field.id]);
  if (!words) return null;
  return (
    <div>
      <dt>{labelOf(template, field.id)}</dt>
      <dd>
        <PlanText text={words} />
      </dd>
    </div>
  );
}

function fieldWords({ id, kind, options }: Field, held: unknown): string {
  const chosen = (option: string): string =>
    options?.includes(option) ? choiceWords(id, option) : option;
  if (kind === "choices") {
    const all = Array.isArray(held) ? held.filter((option) => typeof option === "string") : [];
    return all.map(chosen).join(", ");
  }
  if (kind === "flag") return held === true ? t("read.yes") : "";
  if (typeof held !== "string") return "";
  if (kind === "choice") return chosen(held);
  if (kind === "date") return dayWords(held);
  return kind === "item" ? itemWords(held) : held;
}

function itemWords(id: string): string {
  const item = findItem(plan.value, id);
  return item ? textOf(item.value, mainField(item.section)) : "";
}
