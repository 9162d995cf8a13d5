// The end of filling it in together: the plan read through, the day to look at it again, a copy.

import { textOf } from "../../core/value";
import { DayInput } from "../elements/day-input";
import { GrowingText } from "../elements/growing-text";
import { putInto, settingOf } from "../elements/settings";
import { Button, Link } from "../elements/touch";
import { t } from "../elements/words";
import { ReadParts, ReadPlan } from "../read";
import { CLOSING, openHere } from "../route";
import { Stage } from "./stage";

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

export const Closing = () => (
  <Stage title={t("together.closing")} script="closing">
    <Review />
    <p class="quiet">{t("together.copy_about")}</p>
    <Link class="button outline" href="/read" words="together.copy" />
    <footer class="section-foot">
      <Link class="button lamp" href="/" words="together.done" />
    </footer>
  </Stage>
);

function Review() {
  const held = settingOf("review");
  const put = (field: "on" | "with") => (to: string) =>
    putInto("review", { [field]: to || undefined });
  return (
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
  );
}
