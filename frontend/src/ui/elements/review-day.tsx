// The day on which the plan is looked at again, and with whom, as it was agreed at the end.

import { textOf } from "../../core/value";
import { dayWords } from "./days";
import { settingOf } from "./settings";
import { t } from "./words";

/** A name keeps its own direction inside our sentence. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

export function ReviewDay() {
  const held = settingOf("review");
  const [on, who] = [textOf(held, "on"), textOf(held, "with").trim()];
  if (!on) return null;
  const day = dayWords(on);
  return (
    <p class="review-day plan-text" translate={false}>
      {who ? t("together.review_who", { day, who: isolated(who) }) : t("together.review", { day })}
    </p>
  );
}
