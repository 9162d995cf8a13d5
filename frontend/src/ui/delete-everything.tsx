// Deleting everything on this device: two touches, no network needed, and a still page afterwards.

import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { deleteEverything } from "../state/plan";
import { Button, Link } from "./elements/touch";
import { intoView } from "./elements/two-touch";
import { t } from "./elements/words";
import { place } from "./route";
import { Title } from "./title";

export const isGone = signal(false);

export function DeleteEverything() {
  const [step, to] = useState<"first" | "asked" | "working" | "failed">("first");
  const erase = async () => {
    to("working");
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
  <div class="keep">
    <p>
      <Link href="/" words="front.name" />
    </p>
    <Title page="page.keep_safe.title" turn={Math.max(1, place.value.turn)}>
      {t("keep.gone")}
    </Title>
    <p>{t("keep.gone_about")}</p>
    <p>{t("keep.gone_copies")}</p>
  </div>
);
