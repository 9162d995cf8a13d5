// The title of a section: one of ours as it is, a person's own as they typed it.

import { PlanText } from "../elements/plan-text";
import type { Part } from "./parts";

export const PartTitle = ({ part: { own, title } }: { part: Part }) =>
  own ? <PlanText text={title} /> : <span>{title}</span>;
