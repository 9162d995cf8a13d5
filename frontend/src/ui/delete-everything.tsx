// Deleting everything on this device: two touches, no network needed, and a still page afterwards.

import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { endSession } from "../state/account-changes";
import { deleteEverything } from "../state/plan";
import { backedUp } from "./elements/saved-word";
import { Button } from "./elements/touch";
import { intoView } from "./elements/step";
import { t } from "./elements/words";
import { Keep } from "./keep";
import { place } from "./route";

export const isGone = signal(false);

export function DeleteEverything() {
  const [step, to] = useState<"first" | "asked" | "working" | "failed">("first");
  const erase = async () => {
    to("working");
    void endSession(); // on its way while the rest goes; no network holds this up
    const left = await deleteEverything().catch(() => ["unknown"]);
    if (left.length) to("failed");
    else isGone.value = true;
  };
  const disabled = step === "working";
  return (
    <section class="delete">
      <h2>{t("keep.delete_title")}</h2>
      {step === "first" ? (
        <Button class="button outline" words="keep.delete" onClick={() => to("asked")} />
      ) : (
        <div class="asked" role="status" ref={intoView}>
          <p tabIndex={-1}>{t(step === "failed" ? "keep.delete_failed" : "keep.delete_about")}</p>
          {backedUp() && <p>{t("keep.delete_backup")}</p>}
          <Button
            class="button outline"
            words="keep.delete_now"
            disabled={disabled}
            onClick={() => void erase()}
          />
          <Button words="keep.keep_it" disabled={disabled} onClick={() => to("first")} />
        </div>
      )}
    </section>
  );
}

/** A fresh load from here: nothing of the plan is left in memory either. */
export const Gone = () => (
  <Keep heading="keep.gone" turn={Math.max(1, place.value.turn)}>
    <p>{t("keep.gone_about")}</p>
    <p>{t("keep.gone_copies")}</p>
  </Keep>
);
