// Deleting everything on this device: two touches, no network needed, and a still page afterwards.

import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { deleteEverything } from "../state/plan";
import { Title } from "./elements/title";
import { intoView } from "./elements/two-touch";
import { t } from "./elements/words";
import { place } from "./route";

type Step = "first" | "asked" | "working" | "failed";

export const isGone = signal(false);

export function DeleteEverything() {
  const [step, to] = useState<Step>("first");
  const erase = async () => {
    to("working");
    try {
      const left = await deleteEverything();
      if (left.length) return to("failed");
      isGone.value = true;
    } catch {
      to("failed");
    }
  };
  return (
    <section class="delete">
      <h2>{t("keep.delete_title")}</h2>
      {step === "first" ? (
        <button type="button" class="button outline" onClick={() => to("asked")}>
          {t("keep.delete")}
        </button>
      ) : (
        <Asked step={step} onErase={() => void erase()} onKeep={() => to("first")} />
      )}
    </section>
  );
}

function Asked({ step, onErase, onKeep }: { step: Step; onErase(): void; onKeep(): void }) {
  return (
    <div class="asked" role="status" ref={intoView}>
      <p tabIndex={-1}>{step === "failed" ? t("keep.delete_failed") : t("keep.delete_about")}</p>
      <button type="button" class="button outline" disabled={step === "working"} onClick={onErase}>
        {t("keep.delete_now")}
      </button>
      <button type="button" class="link" disabled={step === "working"} onClick={onKeep}>
        {t("keep.keep_it")}
      </button>
    </div>
  );
}

/** A fresh load from here: nothing of the plan is left in memory either. */
export function Gone() {
  return (
    <div class="keep">
      <p>
        <a class="link" href="/">
          {t("front.name")}
        </a>
      </p>
      <Title page={t("page.keep_safe.title")} turn={Math.max(1, place.value.turn)}>
        {t("keep.gone")}
      </Title>
      <p>{t("keep.gone_about")}</p>
      <p>{t("keep.gone_copies")}</p>
    </div>
  );
}
