// The end of filling it in together: the plan read through, the day to look at it again, a copy.

import { putSetting } from "../../core/plan-edit";
import { setting, type Value } from "../../core/plan";
import { textOf } from "../../core/value";
import { change, plan, role } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { t } from "../elements/words";
import { ReadParts, ReadPlan } from "../read";
import { CLOSING, openHere } from "../route";
import { Stage } from "./stage";

export const ReadThrough = () => (
  <Stage page={t("page.together.title")} title={t("together.read_through")} script="read_through">
    <div class="read">
      <ReadParts />
    </div>
    <footer class="section-foot">
      <Pause />
      <button type="button" class="button lamp" onClick={() => openHere(CLOSING)}>
        {t("together.next")}
      </button>
    </footer>
  </Stage>
);

/** All is saved as it is written: to pause is to leave. */
export const Pause = () => (
  <a class="link" href="/">
    {t("together.pause")}
  </a>
);

/** A blank plan has no other end: it is shown whole, and given away. */
export const HandOver = () => (
  <section class="edit-section read">
    <ReadPlan page={t("page.blank.title")} title={t("blank.hand_over")} />
  </section>
);

export const Closing = () => (
  <Stage page={t("page.together.title")} title={t("together.closing")} script="closing">
    <Review />
    <p class="quiet">{t("together.copy_about")}</p>
    <a class="button outline" href="/read">
      {t("together.copy")}
    </a>
    <footer class="section-foot">
      <a class="button lamp" href="/">
        {t("together.done")}
      </a>
    </footer>
  </Stage>
);

function Review() {
  const held = setting(plan.value, "review")?.value ?? {};
  const readOnly = role.value === "follower";
  const put = (fields: Value) => change((now, author) => putSetting(now, author, "review", fields));
  return (
    <div class="review">
      <p class="detail">
        <label for="review-on">{t("together.review_on")}</label>
        <input
          type="date"
          id="review-on"
          autocomplete="off"
          value={textOf(held, "on")}
          readOnly={readOnly}
          onChange={(event) => put({ on: event.currentTarget.value || undefined })}
        />
      </p>
      <p class="detail">
        <label for="review-with">{t("together.review_with")}</label>
        <GrowingText
          id="review-with"
          value={textOf(held, "with")}
          readOnly={readOnly}
          onText={(name) => put({ with: name || undefined })}
        />
      </p>
    </div>
  );
}
