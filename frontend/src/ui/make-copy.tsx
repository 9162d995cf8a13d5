// Copies for outside this device: on paper, as text, as data, each after the sentence that it is not locked; and one that is.

import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { exchange, plainText } from "../core/text";
import { lockedFile } from "../state/account";
import { plan } from "../state/plan";
import { rememberCopy, type Copy } from "./copies";
import { today } from "./elements/days";
import { shareOrSave } from "./elements/share-file";
import { Step } from "./elements/step";
import { Button } from "./elements/touch";
import { sections, t, type Key } from "./elements/words";

const said = signal<Key | "">("");
const isPrintAsked = signal(false);

const SAID = {
  saved: "read.saved",
  shared: "read.shared",
  copied: "read.copied",
  failed: "read.not_saved",
  cancelled: "",
} as const;

type Content = Parameters<typeof shareOrSave>[2];

async function hand(kind: Copy, name: string, type: string, content: Content): Promise<void> {
  const handed = await shareOrSave(name, type, content);
  if (handed === "saved" || handed === "shared") rememberCopy(kind);
  said.value = SAID[handed];
}

const saveText = (day = today()): Promise<void> =>
  hand("text_on", `keel-${day}.txt`, "text/plain", plainText(plan.value, sections(), t, day));
const saveData = (day = today()): Promise<void> =>
  hand("json_on", `keel-${day}.json`, "application/json", asJson());
const saveLocked = (file: Content, day = today()): Promise<void> =>
  hand("locked_on", `keel-${day}.keel`, "application/octet-stream", file);

const asJson = (): string => JSON.stringify(exchange(plan.value, sections(), today()), null, 2);

/** The whole page, pages the size of a pocket, or a card. No browser tells whether the paper came
 *  out; only the person can say so. */
function print(paper: "page" | "pocket" | "card"): void {
  said.value = "";
  const { dataset } = document.documentElement;
  dataset.paper = paper;
  addEventListener("afterprint", () => delete dataset.paper, { once: true });
  globalThis.print();
  isPrintAsked.value = true;
}

function printed(): void {
  isPrintAsked.value = false;
  rememberCopy("printed_on");
  said.value = "read.noted";
}

export const MakeCopy = () => (
  <section class="make-copy">
    <h2>{t("read.copy")}</h2>
    <p>{t("read.not_locked")}</p>
    <div class="copy-ways">
      <Button class="button" words="read.print" onClick={() => print("page")} />
      <Button class="button" words="read.pocket" onClick={() => print("pocket")} />
      <Button class="button" words="read.card" onClick={() => print("card")} />
      <Button class="button" words="read.text" onClick={() => void saveText()} />
      <Button class="button" words="read.data" onClick={() => void saveData()} />
    </div>
    {isPrintAsked.value && (
      <p class="asked">
        <span>{t("read.printed")}</span>
        <Button class="button" words="read.printed_yes" onClick={printed} />
      </p>
    )}
    <LockedFile />
    <p class="quiet" role="status">
      {said.value && t(said.value)}
    </p>
  </section>
);

/** Locking takes a while, and a share sheet opens for a touch alone: it is handed over by its own. */
function LockedFile() {
  const [file, keep] = useState<Content | null>(null);
  return (
    <details>
      <summary>{t("read.locked")}</summary>
      {file ? (
        <Button class="button lamp" words="read.hand_over" onClick={() => void saveLocked(file)} />
      ) : (
        <Step
          class="button outline"
          words="read.lock"
          fields={[t("read.locked_passphrase")]}
          take={(passphrase = "") => lockedFile(passphrase, asJson()).then(keep)}
        >
          <p>{t("read.locked_about")}</p>
        </Step>
      )}
    </details>
  );
}
