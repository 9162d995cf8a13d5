// The title of a section: one of ours as it is, a person's own as they typed it.

import { PlanText } from "../elements/plan-text";
import type { Part } from "./parts";

export function PartTitle({ part }: { part: Part }) {
  if (part.own) return <PlanText text={part.title} />;
  return <span>{part.title}</span>;
}
