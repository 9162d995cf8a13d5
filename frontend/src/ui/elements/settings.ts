// What the plan holds beside its sections, each under a name: the day of review, copies, the paper.

import { setting, type Value } from "../../core/plan";
import { putSetting } from "../../core/plan-edit";
import { change, plan } from "../../state/plan";

export const settingOf = (name: string): Value => setting(plan.value, name)?.value ?? {};

/** `fields` are laid over what it holds. */
export const putInto = (name: string, fields: Value): void =>
  change((now, author) => putSetting(now, author, name, fields));
