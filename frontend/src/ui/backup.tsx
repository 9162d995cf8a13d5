// The backup within keep safe: how it stands, what it needs, the ways to change or to end it; and the
// one code, shown, printed or typed back, and only then does it hold, as the first or as a new one.

import { signal } from "@preact/signals";
import { generate } from "lean-qr/nano";
import { useEffect, useState } from "preact/hooks";
import { Refused } from "../core/refused";
import { readLetters } from "../crypto/recovery-code";
import * as account from "../state/account-changes";
import { backUp, backup, backupFailure, keepBoth } from "../state/backup";
import { beginBackup, finishBackup } from "../state/account-changes";
import { dayInFull, today } from "./elements/days";
import { isAlmostFull, SavedWord } from "./elements/saved-word";
import { Step, why, type StepProps } from "./elements/step";
import { Button, Link } from "./elements/touch";
import { addressOf, t, type Key } from "./elements/words";
import { openHere } from "./route";
import { Keep } from "./title";

/** How it ended on this device. */
const ended = signal<Key | null>(null);
const endAs = (said: Key) => () => void (ended.value = said);

export const Backup = () =>
  backup.value === "unknown" ? null : (
    <section>
      <h2>{t("backup.title")}</h2>
      {backup.value === "off" ? <Offer /> : <Standing />}
    </section>
  );

const turnOn = () => showCode(beginBackup(addressOf("drawnWords")), finishBackup);

const Offer = () => (
  <>
    <p role="status">{ended.value && t(ended.value)}</p>
    <Step words="backup.turn_on" take={turnOn}>
      <p>{t("backup.about")}</p>
      <p>{t("backup.about_code")}</p>
    </Step>
    <Link href="/come-back" words="backup.have_code" />
  </>
);

const WELL: Record<string, Key> = { saved: "backup.about", pending: "backup.pending_about" };

function Standing() {
  const [now, code] = [backup.value, backupFailure.value ?? ""];
  const isSure = code === "too_few";
  const again = isSure ? "backup.all_the_same" : "front.again";
  const well = WELL[now];
  return (
    <>
      <p role="status">{well ? t(well) : `${why(code)} ${t("backup.safe_here")}`}</p>
      {now === "conflict" && <Step words="backup.keep_both" take={keepBoth} />}
      {now === "failed" && <Step words={again} take={() => backUp({ isSure })} />}
      {now === "signed_out" && (
        <Link class="button lamp" href="/come-back" words="backup.sign_in" />
      )}
      {isAlmostFull() && <p>{t("backup.almost_full")}</p>}
      <details>
        <summary>{t("backup.change")}</summary>
        <Change
          words="backup.new_code"
          about="backup.new_about"
          take={() => showCode(account.drawNewCode(), account.useNewCode)}
        />
        <Change
          words="backup.passphrase"
          about="backup.passphrase_about"
          fields={[t("backup.passphrase_new")]}
          take={(next = "") => account.changePassphrase(next, addressOf("commonPassphrases"))}
          done="backup.passphrase_done"
        />
        <Change
          words="backup.leave"
          about={now === "saved" ? "backup.leave_about" : "backup.leave_unsent"}
          take={() => account.leave({ isSure: now !== "saved" }).then(endAs("backup.left"))}
        />
        <Change
          words="backup.delete"
          about="backup.delete_about"
          take={() => account.deleteAccount().then(endAs("backup.deleted"))}
        />
      </details>
    </>
  );
}

/** The first touch says what the second does. */
const Change = ({ about, ...step }: StepProps & { about: Key }) => (
  <details>
    <summary>{t(step.words)}</summary>
    <Step class="button outline" {...step}>
      <p>{t(about)}</p>
    </Step>
  </details>
);

interface Shown {
  groups: string[];
  finish(): Promise<void>;
}

/** In memory alone; a page that is loaded anew begins at keep safe, which shows the same code. */
export const shown = signal<Shown | null>(null);

export const CODE = "code";

async function showCode(code: Promise<string>, finish: Shown["finish"]): Promise<void> {
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
  const look = at === "printed" ? "button outline" : "button lamp";
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
          <Button class={look} words="backup.print" onClick={() => (print(), to("printed"))} />
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
      <Square text={groups.join("-")} />
      <p class="on-paper">{dayInFull(today())}</p>
    </div>
  </>
);

/** A QR code of the same letters: a phone's camera reads them from the paper. */
function Square({ text }: { text: string }) {
  const { size, get } = generate(text);
  const along = [...Array(size).keys()];
  const cells = along.flatMap((y) => along.map((x) => (get(x, y) ? `M${x} ${y}h1v1h-1z` : "")));
  return (
    <svg class="on-paper" viewBox={`0 0 ${size} ${size}`}>
      <path d={cells.join("")} />
    </svg>
  );
}
