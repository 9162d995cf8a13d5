// Where the copies of the plan are, the one next step, and the way to delete everything here.

import { backedUpOn, backup } from "../state/backup";
import { opening, persisted } from "../state/plan";
import { Backup } from "./backup";
import { copies, type Copy } from "./copies";
import { DeleteEverything, Gone, isGone } from "./delete-everything";
import { dayWords } from "./elements/days";
import { Flag } from "./elements/inputs";
import { backedUp, savedHere } from "./elements/saved-word";
import { putInto, settingOf } from "./elements/settings";
import { Link } from "./elements/touch";
import { t } from "./elements/words";
import { Keep } from "./keep";
import { place } from "./route";
import { CODE, OneCode, shown } from "./turn-on";

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
      {isOpen && <CalmDay />}
      <DeleteEverything />
    </Keep>
  );
}

const WORDS = {
  text_on: "keep.text_file",
  json_on: "keep.json_file",
  printed_on: "keep.printed",
  locked_on: "keep.locked_file",
} as const satisfies Record<Copy, string>;

function Copies() {
  const made = copies();
  const there = backedUp();
  const day = dayWords(backedUpOn.value ?? "");
  return (
    <section>
      <h2>{t("keep.copies")}</h2>
      <ul class="copies">
        <li>
          <b>{(there && savedHere()) || t("keep.this_device")}</b>
          <span>{t(persisted.value ? "keep.kept" : "keep.may_clear")}</span>
        </li>
        {there && (
          <li>
            <b>{there}</b>
            <span>
              {t(backup.value === "saved" ? "keep.server" : "keep.server_before", { day })}
            </span>
          </li>
        )}
        {made.map(({ copy, day }) => (
          <li key={copy}>
            <b>{t(WORDS[copy], { day: dayWords(day) })}</b>
            <span>{t(copy === "locked_on" ? "keep.locked" : "keep.not_locked")}</span>
          </li>
        ))}
        {made.length === 0 && !there && <li>{t("keep.no_other")}</li>}
      </ul>
      <p>{t(made.length ? "keep.next_again" : "keep.next_first")}</p>
      <p>
        <Link class="button outline" href="/read" words="keep.to_copy" />
      </p>
    </section>
  );
}

/** For a calm day: the walk is dark unless the person wants what the device says. */
const CalmDay = () => (
  <section>
    <h2>{t("keep.walk")}</h2>
    <Flag
      words={t("keep.follow_system")}
      isSet={settingOf("walk").follow_system === true}
      onSet={(on) => putInto("walk", { follow_system: on || undefined })}
    />
  </section>
);
