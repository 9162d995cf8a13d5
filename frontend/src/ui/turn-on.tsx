// The one code: shown, printed or typed back, and only then does it hold, as the first or as a new one.

import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { Refused } from "../core/refused";
import { readLetters } from "../crypto/recovery-code";
import { dayInFull, today } from "./elements/days";
import { SavedWord } from "./elements/saved-word";
import { Step } from "./elements/step";
import { Button } from "./elements/touch";
import { t } from "./elements/words";
import { openHere } from "./route";
import { Keep } from "./title";

interface Shown {
  groups: string[];
  finish(): Promise<void>;
}

/** In memory alone; a page that is loaded anew begins at keep safe, which shows the same code. */
export const shown = signal<Shown | null>(null);

export const CODE = "code";

export async function showCode(code: Promise<string>, finish: Shown["finish"]): Promise<void> {
  shown.value = { groups: (await code).split("-"), finish };
  openHere(CODE);
}

/** A new number brings the focus to the heading. */
const TURNS = { shown: 1, printed: 1, typing: 2, done: 3 };

export function OneCode({ groups, finish }: Shown) {
  const [at, to] = useState<keyof typeof TURNS>("shown");
  useEffect(() => () => void (shown.value = null), []); // it is not shown by Back or Forward
  const [first] = useState(() => Math.floor(Math.random() * 5));
  const asked = [first, first + 4]; // two of the nine
  const end = () => finish().then(() => to("done"));
  const typeBack = async (...typed: string[]) => {
    if (asked.some((group, n) => readLetters(typed[n] ?? "") !== groups[group]))
      throw new Refused("not_typed_back");
    await end();
  };
  return (
    <Keep heading={at === "done" ? "backup.done" : "backup.code"} turn={TURNS[at]} isWithin>
      {TURNS[at] === 1 && <Sheet groups={groups} />}
      {at === "printed" && (
        <Step words="read.printed_yes" take={end}>
          <p>{t("read.printed")}</p>
        </Step>
      )}
      {TURNS[at] === 1 && (
        <p class="asked">
          <Button
            class={`button ${at === "printed" ? "outline" : "lamp"}`}
            words="backup.print"
            onClick={() => (print(), to("printed"))}
          />
          <Button class="button outline" words="backup.written" onClick={() => to("typing")} />
        </p>
      )}
      {at === "typing" && (
        <>
          <Step
            words="backup.finish"
            fields={asked.map((group) => t("backup.group", { number: group + 1 }))}
            take={typeBack}
          >
            <p>{t("backup.typing")}</p>
          </Step>
          <Button words="backup.show_again" onClick={() => to("shown")} />
        </>
      )}
      {at === "done" && <p>{t("backup.done_about")}</p>}
      {at === "done" && <SavedWord />}
    </Keep>
  );
}

const Sheet = ({ groups }: Pick<Shown, "groups">) => (
  <>
    <p>{t("backup.code_about")}</p>
    <div class="code-sheet">
      <p class="on-paper">{t("backup.paper", { site: location.origin })}</p>
      <ol class="code" translate={false}>
        {groups.map((group) => (
          <li key={group}>{group}</li>
        ))}
      </ol>
      <p class="on-paper">{dayInFull(today())}</p>
    </div>
  </>
);
