// The walk's last screen: the lines, then the people once more.

import type { Shown } from "../../core/plan";
import { ContactRow } from "../elements/contact-ways";
import { Link } from "../elements/touch";
import { lines, t, type Key } from "../elements/words";

/** Of a screen whose words are ours. */
export const Heading = ({ words }: { words: Key }) => (
  <h1 class="walk-words walk-words-long" tabIndex={-1}>
    {t(words)}
  </h1>
);

/** The first line of the data, which the crisis bar names too: call it, then text it. */
export function Lines() {
  const ways = lines()[0]?.ways ?? [];
  const call = ways.find(({ by }) => by === "call");
  const text = ways.find(({ by }) => by === "text");
  return (
    <>
      <div class="walk-line">
        {call && (
          <a class="button big lamp" href={call.href}>
            {t("way.call", { name: call.number ?? "" })}
          </a>
        )}
        {text && (
          <a class="button big lamp" href={text.href}>
            {t("way.text", { name: text.number ?? "" })}
          </a>
        )}
      </div>
      <Link href="/lines" words="walk.all-lines" />
    </>
  );
}

export function People({ reachable }: { reachable: Shown[] }) {
  return (
    reachable.length > 0 && (
      <ul class="walk-people" aria-label={t("walk.people")}>
        {reachable.map((person) => (
          <li key={person.id}>
            <ContactRow value={person.value} />
          </li>
        ))}
      </ul>
    )
  );
}

export function Last({ reachable }: { reachable: Shown[] }) {
  return (
    <>
      <Heading words="walk.someone" />
      <p>{t("lines.promise")}</p>
      <Lines />
      <People reachable={reachable} />
    </>
  );
}
