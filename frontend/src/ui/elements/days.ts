// Days of the calendar where the person is, as 2026-11-22, and as words.

import { language } from "./words";

export { today } from "../../state/today";

function dayIn(day: string, form: Intl.DateTimeFormatOptions): string {
  const [year = NaN, month = NaN, date = NaN] = day.split("-").map(Number);
  const moment = new Date(year, month - 1, date, 12);
  if (Number.isNaN(moment.getTime())) return day;
  return new Intl.DateTimeFormat(language(), form).format(moment);
}

/** "3 Nov", with the year when it is another one; what is no day is given back as it is. */
export function dayWords(day: string, now = new Date()): string {
  const isThisYear = day.startsWith(String(now.getFullYear()));
  const year = isThisYear ? {} : ({ year: "numeric" } as const);
  return dayIn(day, { day: "numeric", month: "short", ...year });
}

export const dayInFull = (day: string): string => dayIn(day, { dateStyle: "long" });
