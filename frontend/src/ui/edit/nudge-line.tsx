// One quiet line at a time about what might be missing; put away, it stays away for this visit.

import { signal } from "@preact/signals";
import { plan, role } from "../../state/plan";
import { Button, Link } from "../elements/touch";
import { t } from "../elements/words";
import { openHere } from "../route";
import { nudges, type Nudge } from "./nudges";

const putAway = signal<Nudge[]>([]);

/** The section where it can be answered. */
const PLACE: Record<Nudge, string> = {
  nobody: "support_contacts",
  no_way: "support_contacts",
  no_if_not: "coping_strategies",
};

/** On the list of sections any of them; inside one only that nobody stands in it, since a line
 *  about the rest would come in the middle of writing. */
export function NudgeLine({ section }: { section: string | null }) {
  const found = nudges(plan.value).find(
    (one) =>
      !putAway.value.includes(one) &&
      (section === null || (one === "nobody" && section === PLACE[one])),
  );
  if (!found || role.value === "follower") return null;
  return (
    <aside class="nudge" aria-label={t("edit.nudge")}>
      <p>{t(`nudge.${found}`)}</p>
      <p class="nudge-ways">
        {found === "nobody" ? (
          <NobodyYet />
        ) : (
          <Button words="edit.go_there" onClick={() => openHere(PLACE[found])} />
        )}
        <Button words="edit.not_now" onClick={() => (putAway.value = [...putAway.value, found])} />
      </p>
    </aside>
  );
}

/** Nobody yet is an answer too: the lines and people whose work this is are there. */
const NobodyYet = () => (
  <>
    <Link href="/lines" words="edit.to_lines" />
    <Button words="edit.to_professionals" onClick={() => openHere("professional_contacts")} />
  </>
);
