// Which copies of the plan left this device, and on which day; kept with the plan itself.

import { putSetting } from "../core/plan-edit";
import { setting, type Plan } from "../core/plan";
import { textOf } from "../core/value";
import { change, handedOver } from "../state/plan";
import { today } from "./elements/days";

export type Copy = "text_on" | "json_on" | "printed_on";

const COPIES: Copy[] = ["text_on", "json_on", "printed_on"];

export function rememberCopy(copy: Copy): void {
  if (handedOver()) return;
  const day = today();
  change((plan, author) => putSetting(plan, author, "copies", { [copy]: day }));
}

/** The copies that were made, newest first. */
export function copies(plan: Plan): { copy: Copy; day: string }[] {
  const value = setting(plan, "copies")?.value ?? {};
  const made = COPIES.map((copy) => ({ copy, day: textOf(value, copy) })).filter(({ day }) => day);
  return made.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0));
}
