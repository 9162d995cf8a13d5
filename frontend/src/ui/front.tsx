// The front, once there is a plan: the way to it now, up to three people, where it is kept; and what
// stands there when it cannot be opened.

import { itemsIn, type Plan } from "../core/plan";
import { waysOf } from "../core/value";
import { backup } from "../state/backup";
import { failure, opening, plan, startAnew } from "../state/plan";
import { parts } from "./edit/parts";
import { ReviewDay } from "./elements/days";
import { backedUp, savedHere } from "./elements/saved-word";
import { Button, Link } from "./elements/touch";
import { TwoTouch } from "./elements/step";
import { t } from "./elements/words";
import { hasPaper } from "./paper";
import { Title } from "./title";
import { People } from "./walk/beside";

const SPEED_DIAL = 3;

/** People to tell first, then people to be with, then professionals; only who can be reached. */
export function nearest(now: Plan) {
  return ["support_contacts", "distractions", "professional_contacts"]
    .flatMap((section) => itemsIn(now, section))
    .filter(({ value }) => value.kind !== "place" && waysOf(value).length > 0)
    .slice(0, SPEED_DIAL);
}

export function Front() {
  const isFilled = parts().some(({ id, own }) => own || itemsIn(plan.value, id).length > 0);
  return (
    <div class="front">
      <p class="front-name">{t("front.name")}</p>
      <Title page="page.front.title">
        {t(isFilled || hasPaper() ? "front.title" : "front.empty")}
      </Title>
      <Link class="button lamp big" href="/now" words="front.now" />
      <People items={nearest(plan.value)} class="front-people" />
      <nav class="front-ways" aria-label={t("front.ways")}>
        <a href="/read">{t("front.read")}</a>
        <a href="/edit">{t("front.edit")}</a>
        <a href="/together">{t("front.together")}</a>
        <a href="/keep-safe">{t("front.keep_safe")}</a>
      </nav>
      <ReviewDay />
      {opening.value === "open" && <p class="quiet small">{where()}</p>}
    </div>
  );
}

/** Who can see it, and both truths of where it is; nothing is said of a backup before it is known. */
function where(): string {
  const there = backedUp();
  if (!there) return t(backup.value === "off" ? "front.where" : "front.who");
  return [savedHere(), there, t("front.who_code")].filter(Boolean).join(". ");
}

/** When the plan cannot be opened: what happened, what is safe, what to do. Nothing is written
 *  over. */
export function Problem() {
  const isKept = opening.value === "unreadable";
  return (
    <div class="problem">
      <p class="front-name">{t("front.name")}</p>
      <Title page="page.front.title">{t(isKept ? "front.unreadable" : "front.unavailable")}</Title>
      <p>{t(isKept ? "front.unreadable_safe" : "front.unavailable_safe")}</p>
      <p>{t(isKept ? "front.unreadable_next" : "front.unavailable_next")}</p>
      <Link class="button lamp big" href="/now" words="front.steps" />
      <p class="problem-ways">
        <Button class="button" words="front.again" onClick={() => location.reload()} />
        <Link class="button" href="/lines" words="front.lines" />
      </p>
      {isKept && (
        <TwoTouch
          first="front.anew"
          about="front.anew_about"
          second="front.anew_now"
          onSecond={() => void startAnew()}
        />
      )}
      {failure.value && <p class="quiet small">{t("front.code", { code: failure.value })}</p>}
    </div>
  );
}
