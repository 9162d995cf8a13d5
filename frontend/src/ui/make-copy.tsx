// Copies for outside this device: on paper, as text, as data. Each stands after the sentence that it is not locked.

import { signal } from "@preact/signals";
import { exchange, plainText } from "../core/text";
import { plan } from "../state/plan";
import { rememberCopy } from "./copies";
import { today } from "./elements/days";
import { shareOrSave } from "./elements/share-file";
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

async function save(kind: "text_on" | "json_on"): Promise<void> {
  const day = today();
  const [name, type, text] =
    kind === "text_on"
      ? [`keel-${day}.txt`, "text/plain", plainText(plan.value, sections(), t, day)]
      : [`keel-${day}.json`, "application/json", asJson(day)];
  const handed = await shareOrSave(name, type, text);
  if (handed === "saved" || handed === "shared") rememberCopy(kind);
  said.value = SAID[handed];
}

const asJson = (day: string): string =>
  JSON.stringify(exchange(plan.value, sections(), day), null, 2);

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
      <Button class="button" words="read.text" onClick={() => void save("text_on")} />
      <Button class="button" words="read.data" onClick={() => void save("json_on")} />
    </div>
    {isPrintAsked.value && (
      <p class="asked">
        <span>{t("read.printed")}</span>
        <Button class="button" words="read.printed_yes" onClick={printed} />
      </p>
    )}
    <p class="quiet" role="status">
      {said.value && t(said.value)}
    </p>
  </section>
);
