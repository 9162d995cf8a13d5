// Days of the calendar where the person is, as 2026-11-22, and as words.

import { language } from "./words";

/** `toISOString` would say tomorrow in the evening, west of Greenwich. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** "3 Nov", with the year when it is another one; what is no day is given back as it is. */
export function dayWords(day: string, now = new Date()): string {
  const [year, month, date] = day.split("-").map(Number);
  const moment = new Date(year ?? NaN, (month ?? NaN) - 1, date ?? NaN, 12);
  if (Number.isNaN(moment.getTime())) return day;
  const isThisYear = moment.getFullYear() === now.getFullYear();
  const parts = { day: "numeric", month: "short" } as const;
  const form = isThisYear ? parts : ({ ...parts, year: "numeric" } as const);
  return new Intl.DateTimeFormat(language(), form).format(moment);
}

export function dayInFull(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  const moment = new Date(year ?? NaN, (month ?? NaN) - 1, date ?? NaN, 12);
  return new Intl.DateTimeFormat(language(), { dateStyle: "long" }).format(moment);
}
