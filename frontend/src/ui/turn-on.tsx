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
import { Keep } from "./title";
import { openHere } from "./route";

type Finish = () => Promise<void>;

/** In memory alone; a page that is loaded anew begins at keep safe, which shows the same code. */
export const shown = signal<{ groups: string[]; finish: Finish } | null>(null);

export const CODE = "code";

export async function showCode(code: Promise<string>, finish: Finish): Promise<void> {
  shown.value = { groups: (await code).split("-"), finish };
  openHere(CODE);
}

export function OneCode({ groups, finish }: { groups: string[]; finish: Finish }) {
  const [at, to] = useState<"shown" | "typing" | "done">("shown");
  useEffect(() => () => void (shown.value = null), []); // it is not shown by Back or Forward
  const turn = ["shown", "typing", "done"].indexOf(at) + 1;
  const [first] = useState(() => Math.floor(Math.random() * 5));
  const asked = [first, first + 4]; // two of the nine
  const end = () => finish().then(() => to("done"));
  const typeBack = async (...typed: string[]) => {
    if (asked.some((group, n) => readLetters(typed[n] ?? "") !== groups[group]))
      throw new Refused("not_typed_back");
    await end();
  };
  return (
    <Keep heading={at === "done" ? "backup.done" : "backup.code"} turn={turn} isWithin>
      {at === "shown" && <Shown {...{ groups, end }} onWritten={() => to("typing")} />}
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
      {at === "done" && (
        <>
          <p>{t("backup.done_about")}</p>
          <SavedWord />
        </>
      )}
    </Keep>
  );
}

interface ShownProps extends Record<"end" | "onWritten", () => unknown> {
  groups: string[];
  end: Finish;
}

function Shown({ groups, end, onWritten }: ShownProps) {
  const [isPrinted, is] = useState(false);
  const print = () => (globalThis.print(), is(true));
  return (
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
      {isPrinted && (
        <Step words="read.printed_yes" take={end}>
          <p>{t("read.printed")}</p>
        </Step>
      )}
      <p class="asked">
        <Button
          class={`button ${isPrinted ? "outline" : "lamp"}`}
          words="backup.print"
          onClick={print}
        />
        <Button class="button outline" words="backup.written" onClick={onWritten} />
      </p>
    </>
  );
}
