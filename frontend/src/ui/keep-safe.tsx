// Where the copies of the plan are, the one next step, and the way to delete everything here.

import { putSetting } from "../core/plan-edit";
import { setting } from "../core/plan";
import { change, opening, persisted, plan, role } from "../state/plan";
import { copies, type Copy } from "./copies";
import { DeleteEverything, Gone, isGone } from "./delete-everything";
import { dayWords } from "./elements/days";
import { Title } from "./elements/title";
import { t } from "./elements/words";
import { place } from "./route";

export function KeepSafe() {
  if (isGone.value) return <Gone />;
  return (
    <div class="keep">
      <p>
        <a class="link" href="/">
          {t("front.name")}
        </a>
      </p>
      <Title page={t("page.keep_safe.title")} turn={place.value.turn}>
        {t("keep.title")}
      </Title>
      {opening.value === "open" && <Copies />}
      {opening.value === "none" && <p>{t("keep.none_here")}</p>}
      {(opening.value === "unreadable" || opening.value === "unavailable") && (
        <p>{t("keep.unopened")}</p>
      )}
      <section>
        <h2>{t("keep.safari")}</h2>
        <p>{t("keep.safari_week")}</p>
        <p>{t("keep.safari_app")}</p>
      </section>
      {opening.value === "open" && <CalmDay />}
      <DeleteEverything />
    </div>
  );
}

const WORDS = {
  text_on: "keep.text_file",
  json_on: "keep.json_file",
  printed_on: "keep.printed",
} as const satisfies Record<Copy, string>;

function Copies() {
  const made = copies(plan.value);
  return (
    <section>
      <h2>{t("keep.copies")}</h2>
      <ul class="copies">
        <li>
          <b>{t("keep.this_device")}</b>
          <span>{persisted.value ? t("keep.kept") : t("keep.may_clear")}</span>
        </li>
        {made.map(({ copy, day }) => (
          <li key={copy}>
            <b>{t(WORDS[copy], { day: dayWords(day) })}</b>
            <span>{t("keep.not_locked")}</span>
          </li>
        ))}
        {made.length === 0 && <li>{t("keep.no_other")}</li>}
      </ul>
      <p>{made.length ? t("keep.next_again") : t("keep.next_first")}</p>
      <p>
        <a class={made.length ? "button" : "button lamp"} href="/read">
          {t("keep.to_copy")}
        </a>
      </p>
    </section>
  );
}

/** For a calm day: the walk is dark unless the person wants what the device says. */
function CalmDay() {
  const follows = setting(plan.value, "walk")?.value.follow_system === true;
  const put = (on: boolean) =>
    change((now, author) =>
      putSetting(now, author, "walk", { follow_system: on ? true : undefined }),
    );
  return (
    <section>
      <h2>{t("keep.walk")}</h2>
      <label class="flag">
        <input
          type="checkbox"
          autocomplete="off"
          checked={follows}
          disabled={role.value === "follower"}
          onChange={(event) => put(event.currentTarget.checked)}
        />
        <span>{t("keep.follow_system")}</span>
      </label>
    </section>
  );
}
