// The calendar's day where the person is, as 2026-11-22.

/** `toISOString` would say tomorrow in the evening, west of Greenwich. */
export function today(now = new Date()): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
