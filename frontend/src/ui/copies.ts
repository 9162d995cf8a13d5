// Which copies of the plan left this device, and on which day; kept with the plan itself.

import { textOf } from "../core/value";
import { handedOver } from "../state/plan";
import { today } from "./elements/days";
import { putInto, settingOf } from "./elements/settings";

export type Copy = "text_on" | "json_on" | "printed_on" | "locked_on";

const COPIES: Copy[] = ["text_on", "json_on", "printed_on", "locked_on"];

export function rememberCopy(copy: Copy): void {
  if (!handedOver()) putInto("copies", { [copy]: today() });
}

/** The copies that were made, newest first. */
export function copies(): { copy: Copy; day: string }[] {
  const value = settingOf("copies");
  const made = COPIES.map((copy) => ({ copy, day: textOf(value, copy) })).filter(({ day }) => day);
  return made.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
}
