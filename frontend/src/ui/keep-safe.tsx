// Where the copies of the plan are, the one next step, and the way to delete everything here.

import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { compare } from "../core/plan";
import { textOf } from "../core/value";
import { endSession } from "../state/account-changes";
import { backedUpOn, backup } from "../state/backup";
import { deleteEverything, opening, persisted } from "../state/plan";
import { Backup, CODE, OneCode, shown } from "./backup";
import { dayWords } from "./elements/days";
import { Flag } from "./elements/inputs";
import { backedUp, savedHere } from "./elements/saved-word";
import { putInto, settingOf } from "./elements/settings";
import { Button, Link } from "./elements/touch";
import { intoView } from "./elements/step";
import { t } from "./elements/words";
import { COPIES, type Copy } from "./make-copy";
import { place } from "./route";
import { Keep } from "./title";

export const isGone = signal(false);

export function KeepSafe() {
  const isOpen = opening.value === "open";
  if (isGone.value) return <Gone />;
  if (shown.value && place.value.open === CODE) return <OneCode {...shown.value} />;
  return (
    <Keep heading="keep.title">
      {isOpen && <Copies />}
      {isOpen && <Backup />}
      {opening.value === "none" && <p>{t("keep.none_here")}</p>}
      {["unreadable", "unavailable"].includes(opening.value) && <p>{t("keep.unopened")}</p>}
      <section>
        <h2>{t("keep.safari")}</h2>
        <p>{t("keep.safari_week")}</p>
        <p>{t("keep.safari_app")}</p>
      </section>
      {isOpen && ( // the walk is dark unless the person wants what the device says
        <section>
          <h2>{t("keep.walk")}</h2>
          <Flag
            words={t("keep.follow_system")}
            isSet={settingOf("walk").follow_system === true}
            onSet={(on) => putInto("walk", { follow_system: on || undefined })}
          />
        </section>
      )}
      <DeleteEverything />
    </Keep>
  );
}

/** What each is called, and whether it is locked or may be lost: the one on this device, the one at
 *  the server, and those that were made, newest first. */
function Copies() {
  const held = settingOf("copies");
  const made = (Object.keys(COPIES) as Copy[])
    .filter((copy) => textOf(held, copy))
    .sort((a, b) => compare(textOf(held, b), textOf(held, a)));
  const there = backedUp();
  const device = (there && savedHere()) || t("keep.this_device");
  const day = dayWords(backedUpOn.value ?? "");
  const server = t(backup.value === "saved" ? "keep.server" : "keep.server_before", { day });
  const all = [
    [device, t(persisted.value ? "keep.kept" : "keep.may_clear")],
    ...(there ? [[there, server]] : []),
    ...made.map((copy) => [
      t(COPIES[copy][0], { day: dayWords(textOf(held, copy)) }),
      t(copy === "locked_on" ? "keep.locked" : "keep.not_locked"),
    ]),
  ];
  return (
    <section>
      <h2>{t("keep.copies")}</h2>
      <ul class="copies">
        {all.map(([name, about]) => (
          <li key={name}>
            <b>{name}</b>
            <span>{about}</span>
          </li>
        ))}
        {!made.length && !there && <li>{t("keep.no_other")}</li>}
      </ul>
      <p>{t(made.length ? "keep.next_again" : "keep.next_first")}</p>
      <p>
        <Link class="button outline" href="/read" words="keep.to_copy" />
      </p>
    </section>
  );
}

/** Two touches, no network needed, and a still page afterwards. */
function DeleteEverything() {
  const [step, to] = useState<"first" | "asked" | "working" | "failed">("first");
  const erase = async () => {
    to("working");
    void endSession(); // on its way while the rest goes; no network holds this up
    const left = await deleteEverything().catch(() => ["unknown"]);
    if (left.length) to("failed");
    else isGone.value = true;
  };
  const waits = { disabled: step === "working" };
  return (
    <section class="delete">
      <h2>{t("keep.delete_title")}</h2>
      {step === "first" ? (
        <Button class="button outline" words="keep.delete" onClick={() => to("asked")} />
      ) : (
        <div class="asked" role="status" ref={intoView}>
          <p tabIndex={-1}>{t(step === "failed" ? "keep.delete_failed" : "keep.delete_about")}</p>
          {backedUp() && <p>{t("keep.delete_backup")}</p>}
          <Button class="button outline" words="keep.delete_now" {...waits} onClick={erase} />
          <Button words="keep.keep_it" {...waits} onClick={() => to("first")} />
        </div>
      )}
    </section>
  );
}

/** A fresh load from here: nothing of the plan is left in memory either. */
const Gone = () => (
  <Keep heading="keep.gone" turn={Math.max(1, place.value.turn)}>
    <p>{t("keep.gone_about")}</p>
    <p>{t("keep.gone_copies")}</p>
  </Keep>
);
