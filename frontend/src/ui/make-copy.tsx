// Copies for outside this device: on paper, as text, as data. Each stands after the sentence that it is not locked.

import { signal } from "@preact/signals";
import { exchange, plainText } from "../core/text";
import { plan } from "../state/plan";
import { rememberCopy } from "./copies";
import { today } from "./elements/days";
import { shareOrSave } from "./elements/share-file";
import { sections, t } from "./elements/words";

type Said = "" | "read.saved" | "read.shared" | "read.copied" | "read.not_saved" | "read.noted";

const said = signal<Said>("");
const isPrintAsked = signal(false);

async function save(kind: "text_on" | "json_on"): Promise<void> {
  const day = today();
  const [name, type, text] =
    kind === "text_on"
      ? [`keel-${day}.txt`, "text/plain", plainText(plan.value, sections(), t, day)]
      : [`keel-${day}.json`, "application/json", asJson(day)];
  const handed = await shareOrSave(name, type, text);
  if (handed === "saved" || handed === "shared") rememberCopy(kind);
  const words = { saved: "read.saved", shared: "read.shared", copied: "read.copied" } as const;
  if (handed === "cancelled") said.value = "";
  else said.value = handed === "failed" ? "read.not_saved" : words[handed];
}

const asJson = (day: string): string =>
  JSON.stringify(exchange(plan.value, sections(), day), null, 2);

/** No browser tells whether the paper came out; only the person can say so. */
function print(): void {
  said.value = "";
  globalThis.print();
  isPrintAsked.value = true;
}

function printed(): void {
  isPrintAsked.value = false;
  rememberCopy("printed_on");
  said.value = "read.noted";
}

export function MakeCopy() {
  return (
    <section class="make-copy">
      <h2>{t("read.copy")}</h2>
      <p>{t("read.not_locked")}</p>
      <div class="copy-ways">
        <button type="button" class="button" onClick={print}>
          {t("read.print")}
        </button>
        <button type="button" class="button" onClick={() => void save("text_on")}>
          {t("read.text")}
        </button>
        <button type="button" class="button" onClick={() => void save("json_on")}>
          {t("read.data")}
        </button>
      </div>
      {isPrintAsked.value && (
        <p class="asked">
          <span>{t("read.printed")}</span>
          <button type="button" class="button" onClick={printed}>
            {t("read.printed_yes")}
          </button>
        </p>
      )}
      <p class="quiet" role="status">
        {said.value && t(said.value)}
      </p>
    </section>
  );
}
