// Copies for outside this device: on paper, as text, as data, each after the sentence that it is not locked; and one that is.

import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { exchange, plainText } from "../core/text";
import { lockedFile } from "../state/account";
import { handedOver, plan } from "../state/plan";
import { today } from "./elements/days";
import { putInto } from "./elements/settings";
import { shareOrSave, type Handed } from "./elements/share-file";
import { Step } from "./elements/step";
import { Button } from "./elements/touch";
import { addressOf, sections, t, type Key } from "./elements/words";

/** Which copies leave this device, each with its day in the plan itself. What it is called,
 *  and for a file its name and its kind. */
export const COPIES = {
  text_on: ["keep.text_file", "keel-{day}.txt", "text/plain"],
  json_on: ["keep.json_file", "keel-{day}.json", "application/json"],
  printed_on: ["keep.printed"],
  locked_on: ["keep.locked_file", "keel-{day}.keel", "application/octet-stream"],
} as const;

export type Copy = keyof typeof COPIES;

export function rememberCopy(copy: Copy): void {
  if (!handedOver()) putInto("copies", { [copy]: today() });
}

const said = signal<Key | undefined>(undefined);
const isPrintAsked = signal(false);

const SAID: Partial<Record<Handed, Key>> = {
  saved: "read.saved",
  shared: "read.shared",
  copied: "read.copied",
  failed: "read.not_saved",
};

type Content = Parameters<typeof shareOrSave>[2];

async function hand(copy: Exclude<Copy, "printed_on">, content: Content): Promise<void> {
  const [, name, type] = COPIES[copy];
  const handed = await shareOrSave(name.replace("{day}", today()), type, content);
  if (handed === "saved" || handed === "shared") rememberCopy(copy);
  said.value = SAID[handed];
}

const asText = (): string => plainText(plan.value, sections(), t, today());
const asJson = (): string => JSON.stringify(exchange(plan.value, sections(), today()), null, 2);

/** The whole page, pages the size of a pocket, or a card. No browser tells whether the paper came
 *  out; only the person can say so. */
function print(paper: "page" | "pocket" | "card"): void {
  said.value = undefined;
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
      <Button class="button" words="read.text" onClick={() => void hand("text_on", asText())} />
      <Button class="button" words="read.data" onClick={() => void hand("json_on", asJson())} />
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
  const handOver = () => void (file && hand("locked_on", file));
  return (
    <details>
      <summary>{t("read.locked")}</summary>
      {file ? (
        <Button class="button lamp" words="read.hand_over" onClick={handOver} />
      ) : (
        <Step
          class="button outline"
          words="read.lock"
          fields={[t("read.locked_passphrase")]}
          take={(passphrase = "") =>
            lockedFile(passphrase, addressOf("commonPassphrases"), asJson()).then(keep)
          }
        >
          <p>{t("read.locked_about")}</p>
        </Step>
      )}
    </details>
  );
}
