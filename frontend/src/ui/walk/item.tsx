// One step of the walk: a person's own words, large; what belongs to them, smaller; ways to reach.

import type { Section } from "../../core/sections";
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

const Own = ({ words }: { words: string }) => (
  <bdi translate={false} class="walk-own">
    {words}
  </bdi>
);

/** Its main words, or those of its picture; a picture without any is still called something. */
export const headline = (value: Values, main: string): string =>
  textOf(value, main).trim() || photoOf(value)?.words || t("walk.picture");

export function Item({ step, section }: { step: Step; section: Section }) {
  const value = step.item!.value;
  const photo = photoOf(value);
  const shown = headline(value, section.fields.find(({ main }) => main)?.id ?? "text");
  const told = section.fields.filter(
    ({ id, kind, main }) =>
      !main && ["line", "text"].includes(kind) && !UNTOLD.includes(id) && textOf(value, id).trim(),
  );
  const plain = told.filter(({ id }) => PLAIN.includes(id));
  const knows = isMarked(value, "knows");
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
      {(plain.length > 0 || knows) && ( // "my sister · knows about my plan"
        <p class="walk-more walk-who">
          {plain.map(({ id }, index) => (
            <>
              {index > 0 && " · "}
              <Own words={textOf(value, id)} />
            </>
          ))}
          {knows && (plain.length ? ` · ${t("walk.knows")}` : t("walk.knows-first"))}
        </p>
      )}
      {(waysOf(value).length > 0 || textOf(value, "message").trim()) && (
        <ContactWays value={value} />
      )}
      {told
        .filter((field) => !plain.includes(field))
        .map(({ id }) => (
          <p class="walk-more" key={id}>
            {t(`field.${section.id}.${id}.label`)}: <Own words={textOf(value, id)} />
          </p>
        ))}
    </>
  );
}
