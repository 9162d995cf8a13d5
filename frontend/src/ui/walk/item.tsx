// One step of the walk: a person's own words, large; what belongs to them, smaller; ways to reach.

import type { Field, Section } from "../../core/sections";
import { isMarked, photoOf, textOf, waysOf, type Values } from "../../core/value";
import type { Step } from "../../core/walk";
import { ContactWays } from "../elements/contact-ways";
import { Picture } from "../elements/picture";
import { t } from "../elements/words";

/** Of a calm day: no help in a hard hour. The message stands with the ways to send it. */
const UNTOLD = ["obstacles", "message"];
/** These say by themselves what they are. */
const PLAIN = ["relation", "role", "hours", "availability"];

/** The longer the words, the smaller they are, so that most of them fit one screen; and a long word
 *  is smaller too, so that a name is not cut in two. */
function sizeOf(words: string): string {
  const length = [...words].length;
  if (length > 400) return "walk-words walk-words-longest";
  if (length > 140) return "walk-words walk-words-longer";
  return length > 60 || /[^\s-]{15}/.test(words) ? "walk-words walk-words-long" : "walk-words";
}

function told(section: Section, value: Values): Field[] {
  return section.fields.filter(
    ({ id, kind, main }) =>
      !main && ["line", "text"].includes(kind) && !UNTOLD.includes(id) && textOf(value, id).trim(),
  );
}

const Own = ({ words }: { words: string }) => (
  <bdi translate={false} class="walk-own">
    {words}
  </bdi>
);

/** "my sister · knows about my plan" */
function Who({ section, value }: { section: Section; value: Values }) {
  const own = told(section, value).filter(({ id }) => PLAIN.includes(id));
  const knows = isMarked(value, "knows");
  if (!own.length && !knows) return null;
  return (
    <p class="walk-more walk-who">
      {own.map(({ id }, index) => (
        <>
          {index > 0 && " · "}
          <Own words={textOf(value, id)} />
        </>
      ))}
      {knows && (own.length ? ` · ${t("walk.knows")}` : t("walk.knows-first"))}
    </p>
  );
}

function Labelled({ section, value }: { section: Section; value: Values }) {
  return told(section, value)
    .filter(({ id }) => !PLAIN.includes(id))
    .map(({ id }) => (
      <p class="walk-more" key={id}>
        {t(`field.${section.id}.${id}.label`)}: <Own words={textOf(value, id)} />
      </p>
    ));
}

/** Its main words, or those of its picture; a picture without any is still called something. */
export const headline = (value: Values, main: string): string =>
  textOf(value, main).trim() || photoOf(value)?.words || t("walk.picture");

export function Item({ step, section }: { step: Step; section: Section }) {
  const value = step.item!.value;
  const photo = photoOf(value);
  const shown = headline(value, section.fields.find(({ main }) => main)?.id ?? "text");
  return (
    <>
      {photo && <Picture photo={photo} isTold={shown === photo.words} />}
      <h1
        class={shown === t("walk.picture") ? "unseen" : sizeOf(shown)}
        tabIndex={-1}
        aria-describedby="where"
        dir="auto"
        translate={false}
      >
        {shown}
      </h1>
      <Who section={section} value={value} />
      {(waysOf(value).length > 0 || textOf(value, "message").trim()) && (
        <ContactWays value={value} />
      )}
      <Labelled section={section} value={value} />
    </>
  );
}
