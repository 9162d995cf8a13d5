// The person's own sections: their name, their place among the others, where the walk starts.

import { itemsIn } from "../../core/plan";
import { setField } from "../../core/plan-edit";
import { isMarked, textOf } from "../../core/value";
import { change, plan, role } from "../../state/plan";
import { Flag } from "../elements/flag";
import { GrowingText } from "../elements/growing-text";
import { Button } from "../elements/touch";
import { t } from "../elements/words";
import { openHere } from "../route";
import { add } from "./lines";
import { moveIn } from "./moving";
import type { Part } from "./parts";
import { remove } from "./removing";

const MARK = "walk_first";

export function addOwnPart(): void {
  const made = add("own_sections", {});
  if (made) openHere(made);
}

/** The walk has one beginning: marking one section takes the mark from the others. */
function startWalkWith(section: string, on: boolean): void {
  const marked = itemsIn(plan.value, "own_sections").filter(({ value }) => value[MARK]);
  change((now, author) => {
    const none = marked.reduce((kept, { id }) => setField(kept, author, id, MARK, undefined), now);
    return on ? setField(none, author, section, MARK, true) : none;
  });
}

export const OwnPart = ({ part: { id, own } }: { part: Part }) =>
  own && (
    <div class="own-part">
      <GrowingText
        id="own-title"
        label={t("edit.own_name")}
        value={textOf(own.value, "title")}
        onText={(title) => change((now, author) => setField(now, author, id, "title", title))}
      />
      <Flag
        words={t("edit.walk_first")}
        isSet={isMarked(own.value, MARK)}
        onSet={(on) => startWalkWith(id, on)}
      />
    </div>
  );

/** Under the lines, so that the words come first. */
export function OwnPartTools({ part: { id, own } }: { part: Part }) {
  const gone = () => {
    remove(id);
    openHere(null);
  };
  if (!own || role.value !== "writer") return null;
  return (
    <div class="row-tools own-tools">
      <Button words="edit.part_up" onClick={() => moveIn("own_sections", id, -1)} />
      <Button words="edit.part_down" onClick={() => moveIn("own_sections", id, 1)} />
      <Button words="edit.part_remove" onClick={gone} />
    </div>
  );
}
