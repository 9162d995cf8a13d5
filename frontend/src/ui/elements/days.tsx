// Days of the calendar where the person is, as 2026-11-22, and as words; the day of review among them.

import { textOf } from "../../core/value";
import { settingOf } from "./settings";
import { language, t } from "./words";

export { today } from "../../state/today";

function dayIn(day: string, form: Intl.DateTimeFormatOptions): string {
  const [year = NaN, month = NaN, date = NaN] = day.split("-").map(Number);
  const moment = new Date(year, month - 1, date, 12);
  return Number.isNaN(moment.getTime()) ? day : moment.toLocaleDateString(language(), form);
}

/** "3 Nov", with the year when it is another one; what is no day is given back as it is. */
export function dayWords(day: string, now = new Date()): string {
  const year = day.startsWith(String(now.getFullYear())) ? undefined : "numeric";
  return dayIn(day, { day: "numeric", month: "short", year });
}

export const dayInFull = (day: string): string => dayIn(day, { dateStyle: "long" });

/** A name keeps its own direction inside our sentence. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

/** When the plan is looked at again, and with whom, as it was agreed at the end. */
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
