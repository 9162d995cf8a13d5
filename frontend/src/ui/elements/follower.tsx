// Two tabs never write at once: this one shows what the other writes, until it is asked to.

import { opening, role, takeOver } from "../../state/plan";
import { Button } from "./touch";
import { t } from "./words";

export function Follower() {
  if (role.value === "writer" || opening.value === "opening") return null;
  return (
    <div class="notice">
      <p>{t("edit.elsewhere")}</p>
      <Button class="button" words="edit.here" onClick={() => void takeOver()} />
    </div>
  );
}
