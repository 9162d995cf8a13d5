// The stage of one part of the plan, and what else can stand on it: the ends of filling it in, and
// what was removed.

import type { ComponentChildren } from "preact";
import { removedItems } from "../../core/plan";
import { textOf } from "../../core/value";
import { plan, role } from "../../state/plan";
import { DayInput } from "../elements/inputs";
import { dayWords } from "../elements/days";
import { GrowingText } from "../elements/growing-text";
import { PlanText } from "../elements/plan-text";
import { putInto, settingOf } from "../elements/settings";
import { Button, Link } from "../elements/touch";
import { TwoTouch } from "../elements/step";
import { t } from "../elements/words";
import { ReadParts, ReadPlan } from "../read";
import { CLOSING, openHere } from "../route";
import { Title } from "../title";
import { Script } from "./ideas";
import { glimpse, isBlank, mode, parts } from "./parts";
import { erase, restore } from "./removing";

interface Props {
  title: ComponentChildren;
  subtitle?: string;
  /** What two people may ask each other here: see `Script`. */
  script?: string;
  children: ComponentChildren;
}

export const Stage = ({ title, subtitle, script, children }: Props) => (
  <section class="edit-section">
    <Title page={`page.${mode()}.title`}>{title}</Title>
    {subtitle && <p class="quiet">{subtitle}</p>}
    <div class="beside">
      {script && mode() === "together" && <Script part={script} />}
      <div>{children}</div>
    </div>
  </section>
);

export const ReadThrough = () => (
  <Stage title={t("together.read_through")} script="read_through">
    <div class="read">
      <ReadParts />
    </div>
    <footer class="section-foot">
      <Pause />
      <Button class="button lamp" words="together.next" onClick={() => openHere(CLOSING)} />
    </footer>
  </Stage>
);

/** All is saved as it is written: to pause is to leave. */
export const Pause = () => <Link href="/" words="together.pause" />;

/** A blank plan has no other end: it is shown whole, and given away. */
export const HandOver = () => (
  <section class="edit-section read">
    <ReadPlan page="page.blank.title" heading="blank.hand_over" />
  </section>
);

export function Closing() {
  const held = settingOf("review");
  const put = (field: "on" | "with") => (to: string) =>
    putInto("review", { [field]: to || undefined });
  return (
    <Stage title={t("together.closing")} script="closing">
      <div class="review">
        <p class="detail">
          <label for="review-on">{t("together.review_on")}</label>
          <DayInput id="review-on" day={textOf(held, "on")} onDay={put("on")} />
        </p>
        <p class="detail">
          <GrowingText
            id="review-with"
            label={t("together.review_with")}
            value={textOf(held, "with")}
            onText={put("with")}
          />
        </p>
      </div>
      <p class="quiet">{t("together.copy_about")}</p>
      <Link class="button outline" href="/read" words="together.copy" />
      <footer class="section-foot">
        <Link class="button lamp" href="/" words="together.done" />
      </footer>
    </Stage>
  );
}

/** From here what was removed is brought back, or erased for good. */
export function RecentlyRemoved() {
  const removed = removedItems(plan.value);
  const gone = removed.filter(
    ({ section, value }) => section !== "settings" && !isBlank({ ...value, removed_on: null }),
  );
  // Where each stood, as words; a section that is removed itself is named too.
  const homes = new Map(parts().map((part) => [part.id, part.title]));
  for (const { id, value } of removed) homes.set(id, textOf(value, "title"));
  const isWriter = role.value === "writer";
  return (
    <Stage title={t("edit.recently_removed")}>
      <p class="quiet">{t(gone.length ? "edit.removed_about" : "edit.removed_none")}</p>
      <ul class="removed-list">
        {gone.map((item) => (
          <li key={item.id} class="removed">
            <p>
              <PlanText text={glimpse(item) || t("edit.no_words")} />
              <span class="marks">
                {homes.get(item.section) ?? t("edit.own_part")} ·{" "}
                {dayWords(textOf(item.value, "removed_on"))}
              </span>
            </p>
            {isWriter && (
              <Button class="button" words="edit.restore" onClick={() => restore([item.id])} />
            )}
          </li>
        ))}
      </ul>
      {gone.length > 0 && isWriter && (
        <TwoTouch
          first="edit.erase"
          about="edit.erase_about"
          second="edit.erase_now"
          back="edit.keep"
          onSecond={() => erase(gone.map(({ id }) => id))}
        />
      )}
    </Stage>
  );
}
