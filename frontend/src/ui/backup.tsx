// The backup within keep safe: how it stands, what it needs, and the ways to change or to end it.

import { signal } from "@preact/signals";
import * as account from "../state/account-changes";
import { backUp, backup, backupFailure, keepBoth } from "../state/backup";
import { beginBackup, finishBackup } from "../state/turn-on";
import { isAlmostFull } from "./elements/saved-word";
import { Step, why, type StepProps } from "./elements/step";
import { Link } from "./elements/touch";
import { drawnWordsAddress, t, type Key } from "./elements/words";
import { showCode } from "./turn-on";

/** How it ended on this device. */
const ended = signal<Key | null>(null);

export const Backup = () =>
  backup.value === "unknown" ? null : (
    <section>
      <h2>{t("backup.title")}</h2>
      {backup.value === "off" ? <Offer /> : <Standing />}
    </section>
  );

const Offer = () => (
  <>
    <p role="status">{ended.value && t(ended.value)}</p>
    <Step
      words="backup.turn_on"
      take={() => showCode(beginBackup(drawnWordsAddress()), finishBackup)}
    >
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
  const well = WELL[now];
  return (
    <>
      <p role="status">{well ? t(well) : `${why(code)} ${t("backup.safe_here")}`}</p>
      {now === "conflict" && <Step words="backup.keep_both" take={keepBoth} />}
      {now === "failed" && (
        <Step
          words={isSure ? "backup.all_the_same" : "front.again"}
          take={() => backUp({ isSure })}
        />
      )}
      {now === "signed_out" && (
        <Link class="button lamp" href="/come-back" words="backup.sign_in" />
      )}
      {isAlmostFull() && <p>{t("backup.almost_full")}</p>}
      <Changes isSaved={now === "saved"} />
    </>
  );
}

const Changes = ({ isSaved }: { isSaved: boolean }) => (
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
      take={(next = "") => account.changePassphrase(next)}
      done="backup.passphrase_done"
    />
    <Change
      words="backup.leave"
      about={isSaved ? "backup.leave_about" : "backup.leave_unsent"}
      take={() => account.leave({ isSure: !isSaved }).then(() => (ended.value = "backup.left"))}
    />
    <Change
      words="backup.delete"
      about="backup.delete_about"
      take={() => account.deleteAccount().then(() => (ended.value = "backup.deleted"))}
    />
  </details>
);

/** The first touch says what the second does. */
const Change = ({ about, ...step }: StepProps & { about: Key }) => (
  <details>
    <summary>{t(step.words)}</summary>
    <Step class="button outline" {...step}>
      <p>{t(about)}</p>
    </Step>
  </details>
);
