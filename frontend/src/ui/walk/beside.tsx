// What is no step of one's own words: a safer place, what I need, and at the end the lines and people.

import type { ComponentProps } from "preact";
import type { Shown } from "../../core/plan";
import { textOf } from "../../core/value";
import { aside, goTo, needIds, reachable, strategiesFor } from "../../core/walk";
import { ContactRow } from "../elements/contact-ways";
import { Link } from "../elements/touch";
import { lines, sections, t, type Key } from "../elements/words";
import type { At } from "./controls";
import { headline } from "./item";

/** Of a screen whose words are ours. */
const Heading = ({ words }: { words: Key }) => (
  <h1 class="walk-words walk-words-long" tabIndex={-1}>
    {t(words)}
  </h1>
);

/** What the person wrote about it, one tap away from every step and one tap back. */
export const Aside = ({ safer }: At) => (
  <>
    <Heading words="section.environment_safety.walk" />
    <ul class="walk-aside">
      {safer.map(({ id, value }) => (
        <li key={id} dir="auto" translate={false}>
          {textOf(value, "text")}
          <small>
            {["helper", "by_when"]
              .map((field) => textOf(value, field).trim())
              .filter(Boolean)
              .join(" · ")}
          </small>
        </li>
      ))}
    </ul>
  </>
);

/** Six needs to choose from. */
export const Needs = ({ go }: At) => (
  <>
    <Heading words="needs.title" />
    <ul class="walk-choices">
      {needIds(sections()).map((id) => (
        <li key={id}>
          <button type="button" onClick={() => go(aside(id))}>
            {t(`need.${id}.title`)}
          </button>
        </li>
      ))}
    </ul>
  </>
);

/** The person's own strategies alone, each leading to its own step; then whom to reach. */
export function Need({ walk, go }: At) {
  const id = walk.aside!;
  const found = strategiesFor(walk, id);
  return (
    <>
      <Heading words={`need.${id}.title`} />
      <p class="walk-more">{t(found.length ? `need.${id}.text` : "needs.none")}</p>
      <ul class="walk-found">
        {found.map((step) => (
          <li key={step.item!.id}>
            <button
              type="button"
              dir="auto"
              translate={false}
              onClick={() => go((now) => goTo(now, step))}
            >
              {headline(step.item!.value, "text")}
            </button>
          </li>
        ))}
      </ul>
      <People items={reachable(walk)} class="walk-people" aria-label={t("walk.people")} />
      <Lines />
    </>
  );
}

export const Last = ({ walk }: At) => (
  <>
    <Heading words="walk.someone" />
    <p>{t("lines.promise")}</p>
    <Lines />
    <People items={reachable(walk)} class="walk-people" aria-label={t("walk.people")} />
  </>
);

const Lines = () => (
  <>
    <div class="walk-line">
      <Line by="call" />
      <Line by="text" />
    </div>
    <Link href="/lines" words="walk.all-lines" />
  </>
);

/** A way of the first line of the data, which the crisis bar names too. */
function Line({ by }: { by: "call" | "text" }) {
  const way = lines()[0]?.ways.find((one) => one.by === by);
  if (!way) return null;
  return (
    <a class="button big lamp" href={way.href}>
      {t(`way.${by}`, { name: way.number ?? "" })}
    </a>
  );
}

/** A row each; the front lists some too. */
export const People = ({ items, ...look }: { items: Shown[] } & ComponentProps<"ul">) =>
  items.length > 0 && (
    <ul {...look}>
      {items.map(({ id, value }) => (
        <li key={id}>
          <ContactRow value={value} />
        </li>
      ))}
    </ul>
  );
