// The person's own sections: their name, their place among the others, where the walk starts.

import { addItem, setField } from "../../core/plan-edit";
import { itemsIn } from "../../core/plan";
import { textOf } from "../../core/value";
import { change, plan } from "../../state/plan";
import { GrowingText } from "../elements/growing-text";
import { t } from "../elements/words";
import { openHere } from "../route";
import { moveTo } from "./moving";
import type { Part } from "./parts";
import { removeOwn } from "./removing";

const MARK = "walk_first";

export function addOwnPart(): void {
  let made = "";
  change((now, author) => {
    const added = addItem(now, author, "own_sections", {});
    made = added.id;
    return added.plan;
  });
  if (made) openHere(made);
}

/** The walk has one beginning: marking one section takes the mark from the others. */
function startWalkWith(section: string, on: boolean): void {
  const marked = itemsIn(plan.value, "own_sections").filter(({ value }) => value.walk_first);
  change((now, author) => {
    const none = marked.reduce((kept, { id }) => setField(kept, author, id, MARK, undefined), now);
    return on ? setField(none, author, section, MARK, true) : none;
  });
}

function step(section: string, by: -1 | 1): void {
  const ids = itemsIn(plan.value, "own_sections").map(({ id }) => id);
  moveTo(ids, section, ids.indexOf(section) + by);
}

export function OwnPart({ part, readOnly }: { part: Part; readOnly: boolean }) {
  const own = part.own;
  if (!own) return null;
  const rename = (title: string) =>
    change((now, author) => setField(now, author, own.id, "title", title));
  return (
    <div class="own-part">
      <label for="own-title">{t("edit.own_name")}</label>
      <GrowingText
        id="own-title"
        value={textOf(own.value, "title")}
        readOnly={readOnly}
        onText={rename}
      />
      <label class="flag">
        <input
          type="checkbox"
          autocomplete="off"
          checked={own.value.walk_first === true}
          disabled={readOnly}
          onChange={(event) => startWalkWith(own.id, event.currentTarget.checked)}
        />
        <span>{t("edit.walk_first")}</span>
      </label>
    </div>
  );
}

/** Under the lines, so that the words come first. */
export function OwnPartTools({ part }: { part: Part }) {
  const gone = () => {
    removeOwn(part.id);
    openHere(null);
  };
  return (
    <div class="row-tools own-tools">
      <button type="button" class="link" onClick={() => step(part.id, -1)}>
        {t("edit.part_up")}
      </button>
      <button type="button" class="link" onClick={() => step(part.id, 1)}>
        {t("edit.part_down")}
      </button>
      <button type="button" class="link" onClick={gone}>
        {t("edit.part_remove")}
      </button>
    </div>
  );
}
